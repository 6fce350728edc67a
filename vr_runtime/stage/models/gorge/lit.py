"""Owns how much sun and sky reach the cliffs: worked out on their own relief, once, for one sun.

Rays are followed over both sides of the gorge as they lie on a fine lattice; the bridges, which lie
level with the rims, throw a shadow of their own.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from vr_runtime.stage.look.weather import SUN
from vr_runtime.stage.models.gorge.beds import DEEP, Band
from vr_runtime.stage.models.gorge.plan import SPAN, Wide, eased, rims

_CELL_M = 0.2
"""Height of a cell of the lattice over which rays run."""
_RAY = np.concatenate([np.arange(0.3, 6.0, 0.3), np.geomspace(6.0, 110.0, 26)])
"""Metres along a ray at which it is asked whether rock is in its way."""
_AROUND, _OUT_M = 12, (0.35, 0.8, 1.7, 3.4, 7.0)
_DECK_HALF_M, _DECK_THICK = 0.85, 0.62
"""Half the width of a bridge's shadow, and how much of the sun it takes: its deck is open work."""


@dataclass(frozen=True)
class Relief:
    """Where across (y) the rock of both sides lies, over x and depth."""

    x: Wide
    near: Wide
    far: Wide
    """(columns, cells downward) each."""

    def at(self, side: Wide, x: Wide, down: Wide) -> Wide:
        """Where across a side lies at places (x, down)."""
        column = np.interp(x, self.x, np.arange(len(self.x)))
        cell = np.clip(down / _CELL_M, 0.0, side.shape[1] - 1.001)
        i = np.minimum(column.astype(int), len(self.x) - 2)
        j = cell.astype(int)
        f, g = column - i, cell - j
        upper = side[i, j] * (1 - f) + side[i + 1, j] * f
        lower = side[i, j + 1] * (1 - f) + side[i + 1, j + 1] * f
        return np.asarray(upper * (1 - g) + lower * g)


def relief(x: Wide, near: list[Band], far: list[Band]) -> Relief:
    """The relief of two sides given at columns x."""
    cells = np.arange(0.0, DEEP, _CELL_M)
    rim_near, rim_far = rims(x)
    sides = []
    for side in (near, far):
        down = np.concatenate([band.down for band in side])
        out = np.concatenate([band.out for band in side])
        laid = [np.interp(cells, down[:, k], out[:, k]) for k in range(len(x))]
        sides.append(np.stack(laid))
    return Relief(x, rim_near[:, None] + sides[0], rim_far[:, None] - sides[1])


def sunlit(over: Relief, points: Wide, normals: Wide) -> Wide:
    """How much of the sun reaches each point (..., 3), 0 to 1; past what is in its way alone."""
    start = points + 0.10 * normals
    free = np.full(points.shape[:-1], 9.0)
    for far in _RAY:
        x, y, z = (start[..., k] + SUN[k] * far for k in range(3))
        down = -z
        open_air = np.where(down < 0.15, 9.0, 0.0)
        past_far = over.at(over.far, x, down) - y
        past_near = y - over.at(over.near, x, down)
        # the farther away an edge is, the softer its shadow
        clear = np.minimum(past_far, past_near) / (0.10 + 0.045 * far)
        free = np.minimum(free, np.maximum(clear, open_air))
    rock = eased(-0.5, 0.6, free)
    return np.asarray(rock * (1.0 - _DECK_THICK * _below_deck(points)))


def _below_deck(points: Wide) -> Wide:
    rise = np.maximum(-points[..., 2], 0.0) / SUN[2]
    x = points[..., 0] + SUN[0] * rise
    y = points[..., 1] + SUN[1] * rise
    soft = 0.25 + 0.012 * rise
    inside = eased(_DECK_HALF_M + soft, _DECK_HALF_M - soft, np.abs(x))
    return np.asarray(inside * eased(-1.0, 0.5, y) * eased(SPAN + 1.5, SPAN, y) * (rise > 0.4))


def openness(over: Relief, points: Wide, *, far: bool) -> Wide:
    """How much light of the sky reaches each point, 0 to 1."""
    side = over.far if far else over.near
    towards = -1.0 if far else 1.0
    x, down = points[..., 0], -points[..., 2]
    own = over.at(side, x, down)
    seen, whole = np.zeros(x.shape), 0.0
    for turn in np.arange(_AROUND) * (2 * np.pi / _AROUND):
        across, up = np.cos(turn), np.sin(turn)
        steep = np.zeros(x.shape)
        for out in _OUT_M:
            there = over.at(side, x + across * out, down - up * out)
            rise = towards * (there - own) / out
            rise = np.where(down - up * out < 0.0, 0.0, rise)
            steep = np.maximum(steep, rise)
        # most of the light comes from above
        weight = 1.0 + 0.75 * up
        seen += weight * (1.0 - steep / np.sqrt(1.0 + steep * steep))
        whole += weight
    deep = np.interp(down, (0.0, 12.0, 40.0, DEEP), (0.98, 0.86, 0.62, 0.40))
    return np.asarray(np.clip((seen / whole) ** 1.25, 0.15, 1.0) * deep)


def turned_from_sun(normals: Wide, sun: Wide) -> Wide:
    """Normals that take so much less of the sun: where none arrives they stand across its rays."""
    towards = np.asarray(SUN)
    cosine = np.maximum((normals * towards).sum(-1), 0.0)
    lost = (cosine + 0.02) * (1.0 - sun) * (cosine > 0.0)
    bent = normals - lost[..., None] * towards
    return np.asarray(bent / np.maximum(np.linalg.norm(bent, axis=-1, keepdims=True), 1e-6))
