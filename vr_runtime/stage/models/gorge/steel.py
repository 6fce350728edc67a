"""Owns the footbridge of steel: a deck of open grating on girders, handrails on posts."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from panda3d.core import NodePath

from vr_runtime.stage.models.driven import DRIVE, driving
from vr_runtime.stage.models.gorge.plan import SPAN, SUN_ASIDE
from vr_runtime.stage.models.gorge.stone import HIGHEST_RAIL_M
from vr_runtime.stage.models.mesh import Mesh
from vr_runtime.stage.models.shapes import tube

HALF_WAY_M = 0.95
"""Half the clear width between the handrails."""
_BEYOND_M = 1.2
_PAINT = (0.36, 0.42, 0.40)
_RAIL = (0.55, 0.57, 0.58)
_DEEP_M = 1.9
_BAY_M = 2.2
_RAIL_SHOWN_M = 1.02
"""Height of the rail at the levels that show this bridge: its shadow is painted for it."""


def build() -> NodePath:
    """The bridge as a node to be written; the deck is at z = 0."""
    root = NodePath("steel")
    low, high = -_BEYOND_M, SPAN + _BEYOND_M
    frame, posts, rail, wires, deck = Mesh(), Mesh(), Mesh(), Mesh(), Mesh()
    wide = HALF_WAY_M + 0.07
    strips = _strips(wide)
    random = np.random.default_rng(34)
    for y in np.arange(low, high - 0.01, _BAY_M / 2):
        end = min(y + _BAY_M / 2, high)
        worn = float(random.uniform(0.93, 1.04))
        for a, b, lit in strips:
            quad = [(a, y, 0.0), (b, y, 0.0), (b, end, 0.0), (a, end, 0.0)]
            tone = [worn * lit[0], worn * lit[1], worn * lit[1], worn * lit[0]]
            colour = np.repeat(np.asarray(tone)[None, :, None], 3, axis=2)
            deck.add([quad], colour=colour, open_to_sky=0.95)
        # a flat bar ends each panel of the grating
        frame.box(
            (-HALF_WAY_M, y - 0.004, -0.035),
            (HALF_WAY_M, y + 0.004, 0.002),
            picture="steel",
            colour=_RAIL,
            bottom=True,
        )
    _girders(frame, low, high, wide)
    for y in np.arange(low + 0.1, high, 1.45):
        for x in (-wide, wide):
            posts.box(
                (x - 0.022, y - 0.022, 0.0),
                (x + 0.022, y + 0.022, 1.0),
                picture="steel",
                colour=_RAIL,
            )
    for x in (-wide, wide):
        faces, normals = tube([(x, low, 0.0), (x, high, 0.0)], 0.026, 10)
        rail.add(faces, normals=normals, picture="steel", colour=_RAIL, open_to_sky=0.95)
        for part in (0.2, 0.4, 0.6, 0.8):
            faces, normals = tube([(x, low, part), (x, high, part)], 0.006, 5)
            wires.add(faces, normals=normals, picture="steel", colour=_RAIL, open_to_sky=0.9)
        frame.box((x - 0.012, low, 0.0), (x + 0.012, high, 0.10), picture="steel", colour=_PAINT)
    frame.nodes("frame", "layered").reparentTo(root)
    for name, mesh, what, most in (
        ("posts", posts, "scale_z", HIGHEST_RAIL_M),
        ("wires", wires, "scale_z", HIGHEST_RAIL_M),
        ("rail", rail, "z", HIGHEST_RAIL_M),
    ):
        node = mesh.nodes(name, "layered")
        node.setTag(DRIVE, driving("rail", what, 0.0, most))
        node.reparentTo(root)
    deck.nodes("grating", "grating").reparentTo(root)
    return root


def _strips(wide: float) -> list[tuple[float, float, tuple[float, float]]]:
    """The deck from left to right: from, to, and how light either edge is.

    Rail and wires throw their shadows along it, as high as they are where the bridge is shown.
    """
    lines = [(part * _RAIL_SHOWN_M, 0.016, 0.80) for part in (0.2, 0.4, 0.6, 0.8)]
    lines.append((_RAIL_SHOWN_M, 0.042, 0.58))
    places, lights = [-HALF_WAY_M, -HALF_WAY_M + 0.10], [0.66, 0.96]
    for high, half, light in lines:
        at = -wide + SUN_ASIDE * high
        if at - 2 * half > places[-1] and at + 2 * half < HALF_WAY_M:
            places += [at - 1.7 * half, at - 0.6 * half, at + 0.6 * half, at + 1.7 * half]
            lights += [0.98, light, light, 0.98]
    places += [HALF_WAY_M - 0.05, HALF_WAY_M]
    lights += [1.0, 0.86]
    edges = zip(pairwise(places), pairwise(lights), strict=True)
    return [(a, b, lit) for (a, b), lit in edges]


def _girders(frame: Mesh, low: float, high: float, wide: float) -> None:
    """Two trusses below the deck, cross beams between them, wind bracing at their feet."""
    for x in (-wide, wide):
        frame.box(
            (x - 0.06, low, -0.24),
            (x + 0.06, high, 0.0),
            picture="plain",
            colour=_PAINT,
            bottom=True,
            open_to_sky=0.8,
        )
        frame.box(
            (x - 0.05, 0.0, -_DEEP_M),
            (x + 0.05, SPAN, -_DEEP_M + 0.12),
            picture="plain",
            colour=_PAINT,
            bottom=True,
            open_to_sky=0.8,
        )
    joints = np.arange(0.0, SPAN + 0.01, _BAY_M)
    for k, y in enumerate(joints):
        frame.box(
            (-wide, y - 0.045, -0.20),
            (wide, y + 0.045, -0.04),
            picture="plain",
            colour=_PAINT,
            bottom=True,
            open_to_sky=0.7,
        )
        for x in (-wide, wide):
            frame.box(
                (x - 0.035, y - 0.035, -_DEEP_M),
                (x + 0.035, y + 0.035, -0.2),
                picture="plain",
                colour=_PAINT,
                open_to_sky=0.75,
            )
            if y < SPAN - 0.1:
                a, b = (y, y + _BAY_M) if k % 2 else (y + _BAY_M, y)
                bar = [(x, a, -_DEEP_M + 0.06), (x, b, -0.12)]
                faces, normals = tube(bar, 0.035, 5)
                frame.add(faces, normals=normals, picture="plain", colour=_PAINT, open_to_sky=0.75)
        if y < SPAN - 0.1:
            for a, b in ((-wide, wide), (wide, -wide)):
                faces, normals = tube(
                    [(a, y, -_DEEP_M + 0.05), (b, y + _BAY_M, -_DEEP_M + 0.05)], 0.02, 4
                )
                frame.add(faces, normals=normals, picture="plain", colour=_PAINT, open_to_sky=0.7)
    # what it rests on: a bench of concrete in either rim
    for a, b in ((low - 1.0, 0.6), (SPAN - 0.6, high + 1.0)):
        frame.box(
            (-wide - 0.5, a, -2.6),
            (wide + 0.5, b, -0.25),
            picture="concrete",
            colour=(0.8, 0.79, 0.76),
        )
    for a, b in ((low - 1.5, low), (high, high + 1.5)):
        frame.box(
            (-wide - 0.1, a, -0.3),
            (wide + 0.1, b, 0.0),
            picture="concrete",
            colour=(0.86, 0.85, 0.82),
        )
