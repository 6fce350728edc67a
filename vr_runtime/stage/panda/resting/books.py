"""Owns books: each with a back of its own, in rows and in piles; knows no shelf."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from vr_runtime.stage.panda.resting.evening_plan import BOOKS, CREAM, RUST
from vr_runtime.stage.panda.resting.foliage import Wide
from vr_runtime.stage.panda.resting.furnisher import Furnisher, sheet

GILT = (0.86, 0.74, 0.46)
PAGES = (0.90, 0.84, 0.72)
INK = (0.20, 0.17, 0.15)


@dataclass(frozen=True)
class Row:
    """Where books stand side by side: their backs look along `out` from a line on a shelf."""

    start: Wide
    along: Wide
    out: Wide

    def at(self, across: float, forth: float, up: float) -> Wide:
        """A place on the row: along it, out of it and up, metres."""
        return self.start + across * self.along + forth * self.out + (0.0, 0.0, up)


class Quads:
    """Small flat faces, gathered so that their light is reckoned at once."""

    def __init__(self) -> None:
        self._faces: list[Sequence[Wide]] = []
        self._tints: list[ArrayLike] = []
        self._ways: list[Wide] = []

    def add(self, corners: Sequence[Wide], tint: ArrayLike, way: Wide) -> None:
        """One face with four corners that looks this way."""
        self._faces.append(corners)
        self._tints.append(np.clip(np.asarray(tint), 0.0, 1.0))
        self._ways.append(way)

    def into(self, room: Furnisher) -> None:
        """Add all of them to the room."""
        faces = np.asarray(self._faces, dtype=np.float32)
        ways = np.asarray(self._ways, dtype=np.float32)[:, None]
        tints = np.asarray(self._tints)[:, None]
        room.add(faces, "plain", tints, np.broadcast_to(ways, faces.shape))


def _book(
    quads: Quads,
    row: Row,
    across: float,
    size: tuple[float, float, float],
    tint: ArrayLike,
    kind: int,
    lean: float = 0.0,
) -> None:
    """One book upright: a back that bends a little, bands or a label on it, pages above.

    Args:
        quads: takes its faces.
        row: where it stands.
        across: metres from the start of the row to its foot.
        size: thickness, height and depth, metres.
        tint: of its cloth.
        kind: which of five ways its back is adorned.
        lean: radians by which it leans along the row.
    """
    thick, tall, deep = size
    c, s = np.cos(lean), np.sin(lean)

    def at(t: float, forth: float, up: float) -> Wide:
        return row.at(across + t * c + up * s, forth, up * c - t * s + max(0.0, thick * s))

    bend = 0.12 * thick
    for t0, t1, f0, f1, way in (
        (0.0, 0.28, deep - bend, deep, -0.55),
        (0.28, 0.72, deep, deep, 0.0),
        (0.72, 1.0, deep, deep - bend, 0.55),
    ):
        way_out = row.out + way * row.along
        grid = [
            at(t0 * thick, f0, 0.0),
            at(t1 * thick, f1, 0.0),
            at(t1 * thick, f1, tall),
            at(t0 * thick, f0, tall),
        ]
        quads.add(
            grid,
            np.asarray(tint) * (1.0 - 0.16 * abs(way)),
            way_out / np.linalg.norm(way_out),
        )
    rear = deep - bend
    west = [at(0, 0, 0), at(0, rear, 0), at(0, rear, tall), at(0, 0, tall)]
    east = [at(thick, rear, 0), at(thick, 0, 0), at(thick, 0, tall), at(thick, rear, tall)]
    top = [at(0, rear, tall), at(thick, rear, tall), at(thick, 0, tall), at(0, 0, tall)]
    quads.add(west, tint, -c * row.along)
    quads.add(east, tint, c * row.along)
    quads.add(top, PAGES, np.asarray((0.0, 0.0, 1.0)))
    marks: list[tuple[float, float, ArrayLike, float]] = []
    own = np.asarray(tint, dtype=float)
    dark = own.sum() < 1.75
    letters = GILT if dark else INK
    if kind == 0:
        marks = [(z, 0.006, letters, 0.86) for z in (0.12, 0.16, 0.84, 0.88)]
    elif kind == 1:
        marks = [(0.66, 0.22 * tall, CREAM if dark else RUST, 0.80), (0.70, 0.012, INK, 0.5)]
    elif kind == 2:
        marks = [(z, 0.009, 0.66 * own, 0.92) for z in (0.1, 0.3, 0.5, 0.7, 0.9)]
        marks.append((0.57, 0.016, letters, 0.5))
    elif kind == 3:
        marks = [(0.40, 0.42 * tall, letters, 0.16), (0.10, 0.008, letters, 0.6)]
    for low, high, ink, wide in marks:
        # never wider than the flat of the back
        z, edge = low * tall, 0.5 * (1.0 - min(wide, 0.44)) * thick
        grid = [
            at(edge, deep + 6e-4, z),
            at(thick - edge, deep + 6e-4, z),
            at(thick - edge, deep + 6e-4, min(z + high, tall)),
            at(edge, deep + 6e-4, min(z + high, tall)),
        ]
        quads.add(grid, ink, row.out)


def fill(
    quads: Quads,
    row: Row,
    start: float,
    end: float,
    tallest: float,
    random: np.random.Generator,
) -> None:
    """Books side by side from `start` to about `end` along the row; the last one leans on them."""
    at, leaning = start, random.random() < 0.8
    stop = end - (0.09 if leaning else 0.0)
    while at < stop - 0.02:
        # some belong together: the same height and cloth
        count = int(random.integers(2, 5)) if random.random() < 0.22 else 1
        thick, deep = random.uniform(0.017, 0.042), random.uniform(0.15, 0.20)
        tall = tallest * random.uniform(0.66, 0.97)
        tint = np.asarray(BOOKS[random.integers(len(BOOKS))]) * random.uniform(0.88, 1.08)
        kind = int(random.integers(5))
        for _ in range(count):
            if at + thick > stop:
                break
            _book(quads, row, at, (thick, tall, deep), np.minimum(tint, 1.0), kind)
            at += thick + 0.0015
    if leaning:
        thick, tall = random.uniform(0.018, 0.026), tallest * random.uniform(0.66, 0.78)
        tint = np.asarray(BOOKS[random.integers(len(BOOKS))])
        angle = float(random.uniform(0.13, 0.2))
        _book(
            quads,
            row,
            at + tall * np.sin(angle) + 0.002,
            (thick, tall, 0.16),
            tint,
            int(random.integers(5)),
            -angle,
        )


def pile(room: Furnisher, corner: Wide, tints: Sequence[Sequence[float]]) -> float:
    """Books that lie on one another, their backs to the south; the height of the pile, metres."""
    x, y, z = corner
    for number, tint in enumerate(tints):
        wide, deep, thick = (
            0.20 - 0.018 * number,
            0.145 - 0.008 * number,
            0.030 - 0.004 * (number % 2),
        )
        shift = 0.012 * (number % 2)
        low, high = (x + shift, y, z), (x + shift + wide, y + deep, z + thick)
        room.block((low, high), "plain", tint, 0.2)
        inner = (
            (low[0] - 4e-4, y + 0.006, z + 0.004),
            (high[0] + 6e-4, y + deep, z + thick - 0.004),
        )
        room.block(inner, "plain", PAGES, 0.3)
        mark = sheet((low[0] + 0.05, y - 6e-4, z + 0.3 * thick), (0.09, 0, 0), (0, 0, 0.4 * thick))
        room.add(mark, "plain", GILT if sum(tint) < 1.75 else INK)
        z += thick
    return float(z - corner[2])
