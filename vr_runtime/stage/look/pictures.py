"""Owns the seamless pictures of walls, ground and stuffs; knows neither shaders nor geometry.

Each picture is `SIZE` squared, four parts from 0 to 1: colour as displayed, and how glossy it is.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np
from numpy.typing import NDArray

from vr_runtime.stage.look.noise import Plane, clouded, smooth

SIZE = 256
Picture = NDArray[np.float32]
Colour = tuple[float, float, float]


def coloured(value: Plane, tint: Colour, gloss: float | Plane = 0.0) -> Picture:
    """A picture of one hue whose brightness is `value`."""
    picture = np.empty((SIZE, SIZE, 4), dtype=np.float32)
    picture[..., :3] = value[..., None] * np.asarray(tint, dtype=np.float32)
    picture[..., 3] = gloss
    return np.clip(picture, 0.0, 1.0)


def _grid() -> tuple[Plane, Plane]:
    along = (np.arange(SIZE, dtype=np.float32) + 0.5) / SIZE
    across = np.broadcast_to(along, (SIZE, SIZE))
    return across.astype(np.float32), across.T.astype(np.float32)


def _courses(
    columns: int, rows: int, joint_u: float, joint_v: float, seed: int, *, bond: float = 0.5
) -> tuple[Plane, Plane]:
    """Masonry: (1 on a block and 0 in a joint, each block's own chance from 0 to 1)."""
    u, v = _grid()
    row = np.floor(v * rows).astype(int)
    shifted = u * columns + bond * (row % 2)
    column = np.floor(shifted).astype(int) % columns
    chance = np.random.default_rng(seed).random((rows, columns))[row, column]
    du = (shifted % 1.0).astype(np.float32)
    dv = (v * rows) % 1.0
    edge_u = np.minimum(du, 1.0 - du) * (1.0 / columns)
    edge_v = np.minimum(dv, 1.0 - dv) * (1.0 / rows)
    solid = smooth(joint_u * 0.4, joint_u, edge_u) * smooth(joint_v * 0.4, joint_v, edge_v)
    return solid.astype(np.float32), chance.astype(np.float32)


def _plain() -> Picture:
    return coloured(np.ones((SIZE, SIZE), dtype=np.float32), (1.0, 1.0, 1.0))


def _concrete() -> Picture:
    value = 0.75 + 0.045 * clouded(SIZE, 1.6, 11) + 0.018 * clouded(SIZE, 0.2, 12)
    u, v = _grid()
    edge = np.minimum(np.minimum(u, 1 - u), np.minimum(v, 1 - v))
    value = value * (0.86 + 0.14 * smooth(0.0, 0.008, edge))
    pits = smooth(2.3, 2.8, clouded(SIZE, 0.5, 13))
    return coloured(value - 0.12 * pits, (1.0, 0.99, 0.97))


def _plaster() -> Picture:
    streaks = clouded(SIZE, 1.5, 22, stretch=0.12)
    value = 0.83 + 0.020 * clouded(SIZE, 1.4, 21) + 0.018 * streaks + 0.012 * clouded(SIZE, 0, 23)
    return coloured(value, (1.0, 0.995, 0.98))


def _stone() -> Picture:
    solid, chance = _courses(4, 8, 0.004, 0.004, 31)
    value = 0.79 + 0.07 * (chance - 0.5) + 0.03 * clouded(SIZE, 1.5, 32)
    value = value + 0.012 * clouded(SIZE, 0.1, 33)
    return coloured(value * (0.72 + 0.28 * solid), (1.0, 0.975, 0.93))


def _brick() -> Picture:
    solid, chance = _courses(8, 24, 0.006, 0.007, 41)
    picture = np.empty((SIZE, SIZE, 4), dtype=np.float32)
    value = 0.92 + 0.34 * (chance - 0.5) + 0.05 * clouded(SIZE, 0.6, 42)
    body = value[..., None] * np.asarray((0.60, 0.43, 0.365), dtype=np.float32)
    warm = np.random.default_rng(43).random((1,))[0] * 0.02
    body[..., 0] += warm * chance
    joint = (0.66 + 0.03 * clouded(SIZE, 0.5, 44))[..., None] * np.asarray((1.0, 0.97, 0.92))
    picture[..., :3] = solid[..., None] * body + (1.0 - solid[..., None]) * joint
    picture[..., 3] = 0.0
    return np.clip(picture, 0.0, 1.0)


def _asphalt() -> Picture:
    grain = clouded(SIZE, 0.0, 51)
    value = 0.375 + 0.022 * clouded(SIZE, 1.5, 52) + 0.020 * grain
    value = value + 0.08 * smooth(2.2, 3.0, clouded(SIZE, 0.2, 53))
    return coloured(value, (1.0, 0.985, 0.96))


def _paving() -> Picture:
    solid, chance = _courses(4, 6, 0.003, 0.003, 61)
    value = 0.60 + 0.06 * (chance - 0.5) + 0.012 * clouded(SIZE, 1.0, 62)
    value = value + 0.016 * clouded(SIZE, 0, 63)
    spots = smooth(2.4, 2.7, clouded(SIZE, 0.8, 64))
    return coloured((value - 0.05 * spots) * (0.70 + 0.30 * solid), (1.0, 0.98, 0.95))


def _gravel() -> Picture:
    value = 0.50 + 0.05 * clouded(SIZE, 0.1, 71) + 0.010 * clouded(SIZE, 1.2, 72)
    return coloured(value, (1.0, 0.98, 0.95))


def _zinc() -> Picture:
    u, _ = _grid()
    seam = np.abs(((u * 3.0) % 1.0) - 0.5) * 2.0
    ridge = smooth(0.93, 0.98, seam)
    value = 0.46 + 0.03 * clouded(SIZE, 1.6, 81, stretch=0.3) + 0.09 * ridge
    value = value - 0.16 * smooth(0.86, 0.93, seam) * (1 - ridge)
    return coloured(value, (0.95, 0.98, 1.02), 0.10)


def _wood() -> Picture:
    u, v = _grid()
    boards = 8
    board = np.floor(v * boards).astype(int)
    chance = np.random.default_rng(91).random(boards)[board].astype(np.float32)
    gap = np.minimum((v * boards) % 1.0, 1.0 - (v * boards) % 1.0)
    grain = clouded(SIZE, 0.9, 92, stretch=9.0) * 0.045 + clouded(SIZE, 1.6, 93, stretch=5.0) * 0.03
    value = 0.90 + 0.22 * (chance - 0.5) + grain
    ends = np.abs(((u + chance * 0.9) % 1.0) - 0.5) * 2.0
    value = (
        value * (0.5 + 0.5 * smooth(0.03, 0.07, gap)) * (1.0 - 0.45 * smooth(0.988, 0.996, ends))
    )
    return coloured(value, (0.66, 0.50, 0.36), 0.04)


def _grass() -> Picture:
    blades = clouded(SIZE, 0.25, 101, stretch=0.5)
    patches = clouded(SIZE, 1.7, 102)
    picture = coloured(0.80 + 0.12 * blades + 0.008 * patches, (0.43, 0.53, 0.25))
    picture[..., 0] += 0.004 * patches
    return np.clip(picture, 0.0, 1.0)


def _fabric() -> Picture:
    u, v = _grid()
    weave = np.sin(u * 2 * np.pi * 32) * np.sin(v * 2 * np.pi * 32)
    return coloured(0.90 + 0.05 * weave + 0.02 * clouded(SIZE, 0.6, 111), (1.0, 1.0, 1.0))


def _steel() -> Picture:
    brushed = clouded(SIZE, 0.35, 121, stretch=14.0)
    return coloured(0.74 + 0.025 * brushed, (0.97, 0.99, 1.0), 0.34)


def _brushed() -> Picture:
    """Steel as a cabin wears it: deep streaks among fine ones, drawn out along the picture."""
    fine = clouded(SIZE, 0.15, 181, stretch=26.0)
    deep = np.clip(clouded(SIZE, 0.5, 182, stretch=40.0), -2.2, 2.2)
    worn = clouded(SIZE, 1.6, 183, stretch=3.0)
    value = 0.74 + 0.030 * fine + 0.026 * deep + 0.008 * worn
    return coloured(value, (0.97, 0.99, 1.0), 0.20)


def _tile() -> Picture:
    solid, chance = _courses(4, 4, 0.006, 0.006, 131, bond=0.0)
    value = 0.84 + 0.05 * (chance - 0.5) + 0.015 * clouded(SIZE, 1.5, 132)
    return coloured(value * (0.78 + 0.22 * solid), (1.0, 0.99, 0.97), 0.12 * solid)


def _soil() -> Picture:
    value = 0.50 + 0.08 * clouded(SIZE, 0.6, 141) + 0.05 * clouded(SIZE, 1.6, 142)
    return coloured(value, (0.75, 0.62, 0.50))


def _broken(u: Plane, v: Plane, count: int, wide: float, seed: int) -> Plane:
    """Heights of `count` broken faces, `wide` times as long as high, each tilted by chance."""
    random = np.random.default_rng(seed)
    best = np.full((SIZE, SIZE), 99.0, dtype=np.float32)
    high = np.zeros((SIZE, SIZE), dtype=np.float32)
    for x, y in random.random((count, 2)):
        dx, dy = (u - x + 0.5) % 1.0 - 0.5, (v - y + 0.5) % 1.0 - 0.5
        away = np.abs(dx) / wide + np.abs(dy)
        tilt, nod, out = random.normal(size=3)
        faced = (tilt * dx / wide + nod * dy) * count**0.5 + 0.5 * out
        nearer = away < best
        best, high = np.where(nearer, away, best), np.where(nearer, faced, high)
    return np.asarray(high, dtype=np.float32)


def _rock() -> Picture:
    """Limestone in thin beds, broken along them and across.

    The light of its small relief is painted on it, from above and from the left: seen from some
    metres off, what is lit so reads as cracked stone and not as cloth.
    """
    u, v = _grid()
    bent = 0.020 * clouded(SIZE, 1.9, 162, stretch=2.5)
    u = u + 0.018 * clouded(SIZE, 1.6, 161)
    v = v + bent + 0.005 * clouded(SIZE, 1.6, 170)
    high = 2.4 * _broken(u, v, 26, 2.0, 172) + 1.2 * _broken(u, v, 120, 2.6, 173)
    high = high + 0.55 * _broken(u, v, 420, 1.6, 174)
    # beds, and the seams between them, that open and close
    beds = clouded(SIZE, 1.1, 163)[:, :1]
    row = (((v % 1.0) * SIZE).astype(int)) % SIZE
    bed = beds[row, 0]
    parted = smooth(0.8, 1.5, np.abs(bed - np.roll(bed, -2, axis=0)))
    parted = parted * smooth(-0.6, 0.9, clouded(SIZE, 1.6, 164))
    upright = smooth(0.030, 0.0, np.abs(clouded(SIZE, 1.7, 165, stretch=0.30)))
    upright = upright * smooth(0.2, 1.2, clouded(SIZE, 1.7, 175, stretch=0.5))
    dark = np.maximum(parted, upright)
    high = high + 0.3 * bed - 1.5 * dark + 1.1 * clouded(SIZE, 1.6, 176)
    facing_up = high - np.roll(high, -1, axis=0)
    facing_left = high - np.roll(high, 1, axis=1)
    lit = np.clip(0.12 * facing_up + 0.085 * facing_left, -0.26, 0.20)
    grain = 0.018 * clouded(SIZE, 0.2, 166) + 0.040 * clouded(SIZE, 1.3, 167)
    value = 0.67 + lit + grain + 0.020 * bed - 0.17 * dark
    picture = coloured(value, (1.0, 0.985, 0.955))
    picture[..., 2] -= 0.012 * clouded(SIZE, 1.7, 171)
    return np.clip(picture, 0.0, 1.0)


def _smudge() -> Picture:
    value = 0.35 + 0.14 * clouded(SIZE, 1.5, 151) + 0.08 * clouded(SIZE, 0.9, 152, stretch=0.15)
    return coloured(np.clip(value, 0, 1).astype(np.float32), (1.0, 1.0, 1.0))


STUFFS: Mapping[str, Callable[[], Picture]] = {
    "plain": _plain,
    "concrete": _concrete,
    "plaster": _plaster,
    "stone": _stone,
    "brick": _brick,
    "asphalt": _asphalt,
    "paving": _paving,
    "gravel": _gravel,
    "zinc": _zinc,
    "wood": _wood,
    "grass": _grass,
    "fabric": _fabric,
    "steel": _steel,
    "tile": _tile,
    "soil": _soil,
    "smudge": _smudge,
    "rock": _rock,
    "brushed": _brushed,
}
"""How each picture that is neither leaves, window, shop nor facade is made."""
