"""Owns the three arches below the stone bridge, made for the depth of the slopes and stretched."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from panda3d.core import NodePath

from vr_runtime.stage.models.gorge.plan import MADE_DEEP, SPAN
from vr_runtime.stage.models.gorge.stone import BEYOND_M, HALF_WAY_M, SAND, THICK_M
from vr_runtime.stage.models.mesh import Mesh, floats

_TOP = -0.5
_ARCHES = ((8.0, 4.4), (22.0, 5.6), (36.0, 4.4))
"""Middle along the bridge and half the span of each, in metres."""
_CROWN = -1.15
"""Height of the crowns of the arches."""


def _soffit(y: np.ndarray) -> np.ndarray:
    """Lower edge of the masonry along the bridge."""
    deep = -MADE_DEEP["slopes"] - 1.2
    low = np.full(y.shape, deep)
    for middle, half in _ARCHES:
        part = np.clip(1.0 - ((y - middle) / half) ** 2, 0.0, None)
        rise = np.sqrt(part) * (half * 0.78)
        foot = _CROWN - half * 0.78
        inside = np.abs(y - middle) <= half
        low = np.where(inside, foot + rise, low)
    return low


def build() -> NodePath:
    """The arches as a node to be written."""
    root = NodePath("arches")
    stone = Mesh()
    half = HALF_WAY_M + THICK_M - 0.03
    edges = [np.linspace(m - h, m + h, 29) for m, h in _ARCHES]
    fixed = np.asarray((-BEYOND_M, SPAN + BEYOND_M))
    outer = np.unique(np.concatenate([*edges, fixed]))
    for x, sign in ((-half, -1.0), (half, 1.0)):
        for a, b in pairwise(outer):
            za, zb = _soffit(np.asarray((a + 1e-4, b - 1e-4)))
            quad = [(x, a, za), (x, b, zb), (x, b, _TOP), (x, a, _TOP)]
            if sign < 0:
                quad = quad[::-1]
            stone.add([quad], picture="stone", colour=SAND, open_to_sky=[[0.5, 0.5, 0.85, 0.85]])
    deep = -MADE_DEEP["slopes"] - 1.2
    for (middle, span), edge in zip(_ARCHES, edges, strict=True):
        z = _soffit(np.clip(edge, middle - span + 1e-4, middle + span - 1e-4))
        y = np.concatenate([edge[:1], edge, edge[-1:]])
        z = np.concatenate([[deep], z, [deep]])
        for k in range(len(y) - 1):
            under = [
                (-half, y[k], z[k]), (half, y[k], z[k]), (half, y[k + 1], z[k + 1]),
                (-half, y[k + 1], z[k + 1]),
            ]  # fmt: skip
            stone.add([under[::-1]], picture="stone", colour=SAND, open_to_sky=0.35)
        _ring(stone, middle, span, half)
    for pier in (14.4, 29.6):
        _cutwater(stone, pier, half, deep)
    stone.nodes("arches", "layered").reparentTo(root)
    return root


def _ring(stone: Mesh, middle: float, span: float, half: float) -> None:
    """The stones of the arch itself, one lighter than the next."""
    count = 25
    turn = np.linspace(np.pi, 0.0, count + 1)
    inner = np.stack([middle + span * np.cos(turn), _CROWN - 0.78 * span * (1 - np.sin(turn))], -1)
    wide = np.stack([np.cos(turn), 0.9 * np.sin(turn)], -1)
    outer = inner + 0.42 * wide
    random = np.random.default_rng(int(middle))
    for x, sign in ((-half - 0.03, -1.0), (half + 0.03, 1.0)):
        for k in range(count):
            tone = float(random.uniform(0.86, 1.10))
            a, b, c, d = inner[k], inner[k + 1], outer[k + 1], outer[k]
            quad = [(x, p[0], p[1]) for p in (a, b, c, d)]
            if sign < 0:
                quad = quad[::-1]
            colour = floats([tone * s * 0.98 for s in SAND])
            stone.add([quad], picture="plaster", colour=colour, open_to_sky=0.8)


def _cutwater(stone: Mesh, y: float, half: float, deep: float) -> None:
    """A pointed pier that parts the water."""
    top = -2.6
    for sign in (-1.0, 1.0):
        x, tip = sign * half, sign * (half + 1.1)
        a, b, p = (x, y - 0.75), (x, y + 0.75), (tip, y)
        for one, other in ((a, p), (p, b)):
            quad = [(*one, deep), (*other, deep), (*other, top), (*one, top)]
            if sign < 0:
                quad = quad[::-1]
            stone.add([quad], picture="stone", colour=SAND, open_to_sky=[[0.5, 0.5, 0.85, 0.85]])
        for one, other in ((a, p), (p, b)):
            tri = [(*one, top), (*other, top), (x, y, top + 0.9), (x, y, top + 0.9)]
            stone.add([tri if sign > 0 else tri[::-1]], picture="stone", colour=SAND)
