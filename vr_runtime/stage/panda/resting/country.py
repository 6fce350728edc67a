"""Owns the country beyond the meadow as a picture all around: a wooded shore, ridges in haze.

Knows neither nodes nor programs. So far away both eyes see the same, so that a picture is as deep
as the thing itself, and its woods may be softer than faces could ever be.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from vr_runtime.stage.look.noise import Plane, clouded
from vr_runtime.stage.panda.land import LOW_SUN, REACH_M, height
from vr_runtime.stage.panda.resting.foliage import EYE, Wide

WIDE, HIGH = 6144, 224
LOW_M, TOP_M = -8.0, 29.0
"""Heights of the picture's lower and upper end on the wall, in metres."""
BRIGHTEST = 1.6
"""The picture holds square roots of linear light, as shares of this."""
STAMP = 96
HAZE_PER_M = 0.00068
GREENS = np.asarray(
    ((0.036, 0.068, 0.018), (0.050, 0.078, 0.020), (0.028, 0.058, 0.026), (0.062, 0.080, 0.024))
)
"""How much light leaves give back, from fresh to dark and to yellowish."""
MEADOW = np.asarray((0.095, 0.135, 0.042))
Heaven = Callable[[NDArray[Any]], Wide]


@dataclass(frozen=True)
class Light:
    """The light of the place, linear."""

    sun: Wide
    sky: Wide
    """What a level surface gets from the sky."""
    heaven: Heaven
    """Light of the sky in directions (..., 3)."""


@dataclass(frozen=True)
class _Ridge:
    """One range of hills."""

    far: float
    low: float
    """Elevation of its lowest saddles in degrees."""
    rise: float
    """Degrees that its tops stand above them."""
    seed: int
    waves: int
    """How many tops there are around, about."""


RIDGES = (
    _Ridge(2300.0, 3.0, 4.0, 5, 8),
    _Ridge(1200.0, 1.9, 3.0, 8, 13),
    _Ridge(600.0, 0.6, 2.2, 13, 16),
)


class _Painting:
    """The picture while it is painted, from what lies farthest to what lies nearest."""

    def __init__(self, light: Light) -> None:
        self.light = light
        self.turn = (np.arange(WIDE) + 0.5) / WIDE * 2 * np.pi - np.pi
        """Azimuth of each column: 0 ahead, to the right positive."""
        self.z = LOW_M + (np.arange(HIGH) + 0.5) / HIGH * (TOP_M - LOW_M)
        rise = (self.z - EYE[2]) / np.hypot(REACH_M, self.z - EYE[2])
        flat = np.sqrt(1.0 - rise**2)[:, None]
        self.ways = np.stack(
            [
                flat * np.sin(self.turn)[None],
                flat * np.cos(self.turn)[None],
                np.broadcast_to(np.maximum(rise, 0.0)[:, None] * 0.35 + 0.015, (HIGH, WIDE)),
            ],
            axis=-1,
        ).astype(np.float32)
        self.haze = light.heaven(self.ways).astype(np.float32)
        self.colour = self.haze.copy()
        self.cover = np.zeros((HIGH, WIDE), dtype=np.float32)
        across = np.asarray(LOW_SUN[:2]) / np.hypot(*LOW_SUN[:2])
        self.beside = np.cos(self.turn) * across[0] - np.sin(self.turn) * across[1]
        """How far to the right of each column the sun stands, -1 to 1."""
        self.ahead = np.sin(self.turn) * across[0] + np.cos(self.turn) * across[1]

    def packed(self) -> NDArray[np.uint8]:
        """Rows from below; blue first, as Panda3D keeps it; the fourth part where there is land."""
        shown = np.sqrt(np.clip(self.colour / BRIGHTEST, 0.0, 1.0))
        whole = np.concatenate([shown[..., ::-1], self.cover[..., None]], axis=-1)
        return np.asarray(np.clip(whole, 0.0, 1.0) * 255.0 + 0.5, dtype=np.uint8)


def country(light: Light) -> NDArray[np.uint8]:
    """The picture (HIGH, WIDE, 4), rows from below, its middle ahead of the patient."""
    painting = _Painting(light)
    random = np.random.default_rng(6)
    for ridge in RIDGES:
        _hills(painting, ridge)
    _meadows(painting)
    _woods(painting, random)
    return painting.packed()


def skyline(seed: int, waves: int) -> Wide:
    """A line around the horizon without beginning or end, about 0 to 1: long swells, few peaks."""
    random = np.random.default_rng(seed)
    turn = np.arange(WIDE) / WIDE * 2 * np.pi
    line = np.zeros(WIDE)
    for k in range(2, 5 * waves):
        strong = np.exp(-(((np.log(k) - np.log(waves * 0.6)) / 0.85) ** 2))
        line += strong * random.normal() * np.cos(k * turn + random.uniform(0, 2 * np.pi))
    line = (line - line.mean()) / line.std()
    return np.asarray(1.0 / (1.0 + np.exp(-1.0 * line)))


def _single(numbers: Wide) -> Plane:
    return np.asarray(numbers, dtype=np.float32)


def _tiled(size: int, slope: float, seed: int, per_row: float, per_column: float) -> Plane:
    """Noise laid over the whole picture, about -2 to 2, without a seam where it closes."""
    plane = clouded(size, slope, seed)
    across = np.arange(WIDE) * (round(WIDE * per_column / size) * size / WIDE)
    rows, columns = np.arange(HIGH) * per_row, across
    low_r, low_c = np.floor(rows).astype(int), np.floor(columns).astype(int)
    fr = (rows - low_r).astype(np.float32)[:, None]
    fc = (columns - low_c).astype(np.float32)[None]
    get = [
        plane[(low_r + a)[:, None] % size, (low_c + b)[None] % size] for a in (0, 1) for b in (0, 1)
    ]
    return np.asarray(
        (get[0] * (1 - fc) + get[1] * fc) * (1 - fr) + (get[2] * (1 - fc) + get[3] * fc) * fr
    )


def _hills(painting: _Painting, ridge: _Ridge) -> None:
    """One range: woods and pastures on its slopes, mist at its foot."""
    degrees = ridge.low + ridge.rise * skyline(ridge.seed, ridge.waves)
    top = EYE[2] + REACH_M * np.tan(np.radians(degrees))
    # treetops along its crest, as fine as they would be seen from here
    crest = np.random.default_rng(ridge.seed + 1).normal(size=WIDE)
    width = max(2, round(3000.0 / ridge.far) + 2)
    kernel = np.hanning(width + 2)[1:-1]
    crest = np.convolve(np.pad(crest, width, "wrap"), kernel / kernel.sum(), "same")[width:-width]
    top = top + crest / crest.std() * min(0.30, 130.0 / ridge.far)
    row_m = (TOP_M - LOW_M) / HIGH
    cover = np.clip((top[None] - painting.z[:, None]) / row_m + 0.5, 0.0, 1.0)
    patches = _tiled(256, 1.7, ridge.seed + 2, 0.9, 0.24)
    fine = _tiled(256, 0.7, ridge.seed + 3, 1.4, 0.9)
    wooded = np.clip(0.55 + 1.3 * patches, 0.0, 1.0)[..., None]
    # slopes that face the sun are lighter
    slope = np.gradient(np.convolve(np.pad(top, 60, "wrap"), np.ones(61) / 61, "same")[60:-60])
    lit = np.clip(0.52 - 2.6 * slope * np.sign(painting.beside), 0.15, 1.0)[None, :, None]
    leafy = np.float32(1.0) + np.float32(0.22) * fine[..., None]
    base = _single(MEADOW) * (1 - wooded) + _single(GREENS[2]) * leafy * wooded
    light = painting.light
    body = base * _single(light.sun * 0.62 * lit + light.sky)
    depth = np.clip((top[None] - painting.z[:, None]) / 14.0, 0.0, 1.0)
    lost = 1.0 - np.exp2(-ridge.far * HAZE_PER_M * (0.75 + 0.45 * depth))
    lost = _single(np.minimum(0.93, lost))[..., None]
    body = body * (1 - lost) + painting.haze * lost
    share = _single(cover)[..., None]
    painting.colour += (body - painting.colour) * share
    painting.cover = np.maximum(painting.cover, cover.astype(np.float32))


def _meadows(painting: _Painting) -> None:
    """Level land from the wall's foot to where the hills begin."""
    foot = height(REACH_M * np.sin(painting.turn), REACH_M * np.cos(painting.turn))
    below = np.minimum(painting.z[:, None] - EYE[2], -0.35)
    far = np.clip(REACH_M * (foot[None] - EYE[2]) / below, REACH_M * 0.9, 900.0)
    patches = _tiled(256, 1.6, 77, 6.0, 0.30)
    light = painting.light
    body = MEADOW * (1.0 + 0.16 * patches[..., None]) * (light.sun * 0.40 + light.sky)
    lost = (1.0 - np.exp2(-far * HAZE_PER_M * 1.3))[..., None]
    body = body * (1 - lost) + painting.haze * lost
    cover = np.clip((EYE[2] - 1.2 - painting.z[:, None]) / 0.5, 0.0, 1.0)
    painting.colour += (body - painting.colour) * cover[..., None]
    painting.cover = np.maximum(painting.cover, np.broadcast_to(cover, painting.cover.shape))


def _stamp(random: np.random.Generator, slim: float, ragged: float) -> Image.Image:
    """One tree seen from afar, lit from the left: how lit, how open, cover; rows from below."""
    side = (np.arange(STAMP) + 0.5) / STAMP
    u, v = np.meshgrid(side, side)
    lit, sky, cover = (np.zeros((STAMP, STAMP), dtype=np.float32) for _ in range(3))
    count = 90
    # from the back of the crown to its front
    depth = np.sort(random.uniform(-1.0, 1.0, count))
    for z in depth:
        turn, out = random.uniform(0, 2 * np.pi), np.sqrt(random.random() * (1.0 - z * z))
        x, y = out * np.cos(turn), out * np.sin(turn)
        waist = 1.0 - 0.30 * slim * (y + 0.2)
        cx, cy = 0.5 + 0.36 * x * waist, 0.54 + 0.36 * y
        wide = random.uniform(0.055, 0.105) * (1.0 - 0.3 * slim)
        away = np.hypot((u - cx) / wide, (v - cy) / (0.85 * wide))
        away = away + ragged * random.normal(0.0, 0.22, away.shape)
        share = np.clip((1.0 - away) * 3.0 + 0.5, 0.0, 1.0)
        bend_x, bend_y = 0.55 * x + 0.5 * (u - cx) / wide, 0.55 * y + 0.5 * (v - cy) / wide
        here = np.clip(0.36 - 0.48 * bend_x + 0.30 * bend_y + 0.12 * z, 0.0, 1.0)
        up = np.clip(0.58 + 0.30 * bend_y + 0.12 * z, 0.15, 1.0)
        lit += (here - lit) * share
        sky += (up - sky) * share
        cover = np.maximum(cover, share)
    # low boughs and shrubs hide the foot
    foot = np.clip(1.0 - np.hypot((u - 0.5) / 0.30, (v - 0.10) / 0.16), 0.0, 1.0) * 4.0
    share = np.clip(foot, 0.0, 1.0) * (cover < 0.5)
    lit += (0.10 - lit) * share
    sky += (0.30 - sky) * share
    cover = np.maximum(cover, share)
    parts = np.stack([lit, sky, cover], axis=-1)
    return Image.fromarray((np.clip(parts, 0.0, 1.0) * 255.0 + 0.5).astype(np.uint8))


def _woods(painting: _Painting, random: np.random.Generator) -> None:
    """Trees in groves, from far to near; along the lake they stand closest."""
    stamps = [_stamp(random, slim, 1.0) for slim in (0.0, 0.2, 0.5, 0.9, 0.1, 0.6, 0.3, 1.0)]
    count = 2300
    far = REACH_M + 2.0 + 420.0 * random.random(count) ** 2.1
    turn = random.uniform(-np.pi, np.pi, count)
    dense = 0.62 * skyline(41, 9) + 0.55 * skyline(42, 26)
    place = ((turn + np.pi) / (2 * np.pi) * WIDE).astype(int) % WIDE
    kept = random.random(count) < np.clip(2.4 * (dense[place] - 0.40) + 0.10, 0.03, 1.0)
    far, turn = far[kept], turn[kept]
    for k in np.argsort(-far):
        tall = random.uniform(5.0, 13.5) * (0.75 + 0.5 * dense[place[kept][k]])
        _tree(
            painting,
            random,
            stamps[random.integers(len(stamps))],
            float(far[k]),
            float(turn[k]),
            tall,
        )
    # shrubs at their feet, so that no edge is straight
    for _ in range(900):
        turn_one = float(random.uniform(-np.pi, np.pi))
        where = int((turn_one + np.pi) / (2 * np.pi) * WIDE) % WIDE
        if random.random() < dense[where] + 0.1:
            out = REACH_M + float(random.uniform(0.5, 14.0))
            _tree(painting, random, stamps[0], out, turn_one, float(random.uniform(1.2, 3.2)))


def _tree(
    painting: _Painting,
    random: np.random.Generator,
    stamp: Image.Image,
    far: float,
    turn: float,
    tall: float,
) -> None:
    """Paint one, `tall` metres high and `far` metres away."""
    near = min(far, REACH_M)
    ground = float(height(near * np.sin(turn), near * np.cos(turn)))
    share = REACH_M / far
    row_m, column_m = (TOP_M - LOW_M) / HIGH, 2 * np.pi * REACH_M / WIDE
    base = EYE[2] + (ground - 0.05 * tall - EYE[2]) * share
    rows = max(2, round(tall * share / row_m))
    wide = max(2, round(tall * random.uniform(0.72, 1.05) * share / column_m))
    low = round((base - LOW_M) / row_m)
    if low < 0 or low + rows > HIGH:
        return
    left = round((turn + np.pi) / (2 * np.pi) * WIDE - wide / 2)
    columns = np.arange(left, left + wide) % WIDE
    small = np.asarray(stamp.resize((wide, rows), Image.Resampling.BOX), dtype=np.float32) / 255.0
    lit, sky, cover = small[..., 0], small[..., 1], small[..., 2]
    middle = columns[wide // 2]
    if painting.beside[middle] > 0.0:
        lit, sky, cover = lit[:, ::-1], sky[:, ::-1], cover[:, ::-1]
    # before the sun a crown is dark but for its rim; with the sun behind the eye it is all lit
    lit = np.clip(lit - 0.22 * painting.ahead[middle], 0.0, 1.0)
    green = GREENS[random.integers(len(GREENS))] * random.uniform(0.8, 1.15)
    light = painting.light
    body = green * (light.sun * (1.25 * lit[..., None]) + light.sky * (1.05 * sky[..., None]))
    where = (slice(low, low + rows), columns)
    mist = 0.16 * np.exp(-(np.arange(rows) * row_m / share) / 2.5)[:, None]
    lost = np.clip(1.0 - np.exp2(-far * HAZE_PER_M) + mist, 0.0, 0.95)[..., None]
    body = body * (1 - lost) + painting.haze[where] * lost
    painting.colour[where] += (body - painting.colour[where]) * cover[..., None]
    painting.cover[where] = np.maximum(painting.cover[where], cover)
