"""Owns the third safe place: a small warm room in the evening, an armchair, a lamp, books.

Knows neither views nor patients. All light is reckoned once and kept in the vertices.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from panda3d.core import NodePath

from vr_runtime.stage.look.dress import dress
from vr_runtime.stage.look.lighting import Weather
from vr_runtime.stage.models.mesh import Mesh, Rows
from vr_runtime.stage.models.shapes import tube
from vr_runtime.stage.panda.resting import evening_things as things
from vr_runtime.stage.panda.resting.evening_plan import (
    CEILING,
    CHAIR,
    CHAIR_TURN,
    CREAM,
    DIM,
    EAST,
    FLOOR,
    HIGH,
    MOSS,
    NORTH,
    OAK,
    PANEL,
    POT,
    REVEAL_M,
    RUST,
    SOUTH,
    STOOL,
    WALL,
    WALNUT,
    WEST,
    WINDOW_Y,
    WINDOW_Z,
    daylight,
)
from vr_runtime.stage.panda.resting.furnisher import Furnisher, sheet
from vr_runtime.stage.panda.resting.houseplant import houseplant
from vr_runtime.stage.panda.resting.tree import tree
from vr_runtime.stage.panda.resting.upholstery import armchair, padded

LAMPLIGHT = Weather(
    sun=(0.0, 0.0, 0.0),
    zenith=(1.36, 1.18, 0.94),
    horizon=(1.36, 1.18, 0.94),
    ground=(1.42, 1.22, 0.97),
    haze_per_m=0.0005,
    haze_most=0.0,
    sky=False,
)
"""The same warm light from everywhere: where it falls is baked into the vertices."""


def reckoned() -> Mapping[str, Rows]:
    """The faces of the room and of all leaves with all their light, for `furnish`."""
    room, leaves = Furnisher(daylight()), Mesh()
    for add in (
        _shell,
        _window,
        _door,
        things.shelf,
        things.bookcase,
        things.lamp,
        things.table,
        things.rug,
        things.pictures,
        things.curtains,
    ):
        add(room)
    armchair(room, CHAIR, CHAIR_TURN, MOSS, WALNUT)
    padded(
        room,
        ((CHAIR[0] - 0.20, CHAIR[1] + 0.02, 0.46), (CHAIR[0] + 0.20, CHAIR[1] + 0.16, 0.80)),
        RUST,
        round_part=0.5,
        about=CHAIR,
        degrees=CHAIR_TURN + 9.0,
        lean=16.0,
    )
    padded(room, ((STOOL[0][0], STOOL[0][1], 0.15), STOOL[1]), MOSS, round_part=0.25)
    for x in (STOOL[0][0] + 0.07, STOOL[1][0] - 0.07):
        for y in (STOOL[0][1] + 0.07, STOOL[1][1] - 0.07):
            leg, normals = tube([(x, y, 0.0), (x, y, 0.18)], (0.015, 0.022), 8)
            room.add(leg, "plain", WALNUT, normals)
    houseplant(room, leaves, POT, (0.92, 0.74, 0.95))
    _evening(room.mesh, leaves)
    return {"room": room.mesh.packed(), "plant": leaves.packed()}


def furnish(root: NodePath, parts: Mapping[str, Rows]) -> None:
    """Put the room below `root`; a patient stands at its origin and looks along y."""
    for node, material in (
        (Mesh(parts["room"]).nodes("evening room", "layered"), "layered"),
        (Mesh(parts["plant"]).nodes("plant", "foliage", moving=True), "foliage"),
    ):
        dress(node, material)
        node.reparentTo(root)


def _shell(room: Furnisher) -> None:
    wide, deep = EAST - WEST, NORTH - SOUTH
    room.add(sheet((WEST, SOUTH, 0), (wide, 0, 0), (0, deep, 0), 0.10), "wood", FLOOR)
    room.add(sheet((WEST, NORTH, HIGH), (wide, 0, 0), (0, -deep, 0), 0.2), "plain", CEILING)
    up = (0, 0, HIGH)
    room.add(sheet((WEST, NORTH, 0), (wide, 0, 0), up, 0.14), "plain", WALL)
    room.add(sheet((EAST, SOUTH, 0), (-wide, 0, 0), up, 0.2), "plain", WALL)
    room.add(sheet((EAST, NORTH, 0), (0, -deep, 0), up, 0.14), "plain", WALL)
    for low, high, thick in ((0.0, 0.12, 0.018), (HIGH - 0.06, HIGH, 0.05)):
        for box in (
            ((WEST, NORTH - thick, low), (EAST, NORTH, high)),
            ((EAST - thick, SOUTH, low), (EAST, NORTH, high)),
            ((WEST, SOUTH, low), (WEST + thick, NORTH, high)),
            ((WEST, SOUTH, low), (-0.53, SOUTH + thick, high)),
            ((0.53, SOUTH, low), (EAST, SOUTH + thick, high)),
        ):
            room.block(box, "plain", CEILING if low else PANEL, 0.2)
    room.block(((-0.53, SOUTH, HIGH - 0.06), (0.53, SOUTH + 0.05, HIGH)), "plain", CEILING, 0.2)


def _window(room: Furnisher) -> None:
    (y0, y1), (z0, z1), deep = WINDOW_Y, WINDOW_Z, NORTH - SOUTH
    room.add(sheet((WEST, SOUTH, 0), (0, deep, 0), (0, 0, z0), 0.16), "plain", WALL)
    room.add(sheet((WEST, SOUTH, z1), (0, deep, 0), (0, 0, HIGH - z1), 0.16), "plain", WALL)
    for south, north in ((SOUTH, y0), (y1, NORTH)):
        pier = sheet((WEST, south, z0), (0, north - south, 0), (0, 0, z1 - z0), 0.16)
        room.add(pier, "plain", WALL)
    out, up = (-REVEAL_M, 0, 0), (0, 0, z1 - z0)
    for side, bright in (
        (sheet((WEST, y0, z0), out, up), 0.80),
        (sheet((WEST - REVEAL_M, y1, z0), (REVEAL_M, 0, 0), up), 0.76),
        (sheet((WEST - REVEAL_M, y0, z1), (0, y1 - y0, 0), (REVEAL_M, 0, 0)), 0.66),
    ):
        room.mesh.add(side, picture="plain", colour=np.asarray(CREAM) * bright)
    room.block(((WEST - REVEAL_M, y0, z0 - 0.04), (WEST + 0.14, y1, z0)), "wood", OAK, 0.2)
    back, front, middle = WEST - REVEAL_M + 0.01, WEST - REVEAL_M + 0.055, (y0 + y1) / 2
    bars = [((back, y, z0), (front, y + 0.05, z1)) for y in (y0, middle - 0.025, y1 - 0.05)] + [
        ((back, y0, z), (front, y1, z + 0.05)) for z in (z0, z0 + 0.80, z1 - 0.05)
    ]
    piece = Mesh()
    for low, high in bars:
        piece.box(low, high, bottom=True)
    rows = piece.packed()
    bright = 0.52 + 0.16 * np.abs(rows["n"][..., 1:2])
    room.mesh.add(rows["v"], picture="plain", colour=np.asarray(CREAM) * bright, normals=rows["n"])


def _door(room: Furnisher) -> None:
    """A plain closed door behind, so that the way out can be seen."""
    x0, x1, head, y = -0.45, 0.45, 2.05, SOUTH
    room.block(((x0 - 0.08, y, 0.0), (x0, y + 0.03, head + 0.08)), "plain", OAK)
    room.block(((x1, y, 0.0), (x1 + 0.08, y + 0.03, head + 0.08)), "plain", OAK)
    room.block(((x0, y, head), (x1, y + 0.03, head + 0.08)), "plain", OAK)
    room.block(((x0, y, 0.0), (x1, y + 0.014, head)), "wood", OAK)
    for low, high in ((0.20, 0.92), (1.10, 1.88)):
        room.block(((x0 + 0.13, y, low), (x1 - 0.13, y + 0.024, high)), "wood", OAK)
    room.block(((x0 + 0.05, y, 1.0), (x0 + 0.16, y + 0.055, 1.022)), "plain", (0.66, 0.58, 0.42))


def _evening(solid: Mesh, leaves: Mesh) -> None:
    """What is left of the day outside: a glow over hills, trees before it, nobody."""
    random = np.random.default_rng(9)
    sky = sheet((-46.0, -60.0, -8.0), (0, 130.0, 0), (0, 0, 56.0), 2.5)
    rise = np.clip((sky[..., 2] + 1.0) / 24.0, 0.0, 1.0)[..., None] ** 0.8
    colour = np.asarray((0.93, 0.66, 0.42)) * (1 - rise) + np.asarray((0.34, 0.40, 0.58)) * rise
    ridge = 2.8 + 1.5 * np.sin(sky[..., 1] * 0.08 + 1.0) + 0.6 * np.sin(sky[..., 1] * 0.21)
    hill = np.clip((ridge - sky[..., 2]) * 0.8, 0.0, 1.0)[..., None]
    solid.add(
        sky, picture="plain", colour=colour * (1 - hill) + np.asarray((0.36, 0.33, 0.36)) * hill
    )
    lawn = sheet((-46.0, -40.0, -0.5), (43.0, 0, 0), (0, 90.0, 0), 2.5)
    solid.add(lawn, picture="grass", colour=(0.76, 0.60, 0.80), open_to_sky=0.9)
    dusk, shade = Mesh(), Mesh()
    for crown in (
        (-15.0, 7.4, 3.0, 2.2),
        (-19.0, -4.5, 3.8, 2.8),
        (-24.0, 3.6, 3.2, 2.6),
        (-22.0, 13.0, 4.0, 3.0),
    ):
        tree(dusk, shade, crown, -0.5, random, 9)
    for mesh, into, moving in ((dusk, solid, False), (shade, leaves, True)):
        rows = mesh.packed()
        rows["c"][..., :3] = (rows["c"][..., :3] * DIM).astype(np.uint8)
        into.add(
            rows["v"],
            layers=rows["t"][:, 0, 2],
            colour=rows["c"][..., :3] / 255.0,
            open_to_sky=rows["c"][..., 3] / 255.0,
            normals=rows["n"],
            uv=rows["t"][..., :2],
            motion=rows["m"] * 0.0 if moving else None,
        )
