"""Owns the pictures on the walls of the evening room: a calm landscape, leaves in frames."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike

from vr_runtime.stage.panda.resting.evening_plan import (
    CREAM,
    DARK_WOOD,
    EAST,
    NORTH,
    PAINTING,
    SOUTH,
    WEST,
)
from vr_runtime.stage.panda.resting.foliage import Wide
from vr_runtime.stage.panda.resting.furnisher import Furnisher, sheet

LAYER_M = 2e-4
"""Each coat of paint lies this far before the one below."""


class _Canvas:
    """Flat shapes painted over one another; places on it are 0 to 1, to the right and up."""

    def __init__(self, room: Furnisher, corner: Wide, across: Wide, up: Wide, out: Wide) -> None:
        self._room, self._corner, self._across, self._up = room, corner, across, up
        self._out, self._coats = out, 1

    def _at(self, u: ArrayLike, v: ArrayLike) -> Wide:
        lift = self._coats * LAYER_M
        right, high = (np.clip(np.asarray(p, dtype=float), 0, 1)[..., None] for p in (u, v))
        return np.asarray(self._corner + right * self._across + high * self._up + lift * self._out)

    def band(self, u: Wide, low: ArrayLike, high: ArrayLike, tints: Sequence[ArrayLike]) -> None:
        """What lies between two lines over the places `u`: two tints, below and above."""
        low, high = np.broadcast_to(low, u.shape), np.broadcast_to(high, u.shape)
        below, above = self._at(u, low), self._at(u, np.maximum(low, high))
        corners = np.stack([below[:-1], below[1:], above[1:], above[:-1]], axis=1)
        colour = np.asarray([tints[0], tints[0], tints[-1], tints[-1]])
        normals = np.broadcast_to(self._out, corners.shape).astype(np.float32)
        self._room.add(
            corners.astype(np.float32), "plain", np.broadcast_to(colour, corners.shape), normals
        )
        self._coats += 1


def _landscape(canvas: _Canvas) -> None:
    """Hills over a still lake in the evening, a few trees on its shore."""
    u = np.linspace(0.0, 1.0, 65)
    ends = np.asarray((0.0, 1.0))
    water = 0.40
    warm, pale, blue = (0.97, 0.80, 0.58), (0.86, 0.82, 0.72), (0.58, 0.68, 0.74)
    for low, high, tints in (
        (water, 0.58, (warm, (0.96, 0.85, 0.68))),
        (0.58, 0.75, ((0.96, 0.85, 0.68), pale)),
        (0.75, 1.0, (pale, blue)),
        (0.16, water, ((0.66, 0.70, 0.68), (0.94, 0.82, 0.64))),
        (0.0, 0.16, ((0.44, 0.52, 0.52), (0.66, 0.70, 0.68))),
    ):
        canvas.band(ends, low, high, tints)
    for at, long, height, thick in ((0.30, 0.24, 0.80, 0.022), (0.62, 0.30, 0.70, 0.014)):
        part = np.clip((u - at) / long, -1.0, 1.0)
        cloud = thick * (1 - part**2) * (1.0 + 0.3 * np.sin(17.0 * u))
        canvas.band(
            u, height - 0.3 * cloud, height + cloud, ((0.97, 0.87, 0.72), (0.93, 0.86, 0.76))
        )
    for height, swing, turn, tint in (
        (0.60, 0.055, 0.4, (0.66, 0.68, 0.70)),
        (0.53, 0.045, 2.6, (0.52, 0.58, 0.60)),
        (0.47, 0.030, 5.0, (0.40, 0.48, 0.45)),
    ):
        line = height + swing * np.sin(4.6 * u + turn) + 0.3 * swing * np.sin(12.7 * u + 2 * turn)
        canvas.band(u, water, line, (np.asarray(tint) * 1.12, tint))
        # the lake mirrors what stands at it, paler
        mirrored = water - 0.45 * (line - water)
        soft = 0.55 * np.asarray(tint) + 0.45 * np.asarray((0.84, 0.78, 0.66))
        canvas.band(u, mirrored, water, (np.asarray((0.80, 0.78, 0.70)), soft))
    for low, start, end in ((0.33, 0.42, 0.80), (0.26, 0.10, 0.46), (0.20, 0.55, 0.92)):
        v = np.linspace(start, end, 9)
        thin = 0.006 * (1 - np.linspace(-1, 1, 9) ** 2)
        canvas.band(v, low - thin, low + thin, ((0.95, 0.87, 0.72), (0.95, 0.87, 0.72)))
    bank = 0.13 + 0.10 * np.clip(1.0 - u / 0.62, 0.0, 1.0) ** 1.4 - 0.05 * u
    canvas.band(u, 0.0, bank, ((0.34, 0.38, 0.25), (0.50, 0.52, 0.32)))
    for at, foot, tall, wide in ((0.13, 0.20, 0.50, 0.046), (0.21, 0.18, 0.40, 0.038),
                                 (0.055, 0.22, 0.36, 0.034)):  # fmt: skip
        v = np.linspace(foot, foot + tall, 21)
        trunk = np.asarray((at - 0.004, at + 0.004))
        canvas.band(trunk, foot - 0.03, foot + 0.3 * tall, ((0.26, 0.22, 0.18), (0.26, 0.22, 0.18)))
        across = np.linspace(-1.0, 1.0, 19)
        crown = np.sqrt(np.maximum(1.0 - across**2, 0.0)) * (
            1.0 + 0.10 * np.sin(19.0 * across + at * 90)
        )
        middle = foot + 0.62 * tall
        canvas.band(
            at + wide * across,
            middle - 0.36 * tall * crown,
            middle + 0.40 * tall * crown,
            ((0.24, 0.30, 0.20), (0.42, 0.47, 0.28)),
        )


def _leaf(canvas: _Canvas, turn: float) -> None:
    """One pressed leaf on paper."""
    canvas.band(np.asarray((0.0, 1.0)), 0.0, 1.0, (CREAM, CREAM))
    part = np.linspace(0.0, 1.0, 15)
    half = 0.38 * np.sqrt(1.0 - part**1.3)
    for side, tint in ((-1.0, (0.44, 0.50, 0.34)), (1.0, (0.54, 0.59, 0.41))):
        order = slice(None, None, -1) if side < 0 else slice(None)
        u, middle = 0.5 + side * 0.24 * part, 0.54 + 0.05 * turn * side * part
        canvas.band(u[order], (middle - half)[order], (middle + half)[order], (tint, tint))
    canvas.band(np.asarray((0.494, 0.506)), 0.06, 0.90, ((0.36, 0.40, 0.27), (0.44, 0.48, 0.34)))


def _frame(
    room: Furnisher,
    low: Wide,
    across: Wide,
    up: Wide,
    out: Wide,
    wide: float,
    tint: Sequence[float],
) -> None:
    """Four mitred mouldings around a picture, and their edges towards the wall."""
    a, u = across / np.linalg.norm(across), up / np.linalg.norm(up)
    inner = [low, low + across, low + across + up, low + up]
    outer = [
        low - wide * (a + u),
        low + across + wide * (a - u),
        low + across + up + wide * (a + u),
        low + up - wide * (a - u),
    ]
    for k in range(4):
        i0, i1, o0, o1 = inner[k], inner[(k + 1) % 4], outer[k], outer[(k + 1) % 4]
        in_way = ((i0 + i1) - (o0 + o1)) / 2
        in_way = in_way / np.linalg.norm(in_way)
        m0, m1 = 0.45 * i0 + 0.55 * o0 + 0.030 * out, 0.45 * i1 + 0.55 * o1 + 0.030 * out
        i0, i1 = i0 + 0.012 * out, i1 + 0.012 * out
        r0, r1 = o0 + 0.022 * out, o1 + 0.022 * out
        for face, n in (
            ([o0, o1, r1, r0], -in_way),
            ([r0, r1, m1, m0], out - 0.35 * in_way),
            ([m0, m1, i1, i0], out + 0.5 * in_way),
        ):
            corners = np.asarray([face], dtype=np.float32)
            normals = np.broadcast_to(n / np.linalg.norm(n), corners.shape).astype(np.float32)
            room.add(corners, "plain", tint, normals)


def _hang(
    room: Furnisher, low: ArrayLike, across: ArrayLike, up: ArrayLike, out: ArrayLike, mat: float,
    tint: Sequence[float],
) -> _Canvas:  # fmt: skip
    """Frame and passe-partout on a wall; what is painted on lies within both."""
    low, across, up, out = (np.asarray(part, dtype=float) for part in (low, across, up, out))
    a, u = across / np.linalg.norm(across), up / np.linalg.norm(up)
    wide_low, wide_across, wide_up = low - mat * (a + u), across + 2 * mat * a, up + 2 * mat * u
    _frame(room, wide_low, wide_across, wide_up, out, 0.036, tint)
    card = sheet(wide_low + 0.008 * out, wide_across, wide_up, 0.1)
    normals = np.broadcast_to(out, card.shape).astype(np.float32)
    room.add(card, "plain", (0.94, 0.90, 0.81), normals)
    cut = 0.007
    bevel = sheet(low - cut * (a + u) + 0.0085 * out, across + 2 * cut * a, up + 2 * cut * u, 0.2)
    room.add(
        bevel, "plain", (0.72, 0.65, 0.53), np.broadcast_to(out, bevel.shape).astype(np.float32)
    )
    return _Canvas(room, low + 0.0085 * out, across, up, out)


def pictures(room: Furnisher) -> None:
    """Add a lake in the evening over the chair, and pressed leaves on the other walls."""
    x0, x1, z0, z1 = PAINTING
    wide, tall = (x1 - x0, 0, 0), (0, 0, z1 - z0)
    _landscape(_hang(room, (x0, NORTH, z0), wide, tall, (0, -1, 0), 0.075, DARK_WOOD))
    for number, y in enumerate((-0.25, 0.55)):
        at = (EAST, y + 0.30, 1.34)
        _leaf(
            _hang(room, at, (0, -0.30, 0), (0, 0, 0.42), (-1, 0, 0), 0.06, DARK_WOOD),
            1.0 - 2 * number,
        )
    for number, y in enumerate((0.65, 1.45)):
        at = (WEST, y, 1.34)
        _leaf(_hang(room, at, (0, 0.30, 0), (0, 0, 0.42), (1, 0, 0), 0.06, DARK_WOOD), number - 0.5)
    for number, x in enumerate((0.62, -0.10, -0.82)):
        at = (x + 0.30, SOUTH, 1.30)
        _leaf(
            _hang(room, at, (-0.30, 0, 0), (0, 0, 0.42), (0, 1, 0), 0.06, DARK_WOOD), number - 1.0
        )
