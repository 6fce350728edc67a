"""Owns what is set into the shell of a car and onto it: lamps, plates, joints, mirrors, wheels.

All of it lies on the shell, wherever that runs. Knows neither paint nor where a car stands.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike

from vr_runtime.stage.models.city.bodywork import (
    ARCH_M,
    Grade,
    brow,
    cap,
    flank,
    flowing,
    heights,
)
from vr_runtime.stage.models.city.kinds import WHEEL_M, Kind
from vr_runtime.stage.models.mesh import Array, Colour, floats, normals_of
from vr_runtime.stage.models.shapes import ball, softened

Finish = Literal["matt", "enamel", "lens", "lamp"]
"""How a face takes light; a lamp is a lens that is lit while the car drives."""
_DARK: Colour = (0.055, 0.055, 0.06)
_BLACK: Colour = (0.12, 0.12, 0.125)
_RUBBER: Colour = (0.125, 0.125, 0.13)
_ALLOY: Colour = (0.62, 0.63, 0.65)
_CHROME: Colour = (0.88, 0.89, 0.90)
_WHITE: Colour = (0.97, 0.97, 0.94)
_RED: Colour = (0.62, 0.05, 0.05)
_MIRROR = floats([-1.0, 1.0, 1.0])


@dataclass(frozen=True)
class Piece:
    """Faces that are worn alike."""

    faces: Array
    colour: Colour | None
    """As displayed; none for what is painted as the car is."""
    finish: Finish = "matt"
    sky: float = 1.0
    normals: Array | None = None


def _sheet(grid: Array) -> Array:
    """Faces of a lattice (along, up, 3), seen from where `along` runs to the right."""
    a, b = grid[:-1], grid[1:]
    return floats(np.stack([a[:, :-1], b[:, :-1], b[:, 1:], a[:, 1:]], axis=2).reshape(-1, 4, 3))


def _mirrored(faces: Array) -> Array:
    return (faces * _MIRROR)[:, ::-1]


def _both(faces: Array) -> Array:
    return np.concatenate([faces, _mirrored(faces)])


def _end(
    kind: Kind,
    way: float,
    s: ArrayLike,
    low: ArrayLike,
    high: ArrayLike,
    *,
    off: float = 0.012,
) -> Array:
    """A sheet on nose or tail between two lines over `s`."""
    around = np.asarray(s, dtype=float)
    ups = [np.broadcast_to(np.asarray(z, dtype=float), around.shape) for z in (low, high)]
    grid = cap(kind, np.stack([around] * 2, 1), np.stack(ups, 1), way, off)
    faces = _sheet(grid)
    return faces[:, ::-1] if way > 0 else faces


def _line(points: Sequence[tuple[float, float]], wide: float) -> Array:
    """The two edges of a line through points of a plane: (K, 2, 2)."""
    path = np.asarray(points, dtype=float)
    way = np.gradient(path, axis=0)
    way /= np.linalg.norm(way, axis=1, keepdims=True)
    aside = np.stack([-way[:, 1], way[:, 0]], axis=1) * (0.5 * wide)
    return floats(np.stack([path - aside, path + aside], axis=1))


def _joint(kind: Kind, points: Sequence[tuple[float, float]], wide: float = 0.010) -> Array:
    """A dark line along either flank through points (y, z)."""
    edges = _line(points, wide)
    grid = flank(kind, edges[..., 0], edges[..., 1], 0.007)
    faces = _sheet(grid)
    out = normals_of(faces)[:, :1, :1] >= 0.0
    return _both(np.where(out, faces, faces[:, ::-1]))


def _gap(kind: Kind, s: float, low: float, high: float) -> Array:
    """An upright line on the tail."""
    up = np.linspace(low, high, 5)
    grid = cap(kind, [[s - 0.006, s + 0.006]] * 5, np.stack([up, up], 1), -1.0, 0.012)
    return _sheet(grid)[:, ::-1]


def _spot(kind: Kind, s: float, z: float, radius: float, off: float, sides: int = 8) -> Array:
    """A round spot on the nose, as fans of two corners each."""
    turn = np.linspace(0.0, 2 * np.pi, sides + 1)
    rim = cap(kind, s - radius * np.cos(turn), z + radius * np.sin(turn), 1.0, off)
    middle = np.broadcast_to(cap(kind, [s], [z], 1.0, off), (sides // 2, 3))
    return floats(np.stack([middle, rim[:-1:2], rim[1::2], rim[2::2]], axis=1))


@cache
def lamps(kind: Kind, grade: Grade) -> tuple[Piece, ...]:
    """What is lit before and behind."""
    steps = 6 if grade.small == 2 else 4 if grade.small else 2
    top = kind.belt[-1][1]
    found = []
    s = np.linspace(0.42, 0.93, steps)
    part = (s - s[0]) / (s[-1] - s[0])
    low, high = top - 0.135 + 0.035 * part**2, top - 0.022 + 0.045 * part
    if not grade.small:
        found.append(Piece(_both(_end(kind, 1.0, s, low, high)), (0.72, 0.73, 0.74), "lens"))
    else:
        found.append(Piece(_both(_end(kind, 1.0, s, low, high)), (0.13, 0.135, 0.145), "lens"))
        line = _end(kind, 1.0, s, low + 0.008, low + 0.030, off=0.016)
        found.append(Piece(_both(line), _WHITE, "lamp"))
    if grade.small == 2:
        for at, radius in ((0.53, 0.034), (0.64, 0.038)):
            bowl = _both(_spot(kind, at, top - 0.062, radius, 0.024))
            bulb = _both(_spot(kind, at, top - 0.062, 0.5 * radius, 0.028))
            found += [Piece(bowl, _CHROME, "lamp"), Piece(bulb, (0.30, 0.32, 0.35), "lens")]
    elif grade.small:
        bowl = _spot(kind, 0.58, top - 0.062, 0.040, 0.026, sides=6)
        found.append(Piece(_both(bowl), _CHROME, "lamp"))
    top = kind.belt[0][1]
    if kind.rear is None:
        s, low, high = (
            np.linspace(0.62, 0.78, steps),
            np.full(steps, top - 0.28),
            np.full(steps, top),
        )
    else:
        s = np.linspace(0.47, 0.97, steps)
        part = (s - s[0]) / (s[-1] - s[0])
        low, high = top - 0.185 + 0.03 * part, top - 0.03 + 0.02 * part
    found.append(Piece(_both(_end(kind, -1.0, s, low, high)), (0.42, 0.035, 0.04), "lens"))
    if grade.small:
        middle = 0.5 * (low + high)
        line = _end(kind, -1.0, s, middle + 0.012, middle + 0.045, off=0.016)
        found.append(Piece(_both(line), (0.85, 0.09, 0.07), "lamp"))
        clear = _end(kind, -1.0, s[:2], low[:2] + 0.012, middle[:2] - 0.012, off=0.017)
        found.append(Piece(_both(clear), (0.72, 0.70, 0.68), "lens"))
    return tuple(found)


@cache
def plates(kind: Kind, grade: Grade) -> tuple[Piece, ...]:
    """Plates with their marks, the openings of the nose, and the doors of a tail that is a wall."""
    found = []
    top = kind.belt[-1][1]
    nose, tail = kind.ends[1] + 0.008, kind.ends[0] - 0.004
    if not grade.small:
        for y in (nose, tail):
            found.append(Piece(_plate(-0.26, 0.26, y, 0.40, 0.51), (0.90, 0.90, 0.87)))
        return tuple(found)
    wide = np.linspace(-0.40, 0.40, 5)
    found.append(Piece(_end(kind, 1.0, wide, top - 0.128, top - 0.052), _DARK, sky=0.6))
    low = np.linspace(-0.52, 0.52, 5)
    inset = np.abs(low) ** 2 * 0.10
    found.append(Piece(_end(kind, 1.0, low, 0.285 + inset, 0.395 + 0.0 * low), _DARK, sky=0.5))
    found.append(Piece(_end(kind, -1.0, low, 0.27 + inset, 0.36 + 0.0 * low), _BLACK, sky=0.5))
    if kind.rear is None:
        foot = kind.belt[0][1]
        pane = _end(kind, -1.0, np.linspace(0.07, 0.50, 3), foot + 0.12, foot + 0.56)
        found.append(Piece(_both(pane), (0.07, 0.075, 0.085), "lens"))
        found.append(Piece(_gap(kind, 0.0, 0.76, foot + 0.70), _DARK, sky=0.5))
    if grade.small == 2:
        for k in (0.28, 0.62):
            z = top - 0.128 + 0.076 * k
            slat = _end(kind, 1.0, wide, z, z + 0.009, off=0.018)
            found.append(Piece(slat, _CHROME, "lens"))
        found.append(Piece(_spot(kind, 0.0, top - 0.080, 0.032, 0.022), _CHROME, "lens"))
        for side in (-0.44, 0.44):
            fog = _spot(kind, side, 0.355, 0.028, 0.018)
            found.append(Piece(fog, (0.55, 0.56, 0.58), "lens"))
        seam = np.linspace(-0.80, 0.80, 7)
        for way in (1.0, -1.0):
            line = _end(kind, way, seam, 0.545 + 0.0 * seam, 0.553 + 0.0 * seam, off=0.009)
            found.append(Piece(line, _DARK, sky=0.6))
    rear_z = 0.56 if kind.rear is not None else 0.62
    for y, z in ((nose, 0.42), (_tail_y(kind, rear_z) - 0.012, rear_z)):
        found.append(Piece(_plate(-0.26, 0.26, y, z, z + 0.11), (0.93, 0.93, 0.90)))
        if grade.small < 2:
            continue
        way = 1.0 if y > 0 else -1.0
        for side in (-0.26, 0.225):
            band = _plate(side, side + 0.035, y + 0.002 * way, z, z + 0.11)
            found.append(Piece(band, (0.10, 0.20, 0.55)))
        marks = [_plate(x, x + 0.030, y + 0.002 * way, z + 0.025, z + 0.085) for x in _MARKS]
        found.append(Piece(np.concatenate(marks), (0.10, 0.10, 0.11)))
    return tuple(found)


_MARKS = (-0.185, -0.140, -0.075, -0.030, 0.015, 0.080, 0.125)
"""Where the letters of a plate begin: two, three, two."""


def _tail_y(kind: Kind, z: float) -> float:
    return float(cap(kind, [0.0], [z], -1.0, 0.0)[0, 1])


def _plate(x0: float, x1: float, y: float, low: float, high: float) -> Array:
    """An upright face across the car, seen from behind where y < 0, else from the front."""
    face = floats([(x0, y, low), (x1, y, low), (x1, y, high), (x0, y, high)])
    return face[None] if y < 0 else face[None, ::-1]


@cache
def joints(kind: Kind, grade: Grade) -> tuple[Piece, ...]:
    """Gaps around doors, bonnet and tailgate, and handles."""
    (back, front), middle = kind.waist
    lines = []
    for y in (front, middle, back):
        foot = 0.345
        for axle in kind.axles:
            inside = (ARCH_M + 0.02) ** 2 - (y - axle) ** 2
            if inside > 0.0:
                foot = max(foot, WHEEL_M + inside**0.5)
        if len(kind.windows) == 1 and y == back:
            continue
        bends = [float(z) for z in heights(kind, y) if z > foot + 0.03]
        if grade.small < 2:
            bends = [bends[-4], bends[-2], bends[-1]]
        bends[-1] -= 0.006
        lines.append(_joint(kind, [(y, foot), *((y, z) for z in bends)]))
    # along the sill between the arches, and no farther forward than the doors
    from_y, to_y = kind.axles[0] + ARCH_M + 0.05, kind.axles[1] - ARCH_M - 0.05
    sill = np.linspace(max(back, from_y), min(front, to_y), 3)
    lines.append(_joint(kind, [(float(y), 0.347) for y in sill]))
    found = [Piece(np.concatenate(lines), _DARK, sky=0.5)]
    for hinge in (middle, back) if len(kind.windows) > 1 else (middle,):
        found += _handle(kind, hinge, fine=grade.small == 2)
    if grade.small < 2:
        return tuple(found)
    if kind.rear is not None:
        gap = _gap(kind, 0.46, 0.56, kind.belt[0][1] - 0.01)
        found.append(Piece(_both(gap), _DARK, sky=0.5))
    # the bonnet's edges run from the windscreen's corners to the nose
    along = np.linspace(kind.front[1] + 0.10, kind.ends[1] - 0.14, 6)
    x = 0.74 - 0.10 * np.linspace(0.0, 1.0, 6) ** 2
    edge = np.stack([brow(kind, x, along, 0.004), brow(kind, x - 0.011, along, 0.004)], axis=1)
    found.append(Piece(_both(_upwards(_sheet(edge))), _DARK, sky=0.5))
    flap = kind.axles[0] - 0.22
    z = float(flowing(kind.belt, flap)) - 0.14
    round_flap = [
        (flap + 0.068 * np.cos(t), z + 0.068 * np.sin(t)) for t in np.linspace(0, 2 * np.pi, 11)
    ]
    one = _joint(kind, round_flap, 0.007)
    found.append(Piece(one[: len(one) // 2], _DARK, sky=0.5))
    return tuple(found)


def _handle(kind: Kind, hinge: float, *, fine: bool) -> list[Piece]:
    """A grip before its hollow, beside the rear edge of a door."""
    at, z = hinge + 0.09, float(flowing(kind.belt, hinge)) - 0.115
    low, high = (z - 0.022, z + 0.030) if fine else (z - 0.006, z + 0.018)
    hollow = flank(kind, [[at, at], [at + 0.13, at + 0.13]], [[low, high]] * 2, 0.008)
    found = [Piece(_both(_sheet(hollow)), _DARK, sky=0.5)]
    if not fine:
        return found
    ends = floats([at - 0.01, at + 0.02, at + 0.12, at + 0.15])
    out = floats([0.006, 0.032, 0.032, 0.006])
    rows = [
        flank(kind, ends, np.full(4, z + up)) + out[:, None] * floats([share, 0.0, 0.0])
        for up, share in ((-0.008, 0.6), (0.006, 1.0), (0.020, 0.8))
    ]
    return [*found, Piece(_both(_sheet(np.stack(rows, axis=1))), None, "enamel")]


def _upwards(faces: Array) -> Array:
    up = normals_of(faces)[:, :1, 2:] >= 0.0
    return floats(np.where(up, faces, faces[:, ::-1]))


@cache
def extras(kind: Kind, grade: Grade) -> tuple[Piece, ...]:
    """Mirrors, wipers that lie on the glass, rails along the roof."""
    found = []
    y = kind.front[1] - 0.22
    z = float(flowing(kind.belt, y)) + 0.055
    x = float(flank(kind, y, z - 0.055)[0])
    around, rings = (8, 5) if grade.small == 2 else (5, 3)
    head = _both(_mirror_head((x + 0.115, y, z), around, rings))
    found.append(Piece(head, None, "enamel", normals=softened(head, 50.0)))
    stalk = floats(
        [
            [(x, y - 0.03, z - 0.05), (x + 0.08, y - 0.03, z - 0.03)],
            [(x, y + 0.04, z - 0.05), (x + 0.08, y + 0.03, z - 0.03)],
        ]
    )
    found.append(Piece(_both(_upwards(_sheet(stalk))), _BLACK))
    if grade.small == 2:
        top, base = kind.front
        # two arms, both laid down towards the driver's side
        for start, end in ((0.10, -0.50), (0.58, 0.03)):
            share = np.linspace(0.0, 1.0, 7)
            along = start + (end - start) * share
            up = base - 0.02 - (base - top) * (0.015 + 0.085 * np.sin(share * np.pi * 0.6))
            arm = np.stack([_on_top(kind, along, up), _on_top(kind, along, up - 0.022)], axis=1)
            found.append(Piece(_upwards(_sheet(arm)), _DARK, sky=0.8))
        across = np.linspace(-0.72, 0.72, 9)
        cowl = np.stack(
            [
                _on_top(kind, across, np.full(9, base + 0.055)),
                _on_top(kind, across, np.full(9, base + 0.004)),
            ],
            axis=1,
        )
        found.append(Piece(_upwards(_sheet(cowl)), _BLACK, sky=0.7))
    if kind.rails:
        start, end = kind.windows[0][0] + 0.25, kind.front[0] - 0.25
        y_rail = np.linspace(start, end, 5)
        foot = brow(kind, np.full(5, kind.half_roof - 0.07), y_rail, 0.0)
        arc = 0.030 * np.minimum(1.0, 4.0 * np.minimum(np.linspace(0, 1, 5), np.linspace(1, 0, 5)))
        high = foot + np.stack([np.zeros(5), np.zeros(5), arc], -1)
        aside = floats([0.016, 0.0, 0.0])
        rail = np.stack([foot + aside, high + aside, high - aside, foot - aside], axis=1)
        found.append(Piece(_both(_sheet(rail)), (0.30, 0.31, 0.32), "enamel"))
    return tuple(found)


def _mirror_head(middle: tuple[float, float, float], around: int, rings: int) -> Array:
    """Round before, flat behind, and rather a box than a ball."""
    unit, _ = ball((0.0, 0.0, 0.0), 1.0, around, rings)
    square = np.sign(unit) * np.abs(unit) ** 0.62
    square[..., 1] = np.maximum(square[..., 1], -0.25)
    return floats(square * floats([0.105, 0.085, 0.068]) + floats(middle))


def _on_top(kind: Kind, x: ArrayLike, y: ArrayLike) -> Array:
    """Points just before the windscreen, left of the middle too."""
    return brow(kind, x, y, 0.014)


def _turned_about(profile: Sequence[tuple[float, float]], sides: int) -> Array:
    """Faces of what turns about the axle: radius and x at each step outwards; seen from x."""
    turn = np.arange(sides + 1) * 2 * np.pi / sides
    grid = np.stack(
        [
            np.stack([np.full(sides + 1, x), r * np.cos(turn), r * np.sin(turn)], -1)
            for r, x in profile
        ],
        axis=1,
    )
    a, b = grid[:-1], grid[1:]
    return floats(np.stack([a[:, :-1], a[:, 1:], b[:, 1:], b[:, :-1]], axis=2).reshape(-1, 4, 3))


def _round(radius: float, x: float, corners: int) -> Array:
    """A disc with an even number of corners, in as few faces as it takes."""
    turn = (np.arange(corners) + 0.5) * 2 * np.pi / corners
    rim = np.stack([np.full(corners, x), radius * np.cos(turn), radius * np.sin(turn)], -1)
    last = corners - 1
    return floats([rim[[k, k + 1, last - k - 1, last - k]] for k in range(corners // 2 - 1)])


@cache
def wheel(grade: Grade, *, rolling: bool) -> tuple[Piece, ...]:
    """A right wheel about the origin of its axle; the spokes of one that rolls are a blur."""
    if not grade.small:
        # no arch is cut for it: it lies on the flank
        tyre, rim = _round(WHEEL_M, 0.895, grade.sides), _round(0.215, 0.899, 6)
        return (Piece(tyre, _RUBBER, sky=0.8), Piece(rim, (0.34, 0.345, 0.355), sky=0.8))
    fine = grade.small == 2
    wall = [(0.240, 0.864), (0.285, 0.876), (0.323, 0.856), (WHEEL_M, 0.665)]
    if not fine:
        wall = [(0.235, 0.870), (0.322, 0.868), (WHEEL_M, 0.665)]
    tyre = _turned_about(wall, grade.sides)
    found = [Piece(tyre, _RUBBER, sky=0.75, normals=softened(tyre, 60.0))]
    if not fine:
        tone: Colour = (0.36, 0.365, 0.375) if rolling else (0.30, 0.305, 0.31)
        found.append(
            Piece(_turned_about([(0.0, 0.84), (0.240, 0.872)], grade.sides), tone, "enamel")
        )
        return tuple(found)
    lip = _turned_about([(0.218, 0.845), (0.240, 0.866)], grade.sides)
    found.append(Piece(lip, _ALLOY, "enamel", sky=0.9, normals=softened(lip, 60.0)))
    if rolling:
        for (inner, a), (outer, b), tone in (
            ((0.0, 0.852), (0.085, 0.848), (0.46, 0.47, 0.49)),
            ((0.085, 0.848), (0.222, 0.840), (0.33, 0.335, 0.345)),
        ):
            band = _turned_about([(inner, a), (outer, b)], grade.sides)
            found.append(Piece(band, tone, "enamel", sky=0.8, normals=softened(band, 60.0)))
        return tuple(found)
    dish = _turned_about([(0.0, 0.790), (0.224, 0.800)], grade.sides)
    found.append(Piece(dish, (0.10, 0.10, 0.105), sky=0.5))
    spokes = []
    for k in range(5):
        a = 2 * np.pi * (k + 0.25) / 5
        along, aside = floats([0, np.cos(a), np.sin(a)]), floats([0, -np.sin(a), np.cos(a)])
        hub, rim = floats([0.850, 0, 0]), floats([0.842, 0, 0])
        edge = [
            hub + 0.02 * along + 0.030 * aside,
            rim + 0.225 * along + 0.036 * aside,
            rim + 0.225 * along - 0.036 * aside,
            hub + 0.02 * along - 0.030 * aside,
        ]
        spokes.append(floats(edge))
        if fine:
            deep = floats([-0.035, 0.0, 0.0])
            for p, q in ((edge[1], edge[0]), (edge[3], edge[2])):
                spokes.append(floats([p, q, q + deep, p + deep]))
    faces = floats(spokes)
    turned = normals_of(faces)[:, :1, :1] < -0.5
    faces = np.where(turned, faces[:, ::-1], faces)
    found.append(Piece(floats(faces), _ALLOY, "enamel", sky=0.9))
    if fine:
        hub = _turned_about([(0.0, 0.858), (0.05, 0.852)], 8)
        found.append(Piece(hub, (0.35, 0.355, 0.365), "enamel"))
    return tuple(found)


@cache
def arch(sides: int) -> Array:
    """The inside of a right wheel arch, about the axle, around and behind the wheel."""
    radius = ARCH_M + 0.02
    turn = np.linspace(0.0, np.pi, 1 + sides // 3)
    way = np.stack([np.zeros(len(turn)), np.cos(turn), np.sin(turn)], -1) * radius
    hub, inner, outer = (
        np.add(way * share, (x, 0.0, 0.0)) for x, share in ((0.60, 0.0), (0.60, 1.0), (0.872, 1.0))
    )
    back = np.stack([hub[:-1], inner[:-1], inner[1:], hub[1:]], axis=1)
    quads = np.stack([inner[:-1], outer[:-1], outer[1:], inner[1:]], axis=1)
    return floats(np.concatenate([back, quads]))


@cache
def sign(kind: Kind) -> tuple[Piece, ...]:
    """A taxi's sign on the roof, its four letters to be read from before and from behind."""
    middle = kind.front[0] - 0.45
    z = float(brow(kind, 0.0, middle, 0.0)[2]) - 0.01
    half, deep, high = 0.24, 0.065, 0.135
    lower = floats([(half, deep), (-half, deep), (-half, -deep), (half, -deep)])
    upper = lower * floats([0.86, 0.55])
    low = [(*p, z) for p in lower.tolist()]
    top = [(*p, z + high) for p in upper.tolist()]
    box = [[low[k], low[(k + 1) % 4], top[(k + 1) % 4], top[k]] for k in range(4)]
    box.append(top)
    shifted = floats(box) + floats([0.0, middle, 0.0])
    ink: list[list[tuple[float, float]]] = []
    for start, strokes in zip((-0.185, -0.090, 0.015, 0.115), _LETTERS, strict=True):
        for (x0, z0), (x1, z1) in strokes:
            run = np.hypot(x1 - x0, z1 - z0)
            nx, nz = -(z1 - z0) / run * 0.009, (x1 - x0) / run * 0.009
            ink.append(
                [
                    (start + x0 - nx, z0 - nz),
                    (start + x1 - nx, z1 - nz),
                    (start + x1 + nx, z1 + nz),
                    (start + x0 + nx, z0 + nz),
                ]
            )
    flat = np.asarray(ink)
    # the sign's faces lean in: what is written lies just before them
    lean = deep - (deep - 0.55 * deep) * (flat[..., 1] + 0.02) / high + 0.004
    behind = np.stack([flat[..., 0], -lean + middle, flat[..., 1] + z + 0.02], -1)
    before = np.stack([-flat[..., 0], lean + middle, flat[..., 1] + z + 0.02], -1)
    written = floats(np.concatenate([behind, before]))
    return (
        Piece(shifted, (0.95, 0.94, 0.86), "lamp"),
        Piece(written, (0.10, 0.10, 0.11)),
    )


_Stroke = tuple[tuple[float, float], tuple[float, float]]
_LETTERS: tuple[tuple[_Stroke, ...], ...] = (
    (((0.0, 0.09), (0.08, 0.09)), ((0.04, 0.0), (0.04, 0.09))),
    (((0.0, 0.0), (0.04, 0.09)), ((0.04, 0.09), (0.08, 0.0)), ((0.02, 0.03), (0.06, 0.03))),
    (((0.0, 0.0), (0.07, 0.09)), ((0.0, 0.09), (0.07, 0.0))),
    (((0.03, 0.0), (0.03, 0.09)),),
)


def placed(pieces: Sequence[Piece], axle: float) -> list[Piece]:
    """A right wheel's pieces brought to an axle, on either side."""
    found = []
    hub = floats([0.0, axle, WHEEL_M])
    for piece in pieces:
        right = piece.faces + hub
        both = np.concatenate([right, _mirrored(right)])
        normals = piece.normals
        if normals is not None:
            normals = np.concatenate([normals, _mirrored(normals)])
        found.append(Piece(both, piece.colour, piece.finish, piece.sky, normals))
    return found
