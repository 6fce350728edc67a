"""Owns the neutral room: walls, windows to a garden, a little furniture, put together.

Knows neither views nor patients. All light is reckoned once and kept in the vertices.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from panda3d.core import NodePath

from vr_runtime.stage.look.dress import dress
from vr_runtime.stage.models.mesh import Mesh, Rows
from vr_runtime.stage.panda.resting import furniture
from vr_runtime.stage.panda.resting.furnisher import Furnisher, sheet
from vr_runtime.stage.panda.resting.garden import garden
from vr_runtime.stage.panda.resting.houseplant import houseplant
from vr_runtime.stage.panda.resting.plan import (
    EAST,
    HIGH,
    NORTH,
    OAK,
    PANE_HALF,
    PANE_MIDDLE_Z,
    PANE_Y,
    REVEAL_M,
    SAND,
    SOUTH,
    WALL,
    WEST,
    WHITE,
    daylight,
)

FLOOR_M, WALL_M = 0.13, 0.25
"""Distance of the points whose light is reckoned."""


def reckoned() -> Mapping[str, Rows]:
    """The faces of the room and of all leaves with all their light, for `furnish`."""
    room, leaves = Furnisher(daylight()), Mesh()
    for add in (
        furniture.bench,
        furniture.sideboard,
        furniture.lamp,
        furniture.rug,
        furniture.pictures,
        furniture.curtains,
        _shell,
        _windows,
        _door,
    ):
        add(room)
    houseplant(room, leaves)
    garden(room.mesh, leaves)
    return {"room": room.mesh.packed(), "plant": leaves.packed()}


def furnish(root: NodePath, parts: Mapping[str, Rows]) -> None:
    """Put the room below `root`; a patient stands at its origin and looks along y."""
    for node, material in (
        (Mesh(parts["room"]).nodes("quiet room", "layered"), "layered"),
        (Mesh(parts["plant"]).nodes("plant", "foliage", moving=True), "foliage"),
    ):
        dress(node, material)
        node.reparentTo(root)


def _shell(room: Furnisher) -> None:
    """Floor, ceiling, three whole walls, and what runs along their edges."""
    wide, deep = EAST - WEST, NORTH - SOUTH
    floor = sheet((WEST, SOUTH, 0), (wide, 0, 0), (0, deep, 0), FLOOR_M)
    room.add(floor, "wood", OAK)
    ceiling = sheet((WEST, NORTH, HIGH), (wide, 0, 0), (0, -deep, 0), WALL_M)
    room.add(ceiling, "plain", WHITE)
    up = (0, 0, HIGH)
    room.add(sheet((WEST, NORTH, 0), (wide, 0, 0), up, WALL_M), "plain", SAND)
    room.add(sheet((EAST, SOUTH, 0), (-wide, 0, 0), up, WALL_M), "plain", WALL)
    room.add(sheet((EAST, NORTH, 0), (0, -deep, 0), up, WALL_M), "plain", WALL)
    for low, high, thick in ((0.0, 0.10, 0.016), (HIGH - 0.07, HIGH, 0.05)):
        for box in (
            ((WEST, NORTH - thick, low), (EAST, NORTH, high)),
            ((EAST - thick, SOUTH, low), (EAST, NORTH, high)),
            ((WEST, SOUTH, low), (WEST + thick, NORTH, high)),
            ((WEST, SOUTH, low), (EAST, SOUTH + thick, high)),
        ):
            room.block(box, "plain", WHITE, 0.3)


def _windows(room: Furnisher) -> None:
    """The west wall around its windows, white frames deep in it, one sill below all."""
    half, tall = PANE_HALF
    foot, head = PANE_MIDDLE_Z - tall, PANE_MIDDLE_Z + tall
    deep = NORTH - SOUTH
    room.add(sheet((WEST, SOUTH, 0), (0, deep, 0), (0, 0, foot), WALL_M), "plain", WALL)
    above = sheet((WEST, SOUTH, head), (0, deep, 0), (0, 0, HIGH - head), WALL_M)
    room.add(above, "plain", WALL)
    edges = [SOUTH, *(y + side * half for y in PANE_Y for side in (-1, 1)), NORTH]
    for south, north in zip(edges[::2], edges[1::2], strict=True):
        pier = sheet((WEST, south, foot), (0, north - south, 0), (0, 0, 2 * tall), WALL_M)
        room.add(pier, "plain", WALL)
    out, up = (-REVEAL_M, 0, 0), (0, 0, 2 * tall)
    for y in PANE_Y:
        for side, bright in (
            (sheet((WEST, y - half, foot), out, up), 0.97),
            (sheet((WEST - REVEAL_M, y + half, foot), (REVEAL_M, 0, 0), up), 0.92),
            (sheet((WEST - REVEAL_M, y - half, head), (0, 2 * half, 0), (REVEAL_M, 0, 0)), 0.88),
        ):
            room.mesh.add(side, picture="plain", colour=np.asarray(WHITE) * bright)
        _frame(room, y)
    sill = (
        (WEST - REVEAL_M, PANE_Y[0] - 0.7, foot - 0.04),
        (WEST + 0.17, PANE_Y[-1] + half + 0.02, foot),
    )
    room.block(sill, "wood", OAK, 0.3)


def _frame(room: Furnisher, y: float) -> None:
    half, tall = PANE_HALF
    foot, head = PANE_MIDDLE_Z - tall, PANE_MIDDLE_Z + tall
    back, front = WEST - REVEAL_M + 0.01, WEST - REVEAL_M + 0.06
    bars = [
        ((back, side, foot), (front, side + 0.045, head))
        for side in (y - half, y - 0.0225, y + half - 0.045)
    ]
    bars += [
        ((back, y - half, low), (front, y + half, low + 0.045))
        for low in (foot, PANE_MIDDLE_Z + 0.34, head - 0.045)
    ]
    piece = Mesh()
    for low, high in bars:
        piece.box(low, high, bottom=True)
    rows = piece.packed()
    # what faces the sky outside is brighter than what faces the room
    bright = 0.90 + 0.07 * np.abs(rows["n"][..., 1:2]) - 0.10 * (rows["n"][..., :1] > 0.5)
    room.mesh.add(
        rows["v"],
        picture="plain",
        colour=np.asarray(WHITE) * bright,
        normals=rows["n"],
    )


def _door(room: Furnisher) -> None:
    """A plain closed door behind, so that the way out can be seen."""
    x0, x1, head = -0.45, 0.5, 2.08
    y = SOUTH
    room.block(((x0 - 0.09, y, 0.0), (x0, y + 0.03, head + 0.09)), "plain", WHITE)
    room.block(((x1, y, 0.0), (x1 + 0.09, y + 0.03, head + 0.09)), "plain", WHITE)
    room.block(((x0, y, head), (x1, y + 0.03, head + 0.09)), "plain", WHITE)
    room.block(((x0, y, 0.0), (x1, y + 0.012, head)), "plain", (0.93, 0.915, 0.87))
    for low, high in ((0.18, 0.95), (1.12, 1.92)):
        panel = ((x0 + 0.13, y, low), (x1 - 0.13, y + 0.022, high))
        room.block(panel, "plain", WHITE)
    room.block(((x0 + 0.05, y, 1.02), (x0 + 0.17, y + 0.06, 1.045)), "steel", (0.85, 0.83, 0.8))
