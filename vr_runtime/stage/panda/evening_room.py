"""Owns the third safe place: a small warm room in the evening, an armchair, a lamp, books.

Knows neither views nor patients. All light is reckoned once and kept in the vertices.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
from panda3d.core import LVecBase3f, NodePath

from vr_runtime.stage.look.dress import dress
from vr_runtime.stage.look.layers import METRES
from vr_runtime.stage.look.lighting import Weather
from vr_runtime.stage.models.mesh import Mesh, Rows
from vr_runtime.stage.models.shapes import tube
from vr_runtime.stage.panda.resting import evening_things as things
from vr_runtime.stage.panda.resting.bookcase import bookcase, shelf
from vr_runtime.stage.panda.resting.dusk import dusk
from vr_runtime.stage.panda.resting.evening_pictures import pictures
from vr_runtime.stage.panda.resting.evening_plan import (
    BRASS,
    CEILING,
    CHAIR,
    CHAIR_TURN,
    CREAM,
    DARK_WOOD,
    DOOR_HEAD,
    DOOR_X,
    EAST,
    FLOOR,
    HIGH,
    MOSS,
    NORTH,
    OAK,
    PANEL,
    PIPING,
    POT,
    REVEAL_M,
    RUST,
    SOUTH,
    SWITCH,
    WALL,
    WEST,
    WINDOW_X,
    WINDOW_Z,
    daylight,
)
from vr_runtime.stage.panda.resting.furnisher import Furnisher, sheet
from vr_runtime.stage.panda.resting.houseplant import houseplant
from vr_runtime.stage.panda.resting.upholstery import Set, armchair, padded

LAMPLIGHT = Weather(
    sun=(0.0, 0.0, 0.0),
    zenith=(1.44, 1.22, 0.95),
    horizon=(1.44, 1.22, 0.95),
    ground=(1.44, 1.22, 0.95),
    haze_per_m=0.0005,
    haze_most=0.0,
    sky=False,
)
"""The same warm light from everywhere: where it falls is baked into the vertices."""

WORN = {
    "room": "layered",
    "lamp": "layered",
    "plant": "foliage",
    "outside": "layered",
    "trees": "foliage",
}
"""The material of each part."""
BY_WINDOW = (0.050, 0.062, 0.100)
"""What comes in from the evening outside, where the lamp is out."""


def lit_by(lamp: float) -> Weather:
    """The light of the room where its lamp is turned down to this share, 0 out to 1."""
    if lamp >= 1.0:
        return LAMPLIGHT
    red, green, blue = (
        full * lamp**2 + dim * (1.0 - lamp)
        for full, dim in zip(LAMPLIGHT.zenith, BY_WINDOW, strict=True)
    )
    light = (red, green, blue)
    return replace(LAMPLIGHT, zenith=light, horizon=light, ground=light)


LAMP_GLOW = (1.55, 1.55, 1.50)
"""What gives light is brighter than all it falls on: laid over the colours of the lamp's shade."""
UNLIT, LOWEST = (0.78, 0.84, 1.05), 0.12
"""The same of a shade with no light in it, and the share of the lamp below which it is one."""
LAMP = "lamp"


def shade_of(lamp: float) -> tuple[float, float, float]:
    """What is laid over the colours of the shade where its lamp is turned down to this share."""
    part = min(1.0, lamp / LOWEST)
    red, green, blue = (u + (g - u) * part for u, g in zip(UNLIT, LAMP_GLOW, strict=True))
    return (red, green, blue)


def named(part: str) -> str:
    """The node of a part of the room."""
    return f"evening {part}"


def reckoned() -> Mapping[str, Rows]:
    """The faces of room, lamp and leaves with all their light, for `furnish`."""
    room, leaves, lit = Furnisher(daylight()), Mesh(), Mesh()
    outside, trees = Mesh(), Mesh()
    for add in (
        _shell,
        _window,
        _door,
        shelf,
        bookcase,
        things.table,
        things.rug,
        things.curtains,
        things.bench,
        pictures,
    ):
        add(room)
    things.lamp(room, lit)
    armchair(room, CHAIR, CHAIR_TURN, MOSS, PIPING, DARK_WOOD)
    x, y = CHAIR
    padded(
        room,
        ((x - 0.21, y - 0.06, 0.462), (x + 0.17, y + 0.04, 0.80)),
        RUST,
        edge=0.030,
        crown=0.045,
        stands=Set(CHAIR, CHAIR_TURN + 7.0, 20.0),
        piped=np.asarray(RUST) * 0.8,
    )
    houseplant(room, leaves, POT, (0.98, 0.98, 0.98), (0.86, 0.62, 0.47))
    dusk(outside, trees)
    inside = {"room": room.mesh, "lamp": lit, "plant": leaves}
    return {n: m.packed() for n, m in {**inside, "outside": outside, "trees": trees}.items()}


def furnish(root: NodePath, parts: Mapping[str, Rows]) -> None:
    """Put the room below `root`; a patient is at its origin and looks along y."""
    for name, material in WORN.items():
        node = Mesh(parts[name]).nodes(named(name), material, moving=material == "foliage")
        dress(node, material)
        if name == LAMP:
            node.setShaderInput("tint", LVecBase3f(*LAMP_GLOW))
        elif name in ("outside", "trees"):
            # what the lamp never reaches stays as it is when the lamp is turned down
            for each in ("sky_zenith", "sky_horizon", "ground_colour"):
                node.setShaderInput(each, LVecBase3f(*LAMPLIGHT.zenith))
        node.reparentTo(root)


def _wall(room: Furnisher, x0: float, x1: float, z0: float, z1: float, step: float) -> None:
    """A part of the north wall, fine enough for soft shadows."""
    part = sheet((x0, NORTH, z0), (x1 - x0, 0, 0), (0, 0, z1 - z0), step)
    room.add(part, "plain", WALL)


def _shell(room: Furnisher) -> None:
    wide, deep = EAST - WEST, NORTH - SOUTH
    near = 1.1
    for floor in (
        sheet((WEST, near, 0), (wide, 0, 0), (0, NORTH - near, 0), 0.094),
        sheet((WEST, SOUTH, 0), (wide, 0, 0), (0, near - SOUTH, 0), 0.25),
    ):
        # boards run from the patient towards the window
        room.add(floor, "wood", FLOOR, uv=floor[..., 1::-1] / METRES["wood"])
    room.add(sheet((WEST, NORTH, HIGH), (wide, 0, 0), (0, -deep, 0), 0.22), "plain", CEILING)
    up = (0, 0, HIGH)
    (w0, w1), (z0, z1) = WINDOW_X, WINDOW_Z
    _wall(room, WEST, w0, 0.0, HIGH, 0.12)
    _wall(room, w0, w1, 0.0, z0, 0.15)
    _wall(room, w0, w1, z1, HIGH, 0.12)
    _wall(room, w1, DOOR_X[0], 0.0, HIGH, 0.085)
    _wall(room, DOOR_X[0], DOOR_X[1], DOOR_HEAD, HIGH, 0.10)
    _wall(room, DOOR_X[1], EAST, 0.0, HIGH, 0.10)
    room.add(sheet((EAST, SOUTH, 0), (-wide, 0, 0), up, 0.3), "plain", WALL)
    room.add(sheet((EAST, NORTH, 0), (0, -deep, 0), up, 0.17), "plain", WALL)
    room.add(sheet((WEST, SOUTH, 0), (0, deep, 0), up, 0.2), "plain", WALL)
    _seams(room)
    door = (DOOR_X[0] - 0.08, DOOR_X[1] + 0.08)
    for low, high, thick, tint in ((0.0, 0.13, 0.018, PANEL), (HIGH - 0.07, HIGH, 0.06, CEILING)):
        north = ((WEST, door[0]), (door[1], EAST)) if low == 0.0 else ((WEST, EAST),)
        for west, east in north:
            room.block(((west, NORTH - thick, low), (east, NORTH, high)), "plain", tint, 0.14)
        room.block(((EAST - thick, SOUTH, low), (EAST, NORTH, high)), "plain", tint, 0.2)
        room.block(((WEST, SOUTH, low), (WEST + thick, NORTH, high)), "plain", tint, 0.2)
        room.block(((WEST, SOUTH, low), (EAST, SOUTH + thick, high)), "plain", tint, 0.3)


def _seams(room: Furnisher) -> None:
    """Strips behind the upright seams of the walls: between faces of unlike size one could see
    through, a point of black here and there."""
    up = (0, 0, HIGH)
    for x, wide in (
        (WINDOW_X[0] - 0.03, 0.03),
        (WINDOW_X[1] - 0.03, 0.03),
        (DOOR_X[0], 0.03),
        (DOOR_X[1], 0.03),
    ):
        for low, high in ((0.0, WINDOW_Z[0]), (WINDOW_Z[1], HIGH)):
            strip = sheet((x, NORTH + 0.004, low), (wide, 0, 0), (0, 0, high - low), 0.3)
            room.add(strip, "plain", WALL)
    for corner, across in (
        ((EAST - 0.01, NORTH + 0.012, 0), (0.03, -0.03, 0)),
        ((WEST - 0.02, NORTH - 0.018, 0), (0.03, 0.03, 0)),
    ):
        room.add(sheet(corner, across, up, 0.3), "plain", WALL)


def _window(room: Furnisher) -> None:
    """A window with a sill, deep in the north wall; what is outside shines on its frame."""
    (x0, x1), (z0, z1) = WINDOW_X, WINDOW_Z
    out, up = (0, REVEAL_M, 0), (0, 0, z1 - z0)
    blue = np.asarray((0.62, 0.72, 0.98))
    for side, bright in (
        (sheet((x0, NORTH, z0), out, up), 0.50),
        (sheet((x1, NORTH + REVEAL_M, z0), (0, -REVEAL_M, 0), up), 0.50),
        (sheet((x0, NORTH + REVEAL_M, z1), (x1 - x0, 0, 0), (0, -REVEAL_M, 0)), 0.44),
    ):
        room.mesh.add(side, picture="plain", colour=np.asarray(CREAM) * blue * bright)
    room.block(
        ((x0 - 0.05, NORTH - 0.055, z0 - 0.035), (x1 + 0.05, NORTH + 0.001, z0)), "wood", OAK
    )
    inner = sheet((x0, NORTH, z0), (x1 - x0, 0, 0), out, 0.1)
    room.mesh.add(inner, picture="plain", colour=np.asarray(OAK) * blue * 0.46)
    near, far, middle = NORTH + 0.10, NORTH + 0.155, (x0 + x1) / 2
    bars = [((x, near, z0), (x + 0.045, far, z1)) for x in (x0, middle - 0.022, x1 - 0.045)] + [
        ((x0, near, z), (x1, far, z + 0.045)) for z in (z0, z0 + 0.90, z1 - 0.045)
    ]
    piece = Mesh()
    for low, high in bars:
        piece.box(low, high, bottom=True)
    rows = piece.packed()
    # what faces the room has the lamp's light from the side, its edges that of the evening
    room_side = rows["n"][..., 1:2] < -0.5
    colour = np.where(room_side, np.asarray(CREAM) * 0.56, np.asarray(CREAM) * blue * 0.44)
    room.mesh.add(rows["v"], picture="plain", colour=colour, normals=rows["n"])


def _door(room: Furnisher) -> None:
    """A panelled door that is closed, with its handle, and a switch beside it: the way out."""
    (x0, x1), head, y = DOOR_X, DOOR_HEAD, NORTH
    white, leaf = (0.95, 0.90, 0.80), (0.92, 0.86, 0.74)
    for west, east, top in ((x0 - 0.08, x0, head + 0.08), (x1, x1 + 0.08, head + 0.08)):
        room.block(((west, y - 0.03, 0.0), (east, y, top)), "plain", white, 0.1)
    room.block(((x0, y - 0.03, head), (x1, y, head + 0.08)), "plain", white, 0.1)
    room.add(sheet((x0, y - 0.004, 0), (x1 - x0, 0, 0), (0, 0, head), 0.07), "plain", leaf)
    for west, east in ((x0 + 0.10, (x0 + x1) / 2 - 0.04), ((x0 + x1) / 2 + 0.04, x1 - 0.10)):
        for low, high in ((0.16, 0.84), (1.06, 1.90)):
            _panel(room, west, east, low, high, leaf)
    hx, hz = x0 + 0.055, 1.0
    plate = ((hx - 0.018, y - 0.010, hz - 0.10), (hx + 0.018, y - 0.004, hz + 0.08))
    room.block(plate, "plain", BRASS, 0.06)
    neck, normals = tube([(hx, y - 0.005, hz), (hx, y - 0.055, hz)], 0.009, 10)
    room.add(neck, "plain", BRASS, normals)
    lever, normals = tube([(hx - 0.012, y - 0.055, hz), (hx + 0.12, y - 0.052, hz)], 0.009, 10)
    room.add(lever, "plain", BRASS, normals)
    sx, sz = SWITCH
    room.block(((sx - 0.04, y - 0.008, sz - 0.04), (sx + 0.04, y, sz + 0.04)), "plain", white, 0.04)
    key = ((sx - 0.024, y - 0.013, sz - 0.028), (sx + 0.024, y - 0.008, sz + 0.028))
    room.block(key, "plain", (0.98, 0.95, 0.88), 0.03)


def _panel(
    room: Furnisher, x0: float, x1: float, z0: float, z1: float, tint: tuple[float, float, float]
) -> None:
    """A sunk field of the door: bevels towards a flat middle, each in its own light."""
    y, wide = NORTH - 0.0045, 0.026
    outer = [(x0, z0), (x1, z0), (x1, z1), (x0, z1)]
    inner = [
        (x0 + wide, z0 + wide),
        (x1 - wide, z0 + wide),
        (x1 - wide, z1 - wide),
        (x0 + wide, z1 - wide),
    ]
    shades = (1.06, 0.86, 0.80, 0.94)
    for k, shade in enumerate(shades):
        (a, b), (c, d) = (outer[k], outer[(k + 1) % 4]), (inner[(k + 1) % 4], inner[k])
        face = np.asarray([[(p[0], y, p[1]) for p in (a, b, c, d)]], dtype=np.float32)
        n = np.broadcast_to(np.asarray((0.0, -1.0, 0.0), dtype=np.float32), face.shape)
        room.add(face, "plain", np.asarray(tint) * shade, n)
    middle = sheet(
        (x0 + wide, y - 0.0003, z0 + wide),
        (x1 - x0 - 2 * wide, 0, 0),
        (0, 0, z1 - z0 - 2 * wide),
        0.1,
    )
    room.add(middle, "plain", np.asarray(tint) * 0.985)
