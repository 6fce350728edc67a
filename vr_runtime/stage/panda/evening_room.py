"""Owns the third safe place: a small warm room in the evening, an armchair, a lamp, books.

Knows neither views nor patients. All light is reckoned once and kept in the vertices.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np
from panda3d.core import NodePath

from vr_runtime.stage.look.dress import dress
from vr_runtime.stage.look.lighting import Weather
from vr_runtime.stage.models.mesh import Mesh, Rows
from vr_runtime.stage.models.shapes import ball, tube
from vr_runtime.stage.panda.daylight import Box, Daylight, Pane
from vr_runtime.stage.panda.resting.furnisher import Furnisher, lattice, sheet
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
WEST, EAST, SOUTH, NORTH, HIGH = -2.35, 2.45, -2.3, 3.5, 2.55
WINDOW_Y, WINDOW_Z = (0.35, 2.15), (0.86, 2.10)
REVEAL_M = 0.18
LAMP = (1.62, 3.02)
LAMP_Z = 1.50
CHAIR, CHAIR_TURN = (0.72, 2.62), -14.0
TABLE = (1.52, 2.42)
BOOKCASE: Box = ((-1.22, 3.20, 0.0), (-0.18, 3.5, 1.92))
SHELF: Box = ((2.13, -0.9, 0.0), (2.45, 1.5, 0.92))
RUG = (0.25, 1.55)
POT: Box = ((-2.05, 2.75, 0.0), (-1.55, 3.25, 0.46))
STOOL: Box = ((0.10, 1.62, 0.0), (0.62, 2.06, 0.38))
DIM = np.asarray((0.74, 0.56, 0.72))
"""Dusk takes the green out of leaves."""
SUNK = (-0.94, 0.10, 0.33)

WALL, PANEL = (0.95, 0.86, 0.735), (0.90, 0.80, 0.67)
CEILING = (0.95, 0.90, 0.82)
FLOOR = (0.74, 0.72, 0.71)
WALNUT = (0.55, 0.50, 0.47)
OAK = (0.80, 0.77, 0.74)
MOSS = (0.40, 0.455, 0.345)
RUST = (0.70, 0.42, 0.30)
CREAM = (0.93, 0.88, 0.78)
TREES = (
    (-15.0, 7.4, 3.0, 2.2),
    (-19.0, -4.5, 3.8, 2.8),
    (-24.0, 3.6, 3.2, 2.6),
    (-22.0, 13.0, 4.0, 3.0),
)
"""Middle of each crown outside and its radius, in metres."""
BOOKS = (
    (0.47, 0.30, 0.25),
    (0.33, 0.40, 0.38),
    (0.72, 0.62, 0.45),
    (0.36, 0.34, 0.42),
    (0.58, 0.46, 0.34),
    (0.80, 0.76, 0.68),
    (0.40, 0.46, 0.34),
)


def daylight() -> Daylight:
    """The light in the room: what is left of the day, and the lamp."""
    middle = (sum(WINDOW_Y) / 2, sum(WINDOW_Z) / 2)
    half = ((WINDOW_Y[1] - WINDOW_Y[0]) / 2, (WINDOW_Z[1] - WINDOW_Z[0]) / 2)
    seat: Box = ((CHAIR[0] - 0.42, CHAIR[1] - 0.42, 0.02), (CHAIR[0] + 0.42, CHAIR[1] + 0.42, 0.6))
    return Daylight(
        panes=(Pane((WEST + 0.01, *middle), *half, 1.0),),
        shell=((WEST, SOUTH, 0.0), (EAST, NORTH, HIGH)),
        things=(seat, SHELF, BOOKCASE, STOOL, POT),
        strength=1.5,
        given_back=0.33,
        sun=tuple(np.asarray(SUNK) / np.linalg.norm(SUNK)),
        sun_strength=0.42,
        lamps=(((*LAMP, LAMP_Z), 0.62),),
    )


def reckoned() -> Mapping[str, Rows]:
    """The faces of the room and of all leaves with all their light, for `furnish`."""
    room, leaves = Furnisher(daylight()), Mesh()
    for add in (
        _shell,
        _window,
        _door,
        _shelf,
        _bookcase,
        _lamp,
        _table,
        _rug,
        _pictures,
        _curtains,
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


def _shelf(room: Furnisher) -> None:
    """A low bookcase along the east wall, with books, and a bowl on it."""
    (x0, y0, _), (x1, y1, top) = SHELF
    boards = [((x0, y0, z), (x1, y1, z + 0.028)) for z in (0.05, 0.48, top - 0.03)] + [
        ((x0, y, 0.0), (x1, y + 0.028, top)) for y in (y0, (y0 + y1) / 2, y1 - 0.028)
    ]
    for board in boards:
        room.block(board, "wood", WALNUT)
    room.block(((x1 - 0.02, y0, 0.0), (x1, y1, top)), "wood", WALNUT, 0.3)
    random = np.random.default_rng(12)
    middle = (y0 + y1) / 2
    for low in (0.078, 0.508):
        for start, end in ((y0 + 0.04, middle - 0.03), (middle + 0.04, y1 - 0.04)):
            for at, thick, tall, deep, tint in _volumes(start, end, 0.33, random):
                volume = ((x1 - 0.03 - deep, at, low), (x1 - 0.03, at + thick, low + tall))
                room.block(volume, "fabric", tint, 0.2)
    turn = np.asarray([(0.0, 0.045), (0.01, 0.07), (0.05, 0.125), (0.085, 0.145)])
    path = np.stack([np.full(4, x0 + 0.17), np.full(4, 0.95), top + turn[:, 0]], axis=1)
    bowl, normals = tube(path, turn[:, 1], 26)
    room.add(bowl, "plaster", (0.62, 0.66, 0.66), normals)
    inside, normals = ball((x0 + 0.17, 0.95, top + 0.075), (0.125, 0.125, 0.02), 22, 4)
    room.add(inside, "plaster", (0.50, 0.54, 0.54), normals)
    for level, tint in enumerate((RUST, CREAM, (0.33, 0.40, 0.38))):
        z = top + 0.034 * level
        book = ((x0 + 0.06, -0.45, z), (x0 + 0.23, -0.20 - 0.02 * level, z + 0.032))
        room.block(book, "fabric", tint)


def _volumes(
    start: float, end: float, tallest: float, random: np.random.Generator
) -> Iterator[tuple[float, float, float, float, tuple[float, float, float]]]:
    """Books side by side: place, thickness, height, depth and colour of each; metres."""
    at = start
    while at < end - 0.05:
        thick = random.uniform(0.018, 0.042)
        tall, deep = tallest * random.uniform(0.68, 0.98), random.uniform(0.15, 0.21)
        yield at, thick, tall, deep, BOOKS[random.integers(len(BOOKS))]
        at += thick + (random.uniform(0.08, 0.2) if random.random() < 0.06 else 0.002)


def _bookcase(room: Furnisher) -> None:
    """A tall bookcase on the wall ahead, with a few things between the books."""
    (x0, y0, _), (x1, y1, top) = BOOKCASE
    floors = np.linspace(0.08, top - 0.03, 6)
    for x in (x0, x1 - 0.028):
        room.block(((x, y0, 0.0), (x + 0.028, y1, top)), "wood", WALNUT)
    for z in floors:
        room.block(((x0, y0, z), (x1, y1, z + 0.026)), "wood", WALNUT)
    room.add(sheet((x0, y1 - 0.02, 0), (x1 - x0, 0, 0), (0, 0, top), 0.12), "wood", WALNUT)
    random = np.random.default_rng(31)
    for number, low in enumerate(floors[:-1] + 0.026):
        start, end = x0 + 0.04, x1 - 0.05
        if number in (1, 3):
            end -= 0.30
        for at, thick, tall, deep, tint in _volumes(start, end, 0.29, random):
            volume = ((at, y1 - 0.03 - deep, low), (at + thick, y1 - 0.03, low + tall))
            room.block(volume, "fabric", tint, 0.2)
        if number == 3:
            profile = np.asarray([(0.0, 0.04), (0.03, 0.065), (0.10, 0.075), (0.17, 0.03)])
            ring = [np.full(4, x1 - 0.17), np.full(4, y1 - 0.15), low + profile[:, 0]]
            vase, normals = tube(np.stack(ring, axis=1), profile[:, 1], 20)
            room.add(vase, "plaster", (0.55, 0.60, 0.60), normals)
        if number == 1:
            box = ((x1 - 0.28, y1 - 0.22, low), (x1 - 0.08, y1 - 0.05, low + 0.12))
            room.block(box, "wood", OAK)


def _lamp(room: Furnisher) -> None:
    x, y = LAMP
    foot, normals = ball((x, y, 0.0), (0.16, 0.16, 0.03), 22, 4)
    room.add(foot, "plain", (0.42, 0.36, 0.29), normals)
    pole, around = tube([(x, y, 0.0), (x, y, 0.8), (x, y, 1.40)], 0.012, 10)
    room.add(pole, "plain", (0.42, 0.36, 0.29), around)
    shade, _ = tube([(x, y, z) for z in np.linspace(1.36, 1.66, 9)], np.linspace(0.23, 0.16, 9), 28)
    glow = np.clip(1.0 - 1.0 * np.abs(shade[..., 2] - 1.50), 0.0, 1.0)[..., None]
    room.mesh.add(shade, picture="fabric", colour=np.asarray((1.0, 0.93, 0.78)) * glow)
    bulb, up = ball((x, y, 1.655), (0.155, 0.155, 0.004), 26, 2)
    room.mesh.add(bulb, picture="plain", colour=np.asarray((1.0, 0.95, 0.82)), normals=up)


def _table(room: Furnisher) -> None:
    """A round side table with a cup and a book that lies open-side down."""
    x, y = TABLE
    top, up = ball((x, y, 0.535), (0.24, 0.24, 0.016), 30, 4)
    room.add(top, "wood", WALNUT, up)
    for turn in (0.5, 2.6, 4.7):
        dx, dy = 0.15 * np.cos(turn), 0.15 * np.sin(turn)
        leg, normals = tube([(x + 1.2 * dx, y + 1.2 * dy, 0.0), (x + dx, y + dy, 0.53)], 0.014, 8)
        room.add(leg, "plain", WALNUT, normals)
    profile = np.asarray([(0.0, 0.028), (0.006, 0.034), (0.05, 0.040), (0.085, 0.041)])
    path = np.stack([np.full(4, x - 0.07), np.full(4, y - 0.08), 0.549 + profile[:, 0]], axis=1)
    cup, normals = tube(path, profile[:, 1], 20)
    room.add(cup, "plaster", CREAM, normals)
    tea, normals = ball((x - 0.07, y - 0.08, 0.625), (0.036, 0.036, 0.003), 16, 2)
    room.add(tea, "plain", (0.44, 0.27, 0.17), normals)
    room.block(((x - 0.02, y + 0.02, 0.549), (x + 0.13, y + 0.13, 0.575)), "fabric", BOOKS[1])


def _rug(room: Furnisher) -> None:
    """A round rug with two quiet bands."""
    x, y = RUG
    turn = np.linspace(0.0, 2 * np.pi, 49)
    for inner, outer, z, tint in (
        (0.0, 1.55, 0.010, (0.62, 0.40, 0.31)),
        (1.28, 1.40, 0.013, (0.80, 0.68, 0.52)),
        (0.62, 0.70, 0.013, (0.80, 0.68, 0.52)),
    ):
        rings = np.linspace(inner, outer, 2 + int((outer - inner) / 0.12))[:, None]
        grid = np.stack(
            [x + rings * np.sin(turn), y + rings * np.cos(turn), np.full((len(rings), 49), z)],
            axis=-1,
        )
        n = np.zeros_like(grid)
        n[..., 2] = 1.0
        faces = lattice(grid)
        room.add(faces, "fabric", tint, lattice(n))


def _pictures(room: Furnisher) -> None:
    """A lake in the evening over the chair, and two leaves in frames on the east wall."""
    x0, x1, z0, z1, y = 0.18, 1.12, 1.28, 1.90, NORTH - 0.03
    frame = ((x0 - 0.035, y, z0 - 0.035), (x1 + 0.035, NORTH, z1 + 0.035))
    room.block(frame, "wood", WALNUT)
    canvas = sheet((x0, y - 0.002, z0), (x1 - x0, 0, 0), (0, 0, z1 - z0), 0.02)
    u, v = (canvas[..., 0] - x0) / (x1 - x0), (canvas[..., 2] - z0) / (z1 - z0)
    sky = np.clip((v - 0.42) / 0.58, 0.0, 1.0)[..., None]
    colour = np.asarray((0.90, 0.74, 0.56)) * (1 - sky) + np.asarray((0.52, 0.57, 0.62)) * sky
    water = np.clip((0.40 - v) * 30.0, 0.0, 1.0)[..., None]
    colour = colour * (1 - water) + np.asarray((0.60, 0.58, 0.54)) * water
    for height, turn, tint in ((0.56, 0.7, (0.50, 0.50, 0.50)), (0.47, 2.9, (0.36, 0.39, 0.36))):
        ridge = height + 0.05 * np.sin(u * 6.0 + turn) + 0.02 * np.sin(u * 15.0 + turn)
        hill = (np.clip((ridge - v) * 26.0, 0.0, 1.0) * np.clip((v - 0.40) * 30.0, 0, 1))[..., None]
        colour = colour * (1 - hill) + np.asarray(tint) * hill
    room.add(canvas, "plain", (1.0, 1.0, 1.0))
    lit = room.light.paint(canvas, np.broadcast_to(np.asarray((0.0, -1.0, 0.0)), canvas.shape))
    room.mesh.add(canvas - (0.0, 0.002, 0.0), picture="plain", colour=colour * lit[..., None])
    for south in (-0.55, 0.35):
        x = EAST - 0.024
        room.block(((x, south, 1.26), (EAST, south + 0.46, 1.86)), "wood", OAK)
        paper = sheet((x - 0.002, south + 0.43, 1.29), (0, -0.40, 0), (0, 0, 0.54), 0.02)
        across = (paper[..., 1] - south - 0.23) / 0.11
        high = (paper[..., 2] - 1.56) / 0.21
        leaf = np.clip((1.0 - np.abs(across) / np.maximum(0.05, 1.0 - high**2)) * 5.0, 0.0, 1.0)
        leaf = (leaf * (np.abs(high) < 1.0) * (np.abs(across) > 0.02 + 0.02 * high))[..., None]
        lit = room.light.paint(paper, np.broadcast_to(np.asarray((-1.0, 0.0, 0.0)), paper.shape))
        tint = np.asarray(CREAM) * (1 - leaf) + np.asarray((0.42, 0.48, 0.36)) * leaf
        room.mesh.add(paper, picture="plain", colour=tint * lit[..., None])


def _curtains(room: Furnisher) -> None:
    """Heavy curtains, drawn aside."""
    for y0, y1 in (
        (WINDOW_Y[0] - 0.42, WINDOW_Y[0] + 0.04),
        (WINDOW_Y[1] - 0.04, WINDOW_Y[1] + 0.42),
    ):
        v, u = np.meshgrid(np.linspace(0.03, 2.28, 12), np.linspace(0, 1, 45), indexing="ij")
        fold = np.sin(u * 2 * np.pi * (y1 - y0) / 0.115)
        grid = np.stack([WEST + 0.09 + 0.032 * fold, y0 + (y1 - y0) * u, v], axis=-1)
        n = np.cross(np.gradient(grid, axis=1), np.gradient(grid, axis=0))
        n /= np.linalg.norm(n, axis=-1, keepdims=True)
        deep = lattice(np.broadcast_to((0.80 + 0.20 * fold)[..., None], grid.shape))
        corners, normals = lattice(grid), lattice(n)
        grey = np.clip(room.light.paint(corners, normals) * 1.05, 0.0, 1.0)[..., None]
        room.mesh.add(
            corners, picture="fabric", colour=np.asarray(RUST) * grey * deep, normals=normals
        )
    ends = (WINDOW_Y[0] - 0.5, WINDOW_Y[1] + 0.5)
    rod, normals = tube([(WEST + 0.09, y, 2.30) for y in ends], 0.014, 10)
    room.add(rod, "plain", (0.40, 0.33, 0.26), normals)


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
