"""Owns what is fine on a dog: eyes, lids, nose, ears, teeth, tongue, collar; no body, no coat."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from vr_runtime.stage.models.animals.dog.nets import Field, Wide
from vr_runtime.stage.models.animals.dog.plan import NUMBER, Hound, Place
from vr_runtime.stage.models.animals.dog.shape import Flesh
from vr_runtime.stage.models.mesh import Array, Mesh
from vr_runtime.stage.models.shapes import ball, lattice, tube

EYE = 0.0158
"""Radius of an eye, in sizes of the head."""
Told = tuple[float, float, float, float]


def alone(bone: str, sheen: float = 0.0) -> Told:
    """Motion of what goes with one bone."""
    return (float(NUMBER[bone]), 0.0, 0.0, sheen)


def packed(bones: Wide, shares: Wide, sheen: float) -> Wide:
    """Three bones and their shares in the four numbers of a vertex."""
    three = bones[:, 0] + 64.0 * bones[:, 1] + 4096.0 * bones[:, 2]
    return np.stack([three, shares[:, 1], shares[:, 2], np.full(len(bones), sheen)], axis=-1)


def _add(
    mesh: Mesh,
    faces: Array,
    normals: Array,
    colour: object,
    motion: Told | Wide,
    open_part: float = 1.0,
) -> None:
    mesh.add(
        faces,
        normals=normals,
        colour=colour,  # type: ignore[arg-type]
        open_to_sky=open_part,
        uv=np.zeros((len(faces), 4, 2)),
        motion=motion,
    )


def on_skin(body: Field, start: Wide, way: Wide) -> Wide:
    """Where a line from within leaves the body."""
    t = np.linspace(0.0, 0.16, 160)
    d = body(start + t[:, None] * way)
    return np.asarray(start + way * t[int(np.argmax(d > 0.0))])


@dataclass(frozen=True)
class Eyes:
    """Where the eyes are and where they look: of the right one."""

    at: Place
    radius: float
    way: Place


def eyes(hound: Hound, body: Field) -> Eyes:
    """The right eye, set into the skin."""
    way = np.asarray((0.66, 0.72, 0.20))
    way /= np.linalg.norm(way)
    out = on_skin(body, np.asarray(hound.eye) - 0.045 * way, way)
    radius = EYE * hound.head_size
    x, y, z = out - way * radius * 0.62
    return Eyes((x, y, z), radius, (float(way[0]), float(way[1]), float(way[2])))


def look_out(
    mesh: Mesh, set_in: Eyes, iris: tuple[float, float, float], hair: Callable[[Wide], Wide]
) -> None:
    """Both eyes with iris, pupil and a glint, and their lids."""
    for side in (1.0, -1.0):
        at = np.asarray(set_in.at) * (side, 1.0, 1.0)
        way = np.asarray(set_in.way) * (side, 1.0, 1.0)
        way = way * (0.75, 1.0, 0.8)
        way /= np.linalg.norm(way)
        faces, normals = ball(at, set_in.radius, 20, 14)
        turned = np.degrees(np.arccos(np.clip((normals * way).sum(axis=-1), -1.0, 1.0)))
        colour = np.where((turned < 26.0)[..., None], (0.03, 0.03, 0.035), np.asarray(iris))
        colour = np.where((turned > 50.0)[..., None], np.asarray((0.05, 0.035, 0.03)), colour)
        _add(mesh, faces, normals, colour.astype(np.float32), alone("head", 0.42))
        glint = at + set_in.radius * 0.93 * _unit(way + np.asarray((-0.10, 0.05, 0.42)))
        faces, normals = ball(glint, set_in.radius * 0.13, 8, 6)
        _add(mesh, faces, normals, (1.0, 1.0, 1.0), alone("head", 0.6))
        _lids(mesh, at, set_in.radius, way, hair)


def _unit(a: Wide) -> Wide:
    return np.asarray(a / np.linalg.norm(a))


def _lids(mesh: Mesh, at: Wide, radius: float, way: Wide, hair: Callable[[Wide], Wide]) -> None:
    """An upper lid that turns down over the eye with its bone, and a lower one that stays."""
    for low, high, bone, out in ((28.0, 140.0, "lids", 1.10), (-100.0, -40.0, "head", 1.08)):
        up = np.radians(np.linspace(low, high, 9))[:, None]
        turn = np.radians(np.linspace(-80.0, 80.0, 13))[None, :]
        # a shell of lunes about the axis across, as lids are
        x = np.sin(turn) * np.ones_like(up)
        y = np.cos(turn) * np.cos(up)
        z = np.cos(turn) * np.sin(up)
        rings = np.stack([x, y, z], axis=-1)
        yaw = np.arctan2(way[0], way[1]) * 0.75
        c, s = np.cos(yaw), np.sin(yaw)
        turned = np.stack(
            [
                rings[..., 0] * c + rings[..., 1] * s,
                rings[..., 1] * c - rings[..., 0] * s,
                rings[..., 2],
            ],
            -1,
        )
        faces, normals = lattice((at + turned * radius * out).astype(np.float32))
        out_of = faces - at
        flip = np.where((out_of * normals).sum(axis=(1, 2)) < 0.0, -1.0, 1.0)[:, None, None]
        colour = hair(faces.reshape(-1, 3)).reshape(faces.shape)
        edge = np.clip(
            (np.linalg.norm(out_of * (0, 0, 1), axis=-1) / radius - 0.55) / 0.3, 0.0, 1.0
        )
        colour = colour * (0.30 + 0.62 * edge[..., None])
        _add(
            mesh,
            faces,
            np.asarray(normals * flip, np.float32),
            colour.astype(np.float32),
            alone(bone, 0.04),
        )


def nose(mesh: Mesh, hound: Hound) -> None:
    """Leather with two nostrils."""
    k = hound.head_size
    tip = 0.150 + 0.170 * hound.muzzle
    at = hound.on_head((0.0, tip + 0.006, -0.011))
    faces, normals = ball(at, (0.0180 * k, 0.0150 * k, 0.0140 * k), 20, 14)
    _add(mesh, faces, normals, (0.085, 0.075, 0.075), alone("head", 0.20))
    for side in (1.0, -1.0):
        at = hound.on_head((side * 0.0095, tip + 0.0195, -0.0125))
        faces, normals = ball(at, (0.0052 * k, 0.0040 * k, 0.0042 * k), 10, 8)
        _add(mesh, faces, normals, (0.015, 0.012, 0.012), alone("head"), 0.3)


def teeth(mesh: Mesh, hound: Hound) -> None:
    """Fangs and small teeth of both jaws, hidden while the mouth is shut."""
    k, m = hound.head_size, hound.muzzle
    tip = 0.150 + 0.170 * m
    rows = (
        ("head", -1.0, -0.044, tip - 0.014, 0.0165, 0.030),
        ("jaw", 1.0, -0.054, tip - 0.024, 0.0105, 0.026),
    )
    for bone, way, z, y, x, long in rows:
        for side in (1.0, -1.0):
            for back, share in (
                (0.0, 1.0),
                (0.028, 0.42),
                (0.044, 0.46),
                (0.060, 0.5),
                (0.078, 0.5),
            ):
                wide = x + 0.14 * back
                path = [
                    hound.on_head((side * wide, y - back, z - way * 0.004)),
                    hound.on_head(
                        (side * wide * 1.04, y - back - 0.001, z + way * 0.55 * share * long)
                    ),
                    hound.on_head((side * wide, y - back - 0.004, z + way * share * long)),
                ]
                faces, normals = tube(path, [0.0042 * k, 0.0032 * k, 0.0006 * k], 6)
                _add(mesh, faces, normals, (0.90, 0.87, 0.78), alone(bone, 0.25), 0.85)
        for x_ in (-0.006, -0.002, 0.002, 0.006):
            at = hound.on_head((x_, y + 0.010, z + way * 0.003))
            faces, normals = ball(at, (0.0021 * k, 0.0018 * k, 0.0050 * k), 6, 4)
            _add(mesh, faces, normals, (0.90, 0.87, 0.78), alone(bone, 0.25), 0.85)


def tongue(mesh: Mesh, hound: Hound) -> None:
    """It lies on the lower jaw."""
    k, m = hound.head_size, hound.muzzle
    path, wide = [], []
    for t in np.linspace(0.0, 1.0, 9):
        y = 0.075 + t * (0.065 + 0.168 * m)
        path.append((y, -0.0515 + 0.003 * np.sin(np.pi * t)))
        wide.append(0.0125 * np.sin(np.pi * min(1.0, 0.28 + 0.72 * t * 0.93)) ** 0.6 + 0.002)
    turn = np.linspace(0.0, 2 * np.pi, 13)
    rings = np.asarray(
        [
            [
                hound.on_head(
                    (
                        w * np.cos(a),
                        y,
                        z
                        + 0.30 * w * np.sin(a)
                        - 0.10 * w * np.exp(-((np.cos(a) / 0.3) ** 2)) * (np.sin(a) > 0),
                    )
                )
                for a in turn
            ]
            for (y, z), w in zip(path, wide, strict=True)
        ]
    )
    faces, normals = lattice(rings.astype(np.float32))
    middle = rings.mean(axis=(0, 1))
    flip = np.where(((faces - middle) * normals)[..., 2].sum(axis=1) < 0.0, -1.0, 1.0)[
        :, None, None
    ]
    _add(
        mesh,
        faces,
        np.asarray(normals * flip, np.float32),
        (0.72, 0.36, 0.37),
        alone("jaw", 0.12 * k),
        0.9,
    )


@dataclass(frozen=True)
class Flap:
    """One ear as a shell, for hair to grow on."""

    faces: Array
    normals: Array
    inner: Wide
    """1 for faces of the hollow side."""
    way: Place
    """From root to tip."""
    bone: str


_EARS: dict[str, tuple[list[Place], Place, list[float], float]] = {
    # path from root to tip, which way the hollow looks, half widths along it, how hollow
    "upright": (
        [
            (0.043, 0.030, 0.034),
            (0.051, 0.031, 0.068),
            (0.058, 0.032, 0.100),
            (0.062, 0.032, 0.130),
            (0.064, 0.031, 0.156),
        ],
        (0.42, 0.90, 0.05),
        [0.034, 0.039, 0.034, 0.021, 0.0015],
        0.95,
    ),
    "hanging": (
        [
            (0.062, 0.032, 0.044),
            (0.088, 0.040, 0.036),
            (0.103, 0.052, -0.008),
            (0.102, 0.062, -0.066),
            (0.092, 0.068, -0.120),
        ],
        (-0.95, 0.10, -0.15),
        [0.034, 0.046, 0.056, 0.048, 0.004],
        0.30,
    ),
    "folded": (
        [
            (0.050, 0.036, 0.044),
            (0.061, 0.036, 0.076),
            (0.070, 0.056, 0.094),
            (0.076, 0.086, 0.078),
            (0.076, 0.108, 0.046),
        ],
        (0.20, 0.80, -0.55),
        [0.028, 0.034, 0.035, 0.024, 0.002],
        0.35,
    ),
}


def ears(hound: Hound) -> list[Flap]:
    """Right and left."""
    told, hollow, half, deep = _EARS[hound.ears]
    t = np.linspace(0.0, 1.0, 15)
    knots = np.linspace(0.0, 1.0, len(told))
    path = np.stack([_rounded(t, knots, [p[k] for p in told]) for k in range(3)], axis=-1)
    wide = np.maximum(_rounded(t, knots, half), 0.001)
    along = np.gradient(path, axis=0)
    along /= np.linalg.norm(along, axis=1, keepdims=True)
    looks = np.asarray(hollow) - along * (along @ np.asarray(hollow))[:, None]
    looks /= np.linalg.norm(looks, axis=1, keepdims=True)
    side = np.cross(along, looks)
    turn = np.radians(np.linspace(-92.0, 92.0, 13))
    out = []
    shells = []
    for share, lift in ((1.0, 0.0), (0.93, 0.004)):
        ring = (
            path[:, None]
            + side[:, None] * (wide[:, None] * np.sin(turn) * share)[..., None]
            - looks[:, None] * (wide[:, None] * deep * np.cos(turn) * share - lift)[..., None]
        )
        shells.append(ring)
    outer, inner = shells
    loop = np.concatenate([outer, inner[:, ::-1], outer[:, :1]], axis=1)
    for mirror, bone in ((1.0, "ear_r"), (-1.0, "ear_l")):
        k = hound.head_size
        places = loop * (mirror, 1.0, 1.0) * k + np.asarray(hound.head)
        faces, _ = lattice(places.astype(np.float32))
        columns = loop.shape[1] - 1
        which = np.tile(np.arange(columns), loop.shape[0] - 1)
        hollow_side = (which >= 12) & (which < 25)
        middle = (path * (mirror, 1.0, 1.0) * k + np.asarray(hound.head))[
            np.repeat(np.arange(loop.shape[0] - 1), columns)
        ]
        normals = _normals(places)
        away = ((faces.mean(axis=1) - middle) * normals.mean(axis=1)).sum(axis=1)
        flip = np.where((away < 0.0) != hollow_side, -1.0, 1.0)[:, None, None]
        way = (path[-1] - path[0]) * (mirror, 1.0, 1.0)
        x, y, z = way / np.linalg.norm(way)
        out.append(
            Flap(
                faces,
                np.asarray(normals * flip, np.float32),
                hollow_side.astype(float),
                (x, y, z),
                bone,
            )
        )
    return out


def _normals(places: Wide) -> Array:
    return lattice(places.astype(np.float32))[1]


def _rounded(t: Wide, knots: Wide, values: list[float]) -> Wide:
    """Through knots without corners (Catmull and Rom)."""
    v = np.asarray([2 * values[0] - values[1], *values, 2 * values[-1] - values[-2]])
    at = np.clip(t * (len(knots) - 1), 0, len(knots) - 1 - 1e-9)
    k = at.astype(int)
    u = at - k
    a, b, c, d = v[k], v[k + 1], v[k + 2], v[k + 3]
    return np.asarray(
        0.5
        * (
            2 * b
            + (c - a) * u
            + (2 * a - 5 * b + 4 * c - d) * u**2
            + (3 * b - a - 3 * c + d) * u**3
        )
    )


def collar(mesh: Mesh, hound: Hound, body: Flesh, colour: tuple[float, float, float]) -> Place:
    """A band around the neck with a ring; gives where the leash is fastened."""
    a, b = np.asarray(hound.neck), np.asarray(hound.throat)
    way = _unit(b - a)
    at = a + (b - a) * 0.80
    side = np.asarray((1.0, 0.0, 0.0))
    front = np.cross(way, side)
    if front[1] < 0:
        front = -front
    rings = []
    turns = np.linspace(0.0, 2 * np.pi, 37)
    for shift, more in (
        (-0.017, 0.000),
        (-0.016, 0.009),
        (0.0, 0.010),
        (0.016, 0.009),
        (0.017, 0.000),
    ):
        ring = []
        for turn in turns:
            out = side * np.sin(turn) + front * np.cos(turn)
            ring.append(on_skin(body, at + way * shift, out) + out * more)
        rings.append(ring)
    faces, normals = lattice(np.asarray(rings, dtype=np.float32))
    away = ((faces - at) * normals).sum(axis=(1, 2))
    normals = np.asarray(normals * np.where(away < 0, -1.0, 1.0)[:, None, None], np.float32)
    # it goes along with the skin below it
    told = packed(*body.bones(faces.reshape(-1, 3).astype(float)), 0.06).reshape(len(faces), 4, 4)
    _add(mesh, faces, normals, colour, told)
    low = on_skin(body, at, front) + front * 0.014
    ring = [
        low + front * 0.016 * (1 - np.cos(t)) * 0.6 + side * 0.014 * np.sin(t) - way * 0.004
        for t in np.linspace(0, 2 * np.pi, 13)
    ]
    faces, normals = tube(ring, 0.0032, 6, beside=way)
    _add(mesh, faces, normals, (0.72, 0.72, 0.70), alone("throat", 0.55))
    tag = low + front * 0.030 - way * 0.010
    faces, normals = ball(tag, (0.013, 0.004, 0.016), 12, 8)
    _add(mesh, faces, normals, (0.78, 0.70, 0.45), alone("throat", 0.5))
    x, y, z = low + front * 0.012
    return (float(x), float(y), float(z))


def leash(mesh: Mesh, colour: tuple[float, float, float]) -> None:
    """A strap of length 1 along y that sags by 1; its bone stretches it."""
    t = np.linspace(0.0, 1.0, 17)
    line = np.stack([np.zeros_like(t), t, -4.0 * t * (1.0 - t)], axis=-1)
    half = 0.5
    for x, up in ((half, 1.0), (-half, -1.0)):
        off = np.asarray((x, 0.0, 0.0))
        rows = np.stack([line - off, line + off], axis=1)
        faces, _ = lattice(rows.astype(np.float32))
        normals = np.broadcast_to(np.asarray((0.0, 0.0, up), np.float32), faces.shape)
        _add(mesh, faces, np.asarray(normals), colour, alone("leash", 0.03))
