"""Owns the pictures of leaves: a spray of small ones on its twig, and the face of a hedge.

A leaf is the ovate one of a lime or a hornbeam: pointed, with a rib and veins that run forward.
The fourth part of the spray is no mask but how far the edge of the leaves is: a half at the edge,
more within. Read between its pixels it gives a smooth edge however near it is seen.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from vr_runtime.stage.look.noise import Plane, smooth
from vr_runtime.stage.look.pictures import SIZE, Picture

_SOFT_PX = 4.0
"""Pixels beyond the edge over which the fourth part falls to nothing."""
_SHADE_PX = 7.0
"""So far the shadow of a leaf reaches over what lies below it."""
_MEAN = (0.385, 0.45, 0.265)
"""Colour where there is no leaf: what the smaller sizes of the picture blend in."""
_TWIG = (0.36, 0.31, 0.22)

_Where = tuple[NDArray[np.intp], NDArray[np.intp]]
"""Rows and columns of a part of the picture."""


@dataclass(frozen=True)
class _Leaf:
    """One leaf by its foot, where it points, and how it looks; lengths in pixels."""

    x: float
    y: float
    turn: float
    long: float
    wide: float
    """Half of its greatest width."""
    hue: NDArray[np.float64]
    bend: float


class _Canvas:
    """The picture while it is painted, from what lies lowest to what lies on top."""

    def __init__(self, ground: tuple[float, float, float]) -> None:
        self.colour = np.empty((SIZE, SIZE, 3), dtype=np.float32)
        self.colour[...] = ground
        self.edge = np.full((SIZE, SIZE), -99.0, dtype=np.float32)
        """Pixels from the nearest edge, positive within."""
        self._along = np.arange(SIZE, dtype=np.float32) + 0.5

    def window(self, x: float, y: float, reach: float) -> tuple[_Where, Plane, Plane]:
        """Rows and columns not farther than `reach` from a place, across the picture's borders."""
        dx = (self._along - x + SIZE / 2) % SIZE - SIZE / 2
        dy = (self._along - y + SIZE / 2) % SIZE - SIZE / 2
        rows, columns = np.flatnonzero(abs(dy) <= reach), np.flatnonzero(abs(dx) <= reach)
        return (rows[:, None], columns[None, :]), dx[columns][None, :], dy[rows][:, None]

    def lay(self, where: _Where, inside: Plane, colour: Plane, *, shade: float) -> None:
        """Paint what is `inside` pixels from its edge, and its shadow on what is already there."""
        below = self.colour[where]
        dark = 1.0 - shade * smooth(-_SHADE_PX, 1.0, inside)
        below = np.where(self.edge[where][..., None] > 0.0, below * dark[..., None], below)
        # where nothing is yet, the colour of the nearest runs on, for what is read at the edge
        shown = (inside > 0.0) | ((inside > self.edge[where]) & (inside > -_SOFT_PX - 2.0))
        cover = np.where(self.edge[where] > 0.0, smooth(-0.7, 0.7, inside), shown)[..., None]
        self.colour[where] = below + (colour - below) * cover
        self.edge[where] = np.maximum(self.edge[where], inside)

    def leaf(self, leaf: _Leaf, shade: float) -> None:
        """Paint one leaf."""
        reach = leaf.long + _SHADE_PX + 2.0
        where, dx, dy = self.window(leaf.x, leaf.y, reach)
        a = (dx * np.cos(leaf.turn) + dy * np.sin(leaf.turn)) / leaf.long
        b = -dx * np.sin(leaf.turn) + dy * np.cos(leaf.turn)
        b = b - leaf.bend * leaf.long * a * a
        # widest before its middle, drawn out to a point
        t = np.clip(a, 0.0, 1.0)
        half = leaf.wide * 2.35 * t**0.62 * (1.0 - t) ** 0.95
        teeth = 0.22 * np.sin(t * leaf.long * 1.5)
        beyond = np.where(a < 0.0, -a, np.maximum(a - 1.0, 0.0)) * leaf.long
        inside = (half + teeth - np.abs(b)) * 0.86 - beyond
        across = np.abs(b) / np.maximum(half, 1.0)
        rib = smooth(1.15, 0.35, np.abs(b)) * (1.0 - 0.6 * t)
        # veins leave the rib forward; between them the blade is arched
        vein = np.cos((t - 0.30 * across * leaf.wide / leaf.long * 2.0) * 2 * np.pi * 6.5)
        arch = 1.0 - 0.055 * smooth(0.35, 1.0, vein) * (across < 0.92)
        # each half of the blade is turned otherwise to the light
        side = 1.0 + 0.085 * np.sign(b) * smooth(0.0, 1.4, np.abs(b))
        rim = 1.0 + 0.07 * smooth(0.55, 1.0, across)
        value = arch * side * rim * (0.90 + 0.16 * t)
        colour = np.clip(leaf.hue * value[..., None], 0.0, 1.0)
        colour = colour + (np.asarray((0.62, 0.66, 0.40)) - colour) * (0.55 * rib)[..., None]
        self.lay(where, inside.astype(np.float32), colour.astype(np.float32), shade=shade)

    def twig(self, path: NDArray[np.float64], thick: float) -> None:
        """Paint a twig along points (K, 2), `thick` pixels at its foot and thinner to its end."""
        for k, (start, end) in enumerate(pairwise(path)):
            middle, step = (start + end) / 2, end - start
            long = float(np.hypot(*step))
            where, dx, dy = self.window(middle[0], middle[1], long / 2 + _SHADE_PX + thick)
            a = (dx * step[0] + dy * step[1]) / long
            b = (-dx * step[1] + dy * step[0]) / long
            half = 0.5 * thick * (1.0 - 0.65 * k / len(path))
            past = np.maximum(np.abs(a) - long / 2, 0.0)
            inside = half - np.hypot(b, past)
            round_ = (0.85 + 0.3 * b / max(half, 0.5)).clip(0.6, 1.2)
            colour = np.asarray(_TWIG) * round_[..., None]
            self.lay(where, inside.astype(np.float32), colour.astype(np.float32), shade=0.25)


def _hue(random: np.random.Generator, light: float) -> NDArray[np.float64]:
    """One leaf's own green: some bluish, some yellowish, a few near yellow."""
    warm = random.beta(2.0, 3.0)
    hue = np.asarray((0.415, 0.55, 0.315)) * (1 - warm) + np.asarray((0.57, 0.61, 0.32)) * warm
    return np.asarray(hue * light * random.uniform(0.88, 1.08))


def _shoots(random: np.random.Generator) -> Iterator[NDArray[np.float64]]:
    """The twig and its side shoots, each as points (K, 2) in pixels from its foot."""
    t = np.linspace(0.0, 1.0, 9)
    bow = random.uniform(9.0, 14.0)
    main = np.stack([SIZE / 2 + bow * np.sin(3.6 * t), 6.0 + 208.0 * t], axis=-1)
    yield main
    for k, at in enumerate(np.linspace(0.04, 0.88, 12)):
        foot = np.asarray([np.interp(at, t, main[:, axis]) for axis in (0, 1)])
        way = (1 if k % 2 else -1) * random.uniform(0.85, 1.10)
        # the spray fills a disc
        long = 108.0 * np.sqrt(max(0.10, 1.0 - (1.9 * at - 0.74) ** 2)) * random.uniform(0.84, 1.0)
        s = np.linspace(0.0, 1.0, 6)
        turn = way * (1.0 - 0.35 * s)
        steps = np.stack([np.sin(turn), np.cos(turn)], axis=-1) * long / 5.0
        yield foot + np.concatenate([np.zeros((1, 2)), np.cumsum(steps[:-1], axis=0)])


def _along(
    path: NDArray[np.float64], random: np.random.Generator, light: float, *, every: float
) -> Iterator[_Leaf]:
    """Leaves by turns left and right of a shoot, and one at its end."""
    steps = np.linalg.norm(np.diff(path, axis=0), axis=1)
    reach = np.concatenate([[0.0], np.cumsum(steps)])
    places = [*np.arange(0.22 * reach[-1] + 4.0, reach[-1] - 4.0, every), reach[-1]]
    for k, place in enumerate(places):
        x, y = (float(np.interp(place, reach, path[:, axis])) for axis in (0, 1))
        step = (
            path[min(np.searchsorted(reach, place), len(path) - 1)]
            - path[max(0, min(np.searchsorted(reach, place), len(path) - 1) - 1)]
        )
        ahead = float(np.arctan2(step[1], step[0]))
        last = k == len(places) - 1
        turn = 0.0 if last else (1 if k % 2 else -1) * random.uniform(0.65, 1.15)
        long = random.uniform(24.0, 33.0) * (1.08 if last else 1.0)
        hue = _hue(random, light * (1.06 if last else 1.0))
        wide = long * random.uniform(0.24, 0.31)
        yield _Leaf(x, y, ahead + turn, long, wide, hue, random.uniform(-0.12, 0.12))


def _spray() -> Picture:
    """A twig with all its leaves, seen against the sky."""
    random = np.random.default_rng(161)
    canvas = _Canvas(_MEAN)
    shoots = list(_shoots(random))
    for path in shoots:
        canvas.twig(path, 3.6 if path is shoots[0] else 2.2)
    for light, every, shade in ((0.74, 20.0, 0.20), (1.02, 14.0, 0.28)):
        order = [leaf for path in shoots for leaf in _along(path, random, light, every=every)]
        for number in random.permutation(len(order)):
            canvas.leaf(order[number], shade)
    picture = np.empty((SIZE, SIZE, 4), dtype=np.float32)
    picture[..., :3] = canvas.colour
    picture[..., 3] = 0.5 + canvas.edge / (2.0 * _SOFT_PX)
    # nothing reaches the border, or a card's edge would show as a line
    picture[[0, -1], :, 3] = picture[:, [0, -1], 3] = 0.0
    return np.clip(picture, 0.0, 1.0)


def _hedge() -> Picture:
    """The clipped face of a hedge: leaves in layers, dark between them, without a seam."""
    random = np.random.default_rng(171)
    canvas = _Canvas((0.16, 0.21, 0.10))
    canvas.edge[...] = 0.01
    count = 620
    for k in range(count):
        x, y = random.random(2) * SIZE
        long = random.uniform(21.0, 30.0)
        hue = _hue(random, 0.58 + 0.42 * k / count)
        turn = random.random() * 2 * np.pi
        canvas.leaf(_Leaf(x, y, turn, long, 0.30 * long, hue, random.uniform(-0.1, 0.1)), 0.30)
    picture = np.zeros((SIZE, SIZE, 4), dtype=np.float32)
    picture[..., :3] = canvas.colour
    return np.clip(picture, 0.0, 1.0)


LEAVES: Mapping[str, Callable[[], Picture]] = {"leaf": _spray, "hedge": _hedge}
"""How each picture of leaves is made."""
