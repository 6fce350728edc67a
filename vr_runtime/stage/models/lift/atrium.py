"""Owns the hall of a large building, fourteen storeys high, with galleries around it and a mast.

The wall with the mast is at y = 0 and x = 0, the hall ahead of it along y, its floor at z = 0. Its
light comes through the roof and is kept in its vertices: of the sky, and of a sun that stands at
the right behind the lift and falls past the roof's beams.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray
from panda3d.core import NodePath

from vr_runtime.stage.look.within import tell_light
from vr_runtime.stage.models.lift.facade import MAST_Y
from vr_runtime.stage.models.mesh import Array, Mesh, faces, normals_of
from vr_runtime.stage.models.shapes import ball, tube
from vr_runtime.stage.panda.resting.furnisher import lattice, sheet

Wide = NDArray[np.float64]
STOREY_M, FLOORS = 3.0, 14
HALF_M, LONG_M = 9.0, 20.0
"""Half the breadth and the length of the open hall; galleries lie around it."""
GALLERY_M, CUT_M = 2.6, 1.2
SLAB = (0.72, 0.675, 0.61)
FASCIAS = ((0.74, 0.725, 0.70), (0.50, 0.485, 0.46), (0.62, 0.64, 0.63))
"""Edges of the galleries, in turn from storey to storey: alike and pale, they would be stripes."""
WALLS = ((0.74, 0.66, 0.55), (0.68, 0.665, 0.635), (0.60, 0.66, 0.64))
"""What the walls behind the galleries are painted in, in turn from storey to storey."""
STONE = (0.78, 0.75, 0.70)
SUN = np.asarray((0.30, -0.16, 0.94)) / np.linalg.norm((0.30, -0.16, 0.94))
"""Towards the sun."""
SUN_SHARE, BEAM_EACH_M, BEAM_M = 0.95, (2.9, 2.5), 0.34
"""How much the sun adds, how far apart the roof's beams are, and how broad their soft shadow is."""
SOFFIT_M = STOREY_M - 0.32
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
        light = self.light(v, n) ** 2 * shade * under(v) + sunlight(v, n)
        paint = np.sqrt(np.clip(light, 0.0, 1.35))[..., None] * np.asarray(colour)
        self.mesh.add(v, picture=picture, colour=paint, normals=n)

    def light(self, points: Array, normals: Array) -> Array:
        """As displayed, 0 to 1: from the roof, and from the walls all around."""
        depth = (self.top - points[..., 2]) / self.top
        up = np.clip(normals[..., 2], 0.0, 1.0)
        aside = 1.0 - np.abs(normals[..., 2])
        light = 0.24 + up * (0.46 - 0.22 * depth) + aside * (0.34 - 0.24 * depth)
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


def _within(points: Array) -> Array:
    """How deep below the galleries a point lies, in metres; 0 in the open hall."""
    beside = np.maximum(np.abs(points[..., 0]) - HALF_M, points[..., 1] - LONG_M)
    return np.asarray(np.clip(beside - 0.02, 0.0, GALLERY_M))


def under(points: Array) -> Array:
    """What is left of the roof's light below the galleries, 0 to 1: least in their corners."""
    deep = _within(points) / GALLERY_M
    high = np.clip((points[..., 2] % STOREY_M) / SOFFIT_M, 0.0, 1.0)
    corner = 0.30 * np.exp(-(1.0 - high) / 0.16) + 0.16 * np.exp(-high / 0.10)
    return np.asarray(1.0 - np.clip(deep * 4.0, 0.0, 1.0) * (0.22 + 0.12 * deep + corner))


def sunlight(points: Array, normals: Array) -> Array:
    """What the sun adds, 0 to `SUN_SHARE`: through the roof, past its beams and the galleries."""
    facing = np.clip((normals * SUN).sum(axis=-1), 0.0, 1.0)
    rise = np.maximum(STOREY_M * FLOORS - points[..., 2], 0.0)
    x, y = (points[..., k] + rise * SUN[k] / SUN[2] for k in (0, 1))
    inside = np.clip((HALF_M - np.abs(x)) / 0.5, 0.0, 1.0) * np.clip(y / 0.5, 0.0, 1.0)
    inside = inside * np.clip((LONG_M - y) / 0.5, 0.0, 1.0)
    for place, each in ((x + HALF_M + GALLERY_M, BEAM_EACH_M[0]), (y, BEAM_EACH_M[1])):
        off = np.abs((place / each + 0.5) % 1.0 - 0.5) * each
        inside = inside * (1.0 - 0.75 * np.exp(-((off / BEAM_M) ** 2)))
    # below a gallery the slab above lets it in only as far as it stands high
    out = _within(points)
    climbs = out * SUN[2] / np.hypot(SUN[0], SUN[1])
    open_up = np.clip((SOFFIT_M - (points[..., 2] % STOREY_M) - climbs) / 0.35, 0.0, 1.0)
    there = np.where(out > 0.03, open_up, 1.0)
    return np.asarray(SUN_SHARE * np.sqrt(facing) * inside * there)


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
    _planters(hall)
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
    if s[1] - s[0] < LONG_M / 2:
        hall.block(low, high, picture, colour, shade)
        return
    # what runs along a whole side is seen from the hall alone, and cut where the sun may end on it
    cut = CUT_M if side != "right" else 4.0 * CUT_M
    along = np.linspace(s[0], s[1], round((s[1] - s[0]) / cut) + 1)
    up = np.linspace(z[0], z[1], max(1, round((z[1] - z[0]) / 0.7)) + 1)
    hall.add(lattice(_grid(side, along, (out[0],), up)), picture, colour, shade)
    if out[1] - out[0] > 0.06:
        deep = np.linspace(out[0], out[1], 3)
        coarse = np.linspace(s[0], s[1], round((s[1] - s[0]) / (3.0 * CUT_M)) + 1)
        hall.add(lattice(_grid(side, coarse, deep, (z[1],))), picture, colour, shade)
        below = lattice(_grid(side, coarse, deep, (z[0],)))[:, ::-1].copy()
        hall.add(below, picture, colour, shade)


def _grid(side: str, along: Wide, out: Sequence[float] | Wide, up: Sequence[float] | Wide) -> Wide:
    """Points along a side, seen from the hall or from above: rows of `out` or of `up`."""
    rows = [(o, z) for z in up for o in out]
    return np.asarray([[_there(side, each, o, z) for each in along] for o, z in rows])


def _gallery(hall: Hall, panes: Mesh, storey: int) -> None:
    z, fascia = storey * STOREY_M, FASCIAS[storey % 3]
    for side, long, span in _sides():
        _band(hall, side, span, (0.0, GALLERY_M), (z - 0.32, z), "plain", SLAB)
        _band(hall, side, span, (-0.05, 0.0), (z - 0.34, z + 0.04), "concrete", fascia)
        # a groove along the edge, and a shelf of oak on top of it
        _band(hall, side, span, (-0.055, -0.05), (z - 0.16, z - 0.13), "plain", (0.40, 0.39, 0.38))
        _band(hall, side, span, (-0.07, 0.03), (z + 0.04, z + 0.06), "wood", (0.80, 0.72, 0.62))
        a, b = _there(side, 0.0, 0.03, z + 0.06), _there(side, long, 0.03, z + 0.06)
        up = np.asarray((0.0, 0.0, 0.92))
        pane = [[a, b, np.asarray(b) + up, np.asarray(a) + up]]
        panes.add(pane, picture="smudge", colour=(0.62, 0.72, 0.70))
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
        _band(hall, side, span, (out, out + 0.2), (z, z + high), "plaster", WALLS[storey % 3], 0.9)
        _band(hall, side, span, (out - 0.02, out), (z, z + 0.10), "plain", (0.34, 0.33, 0.32))
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
                    2.3 if lit < 0.45 else 0.95,
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
                "concrete",
                (0.80, 0.785, 0.76),
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
    hall.add(sheet((-x, -0.3, 0.0), (2 * x, 0, 0), (0, y + 0.3, 0), 0.7), "stone", STONE)
    joint = (0.46, 0.44, 0.42)
    for at in np.arange(-9.0, 9.1, 1.5):  # joints between the slabs
        hall.add(
            [
                [
                    (at - 0.012, 0.0, 0.002),
                    (at + 0.012, 0.0, 0.002),
                    (at + 0.012, LONG_M, 0.002),
                    (at - 0.012, LONG_M, 0.002),
                ]
            ],
            "plain",
            joint,
        )
    for at in np.arange(0.5, LONG_M, 1.5):
        hall.add(
            [
                [
                    (-HALF_M, at - 0.012, 0.002),
                    (HALF_M, at - 0.012, 0.002),
                    (HALF_M, at + 0.012, 0.002),
                    (-HALF_M, at + 0.012, 0.002),
                ]
            ],
            "plain",
            joint,
        )
    for k in range(4):  # a pattern laid into the floor, that shrinks as one rises
        half = 6.5 - 1.6 * k
        tone = (0.42, 0.45, 0.47) if k % 2 == 0 else STONE
        corner = (-half, LONG_M / 2 - half, 0.004 + 0.002 * k)
        flat = sheet(corner, (2 * half, 0, 0), (0, 2 * half, 0), 0.8)
        hall.add(flat, "stone", tone)


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


def _planters(hall: Hall) -> None:
    """Troughs along some edges of the galleries, with what grows over them."""
    random = np.random.default_rng(11)
    for storey in range(1, FLOORS):
        for side, long, _span in _sides():
            for s in np.arange(1.6, long - 2.0, 3.2):
                if random.random() > 0.28:
                    continue
                z, wide = storey * STOREY_M, random.uniform(0.8, 1.3)
                trough = ((s - wide, s + wide), (-0.30, -0.06), (z - 0.20, z + 0.06))
                _band(hall, side, *trough, "plain", (0.36, 0.34, 0.32))
                for _leaf in range(5):
                    hangs = random.uniform(-0.34, 0.10)
                    at = _there(side, s + random.uniform(-wide, wide), -0.20, z + 0.02 + hangs)
                    radii = (*random.uniform(0.16, 0.30, 2), random.uniform(0.12, 0.30))
                    leaf, normals = ball(at, radii, 7, 4)
                    green = np.asarray((0.36, 0.50, 0.26)) * random.uniform(0.75, 1.2)
                    light = np.sqrt(hall.light(leaf, normals) ** 2 + sunlight(leaf, normals))
                    paint = np.clip(1.5 * light[..., None] * green, 0.0, 1.0)
                    hall.mesh.add(leaf, picture="hedge", colour=paint, normals=normals)
