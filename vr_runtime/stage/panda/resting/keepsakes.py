"""Owns the small things that stand between books: bowl, vase, clock, photograph; moves none."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from vr_runtime.stage.models.shapes import ball, tube
from vr_runtime.stage.panda.resting.books import INK, Quads
from vr_runtime.stage.panda.resting.evening_plan import BRASS, CREAM, OAK
from vr_runtime.stage.panda.resting.foliage import Wide
from vr_runtime.stage.panda.resting.furnisher import Furnisher

Place = tuple[float, float, float]


def bowl(room: Furnisher, at: Place, radius: float, tint: ArrayLike) -> None:
    """A bowl with this radius at its brim, metres."""
    x, y, z = at
    turn = np.asarray([(0.0, 0.34), (0.06, 0.42), (0.30, 0.78), (0.58, 0.97), (0.66, 1.0)]) * radius
    path = np.stack([np.full(5, x), np.full(5, y), z + turn[:, 0]], axis=1)
    outer, normals = tube(path, turn[:, 1], 28)
    room.add(outer, "plain", tint, normals)
    inside, normals = ball((x, y, z + 0.60 * radius), (0.95 * radius, 0.95 * radius, 0.02), 24, 4)
    room.add(inside, "plain", np.asarray(tint) * 0.84, normals)


def vase(room: Furnisher, at: Place) -> None:
    """A small vase with nothing in it."""
    x, y, z = at
    profile = np.asarray(
        [(0.0, 0.030), (0.02, 0.045), (0.07, 0.060), (0.12, 0.050), (0.16, 0.026), (0.19, 0.030)]
    )
    path = np.stack([np.full(6, x), np.full(6, y), z + profile[:, 0]], axis=1)
    vase, normals = tube(path, profile[:, 1], 20)
    room.add(vase, "plain", (0.78, 0.52, 0.38), normals)


def _disc(room: Furnisher, at: Wide, radius: float, tint: ArrayLike) -> None:
    """A round face that looks south."""
    turn = np.linspace(0.0, 2 * np.pi, 25)
    ring = at + radius * np.stack([np.cos(turn), 0.0 * turn, np.sin(turn)], axis=1)
    corners = np.stack(
        [np.broadcast_to(at, (24, 3)), ring[:-1], ring[1:], ring[1:]], axis=1
    ).astype(np.float32)
    n = np.broadcast_to(np.asarray((0.0, -1.0, 0.0), dtype=np.float32), corners.shape)
    room.add(corners, "plain", tint, n)


def clock(room: Furnisher, at: Place) -> None:
    """A small clock whose hands rest at ten past ten: its time does not matter here."""
    x, y, z = at
    rim, normals = tube([(x, y - 0.03, z + 0.085), (x, y + 0.03, z + 0.085)], 0.075, 28)
    room.add(rim, "plain", BRASS, normals)
    face = np.asarray((x, y - 0.031, z + 0.085))
    _disc(room, face, 0.075, BRASS)
    _disc(room, face - (0.0, 6e-4, 0.0), 0.064, CREAM)
    hands = Quads()
    for turn, long in ((np.radians(145.0), 0.036), (np.radians(30.0), 0.050)):
        way = np.asarray((np.cos(turn), 0.0, np.sin(turn)))
        side = np.asarray((-np.sin(turn), 0.0, np.cos(turn))) * 0.003
        foot = face - (0.0, 1.4e-3, 0.0)
        hands.add(
            [foot - side, foot + long * way - side, foot + long * way + side, foot + side],
            INK,
            np.asarray((0.0, -1.0, 0.0)),
        )
    hands.into(room)
    for dx in (-0.04, 0.04):
        room.block(
            ((x + dx - 0.008, y - 0.02, z), (x + dx + 0.008, y + 0.02, z + 0.03)), "plain", BRASS
        )


def photo(room: Furnisher, at: Place) -> None:
    """A framed photograph of a bay that leans on the back of its shelf."""
    x, y, z = at
    wide, tall, lean, quads = 0.15, 0.19, 0.16, Quads()

    def face(inset: float, forth: float, low: float, high: float, tint: ArrayLike) -> None:
        grid = []
        for u, v in ((0.0, low), (1.0, low), (1.0, high), (0.0, high)):
            up = inset + v * (tall - 2 * inset)
            grid.append(
                np.asarray(
                    (x - wide / 2 + inset + u * (wide - 2 * inset), y + up * lean - forth, z + up)
                )
            )
        quads.add(grid, tint, np.asarray((0.0, -0.987, 0.158)))

    face(0.0, 0.0, 0.0, 1.0, np.asarray(OAK) * 0.62)
    face(0.014, 0.001, 0.0, 1.0, CREAM)
    face(0.028, 0.002, 0.0, 0.42, (0.50, 0.55, 0.55))
    face(0.028, 0.002, 0.42, 1.0, (0.76, 0.78, 0.76))
    face(0.028, 0.003, 0.42, 0.56, (0.40, 0.44, 0.42))
    quads.into(room)
