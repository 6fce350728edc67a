"""Owns a park with a fenced meadow for dogs, as a model; knows no dog.

A gravel path leads along y to a gate at y = 0; behind it lies the meadow, 30 m broad and 36 m deep,
within a fence of boards 1.15 m high. Trees, benches, shrubs and lamps stand around.
"""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from panda3d.core import NodePath

from vr_runtime.stage.look.weather import SUN
from vr_runtime.stage.models.gorge.ground import surface
from vr_runtime.stage.models.gorge.plan import Wide, eased, noise
from vr_runtime.stage.models.gorge.woods import Growth, bush, grow, shrub
from vr_runtime.stage.models.grain import grained
from vr_runtime.stage.models.mesh import Mesh
from vr_runtime.stage.models.park import turf
from vr_runtime.stage.models.park.plan import GATE_M, GATE_TOP_M, HALF_M, LONG_M, POST, boards
from vr_runtime.stage.models.shapes import ball, tube

_GRAVEL = np.asarray((1.14, 1.06, 0.94))
_WOOD = (0.70, 0.60, 0.48)


def height(x: Wide, y: Wide) -> Wide:
    """Of the ground: level where one walks, a little hilly beyond."""
    far = np.maximum(np.abs(x) - 17.0, np.maximum(y - 40.0, -y - 45.0))
    return np.asarray(eased(0.0, 30.0, far) * (0.9 + 1.3 * noise(x / 14.0, y / 14.0, 201)))


def build() -> NodePath:
    """The park as a node to be written; the same each time."""
    root = NodePath("lawn")
    ground, things, wood, leaves, shade = Mesh(), Mesh(), Mesh(), Mesh(), Mesh()
    _ground(ground)
    _fence(things)
    for x in (-GATE_M - 0.03, GATE_M + 0.03):
        _spot(shade, x + 0.04, 0.03, (0.22, 0.20), 0.6, cast=False)
    for x, y, turned in (
        (-3.1, -6.5, 90.0),
        (3.1, -13.0, -90.0),
        (-3.1, -21.0, 90.0),
        (9.5, 26.0, 180.0),
    ):
        _bench(things, shade, x, y, turned)
    for y in (-4.0, -18.0, -32.0):
        _lamp(things, shade, 2.35, y)
    _bin(things, shade, -2.3, -2.6)
    _log(things, shade, (4.2, 19.5), (6.6, 20.3), 0.24)
    _log(things, shade, (-7.5, 11.0), (-6.1, 12.6), 0.19)
    turf.grow(leaves, things)
    _crowns(leaves)
    trees = _trees()
    grow(leaves, wood, trees)
    for each in trees:
        if np.hypot(each.x, each.y) < 75.0:
            _below(shade, each)
    chance = np.random.default_rng(12)
    for x, y, wide in _shrubs():
        z = float(height(np.asarray(x), np.asarray(y)))
        shrub(leaves, chance, (x, y, z - 0.22 * wide), wide)
    ground.nodes("ground", "layered", tile_m=90.0).reparentTo(root)
    things.nodes("things", "layered").reparentTo(root)
    wood.nodes("wood", "layered").reparentTo(root)
    leaves.nodes("leaves", "foliage", moving=True, tile_m=90.0).reparentTo(root)
    shade.nodes("shade", "shade", moving=True).reparentTo(root)
    return root


def _lines(end: float, fine: float) -> Wide:
    """Lines across the ground: close together in the middle, ever wider outwards."""
    near = np.arange(-16.0, 16.01, fine)
    far = 16.0 + np.cumsum(np.geomspace(fine, 26.0, 34))
    far = far[far < end]
    return np.concatenate([-far[::-1], near, far])


def _ground(mesh: Mesh) -> None:
    x = _lines(260.0, 0.5)
    y = np.concatenate([_lines(260.0, 0.8)])
    points = np.stack(np.broadcast_arrays(x[None], y[:, None], height(x[None], y[:, None])), -1)
    px, py = points[..., 0], points[..., 1]
    green = turf.tones(px, py)
    surface(mesh, points, colour=green, openness=np.full(px.shape, 0.95), picture="grass")
    _woods(mesh)
    _path(mesh, np.arange(-64.0, 0.31, 0.2), across=False)
    _path(mesh, np.arange(-70.0, 70.1, 0.25), across=True)


def _woods(mesh: Mesh) -> None:
    """The edge of woods all around, in three ranks, by the line of their crowns."""
    turn = np.linspace(-np.pi, np.pi, 721)
    for far, tall, seed in ((128.0, 11.0, 221), (165.0, 17.0, 222), (230.0, 30.0, 223)):
        around = (turn + np.pi) / (2 * np.pi) * 256.0
        crowns = 0.55 * noise(around * 1.0, around * 0, seed, slope=0.9)
        crest = tall * (0.86 + 0.10 * crowns + 0.10 * noise(around / 5.0, around * 0 + 3, seed))
        up = np.linspace(0.0, 1.0, 9)[:, None]
        out = far + 7.0 * up**3 + 1.6 * noise(around[None] * 1.3, up * 6.0, seed + 10)
        points = np.stack(
            [
                out * np.sin(turn)[None],
                out * np.cos(turn)[None],
                -1.0 + (crest[None] + 1.0) * up**0.8,
            ],
            -1,
        )
        tone = 0.92 + 0.16 * noise(around[None] * 2.0, up * 9.0, seed + 20, slope=0.8)
        colour = (
            np.asarray((0.66, 0.70, 0.62)) * np.clip(tone * (0.66 + 0.34 * up), 0.3, 1.2)[..., None]
        )
        surface(
            mesh,
            points,
            colour=colour,
            openness=0.45 + 0.5 * up + 0.0 * crest[None],
            picture="grass",
        )


def _crowns(leaves: Mesh) -> None:
    """Crowns before and upon the edge of woods, so that it is made of trees."""
    chance = np.random.default_rng(24)
    for far, tall, count in ((125.0, 11.0, 190), (161.0, 17.0, 170), (226.0, 30.0, 150)):
        for turn in np.linspace(-np.pi, np.pi, count, endpoint=False):
            turn = float(turn + chance.normal(0.0, 0.012))
            up = float(chance.uniform(0.45, 0.98))
            out = far + float(chance.uniform(-2.0, 4.0))
            wide = far / 128.0 * float(chance.uniform(3.2, 5.2))
            bush(
                leaves,
                chance,
                (out * np.sin(turn), out * np.cos(turn), tall * up),
                (wide, wide, 0.8 * wide),
                size=0.5 * wide,
                count=7,
                hue=(0.52, 0.60, 0.47),
                bright=(0.72, 1.05),
            )


def _path(mesh: Mesh, along: Wide, *, across: bool) -> None:
    """Gravel, a little arched, its edges not quite straight; one to the gate, one that crosses."""
    side = np.linspace(-1.0, 1.0, 9)
    half = turf.half_path(along, across=across)
    off = side[None] * half[:, None]
    line = np.broadcast_to(along[:, None], off.shape)
    rise = 0.030 - 0.045 * np.abs(side[None]) ** 4 + 0.004 * across
    x, y = (line, off + turf.CROSSING_Y) if across else (off, line)
    points = np.stack([x, y, rise + 0.0 * x], -1)
    tone = 1.0 + 0.07 * noise(x * 1.3, y * 1.3, 208) + 0.05 * noise(x / 3.0, y / 3.0, 209)
    colour = _GRAVEL * tone[..., None] * (1.0 - 0.16 * np.abs(side[None, :, None]) ** 3)
    surface(
        mesh, points, colour=colour, openness=np.full(x.shape, 0.95), picture="gravel", flip=across
    )


def _fence(mesh: Mesh) -> None:
    corners = [
        (-GATE_M, 0.0),
        (-HALF_M, 0.0),
        (-HALF_M, LONG_M),
        (HALF_M, LONG_M),
        (HALF_M, 0.0),
        (GATE_M, 0.0),
    ]
    for number, (a, b) in enumerate(pairwise(corners)):
        boards(mesh, a, b, seed=300 + number)
    posts = Mesh()
    for x in (-GATE_M - 0.03, GATE_M + 0.03):
        low, high = (x - 0.07, -0.07, 0.0), (x + 0.07, 0.07, GATE_TOP_M + 0.07)
        posts.box(low, high, picture="wood", colour=POST, foot=0.5)
        cap = (x - 0.085, -0.085, high[2]), (x + 0.085, 0.085, high[2] + 0.03)
        posts.box(*cap, picture="wood", colour=POST, bottom=True)
    mesh.take(grained(posts))


def _trees() -> list[Growth]:
    """A row on either side of the path, a few in the meadow, woods behind."""
    chance = np.random.default_rng(21)
    made: list[Growth] = []

    def plant(x: float, y: float, tall: float, *, spruce: bool = False) -> None:
        seen = float(np.hypot(x, y + 6.0))
        fine = 40.0 if seen < 30.0 else 58.5 if seen < 48.0 else 90.0 if seen < 95.0 else 165.0
        z = float(height(np.asarray(x), np.asarray(y))) - 0.05
        made.append(Growth(x, y, z, tall, 900 + len(made), fine, spruce))

    for y in (-5.0, -15.5, -26.0, -37.0, -48.0):
        for side in (-1.0, 1.0):
            plant(
                side * float(chance.uniform(6.2, 7.4)),
                y + float(chance.uniform(-1.2, 1.2)),
                float(chance.uniform(7.5, 10.0)),
            )
    for x, y, tall in ((-10.0, 15.0, 9.0), (9.0, 21.5, 8.0), (-6.0, 30.0, 10.0), (13.0, 8.0, 7.0)):
        plant(x, y, tall)
    for _n in range(330):
        turn, far = chance.uniform(-np.pi, np.pi), chance.uniform(42.0, 125.0)
        x, y = float(far * np.sin(turn)), float(6.0 + far * np.cos(turn))
        in_meadow = abs(x) < HALF_M + 3.0 and -2.0 < y < LONG_M + 3.0
        if in_meadow or (abs(x) < 9.0 and y < 0.0) or abs(y + 9.6) < 5.0:
            continue
        if chance.random() > 0.35 + 0.6 * min(1.0, far / 110.0):
            continue
        plant(x, y, float(chance.uniform(8.0, 15.0)), spruce=bool(chance.random() < 0.25))
    return made


def _shrubs() -> list[tuple[float, float, float]]:
    chance = np.random.default_rng(22)
    out = []
    for _n in range(70):
        side = float(chance.choice((-1.0, 1.0)))
        out.append(
            (
                side * float(chance.uniform(HALF_M + 1.2, HALF_M + 4.0)),
                float(chance.uniform(-3.0, 38.0)),
                float(chance.uniform(1.4, 2.4)),
            )
        )
    for _n in range(40):
        out.append(
            (
                float(chance.uniform(-18.0, 18.0)),
                float(chance.uniform(LONG_M + 1.2, LONG_M + 4.0)),
                float(chance.uniform(1.4, 2.6)),
            )
        )
    for _n in range(40):
        side = float(chance.choice((-1.0, 1.0)))
        out.append(
            (
                side * float(chance.uniform(8.5, 20.0)),
                float(chance.uniform(-45.0, -14.0)),
                float(chance.uniform(1.3, 2.2)),
            )
        )
    return out


def _spot(
    shade: Mesh,
    x: float,
    y: float,
    half: tuple[float, float],
    dark: float,
    *,
    cast: bool,
    turned: float = 0.0,
) -> None:
    a, b = half
    c, s = np.cos(turned), np.sin(turned)
    corners = [
        (x + c * u - s * v, y + s * u + c * v, 0.045 + 0.02 * cast)
        for u, v in ((-a, -b), (a, -b), (a, b), (-a, b))
    ]
    own = 0.0 if cast else 1.0
    shade.add(
        [corners],
        uv=[[(-1, -1), (1, -1), (1, 1), (-1, 1)]],
        colour=(own, own, own),
        open_to_sky=dark,
        motion=(0.0, 0.0, 0.0, 0.0),
    )


def _below(shade: Mesh, each: Growth) -> None:
    """What a tree takes of the sun, in several soft spots as its crown is made of several lumps."""
    chance = np.random.default_rng(each.seed)
    wide = 0.36 * each.tall
    for _n in range(6):
        high = each.tall * float(chance.uniform(0.35, 0.75))
        x = each.x - SUN[0] / SUN[2] * high + float(chance.normal(0, 0.35)) * wide
        y = each.y - SUN[1] / SUN[2] * high + float(chance.normal(0, 0.35)) * wide
        if abs(height(np.asarray(x), np.asarray(y))) < 0.02:
            _spot(
                shade,
                x,
                y,
                (0.62 * wide, 0.62 * wide),
                0.13,
                cast=True,
                turned=float(chance.uniform(0, 3)),
            )
    if each.z > -0.2:
        _spot(shade, each.x, each.y, (0.55, 0.55), 0.45, cast=False)


def _bench(mesh: Mesh, shade: Mesh, x: float, y: float, turned: float) -> None:
    """Boards on two iron frames; it looks along y before it is turned to the left."""
    own = Mesh()
    for k in range(4):
        own.box(
            (-0.85, -0.20 + 0.115 * k, 0.43),
            (0.85, -0.105 + 0.115 * k, 0.465),
            picture="wood",
            colour=_WOOD,
            bottom=True,
        )
    for k in range(3):
        z = 0.56 + 0.12 * k
        own.box(
            (-0.85, -0.27 - 0.025 * k, z),
            (0.85, -0.24 - 0.025 * k, z + 0.095),
            picture="wood",
            colour=_WOOD,
            bottom=True,
        )
    for side in (-0.66, 0.66):
        iron = (0.20, 0.21, 0.22)
        own.box((side - 0.025, -0.22, 0.0), (side + 0.025, -0.17, 0.43), colour=iron, foot=0.5)
        own.box((side - 0.025, 0.17, 0.0), (side + 0.025, 0.22, 0.43), colour=iron, foot=0.5)
        own.box((side - 0.025, -0.22, 0.39), (side + 0.025, 0.26, 0.43), colour=iron, bottom=True)
        own.box((side - 0.025, -0.245, 0.40), (side + 0.025, -0.205, 0.92), colour=iron)
    rows = grained(own)
    a = np.radians(turned)
    for column in ("v", "n"):
        u, v = rows[column][..., 0].copy(), rows[column][..., 1].copy()
        rows[column][..., 0], rows[column][..., 1] = (
            np.cos(a) * u - np.sin(a) * v,
            np.sin(a) * u + np.cos(a) * v,
        )
    rows["v"][..., 0] += x
    rows["v"][..., 1] += y
    mesh.take(rows)
    _spot(shade, x, y, (1.05, 0.48), 0.5, cast=False, turned=float(a))


def _log(
    mesh: Mesh, shade: Mesh, a: tuple[float, float], b: tuple[float, float], thick: float
) -> None:
    """A felled trunk without its bark, on which dogs climb."""
    (ax, ay), (bx, by) = a, b
    t = np.linspace(0.0, 1.0, 9)
    line = np.stack(
        [ax + (bx - ax) * t, ay + (by - ay) * t, 0.8 * thick + 0.03 * np.sin(5 * t)], -1
    )
    faces, normals = tube(line, thick * (1.0 - 0.12 * t), 14)
    tone = 1.0 + 0.12 * noise(faces[..., 0] * 3.0, faces[..., 1] * 3.0 + 4.0 * faces[..., 2], 215)
    bark = np.asarray((0.60, 0.52, 0.43)) * tone[..., None]
    shown = 0.62 + 0.38 * np.clip(normals[..., 2] + 0.4, 0.0, 1.0)
    mesh.add(faces, normals=normals, colour=bark, open_to_sky=shown, picture="soil")
    for end, inner in ((line[0], line[1]), (line[-1], line[-2])):
        way = (end - inner) / np.linalg.norm(end - inner)
        radius = thick * (1.0 if end is line[0] else 0.88)
        disc, _ = tube([end - 0.004 * way, end + 0.004 * way], [radius, 0.002], 14)
        flat = np.broadcast_to(way.astype(np.float32), disc.shape)
        mesh.add(disc, normals=np.asarray(flat), colour=(0.80, 0.68, 0.50), picture="plain")
    turned = float(np.arctan2(by - ay, bx - ax))
    long = float(np.hypot(bx - ax, by - ay))
    _spot(
        shade,
        (ax + bx) / 2,
        (ay + by) / 2,
        (0.62 * long, 1.9 * thick),
        0.5,
        cast=False,
        turned=turned,
    )


def _lamp(mesh: Mesh, shade: Mesh, x: float, y: float) -> None:
    iron = (0.17, 0.20, 0.19)
    faces, normals = tube(
        [(x, y, 0.0), (x, y, 0.5), (x, y, 0.55), (x, y, 3.1)], [0.075, 0.07, 0.045, 0.035], 10
    )
    mesh.add(faces, normals=normals, colour=iron, uv=np.zeros((len(faces), 4, 2)))
    faces, normals = ball((x, y, 3.28), (0.16, 0.16, 0.19), 14, 10)
    mesh.add(faces, normals=normals, colour=(0.92, 0.91, 0.86), uv=np.zeros((len(faces), 4, 2)))
    faces, normals = ball((x, y, 3.47), (0.19, 0.19, 0.05), 14, 6)
    mesh.add(faces, normals=normals, colour=iron, uv=np.zeros((len(faces), 4, 2)))
    _spot(shade, x, y, (0.22, 0.22), 0.5, cast=False)


def _bin(mesh: Mesh, shade: Mesh, x: float, y: float) -> None:
    _spot(shade, x + 0.05, y + 0.04, (0.42, 0.40), 0.62, cast=False)
    green = (0.20, 0.30, 0.23)
    faces, normals = tube([(x, y, 0.08), (x, y, 0.85)], [0.20, 0.24], 18)
    mesh.add(faces, normals=normals, colour=green, uv=np.zeros((len(faces), 4, 2)))
    faces, normals = tube([(x, y, 0.85), (x, y, 0.90), (x, y, 0.901)], [0.255, 0.25, 0.17], 18)
    mesh.add(faces, normals=normals, colour=(0.14, 0.20, 0.16), uv=np.zeros((len(faces), 4, 2)))
    mesh.box((x - 0.03, y - 0.03, 0.0), (x + 0.03, y + 0.03, 0.1), colour=(0.2, 0.2, 0.2))
