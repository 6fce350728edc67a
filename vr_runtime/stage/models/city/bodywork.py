"""Owns the shell of a car as faces that flow into one another, and what of it is glass.

One lattice goes over the whole car: stations along it, and at each a profile from sill to sill.
Caps close it before and behind. `flank`, `brow` and `cap` say where on the shell a point lies, so
that lamps and joints lie on it. What is given is shared by all cars of a shape: nobody may write
into it. Knows neither paint nor wheels.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import Any, Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from vr_runtime.stage.models.city.kinds import HALF_W, WHEEL_M, Kind, Line
from vr_runtime.stage.models.mesh import Array, floats
from vr_runtime.stage.models.shapes import softened

ARCH_M, SILL_M = 0.385, 0.24
_CORNER = (0.15, 0.34)
"""How far the outline draws in at either end, and over which length of the car."""
_BOW_M, _WALL_BOW_M = 0.10, 0.03
"""How far the middle of nose and tail stands out before their corners, and that of a wall."""
_TRIM_Z = 0.325
"""Up to this height the shell is trim."""
_FOOT = 0.925
"""Where the windows stand, as a share of half the width."""
_CROWN_M, _TALL_M = 0.075, 0.44
"""How far a roof rises from its edges to its middle, and how tall windows usually are."""
_CREASE_DEG = 42.0
Reals = NDArray[np.floating[Any]]
Cover = Literal["paint", "trim", "post", "right", "left", "ahead", "behind"]
COVERS: tuple[Cover, ...] = ("paint", "trim", "post", "right", "left", "ahead", "behind")
"""What a face of the shell is: the last four are panes, by the side to which they look."""


@dataclass(frozen=True)
class Grade:
    """How much of a car is made out from so far."""

    columns: tuple[int, ...]
    """Which points of the whole profile are kept; see `_profile`."""
    arch: tuple[float, ...]
    """Stations around a wheel, as shares of the arch's radius."""
    corner: tuple[float, ...]
    """Stations at either end, in metres from it."""
    apart: float
    """The widest room between stations, in metres."""
    across: int
    """Faces from one side of nose and tail to the other."""
    sides: int
    """Corners of a wheel."""
    small: int
    """0 lamps and plates alone, 1 with mirrors, joints, posts, 2 with all that is small."""


NEAR = Grade(
    (0, 1, 2, 3, 4, 5, 6, 7, 8, 10, 11, 12, 13, 14),
    (-1.05, -1.0, -0.90, -0.62, -0.22, 0.22, 0.62, 0.90, 1.0, 1.05),
    (0.0, 0.03, 0.10, 0.22),
    0.45,
    4,
    14,
    2,
)
ACROSS = Grade(
    (0, 2, 4, 6, 7, 10, 11, 14),
    (-1.05, -1.0, -0.82, -0.34, 0.34, 0.82, 1.0, 1.05),
    (0.0, 0.06, 0.22),
    0.9,
    2,
    12,
    1,
)
FAR = Grade((0, 4, 7, 11, 14), (), (0.0, 0.2), 9.0, 1, 8, 0)


def flowing(line: Line, at: ArrayLike) -> Array:
    """Heights of a line at `at`, rounded, yet nowhere beyond its points (Fritsch, Carlson 1980)."""
    x, z = np.asarray(line, dtype=float).T
    wide = np.diff(x)
    steep = np.diff(z) / wide
    slope = np.zeros(len(x))
    slope[0], slope[-1] = steep[0], steep[-1]
    same = steep[:-1] * steep[1:] > 0.0
    a, b = 2 * wide[1:] + wide[:-1], wide[1:] + 2 * wide[:-1]
    with np.errstate(divide="ignore", invalid="ignore"):
        slope[1:-1] = np.where(same, (a + b) / (a / steep[:-1] + b / steep[1:]), 0.0)
    y = np.clip(np.asarray(at, dtype=float), x[0], x[-1])
    k = np.clip(np.searchsorted(x, y, side="right") - 1, 0, len(wide) - 1)
    t = (y - x[k]) / wide[k]
    rise = slope[k] * wide[k] * t * (1 - t) ** 2 - slope[k + 1] * wide[k] * t * t * (1 - t)
    return floats(z[k] + (z[k + 1] - z[k]) * t * t * (3 - 2 * t) + rise)


@cache
def _ridge(kind: Kind) -> Line:
    """The line over the middle, its screens all but straight."""
    more = []
    for span in (kind.front, kind.rear):
        if span is None:
            continue
        (a, b), (low, high) = span, np.interp(span, *np.transpose(kind.ridge))
        inner = [y for y, _ in kind.ridge if a < y < b]
        more += [
            (a + (b - a) * part, float(low + (high - low) * part) + 0.008)
            for part in (0.3, 0.7)
            if not inner
        ]
    return tuple(sorted((*kind.ridge, *more)))


def _bow(kind: Kind, way: float) -> float:
    """How far the middle of nose (1) or tail (-1) stands out before its corners."""
    return _WALL_BOW_M if way < 0 and kind.rear is None else _BOW_M


def _rings(kind: Kind) -> tuple[float, float]:
    """The first and last station: nose and tail bow out before them."""
    tail, nose = kind.ends
    return tail + _bow(kind, -1.0), nose - _bow(kind, 1.0)


def _drawn_in(kind: Kind, told: Reals) -> Array:
    """Where the corners of stations lie whose middle is at `told`."""
    tail, nose = kind.ends
    behind = np.clip(1.0 - (told - tail) / 0.4, 0.0, 1.0) ** 2
    before = np.clip(1.0 - (nose - told) / 0.4, 0.0, 1.0) ** 2
    return floats(told + _bow(kind, -1.0) * behind - _bow(kind, 1.0) * before)


def _station(kind: Kind, y: Reals) -> Array:
    """The stations whose corners lie at `y`."""
    told = np.linspace(*kind.ends, 400)
    return floats(np.interp(y, _drawn_in(kind, told), told))


def _half(kind: Kind, y: Reals) -> Array:
    tail, nose = _rings(kind)
    inwards, long = _CORNER
    end = np.minimum(y - tail, nose - y)
    part = np.clip(1.0 - end / long, 0.0, 1.0)
    middle = (2.0 * y - nose - tail) / (nose - tail)
    taper = 0.055 * np.clip(np.abs(middle) - 0.35, 0.0, 1.0) ** 2
    return floats(HALF_W - taper - inwards * (1.0 - np.sqrt(1.0 - part * part)))


def _profile(kind: Kind, at: ArrayLike, *, arched: bool = True) -> Array:
    """The right half of the shell at stations: (K, 15, 3), from below the sill to the middle.

    Stations are told by where their middle lies: towards the ends their corners stay behind.

    0 and 1 are the sill, to 6 the flank, 7 the foot of the windows, 8 to 10 the windows, 11 the
    edge of the roof or of the bonnet, 14 the middle.
    """
    told = np.asarray(at, dtype=float)
    belt, ridge = flowing(kind.belt, told), flowing(_ridge(kind), told)
    y = _drawn_in(kind, told)
    x, z = (np.zeros((len(y), 15)) for _ in range(2))
    half = _half(kind, y)
    x[:, :7], z[:, :7] = _wall(kind, told, half, belt, arched=arched)
    x[:, 7:], z[:, 7:] = _upper(kind, half, belt, ridge)
    out = np.zeros((len(y), 15, 3))
    out[..., 0], out[..., 2] = x, z
    out[..., 1] = y[:, None] + _bowed(kind, told, x, z)
    if kind.lean:
        back = kind.windows[0][0]
        by_window = np.exp(-(((y - back) / 0.22) ** 4))[:, None]
        up = np.clip((z - z[:, 7:8]) / _TALL_M, 0.0, 1.0)
        out[..., 1] += kind.lean * (by_window * up * floats([1.0] * 12 + [0.8, 0.35, 0.0]))
    return floats(out)


def _wall(
    kind: Kind, told: Reals, half: Reals, belt: Reals, *, arched: bool
) -> tuple[Array, Array]:
    """The flank from below the sill up: x and z of its seven points."""
    tail, nose = kind.ends
    y = _drawn_in(kind, told)
    near_end = np.clip(1.0 - np.minimum(told - tail, nose - told) / 0.4, 0.0, 1.0)
    low = SILL_M + 0.05 * near_end**3
    lip = np.zeros(len(y))
    for axle in kind.axles if arched else ():
        inside = np.maximum(ARCH_M**2 - (y - axle) ** 2, 0.0)
        within = np.abs(y - axle) < 1.02 * ARCH_M
        low = np.where(within, np.maximum(low, WHEEL_M + np.sqrt(inside)), low)
        lip = np.maximum(lip, np.exp(-(((y - axle) / 0.42) ** 6)))
    high = belt - low
    trim = np.clip(_TRIM_Z - low, 0.05 * high, high)
    # hollow below, a line that catches the light, and a shoulder that turns to the sky
    wide = floats([0.93, 0.982, 0.988, 0.980, 1.0, 0.985, 0.960])
    above_trim = floats([0.30, 0.66, 0.76, 0.93])
    x = half[:, None] * wide
    # arches stand out a little
    x[:, 1:4] += lip[:, None] * floats([0.016, 0.016, 0.012])
    z = np.stack([low, low + 0.03 * high, low + trim], axis=1)
    more = (low + trim)[:, None] + (high - trim)[:, None] * above_trim
    return floats(x), floats(np.concatenate([z, more], axis=1))


def _upper(kind: Kind, half: Reals, belt: Reals, ridge: Reals) -> tuple[Array, Array]:
    """What stands above the flank: x and z of its eight points, the windows' foot the first."""
    foot = half * _FOOT
    tall = np.maximum(ridge - belt - _CROWN_M, 0.0)
    part = np.minimum(tall / _TALL_M, 1.0)
    # windows lean in, and bulge a little
    edge = foot - 0.004 - max(HALF_W * _FOOT - kind.half_roof, 0.0) * part
    up = floats([0.05, 0.52, 0.94, 1.0])
    x = (foot - 0.004)[:, None] + (edge - foot + 0.004)[:, None] * up
    x += 0.020 * part[:, None] * np.sin(np.pi * up)
    z = belt[:, None] + tall[:, None] * up
    inwards = floats([0.91, 0.52, 0.0])
    over = z[:, 3:] + (ridge[:, None] - z[:, 3:]) * (1.0 - inwards**2.4)
    over[:, 0] += 0.012 * part
    xs = [foot[:, None], x, edge[:, None] * inwards]
    return floats(np.concatenate(xs, axis=1)), floats(
        np.concatenate([belt[:, None], z, over], axis=1)
    )


def _bowed(kind: Kind, told: Reals, x: Reals, z: Reals) -> Array:
    """How far points of stations near an end stand out from the corners."""
    tail, nose = kind.ends
    half = HALF_W - _CORNER[0] - 0.02
    middle = 1.0 - np.clip(np.abs(x) / half, 0.0, 1.0) ** 2
    out = np.zeros_like(x)
    for end, way in ((tail, -1.0), (nose, 1.0)):
        away = np.abs(told - end)[:, None]
        weight = np.clip(1.0 - away / 0.4, 0.0, 1.0) ** 2
        # the bumper stands out below; above it the face leans back
        lean = 0.045 * np.clip((z - 0.55) / 0.07, 0.0, 1.0)
        lean = lean + 0.04 * np.clip((0.36 - z) / 0.12, 0.0, 1.0)
        if kind.rear is None and way < 0:
            lean = 0.4 * lean + 0.08 * np.clip((z - kind.ridge[0][1]) / 0.12 + 1.0, 0.0, 1.0)
        leaning = lean * np.clip(1.0 - away / 0.25, 0.0, 1.0)
        out += way * (weight * _bow(kind, way) * middle - leaning)
    return floats(out)


def _stations(kind: Kind, grade: Grade) -> Array:
    tail, nose = kind.ends
    kept = {tail, nose}
    wanted = [end + way * d for end, way in ((tail, 1.0), (nose, -1.0)) for d in grade.corner]
    wanted += [*kind.front, *(kind.rear or ())]
    wanted += [axle + ARCH_M * share for axle in kind.axles for share in grade.arch]
    if grade.small:
        wanted += [edge for window in kind.windows for edge in window]
        wanted += [kind.front[1] + 0.07]
    if grade.small == 2:
        wanted += [0.5 * sum(kind.front), kind.front[0] - 0.22]
    if not grade.small:
        wanted += [kind.windows[0][0], kind.front[0] - 0.6]
    for y in wanted:
        if tail < y < nose and min(abs(y - k) for k in kept) > 0.015:
            kept.add(y)
    rows = sorted(kept)
    for a, b in pairwise(rows):
        more = int((b - a) / grade.apart)
        kept.update(a + (b - a) * k / (more + 1) for k in range(1, more + 1))
    return floats(sorted(kept))


@cache
def shell(kind: Kind, grade: Grade) -> tuple[Array, Array, Array]:
    """The shell: its faces, their normals, and for each its place in `COVERS`."""
    y = _stations(kind, grade)
    columns = list(grade.columns)
    right = _profile(kind, y, arched=bool(grade.arch))[:, columns]
    whole = np.concatenate([right, right[:, -2::-1] * floats([-1.0, 1.0, 1.0])], axis=1)
    a, b = whole[:-1], whole[1:]
    quads = np.stack([a[:, :-1], b[:, :-1], b[:, 1:], a[:, 1:]], axis=2).reshape(-1, 4, 3)
    middle = 0.5 * (y[1:] + y[:-1])
    covers = np.stack([_covers(kind, grade, float(m)) for m in middle]).reshape(-1)
    parts, kept = [quads], [covers]
    for ring, way in ((whole[0], -1.0), (whole[-1], 1.0)):
        cap = _cap(kind, ring, len(columns), way, grade.across)
        parts.append(cap)
        low = cap[..., 2].mean(axis=1) < _TRIM_Z
        kept.append(np.where(low, COVERS.index("trim"), 0))
    faces, cover = np.concatenate(parts), np.concatenate(kept)
    # where lines meet, as the windows' sides do below the windscreen, nothing is left of a face
    a, b = faces[:, 2] - faces[:, 0], faces[:, 3] - faces[:, 1]
    seen = np.linalg.norm(np.cross(a, b), axis=1) > 1e-6
    faces = floats(faces[seen])
    return faces, softened(faces, _CREASE_DEG), cover[seen]


def _covers(kind: Kind, grade: Grade, y: float) -> Array:
    """What the faces of one row are, from the right sill to the left one."""
    found: list[int] = []
    columns = grade.columns
    paned = any(a - 1e-4 < y < b + 1e-4 for a, b in kind.windows)
    if not grade.small:
        paned = kind.windows[0][0] < y < kind.front[1]
    between = kind.windows[0][0] < y < kind.front[1]
    for low, high in pairwise(columns):
        cover: Cover = "paint"
        if high <= 2:
            cover = "trim"
        elif low >= 7 and high <= (10 if grade.small else 11):
            cover = "right" if paned else "post" if between else "paint"
            if between and high == 8:
                cover = "post"
        elif low == 10 and between:
            cover = "post"
        elif low >= (12 if 12 in columns else 11):
            if kind.front[0] < y < kind.front[1]:
                cover = "ahead"
            elif kind.rear is not None and kind.rear[0] < y < kind.rear[1]:
                cover = "behind"
        found.append(COVERS.index(cover))
    left = [COVERS.index("left") if COVERS[c] == "right" else c for c in reversed(found)]
    return np.asarray(found + left)


def _cap(kind: Kind, ring: Array, count: int, way: float, across: int) -> Array:
    """What closes the shell: strips from the right half of its last ring to the left one."""
    right, left = ring[:count], ring[: count - 2 : -1]
    share = np.linspace(0.0, 1.0, across + 1)[:, None, None]
    grid = right + (left - right) * share
    flat = grid.reshape(-1, 3)
    told = np.full(len(flat), kind.ends[1] if way > 0 else kind.ends[0])
    bowed = _bowed(kind, told, flat[:, :1], flat[:, 2:])[:, 0]
    grid[..., 1] = (_drawn_in(kind, told) + bowed).reshape(grid.shape[:2])
    grid[0], grid[-1] = right, left
    a, b = grid[:-1], grid[1:]
    quads = np.stack([a[:, :-1], b[:, :-1], b[:, 1:], a[:, 1:]], axis=2).reshape(-1, 4, 3)
    return floats(quads if way > 0 else quads[:, ::-1])


def flank(kind: Kind, y: ArrayLike, z: ArrayLike, off: float = 0.004) -> Array:
    """Points on the right side of the shell, `off` metres before it."""
    at, up = np.broadcast_arrays(np.asarray(y, dtype=float), np.asarray(z, dtype=float))
    rows = _profile(kind, _station(kind, floats(at.reshape(-1))))[:, :12]
    x = [np.interp(h, row[:, 2], row[:, 0]) for h, row in zip(up.reshape(-1), rows, strict=True)]
    return floats(np.stack([np.reshape(x, at.shape) + off, at, up], axis=-1))


def heights(kind: Kind, y: float) -> Array:
    """Where a line up the flank bends, from sill to windows."""
    return floats(_profile(kind, _station(kind, floats([y])))[0, 2:8, 2])


def brow(kind: Kind, x: ArrayLike, y: ArrayLike, off: float = 0.006) -> Array:
    """Points on bonnet, windscreen, roof and boot, right of the middle, `off` metres above."""
    beside, at = np.broadcast_arrays(np.asarray(x, dtype=float), np.asarray(y, dtype=float))
    rows = _profile(kind, at.reshape(-1))[:, 7:]
    over = [
        (np.interp(s, row[::-1, 0], row[::-1, 1]), np.interp(s, row[::-1, 0], row[::-1, 2]))
        for s, row in zip(np.abs(beside).reshape(-1), rows, strict=True)
    ]
    placed = np.reshape(over, (*at.shape, 2))
    # before a steep screen rather than above it
    steep = (flowing(_ridge(kind), at + 0.02) - flowing(_ridge(kind), at - 0.02)) / 0.04
    placed = placed + off * np.stack([-np.clip(steep, -2.5, 2.5), np.ones(at.shape)], axis=-1)
    return floats(np.concatenate([beside[..., None], placed], axis=-1))


def cap(kind: Kind, s: ArrayLike, z: ArrayLike, way: float, off: float = 0.005) -> Array:
    """Points on nose (1) or tail (-1), `s` metres around from the middle to the right."""
    around, up = np.broadcast_arrays(np.asarray(s, dtype=float), np.asarray(z, dtype=float))
    tail, nose = _rings(kind)
    inwards, long = _CORNER
    end = nose if way > 0 else tail
    half = float(_half(kind, floats([end]))[0])
    flat_s, flat_z = around.reshape(-1), up.reshape(-1)
    turn = np.clip((np.abs(flat_s) - half) / (0.5 * (inwards + long)), 0.0, 1.3)
    told = _station(kind, floats(end - way * long * (1.0 - np.cos(turn))))
    rows = _profile(kind, told)[:, :8]
    x = np.asarray([np.interp(h, r[:, 2], r[:, 0]) for h, r in zip(flat_z, rows, strict=True)])
    x = np.where(turn > 0.0, x, np.minimum(np.abs(flat_s), x))
    y = _drawn_in(kind, told) + _bowed(kind, told, x[:, None], flat_z[:, None])[:, 0]
    placed = np.stack(
        [np.copysign(x + off * np.sin(turn), flat_s), y + way * off * np.cos(turn), flat_z], -1
    )
    return floats(placed.reshape(*around.shape, 3))
