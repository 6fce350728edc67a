"""Owns the relief of the cliffs: beds of rock one below the other, how far each stands out.

Hard beds are steep and broken into blocks by joints; the soft ones between them have weathered
back below the edge of the bed above and lie as rubble on the ledge of the next. All is told by
`out`, metres from the rim towards the middle of the gorge, and by `down`, metres below the rim.
Knows neither light nor colour.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from vr_runtime.stage.models.gorge.banks import level
from vr_runtime.stage.models.gorge.plan import MADE_DEEP, Wide, apart, eased, noise

DEEP = MADE_DEEP["cliffs"]
_PROFILE = ((0.0, 0.2), (14.0, 0.9), (30.0, 2.3), (48.0, 4.4), (62.0, 6.4), (DEEP + 4, 12.8))
"""How far out the cliffs stand on the whole, by depth."""
_STEP_M = 1.9
"""From row to row of points on a steep face."""


@dataclass(frozen=True)
class Band:
    """Part of a side between two edges that are seen as such: (rows, columns) each."""

    down: Wide
    out: Wide
    hard: bool
    tone: float
    """How pale its rock is, about -1 to 1."""
    turf: float = 0.0
    """Share that is grown over: 1 for the turf at the rim."""


@dataclass(frozen=True)
class _Joints:
    """Where a bed is parted along x, how far each piece stands out, and how it is turned."""

    at: Wide
    out: Wide
    turned: Wide

    def __call__(self, x: Wide, bulge: float) -> Wide:
        piece = np.clip(np.searchsorted(self.at, x) - 1, 0, len(self.out) - 1)
        start, end = self.at[piece], self.at[piece + 1]
        part = np.clip((x - start) / (end - start), 0.0, 1.0)
        # the joint itself is a groove
        groove = np.minimum(np.minimum(part, 1.0 - part) * (end - start), 0.5) / 0.5
        faced = self.turned[piece] * (part - 0.5) * (end - start)
        return np.asarray(self.out[piece] + faced - bulge * (1.0 - groove) ** 2)


def _joints(random: np.random.Generator, least: float, most: float, apart_m: float) -> _Joints:
    at = np.cumsum(random.uniform(least, most, round(640.0 / (0.5 * (least + most))))) - 318.0
    pieces = len(at) - 1
    return _Joints(at, random.normal(0.0, apart_m, pieces), random.normal(0.0, 0.16, pieces))


def waver(x: Wide, *, far: bool) -> Wide:
    """How much lower than elsewhere the beds lie at x: they dip, and are a little bent."""
    seed = 36 if far else 26
    return np.asarray(np.clip(0.035 * x, -3.0, 3.0) + 0.9 * noise(x / 18.0, x * 0 + 3.0, seed))


def bands(x: Wide, *, far: bool) -> Iterator[Band]:
    """All bands of a side from the rim down, at places x (columns)."""
    random = np.random.default_rng(37 if far else 27)
    bent = waver(x, far=far) * eased(0.0, 9.0, np.abs(x) + 4.0)
    quiet = 0.35 + 0.65 * eased(2.0, 11.0, np.abs(x))
    pillars = _joints(random, 4.0, 11.0, 0.8)
    rim_up = level(x, 0.0 * x)
    turf = _turf(x, rim_up, far=far)
    yield turf
    down, roof, heel = turf.down[-1], turf.out[-1], turf.out[-1] - 0.05
    top, number = 1.1, 0
    while top < DEEP:
        thick = float(random.choice((2.4, 3.6, 5.2, 7.5), p=(0.25, 0.3, 0.3, 0.15)))
        soft = float(random.uniform(0.6, 1.5))
        foot = top + thick
        if number % 3 == 2:
            pillars = _joints(random, 4.0, 11.0, 0.6 + 0.5 * min(1.0, top / 20.0))
        blocks = _joints(random, 1.4, 5.0, 0.42)
        step = float(random.normal(0.0, 0.35))
        shift = bent * eased(0.0, 8.0, top) - rim_up * (1.0 - eased(0.0, 7.0, top))
        # the edge of a bed is broken out here and there
        chip = 0.55 * np.clip(noise(x / 0.9, x * 0 + 7.0 * number, 48) - 0.2, 0.0, 1.4) * quiet
        lip = np.interp(top, *np.transpose(_PROFILE)) + step
        lip = lip + quiet * (pillars(x, 0.6) + blocks(x, 0.30))
        lip = lip + quiet * 0.45 * noise(x / 5.0, x * 0 + 2.0 * number, 41 + far)
        if top < 4.0:
            lip = lip * (1.0 - 0.8 * (1.0 - eased(2.0, 5.0, np.abs(x))))
        tone = float(random.uniform(-1.0, 1.0))
        rows = max(3, round(thick / (_STEP_M if top < 40.0 else 1.4 * _STEP_M)) + 1)
        part = np.concatenate([[0.0], np.linspace(0.16, 1.0, rows - 1)])[:, None]
        rough = 0.28 * noise(x[None] / 0.8, part * thick / 1.1 + 31.0 * number, 43, slope=0.9)
        face = lip[None] + 0.05 * thick * part + quiet * rough * (part > 0.0)
        # wherever the rim rises or falls, its edge lies below what is above it
        sunk = np.maximum(down + 0.15 - top - shift - chip, 0.0)
        depth = top + thick * part + shift[None] + chip[None] * (1.0 - part) ** 2
        depth = depth + sunk[None]
        # from the heel of the bed above, over rubble, to this bed's edge
        yield _ledge(random, x, (down, roof, heel), (depth[0], face[0]), tone, number)
        yield Band(depth, face, True, tone)
        # the soft bed below has weathered back: the hard one overhangs it a little
        recess = (0.25 + 0.55 * random.random()) * (0.6 + 0.4 * noise(x / 3.0, x * 0 + number, 44))
        heel = face[-1] - np.maximum(recess, 0.05)
        down, roof = depth[-1], face[-1]
        top = foot + soft
        number += 1


def _turf(x: Wide, rim_up: Wide, *, far: bool) -> Band:
    """Turf that hangs over the edge, and the bare earth below it."""
    hang = apart(x) * (0.22 + 0.14 * noise(x / 1.3, x * 0, 45 + far)) + 0.06
    down = np.stack([0.0 * x + 0.06, 0.0 * x + 0.10, 0.30 + 0.6 * hang, 0.55 + 0.3 * hang]) - rim_up
    out = np.stack([0.0 * x - 0.7, 0.0 * x + 0.1, 0.2 + hang, 0.0 * x + 0.02])
    return Band(down, out, False, 0.0, turf=1.0)


def _ledge(
    random: np.random.Generator,
    x: Wide,
    above: tuple[Wide, Wide, Wide],
    below: tuple[Wide, Wide],
    tone: float,
    number: int,
) -> Band:
    """A soft bed below the roof of a hard one, and its rubble, out to the edge of the next."""
    (down, roof, heel), (edge, lip) = above, below
    high = np.maximum(edge - down, 0.2)
    deep = np.maximum(lip - heel, 0.0)
    # rubble lies as steep as it can, or fills the soft bed up to its roof
    rubble = np.minimum(0.62 * deep, 0.8 * high)
    rubble = np.minimum(rubble, np.maximum(edge - down - 0.12, 0.0))
    start = edge - rubble
    chance = 0.12 * noise(x / 1.1, x * 0 + 5.0 * number, 46)
    under = heel + 0.05 * high + chance * np.minimum(high, 1.0)
    depth = np.stack([down, start, edge - 0.35 * rubble, edge])
    middle = heel + (0.55 + 0.1 * random.random()) * (lip - heel)
    out = np.stack([roof, np.minimum(under, lip), middle, lip])
    return Band(depth, out, False, tone)
