"""Owns the hall of a large building, fourteen storeys high, with galleries around it and a mast.

The wall with the mast is at y = 0 and x = 0, the hall ahead of it along y, its floor at z = 0. Its
light comes through the roof and is kept in its vertices.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike
from panda3d.core import NodePath

from vr_runtime.stage.look.within import tell_light
from vr_runtime.stage.models.lift.facade import MAST_Y
from vr_runtime.stage.models.mesh import Array, Mesh, faces, normals_of
from vr_runtime.stage.models.shapes import ball, tube
from vr_runtime.stage.panda.resting.furnisher import sheet

STOREY_M, FLOORS = 3.0, 14
HALF_M, LONG_M = 9.0, 20.0
"""Half the breadth and the length of the open hall; galleries lie around it."""
GALLERY_M = 2.6
PALE = (0.93, 0.915, 0.88)
STONE = (0.86, 0.84, 0.80)
WOOD = (0.96, 0.90, 0.82)
FOR_MOVERS = {
    "sun_colour": (0.10, 0.10, 0.09),
    "sky_zenith": (1.15, 1.15, 1.13),
    "sky_horizon": (0.62, 0.61, 0.59),
    "ground_colour": (0.52, 0.50, 0.47),
}


class Hall:
    """Faces on their way, each lit by how much of the roof it sees."""

    def __init__(self) -> None:
        self.mesh = Mesh()
        self.top = STOREY_M * FLOORS

    def add(self, corners: ArrayLike, picture: str, colour: ArrayLike, shade: float = 1.0) -> None:
        """Faces of one stuff; `shade` is what is left of the light below a gallery."""
        v = faces(corners)
        n = normals_of(v)
        paint = self.light(v, n)[..., None] * np.asarray(colour) * np.sqrt(shade)
        self.mesh.add(v, picture=picture, colour=paint, normals=n)

    def light(self, points: Array, normals: Array) -> Array:
        """As displayed, 0 to 1: from the roof, and from the walls all around."""
        depth = (self.top - points[..., 2]) / self.top
        up = np.clip(normals[..., 2], 0.0, 1.0)
        aside = 1.0 - np.abs(normals[..., 2])
        light = 0.34 + up * (0.52 - 0.20 * depth) + aside * (0.36 - 0.20 * depth)
        light = light + 0.05 * normals[..., 1] * aside + 0.06 * normals[..., 0] * aside
        return np.sqrt(np.clip(light, 0.05, 1.0)).astype(np.float32)

    def block(
        self, low: ArrayLike, high: ArrayLike, picture: str, colour: ArrayLike, shade: float = 1.0
    ) -> None:
        """A box."""
        (x0, y0, z0), (x1, y1, z1) = np.asarray(low, float), np.asarray(high, float)
        self.add(
            [
                [(x0, y0, z0), (x1, y0, z0), (x1, y0, z1), (x0, y0, z1)],
                [(x1, y0, z0), (x1, y1, z0), (x1, y1, z1), (x1, y0, z1)],
                [(x1, y1, z0), (x0, y1, z0), (x0, y1, z1), (x1, y1, z1)],
                [(x0, y1, z0), (x0, y0, z0), (x0, y0, z1), (x0, y1, z1)],
                [(x0, y0, z1), (x1, y0, z1), (x1, y1, z1), (x0, y1, z1)],
                [(x0, y1, z0), (x1, y1, z0), (x1, y0, z0), (x0, y0, z0)],
            ],
            picture,
            colour,
            shade,
        )


def build() -> NodePath:
    """The hall as a node to be written."""
    root = NodePath("atrium")
    hall, panes = Hall(), Mesh()
    _ground(hall)
    _mast_wall(hall)
    for storey in range(1, FLOORS):
        _gallery(hall, panes, storey)
    for storey in range(FLOORS):
        _behind(hall, storey)
    _roof(hall)
    _things(hall)
    hall.mesh.nodes("hall", "layered").reparentTo(root)
    panes.nodes("parapets", "glass").reparentTo(root)
    tell_light(root, FOR_MOVERS)
    return root


def _sides() -> tuple[tuple[str, float, tuple[float, float]], ...]:
    """The three sides with galleries, how long each is, and from where to where its gallery goes.

    Both corners at the far end belong to two sides.
    """
    out = GALLERY_M
    return (
        ("left", LONG_M, (0.0, LONG_M + out)),
        ("right", LONG_M, (-out, LONG_M)),
        ("far", 2 * HALF_M, (-out, 2 * HALF_M + out)),
    )


def _there(side: str, s: float, out: float, z: float) -> tuple[float, float, float]:
    """Along a side from its left end for who looks at it from the hall, out of the hall, up."""
    if side == "left":
        return (-HALF_M - out, s, z)
    if side == "right":
        return (HALF_M + out, LONG_M - s, z)
    return (-HALF_M + s, LONG_M + out, z)


def _band(
    hall: Hall, side: str, s: tuple[float, float], out: tuple[float, float], z: tuple[float, float],
    picture: str, colour: ArrayLike, shade: float = 1.0,
) -> None:  # fmt: skip
    a, b = _there(side, s[0], out[0], z[0]), _there(side, s[1], out[1], z[1])
    low, high = np.minimum(a, b), np.maximum(a, b)
    hall.block(low, high, picture, colour, shade)


def _gallery(hall: Hall, panes: Mesh, storey: int) -> None:
    z = storey * STOREY_M
    for side, long, span in _sides():
        _band(hall, side, span, (0.0, GALLERY_M), (z - 0.32, z), "plain", PALE)
        _band(hall, side, span, (-0.05, 0.0), (z - 0.34, z + 0.04), "plain", (0.98, 0.97, 0.95))
        a, b = _there(side, 0.0, 0.03, z + 0.06), _there(side, long, 0.03, z + 0.06)
        up = np.asarray((0.0, 0.0, 0.92))
        panes.add([[a, b, np.asarray(b) + up, np.asarray(a) + up]], picture="smudge")
        faces_, normals = tube([np.asarray(a) + up, np.asarray(b) + up], 0.03, 8)
        light = hall.light(faces_, normals)[..., None]
        hall.mesh.add(
            faces_, picture="steel", colour=light * np.asarray((0.9, 0.9, 0.91)), normals=normals
        )
        for post in np.arange(0.0, long + 0.01, 2.5):
            _band(
                hall,
                side,
                (post - 0.02, post + 0.02),
                (0.0, 0.05),
                (z, z + 0.98),
                "steel",
                (0.8, 0.8, 0.81),
            )


def _behind(hall: Hall, storey: int) -> None:
    """What lies behind each gallery: walls with doors and windows, in a little less light."""
    z, high = storey * STOREY_M, STOREY_M - 0.32
    chance = np.random.default_rng(40 + storey)
    for side, long, span in _sides():
        out = GALLERY_M
        _band(hall, side, span, (out, out + 0.2), (z, z + high), "plain", PALE, 0.72)
        for s in np.arange(1.25, long, 2.5):
            kind = chance.random()
            if kind < 0.42:
                colour = WOOD if chance.random() < 0.7 else (0.44, 0.52, 0.56)
                _band(
                    hall,
                    side,
                    (s - 0.45, s + 0.45),
                    (out - 0.03, out),
                    (z, z + 2.08),
                    "wood",
                    colour,
                    0.62,
                )
                _band(
                    hall,
                    side,
                    (s - 0.52, s + 0.52),
                    (out - 0.015, out),
                    (z, z + 2.15),
                    "plain",
                    (0.42, 0.43, 0.44),
                    0.8,
                )
            elif kind < 0.86:
                lit = chance.random()
                pane = (0.98, 0.92, 0.78) if lit < 0.45 else (0.34, 0.42, 0.47)
                _band(
                    hall,
                    side,
                    (s - 0.85, s + 0.85),
                    (out - 0.02, out),
                    (z + 0.75, z + 2.2),
                    "plain",
                    pane,
                    0.95,
                )
                for bar in (s - 0.85, s, s + 0.82):
                    _band(
                        hall,
                        side,
                        (bar, bar + 0.04),
                        (out - 0.04, out),
                        (z + 0.72, z + 2.22),
                        "plain",
                        (0.30, 0.31, 0.33),
                    )
                _band(
                    hall,
                    side,
                    (s - 0.9, s + 0.9),
                    (out - 0.06, out),
                    (z + 0.70, z + 0.76),
                    "plain",
                    (0.9, 0.89, 0.87),
                )
        for s in np.arange(0.0, long + 0.01, 5.0):
            _band(
                hall,
                side,
                (s - 0.16, s + 0.16),
                (0.35, 0.67),
                (z, z + high),
                "plain",
                (0.88, 0.87, 0.85),
                0.9,
            )
        # a line of light below the gallery above
        _band(
            hall,
            side,
            (0.4, long - 0.4),
            (1.2, 1.32),
            (z + high - 0.02, z + high),
            "plain",
            (1.0, 0.98, 0.92),
            1.9,
        )


def _ground(hall: Hall) -> None:
    x, y = HALF_M + GALLERY_M, LONG_M + GALLERY_M
    hall.add(sheet((-x, -0.3, 0.0), (2 * x, 0, 0), (0, y + 0.3, 0), 1.0), "stone", STONE)
    for k in range(4):  # a pattern laid into the floor, that shrinks as one rises
        half = 6.5 - 1.6 * k
        tone = (0.42, 0.45, 0.47) if k % 2 == 0 else STONE
        centre = LONG_M / 2
        square = [
            (-half, centre - half, 0.004 + 0.002 * k),
            (half, centre - half, 0.004 + 0.002 * k),
            (half, centre + half, 0.004 + 0.002 * k),
            (-half, centre + half, 0.004 + 0.002 * k),
        ]
        hall.add([square], "stone", tone)


def _mast_wall(hall: Hall) -> None:
    """The wall at the back, with the mast of the lift before it."""
    x, top = HALF_M + GALLERY_M, hall.top
    hall.add(sheet((x, 0.0, 0.0), (-2 * x, 0, 0), (0, 0, top), 3.0), "concrete", (0.94, 0.93, 0.91))
    for storey in range(1, FLOORS):
        z = storey * STOREY_M
        hall.block((-x, 0.0, z - 0.03), (x, 0.02, z), "plain", (0.55, 0.55, 0.54))
        hall.block(
            (-0.72, 0.02, z - 0.2), (0.72, MAST_Y - 0.05, z - 0.08), "steel", (0.6, 0.61, 0.62)
        )
    for side in (-0.62, 0.62):
        hall.block(
            (side - 0.07, MAST_Y - 0.09, -0.2),
            (side + 0.07, MAST_Y + 0.05, top - 0.6),
            "steel",
            (0.6, 0.61, 0.62),
        )


def _roof(hall: Hall) -> None:
    """Beams of steel below a bright roof of glass."""
    x, y, top = HALF_M + GALLERY_M, LONG_M + GALLERY_M, hall.top
    hall.mesh.add(
        sheet((-x, y, top + 0.6), (2 * x, 0, 0), (0, -y - 0.3, 0), 30.0), colour=(0.90, 0.95, 0.985)
    )
    for s in np.arange(0.0, y + 0.1, 2.5):
        hall.block((-x, s - 0.08, top), (x, s + 0.08, top + 0.45), "plain", (0.75, 0.76, 0.77), 1.3)
    for s in np.arange(-x, x + 0.1, 2.9):
        hall.block(
            (s - 0.06, 0.0, top + 0.1), (s + 0.06, y, top + 0.4), "plain", (0.75, 0.76, 0.77), 1.3
        )


def _things(hall: Hall) -> None:
    """A desk, benches, planters with trees, people's tables: what gets small below."""
    hall.block((-2.2, 15.4, 0.0), (2.2, 16.2, 1.05), "wood", WOOD)
    hall.block((-2.3, 15.3, 1.05), (2.3, 16.3, 1.10), "stone", (0.95, 0.94, 0.92))
    random = np.random.default_rng(5)
    for x in (-6.8, 6.8):
        for y in (3.5, 8.5, 13.5):
            hall.block(
                (x - 0.8, y - 0.8, 0.0), (x + 0.8, y + 0.8, 0.55), "concrete", (0.80, 0.79, 0.77)
            )
            hall.block((x - 0.7, y - 0.7, 0.55), (x + 0.7, y + 0.7, 0.57), "soil", (0.9, 0.9, 0.9))
            trunk, normals = tube(
                [(x, y, 0.5), (x + 0.05, y, 1.6), (x, y + 0.06, 2.6)], [0.07, 0.06, 0.04], 8
            )
            hall.mesh.add(
                trunk,
                colour=hall.light(trunk, normals)[..., None] * np.asarray((0.46, 0.39, 0.32)),
                normals=normals,
            )
            for _ball in range(7):
                at = np.asarray((x, y, 3.1)) + random.normal(size=3) * (0.55, 0.55, 0.40)
                leaf, normals = ball(at, random.uniform(0.45, 0.75, 3), 12, 7)
                green = np.asarray((0.40, 0.53, 0.30)) * random.uniform(0.8, 1.12)
                hall.mesh.add(
                    leaf,
                    picture="hedge",
                    colour=hall.light(leaf, normals)[..., None] * green * 1.7,
                    normals=normals,
                )
    for x, y in ((-3.4, 5.0), (3.4, 5.4), (-3.2, 12.4), (3.3, 12.0)):
        hall.block((x - 0.9, y - 0.24, 0.38), (x + 0.9, y + 0.24, 0.45), "wood", WOOD)
        for leg in (-0.7, 0.7):
            hall.block(
                (x + leg - 0.05, y - 0.2, 0.0),
                (x + leg + 0.05, y + 0.2, 0.38),
                "steel",
                (0.5, 0.5, 0.52),
            )
