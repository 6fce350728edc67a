"""Owns the second safe place: a small bay at dusk, sand, a quiet sea, a far headland, a lantern.

Knows neither views nor patients. It looks the same each time, so that it becomes familiar.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import ArrayLike
from panda3d.core import NodePath

from vr_runtime.stage.look.dress import dress
from vr_runtime.stage.look.lighting import Weather
from vr_runtime.stage.look.noise import clouded
from vr_runtime.stage.look.sea import wash
from vr_runtime.stage.models.mesh import Mesh, Rows
from vr_runtime.stage.models.shapes import ball, tube
from vr_runtime.stage.panda.resting.foliage import Wide
from vr_runtime.stage.panda.resting.grass import blades
from vr_runtime.stage.panda.soft_shapes import lantern

SUN_DOWN = (-0.42, 0.906, -0.02)
"""Towards the sun, a little below the horizon, to the left of where the patient looks."""
DUSK = Weather(
    towards=SUN_DOWN,
    sun=(2.10, 0.95, 0.40),
    zenith=(0.105, 0.155, 0.30),
    horizon=(0.46, 0.40, 0.43),
    ground=(0.10, 0.09, 0.085),
    haze_per_m=0.00075,
    haze_falloff_per_m=0.010,
    haze_most=0.90,
    overcast=0.30,
)
WATER_M = -0.85
"""Height of the sea; the patient stands at 0."""
FALL = 0.078
"""Metres that the beach falls with each metre towards the sea."""
FARTHEST_M = 6000.0
SAND = np.asarray((0.81, 0.765, 0.655))
DUNE_GREEN = np.asarray((0.47, 0.50, 0.36))
HEADLAND = np.asarray((0.35, 0.39, 0.33))
LANTERN_AT = (1.05, 3.45)
LAMPLIGHT = (0.95, 0.52, 0.20)
FLAME = (1.0, 0.80, 0.50)
LOG = ((0.75, 4.25), (1.45, 4.00), (2.25, 3.98), (3.15, 4.32), (3.85, 4.85))
WOOD = np.asarray((0.66, 0.61, 0.55))


def _eased(part: Wide) -> Wide:
    t = np.clip(part, 0.0, 1.0)
    return np.asarray(t * t * (3.0 - 2.0 * t))


def seaward(x: ArrayLike, y: ArrayLike) -> Wide:
    """How far towards the sea a place lies, in metres: the bay is curved, so that it holds."""
    px, py = np.asarray(x, dtype=np.float64), np.asarray(y, dtype=np.float64)
    right = 150.0 * (1.0 - np.exp(-((px / 150.0) ** 2)))
    left = 70.0 * (1.0 - np.exp(-((px / 130.0) ** 2)))
    curve = np.where(px > 0.0, right, left) + 0.7 * np.sin(px * 0.11 + 0.6)
    return np.asarray(py - curve)


def height(x: ArrayLike, y: ArrayLike) -> Wide:
    """Height in metres of sand, dunes, sea bed and headlands."""
    px, py = np.asarray(x, dtype=np.float64), np.asarray(y, dtype=np.float64)
    out = seaward(px, py)
    # flat at the feet, so that nobody seems to stand on a slope
    beach = -FALL * (np.maximum(out, 0.0) - 1.5 * (1.0 - np.exp(-np.maximum(out, 0.0) / 1.5)))
    beach = np.maximum(beach, WATER_M - 7.0)
    uneven = 0.25 * np.sin(px * 0.33 + 0.4) * np.sin(py * 0.27) + 0.12 * np.sin(px * 0.9 - py * 0.5)
    back = _eased((-out - 5.5 + 2.2 * np.sin(px * 0.17 + 0.9)) / 9.0)
    rolling = np.sin(px * 0.10 + 1.0) * np.cos(py * 0.13) + 0.5 * np.sin(px * 0.23 + py * 0.19)
    dunes = back * (1.55 + 0.85 * rolling + 0.3 * uneven)
    hills = 34.0 * _eased((-out - 60.0) / 260.0) * (0.75 + 0.25 * np.sin(px * 0.011 + 0.5))
    land = beach + dunes + hills
    for cx, cy, wide, deep, tall in (
        (760.0, 1050.0, 470.0, 150.0, 62.0),
        (1150.0, 1250.0, 420.0, 260.0, 105.0),
        (-1900.0, 3300.0, 900.0, 380.0, 150.0),
    ):
        away = ((px - cx) / wide) ** 2 + ((py - cy) / deep) ** 2
        crest = 1.0 + 0.16 * np.sin(px * 0.021) + 0.08 * np.sin(px * 0.057 + 1.0)
        land = land + (tall + 8.0) * crest * np.exp(-away)
    return np.asarray(land)


def made() -> Mapping[str, Rows]:
    """The faces of shore, sea, driftwood and grass, for `lay`."""
    random = np.random.default_rng(4)
    shore, leaves = Mesh(), Mesh()
    _ground(shore)
    _driftwood(shore, random)
    _lantern_frame(shore)
    _pebbles(shore, random)
    _marram(leaves, random)
    return {"shore": shore.packed(), "leaves": leaves.packed()}


def lay(root: NodePath, parts: Mapping[str, Rows]) -> None:
    """Put the place below `root`; a patient stands at its origin and looks along y."""
    x, y = LANTERN_AT
    flame_z = float(height(x, y)) + 0.17
    shore = Mesh(parts["shore"]).nodes("shore", "layered")
    wash(shore, (x, y, flame_z), LAMPLIGHT)
    shore.reparentTo(root)
    leaves = Mesh(parts["leaves"]).nodes("marram", "foliage", moving=True)
    dress(leaves, "foliage")
    leaves.reparentTo(root)
    flame = lantern(FLAME)
    flame.setPos(x, y, flame_z)
    flame.setScale(0.062, 0.062, 0.085)
    flame.reparentTo(root)


def _ground(mesh: Mesh) -> None:
    """Rings around the feet, close together where sand meets sea, coarse behind and far away."""
    reach = np.concatenate(
        [
            [0.0],
            np.linspace(0.6, 20.0, 36),
            np.geomspace(21.0, 120.0, 22),
            np.geomspace(135.0, FARTHEST_M, 34),
        ]
    )
    turn = np.radians(np.concatenate([np.arange(-75.0, 75.0, 1.5), np.linspace(75.0, 285.0, 61)]))
    x, y = reach[:, None] * np.sin(turn)[None], reach[:, None] * np.cos(turn)[None]
    bed = height(x, y)
    step = 0.3 + 0.02 * np.hypot(x, y)
    dx = (height(x + step, y) - height(x - step, y)) / (2 * step)
    dy = (height(x, y + step) - height(x, y - step)) / (2 * step)
    n = np.stack([-dx, -dy, np.ones_like(dx)], axis=-1)
    n /= np.linalg.norm(n, axis=-1, keepdims=True)
    grid = np.stack([x, y, np.maximum(bed, WATER_M)], axis=-1)
    above = bed - WATER_M
    green = _eased((bed - 0.55) / 1.0)[..., None] * _eased((_patches(x, y) + 0.35) / 0.7)[..., None]
    far = _eased((np.hypot(x, y) - 140.0) / 200.0)[..., None]
    near = SAND + (DUNE_GREEN - SAND) * np.clip(green, 0.0, 0.85)
    colour = near + (HEADLAND - near) * far * (above > 0.6)[..., None]
    told = np.stack([above, np.ones_like(above)], axis=-1)

    def corners(lattice: Wide) -> Wide:
        return np.stack(
            [lattice[:-1, :-1], lattice[1:, :-1], lattice[1:, 1:], lattice[:-1, 1:]][::-1], axis=2
        ).reshape(-1, 4, lattice.shape[-1])

    mesh.add(
        corners(grid),
        colour=np.clip(corners(colour), 0.0, 1.0),
        normals=corners(n).astype(np.float32),
        uv=corners(told),
    )


def _patches(x: Wide, y: Wide) -> Wide:
    """Where plants hold the sand, about -2 to 2, without any rhythm to the eye."""
    plane = clouded(256, 1.6, 8)
    column, row = (np.floor(side / 0.8).astype(int) % 256 for side in (x, y))
    return np.asarray(plane[row, column], dtype=np.float64)


def _dry(
    mesh: Mesh, faces: ArrayLike, normals: ArrayLike, colour: ArrayLike, open_part: float
) -> None:
    """Add a thing that water never covers."""
    corners = np.asarray(faces, dtype=np.float32)
    told = np.zeros((len(corners), 4, 2))
    told[..., 0] = 5.0
    mesh.add(
        corners,
        colour=colour,
        open_to_sky=open_part,
        normals=np.asarray(normals, dtype=np.float32),
        uv=told,
    )


def _driftwood(mesh: Mesh, random: np.random.Generator) -> None:
    """A trunk that the sea has brought and smoothed, half in the sand, with two stumps."""
    t = np.linspace(0.0, 1.0, 40)
    points = np.asarray(LOG)
    along = np.linspace(0.0, 1.0, len(points))
    x, y = np.interp(t, along, points[:, 0]), np.interp(t, along, points[:, 1])
    kernel = np.hanning(9) / np.hanning(9).sum()
    x = np.convolve(np.pad(x, 4, "edge"), kernel, "valid")
    y = np.convolve(np.pad(y, 4, "edge"), kernel, "valid")
    thick = (
        0.135
        + 0.07 * np.exp(-9.0 * t)
        - 0.075 * t
        + 0.012 * np.sin(t * 11.0 + 0.5)
        + 0.006 * np.sin(t * 29.0)
    )
    thick[[0, -1]] *= 0.30
    thick[[1, -2]] *= 0.80
    z = height(x, y) + 0.42 * thick + 0.045 * np.sin(t * 4.5)
    _branch(mesh, np.stack([x, y, z], axis=-1), thick, random)
    for start, way in (
        (12, (0.16, 0.16, 0.36)),
        (21, (0.30, -0.14, 0.20)),
        (30, (0.16, 0.18, 0.20)),
    ):
        s = np.linspace(0.0, 1.0, 14)[:, None]
        foot = np.asarray((x[start], y[start], z[start]))
        path = foot + s * np.asarray(way) + s**2 * np.asarray((0.16, 0.05, -0.06))
        slim = 0.052 * (1.0 - 0.72 * s[:, 0]) + 0.02 * np.exp(-8.0 * s[:, 0])
        _branch(mesh, path, slim, random)


def _branch(mesh: Mesh, path: Wide, thick: Wide, random: np.random.Generator) -> None:
    sides = 18
    faces, normals = tube(path, thick, sides)
    # grain runs along the wood, a little darker in its cracks and bleached above
    tone = 0.90 + 0.10 * np.cos(np.linspace(0.0, 14.0 * np.pi, sides)) * random.random(sides)
    strips = np.tile(tone, len(path) - 1)[:, None, None]
    below = 0.70 + 0.30 * np.clip(normals[..., 2:] * 0.7 + 0.5, 0.0, 1.0)
    _dry(mesh, faces, normals, np.clip(WOOD * strips * below, 0.0, 1.0), 0.95)


def _lantern_frame(mesh: Mesh) -> None:
    """A small lantern with a roof, standing in the sand beside the trunk."""
    x, y = LANTERN_AT
    z = float(height(x, y))
    iron = (0.20, 0.19, 0.185)
    part = Mesh()
    part.box((x - 0.10, y - 0.10, z - 0.02), (x + 0.10, y + 0.10, z + 0.035))
    for sx in (-0.092, 0.080):
        for sy in (-0.092, 0.080):
            part.box((x + sx, y + sy, z), (x + sx + 0.012, y + sy + 0.012, z + 0.29))
    part.box((x - 0.105, y - 0.105, z + 0.285), (x + 0.105, y + 0.105, z + 0.305), bottom=True)
    rows = part.packed()
    _dry(mesh, rows["v"], rows["n"], iron, 1.0)
    top = [(x, y, z + 0.305), (x, y, z + 0.34), (x, y, z + 0.37), (x, y, z + 0.38)]
    roof, normals = tube(top, (0.135, 0.075, 0.03, 0.002), 4)
    _dry(mesh, roof, normals, iron, 1.0)
    ring = np.linspace(0.0, np.pi, 13)
    handle = np.stack(
        [x + 0.055 * np.cos(ring), np.full(13, y), z + 0.37 + 0.075 * np.sin(ring)], axis=-1
    )
    wire, normals = tube(handle, 0.005, 6)
    _dry(mesh, wire, normals, iron, 1.0)


def _pebbles(mesh: Mesh, random: np.random.Generator) -> None:
    """A few smooth stones where the sea has left them."""
    for _number in range(60):
        x = random.normal(0.0, 7.0)
        out = random.normal(7.9, 0.45) if random.random() < 0.7 else random.uniform(2.0, 9.0)
        y = out + float(-seaward(x, 0.0))
        size = random.uniform(0.018, 0.055)
        flat = random.uniform(0.4, 0.7)
        faces, normals = ball(
            (x, y, float(height(x, y)) + 0.2 * size * flat),
            (size, size * random.uniform(0.6, 0.9), size * flat),
            10,
            6,
        )
        grey = random.uniform(0.55, 0.80)
        tint = np.clip(np.asarray((1.0, 0.96, 0.90)) * grey, 0.0, 1.0)
        _dry(mesh, faces, normals, tint, 0.9)


def _marram(leaves: Mesh, random: np.random.Generator) -> None:
    """Marram grass in tufts on the dunes, tall and thin."""
    x, y = random.uniform(-42.0, 42.0, 5000), random.uniform(-34.0, 30.0, 5000)
    high = height(x, y)
    kept = (high > 0.5) & (_patches(x, y) > 0.05) & (seaward(x, y) < -5.0)
    tufts = np.stack([x[kept], y[kept]], axis=-1)
    # the nearest ones: far away the colour of the ground says enough
    tufts = tufts[np.argsort(np.hypot(tufts[:, 0], tufts[:, 1]), kind="stable")[:950]]
    at = (tufts[:, None] + random.normal(0.0, 0.13, (len(tufts), 9, 2))).reshape(-1, 2)
    far = np.hypot(at[:, 0], at[:, 1])
    tall = random.uniform(0.45, 0.95, len(at))
    tint = np.asarray((0.84, 0.80, 0.78)) * random.uniform(0.75, 1.05, (len(at), 1))
    blades(leaves, at, tall, 0.006 + 0.0011 * far, tint, random, height)
