"""Owns the neutral room: walls, daylight through frosted panes, a little furniture.

Knows neither views nor patients. All light is reckoned once and kept in the vertices.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike
from panda3d.core import NodePath

from vr_runtime.stage.look.dress import dress
from vr_runtime.stage.models.mesh import Array, Mesh, faces, normals_of
from vr_runtime.stage.models.shapes import ball, tube
from vr_runtime.stage.panda.daylight import Box, Daylight, Pane

WEST, EAST, SOUTH, NORTH, HIGH = -3.4, 3.4, -3.6, 4.6, 2.9
GRID_M = 0.3
"""Distance of the points whose light is reckoned."""
PANE_Y = (-2.2, -0.7, 0.8, 2.3, 3.5)
PANE_HALF = (0.56, 1.08)
PANE_MIDDLE_Z = 1.42

OAK = (0.92, 0.97, 1.0)
WALL = (0.97, 0.95, 0.915)
LINEN = (0.86, 0.83, 0.77)
SAGE = (0.66, 0.71, 0.62)
CLAY = (0.80, 0.62, 0.50)

BENCH: Box = ((-1.15, 3.55, 0.0), (1.25, 4.05, 0.44))
BOARD: Box = ((2.35, 0.4, 0.0), (3.25, 2.5, 0.52))
POT: Box = ((-2.75, 3.55, 0.0), (-2.25, 4.05, 0.46))
RUG_MIDDLE, RUG_RADII = (0.05, 1.9), (1.75, 1.25)


def _panes() -> tuple[Pane, ...]:
    return tuple(
        Pane((WEST + 0.02, y, PANE_MIDDLE_Z), PANE_HALF[0], PANE_HALF[1], 1.0) for y in PANE_Y
    )


def _sheet(origin: ArrayLike, along: ArrayLike, up: ArrayLike, step: float = GRID_M) -> Array:
    """A flat surface from `origin` along two edges, cut into faces of about `step` metres."""
    o, a, b = (np.asarray(p, dtype=float) for p in (origin, along, up))
    columns = max(1, round(float(np.linalg.norm(a)) / step))
    rows = max(1, round(float(np.linalg.norm(b)) / step))
    u, v = np.linspace(0, 1, columns + 1), np.linspace(0, 1, rows + 1)
    grid = o + u[None, :, None] * a + v[:, None, None] * b
    quads = np.stack([grid[:-1, :-1], grid[:-1, 1:], grid[1:, 1:], grid[1:, :-1]], axis=2)
    return faces(quads)


class Furnisher:
    """Adds surfaces in the room's own light."""

    def __init__(self) -> None:
        self.mesh = Mesh()
        self.light = Daylight(
            panes=_panes(),
            shell=((WEST, SOUTH, 0.0), (EAST, NORTH, HIGH)),
            things=(BENCH, BOARD, POT),
        )

    def add(
        self,
        corners: Array,
        picture: str,
        colour: Sequence[float],
        normals: Array | None = None,
        uv: Array | None = None,
    ) -> None:
        """Add faces of one stuff; `colour` as displayed in full light."""
        n = normals_of(corners) if normals is None else normals
        grey = self.light.paint(corners, n)
        paint = grey[..., None] * np.asarray(colour, dtype=np.float32)
        self.mesh.add(corners, picture=picture, colour=paint, normals=n, uv=uv)

    def block(self, box: Box, picture: str, colour: Sequence[float], step: float = 0.15) -> None:
        """A box whose sides are fine enough for soft light."""
        (x0, y0, z0), (x1, y1, z1) = box
        x, y, z = (x1 - x0, 0, 0), (0, y1 - y0, 0), (0, 0, z1 - z0)
        west, south = (0, y0 - y1, 0), (x0 - x1, 0, 0)
        for sheet in (
            _sheet((x0, y0, z0), x, z, step),
            _sheet((x1, y0, z0), y, z, step),
            _sheet((x1, y1, z0), south, z, step),
            _sheet((x0, y1, z0), west, z, step),
            _sheet((x0, y0, z1), x, y, step),
        ):
            self.add(sheet, picture, colour)
        if z0 > 0.02:
            self.add(_sheet((x0, y1, z0), x, west, step), picture, colour)


def furnish(root: NodePath) -> None:
    """Build the room below `root`; a patient stands at its origin and looks along y."""
    room = Furnisher()
    _shell(room)
    _windows(room)
    _pot(room)
    _bench(room)
    _sideboard(room)
    _rug(room)
    _picture(room)
    node = room.mesh.nodes("quiet room", "layered")
    dress(node, "layered")
    node.reparentTo(root)
    plant = _plant()
    dress(plant, "foliage")
    plant.reparentTo(root)


def _shell(room: Furnisher) -> None:
    wide, deep = EAST - WEST, NORTH - SOUTH
    room.add(_sheet((WEST, SOUTH, 0), (wide, 0, 0), (0, deep, 0)), "wood", OAK)
    room.add(_sheet((WEST, NORTH, HIGH), (wide, 0, 0), (0, -deep, 0)), "plain", WALL)
    room.add(_sheet((WEST, NORTH, 0), (wide, 0, 0), (0, 0, HIGH)), "plain", WALL)
    room.add(_sheet((EAST, SOUTH, 0), (-wide, 0, 0), (0, 0, HIGH)), "plain", WALL)
    room.add(_sheet((EAST, NORTH, 0), (0, -deep, 0), (0, 0, HIGH)), "plain", WALL)
    room.add(_sheet((WEST, SOUTH, 0), (0, deep, 0), (0, 0, HIGH)), "plain", WALL)
    foot, thick = 0.09, 0.015
    for box in (
        ((WEST, NORTH - thick, 0.0), (EAST, NORTH, foot)),
        ((EAST - thick, SOUTH, 0.0), (EAST, NORTH, foot)),
        ((WEST, SOUTH, 0.0), (WEST + thick, NORTH, foot)),
        ((WEST, SOUTH, 0.0), (EAST, SOUTH + thick, foot)),
    ):
        room.block(box, "plaster", (0.99, 0.98, 0.96), GRID_M)


def _windows(room: Furnisher) -> None:
    """Panes that shine: brighter towards the sky, a breath of green from a garden below."""
    half, tall = PANE_HALF
    for number, y in enumerate(PANE_Y):
        sheet = _sheet(
            (WEST + 0.02, y - half, PANE_MIDDLE_Z - tall), (0, 2 * half, 0), (0, 0, 2 * tall), 0.12
        )
        up = (sheet[..., 2] - (PANE_MIDDLE_Z - tall)) / (2 * tall)
        leaves = np.sin(sheet[..., 1] * 3.1 + number) * np.sin(sheet[..., 2] * 2.3 + 1.7 * number)
        garden = np.clip(0.62 - up + 0.16 * leaves, 0.0, 1.0)[..., None]
        shine = (
            np.asarray((0.99, 1.0, 0.985)) * (1 - garden) + np.asarray((0.80, 0.88, 0.76)) * garden
        )
        room.mesh.add(sheet, picture="plain", colour=shine)
        for east in (y - half - 0.03, y - 0.012, y + half - 0.012):
            room.block(
                (
                    (WEST, east, PANE_MIDDLE_Z - tall),
                    (WEST + 0.055, east + 0.036, PANE_MIDDLE_Z + tall),
                ),
                "wood",
                OAK,
                0.4,
            )
        for low in (
            PANE_MIDDLE_Z - tall - 0.03,
            PANE_MIDDLE_Z + 0.30,
            PANE_MIDDLE_Z + tall - 0.012,
        ):
            room.block(
                ((WEST, y - half, low), (WEST + 0.055, y + half, low + 0.036)), "wood", OAK, 0.4
            )
    sill = ((WEST, PANE_Y[0] - 0.7, 0.27), (WEST + 0.16, PANE_Y[-1] + 0.7, 0.31))
    room.block(sill, "wood", OAK, 0.3)


def _pot(room: Furnisher) -> None:
    (x0, y0, _), (x1, y1, top) = POT
    profile = np.asarray([(0.0, 0.15), (0.02, 0.17), (0.25, 0.215), (0.43, 0.235), (top, 0.23)])
    ring = [np.full(5, (x0 + x1) / 2), np.full(5, (y0 + y1) / 2), profile[:, 0]]
    pot, normals = tube(np.stack(ring, axis=1), profile[:, 1], 22)
    room.add(pot, "plaster", CLAY, normals)
    soil, upwards = ball(((x0 + x1) / 2, (y0 + y1) / 2, top - 0.05), (0.22, 0.22, 0.03), 14, 4)
    room.add(soil, "soil", (0.8, 0.8, 0.8), upwards)


def _bench(room: Furnisher) -> None:
    (x0, y0, _), (x1, y1, top) = BENCH
    room.block(((x0, y0, top - 0.17), (x1, y1, top - 0.11)), "wood", OAK)
    for x in (x0 + 0.12, x1 - 0.17):
        room.block(((x, y0 + 0.04, 0.0), (x + 0.05, y1 - 0.04, top - 0.17)), "wood", OAK)
    cushion = ((x0 + 0.02, y0 + 0.02, top - 0.11), (x1 - 0.02, y1 - 0.02, top))
    room.block(cushion, "fabric", LINEN, 0.12)
    for x, tint in ((x0 + 0.36, SAGE), (x1 - 0.42, CLAY)):
        body, normals = ball((x, y1 - 0.10, top + 0.19), (0.25, 0.085, 0.21), 18, 12)
        square = body.copy()
        middle = np.asarray((x, y1 - 0.10, top + 0.19))
        # a cushion is a ball that was pressed towards a square
        off = (body - middle) / (0.25, 0.085, 0.21)
        grown = np.maximum(np.abs(off[..., 0]), np.abs(off[..., 2]))
        square[..., 0] = middle[0] + off[..., 0] * 0.25 * (1.0 + 0.28 * (1 - grown))
        square[..., 2] = middle[2] + off[..., 2] * 0.21 * (1.0 + 0.28 * (1 - grown))
        room.add(square, "fabric", tint, normals)


def _sideboard(room: Furnisher) -> None:
    (x0, y0, _), (x1, y1, top) = BOARD
    room.block(((x0, y0, 0.12), (x1, y1, top)), "wood", OAK)
    for x in (x0 + 0.06, x1 - 0.11):
        for y in (y0 + 0.06, y1 - 0.11):
            room.block(((x, y, 0.0), (x + 0.05, y + 0.05, 0.12)), "wood", OAK, 0.3)
    for y in np.linspace(y0, y1, 4)[1:-1]:
        room.block(
            ((x0 - 0.003, y - 0.004, 0.15), (x0, y + 0.004, top - 0.03)), "plain", (0.3, 0.25, 0.2)
        )
    for level, (depth, tint) in enumerate(((0.30, SAGE), (0.26, LINEN))):
        z = top + 0.035 * level
        room.block(
            ((x0 + 0.2, y0 + 0.3, z), (x0 + 0.2 + depth, y0 + 0.7, z + 0.033)), "fabric", tint
        )
    profile = np.asarray(
        [(0.0, 0.07), (0.03, 0.10), (0.10, 0.145), (0.18, 0.14), (0.27, 0.07), (0.34, 0.055)]
    )
    path = np.stack([np.full(6, x0 + 0.45), np.full(6, y1 - 0.45), top + profile[:, 0]], axis=1)
    vase, normals = tube(path, profile[:, 1], 20)
    room.add(vase, "plaster", CLAY, normals)


def _rug(room: Furnisher) -> None:
    rings, around = 9, 44
    r = np.linspace(0.0, 1.0, rings + 1)
    a = np.linspace(0.0, 2 * np.pi, around + 1)
    x = RUG_MIDDLE[0] + RUG_RADII[0] * r[:, None] * np.cos(a)[None]
    y = RUG_MIDDLE[1] + RUG_RADII[1] * r[:, None] * np.sin(a)[None]
    grid = np.stack([x, y, np.full_like(x, 0.012)], axis=-1)
    quads = np.stack([grid[:-1, :-1], grid[1:, :-1], grid[1:, 1:], grid[:-1, 1:]], axis=2)
    sheet = faces(quads)
    up = np.zeros_like(sheet)
    up[..., 2] = 1.0
    room.add(sheet, "fabric", (0.80, 0.79, 0.74), up)


def _picture(room: Furnisher) -> None:
    """Hills in mist, in a slim frame."""
    x0, x1, z0, z1, y = -0.62, 0.72, 1.28, 2.10, NORTH - 0.03
    room.block(((x0 - 0.03, y, z0 - 0.03), (x1 + 0.03, NORTH, z1 + 0.03)), "wood", OAK, 0.3)
    sheet = _sheet((x0, y - 0.002, z0), (x1 - x0, 0, 0), (0, 0, z1 - z0), 0.03)
    u = (sheet[..., 0] - x0) / (x1 - x0)
    v = (sheet[..., 2] - z0) / (z1 - z0)
    colour = np.asarray((0.90, 0.88, 0.83)) + (v[..., None] - 0.5) * np.asarray((0.02, 0.05, 0.10))
    for height, turn, tint in (
        (0.58, 1.3, (0.74, 0.78, 0.78)),
        (0.46, 3.9, (0.62, 0.69, 0.68)),
        (0.30, 0.4, (0.50, 0.58, 0.54)),
    ):
        ridge = height + 0.07 * np.sin(u * 5.0 + turn) + 0.03 * np.sin(u * 11.0 + 2.0 * turn)
        below = np.clip((ridge - v) * 18.0, 0.0, 1.0)[..., None]
        colour = colour * (1 - below) + np.asarray(tint) * below
    grey = room.light.paint(sheet, normals_of(sheet))[..., None]
    room.mesh.add(sheet, picture="plain", colour=colour * np.minimum(1.0, grey * 1.05))


def _plant() -> NodePath:
    """A leafy plant in a clay pot beside the window."""
    random = np.random.default_rng(7)
    mesh = Mesh()
    (x0, y0, _), (x1, y1, _) = POT
    x, y = (x0 + x1) / 2, (y0 + y1) / 2
    for _ in range(64):
        turn, rise = random.uniform(0, 2 * np.pi), random.uniform(0.35, 1.25)
        out = random.uniform(0.05, 0.42) * (0.6 + 0.5 * rise)
        middle = np.asarray((x + out * np.cos(turn), y + out * np.sin(turn), 0.42 + rise))
        side = np.asarray((-np.sin(turn), np.cos(turn), 0.0)) * random.uniform(0.13, 0.2)
        tip = np.asarray((np.cos(turn) * 0.5, np.sin(turn) * 0.5, random.uniform(0.2, 1.0)))
        tip *= random.uniform(0.15, 0.22)
        card = np.stack(
            [middle - side - tip, middle + side - tip, middle + side + tip, middle - side + tip]
        )
        bright = 0.55 + 0.35 * out + random.uniform(-0.06, 0.08) + 0.12 * rise
        mesh.add(
            card[None],
            picture="leaf",
            colour=np.asarray((0.92, 1.0, 0.9)) * min(1.0, bright),
            uv=np.asarray([[(0, 0), (1, 0), (1, 1), (0, 1)]]),
            motion=(0, 0, 0, 0),
        )
    return mesh.nodes("plant", "foliage", moving=True)
