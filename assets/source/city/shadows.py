"""Owns the map that says where sun and sky do not reach; knows nothing of geometry or shaders.

The sun of the shipped places stands still, so its shadow over a whole city is one picture: for
each spot the height up to which the sun is hidden there. Walls, roofs, crowns and cars all read it.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from vr_runtime.stage.look.lighting import SUN

from baking.pictures import write_heights, write_share

Heights = NDArray[np.float32]
LOWEST, SPAN = -2.0, 100.0
"""Heights that the map can hold, in metres."""


@dataclass
class Site:
    """A square of ground seen from above, with the height of what stands on it."""

    west: float
    south: float
    size: float
    """Metres along each side."""
    heights: Heights
    """Height in metres of the highest solid thing above each spot; rows from south to north."""
    leaves: Heights
    """Height in metres of the crowns of trees; they keep the sun off, and little of the sky."""
    lamplight: Heights
    """Light of street lamps on the ground, 0 to 1."""

    @classmethod
    def bare(cls, west: float, south: float, size: float, resolution: int) -> Site:
        """Bare ground."""
        heights, leaves, lamplight = np.zeros((3, resolution, resolution), dtype=np.float32)
        return cls(west, south, size, heights, leaves, lamplight)

    @property
    def texel(self) -> float:
        """Metres per spot."""
        return self.size / len(self.heights)

    def _columns(self, low: float, high: float, start: float) -> slice:
        count = len(self.heights)
        first = round((low - start) / self.texel)
        last = round((high - start) / self.texel)
        return slice(max(0, min(count, first)), max(0, min(count, last)))

    def raise_box(self, west: float, south: float, east: float, north: float, top: float) -> None:
        """Let something as high as `top` stand there."""
        part = self.heights[
            self._columns(south, north, self.south), self._columns(west, east, self.west)
        ]
        np.maximum(part, top, out=part)

    def light_lamp(self, x: float, y: float, up: float) -> None:
        """Let a street lamp hang `up` metres above the ground there.

        What falls on level ground from a point: cos^3 of the angle from straight below.
        """
        reach = 4.5 * up
        columns = self._columns(x - reach, x + reach, self.west)
        rows = self._columns(y - reach, y + reach, self.south)
        count = len(self.heights)
        side = (np.arange(count) + 0.5) * self.texel
        dx, dy = (self.west + side[columns] - x)[None, :], (self.south + side[rows] - y)[:, None]
        away = np.hypot(dx, dy) / up
        edge = np.clip(1.0 - away / 4.5, 0.0, 1.0)
        fallen = (0.9 * edge / (1.0 + away**2) ** 1.5).astype(np.float32)
        self.lamplight[rows, columns] += fallen

    def raise_crown(self, x: float, y: float, radius: float, top: float) -> None:
        """Let a round crown stand there, lower at its rim."""
        rows = self._columns(y - radius, y + radius, self.south)
        columns = self._columns(x - radius, x + radius, self.west)
        part = self.leaves[rows, columns]
        if part.size == 0:
            return
        ys = self.south + (np.arange(rows.start, rows.stop) + 0.5) * self.texel
        xs = self.west + (np.arange(columns.start, columns.stop) + 0.5) * self.texel
        east, north = xs[None, :] - x, ys[:, None] - y
        # no crown is a disc: its rim goes in and out
        turn = np.arctan2(north, east) + x + 2.0 * y
        rim = radius * (0.84 + 0.10 * np.sin(3.0 * turn) + 0.08 * np.sin(7.0 * turn + x))
        away = np.hypot(east, north) / rim
        dome = top - 0.55 * radius * away**2
        np.maximum(part, np.where(away < 1.0, dome, 0.0), out=part)

    def hidden(self) -> Heights:
        """For each spot the height below which the sun is hidden, in metres."""
        east, north, up = SUN
        flat = float(np.hypot(east, north))
        slope = up / flat
        highest = np.maximum(self.heights, self.leaves)
        farthest = float(highest.max()) / slope
        result = np.zeros_like(highest)
        away = 1.2 * self.texel
        while away < farthest:
            shift_x = round(away * east / flat / self.texel)
            shift_y = round(away * north / flat / self.texel)
            np.maximum(result, shifted(highest, shift_y, shift_x) - away * slope, out=result)
            away += self.texel * (1.0 if away < 20.0 else 2.0)
        # an edge of the raster is a staircase; drawn in by one spot and softened it is a line again
        drawn_in = result.copy()
        for rows, columns in ((0, 1), (0, -1), (1, 0), (-1, 0)):
            np.minimum(drawn_in, shifted(result, rows, columns), out=drawn_in)
        for axis in (0, 1):
            around = [np.roll(drawn_in, step, axis=axis) for step in (-2, -1, 0, 1, 2)]
            weights = (0.06, 0.24, 0.40, 0.24, 0.06)
            drawn_in = sum(
                (w * part for w, part in zip(weights, around, strict=True)),
                np.zeros_like(drawn_in),
            ).astype(np.float32)
        return drawn_in

    def openness(self) -> Heights:
        """For each spot how much of the sky it sees, 0 to 1, from what is highest there.

        Mean over directions of cos² of the height of the horizon (light of an even sky on level
        ground).
        """
        seen = np.zeros_like(self.heights)
        directions = 12
        for k in range(directions):
            turn = 2 * np.pi * k / directions
            steepest = np.zeros_like(self.heights)
            for away in (0.8, 1.6, 3.0, 5.0, 8.0, 12.0, 18.0, 28.0, 44.0):
                shift_x = round(away * np.cos(turn) / self.texel)
                shift_y = round(away * np.sin(turn) / self.texel)
                rise = (shifted(self.heights, shift_y, shift_x) - self.heights) / away
                np.maximum(steepest, rise, out=steepest)
            seen += 1.0 / (1.0 + steepest**2)
        # what the sky does not give, the lit houses around give back in part
        return np.asarray(0.30 + 0.70 * seen / directions, dtype=np.float32)

    def write(self, folder: Path, name: str) -> Maps:
        """Write the map made of this ground as two pictures below `folder`."""
        files = [f"{name}hidden.png", f"{name}open.jpg"]
        write_heights((self.hidden() - LOWEST) / SPAN, folder / files[0])
        write_share(self.openness(), folder / files[1])
        if self.lamplight.any():
            files.append(f"{name}lamps.jpg")
            write_share(np.clip(self.lamplight, 0.0, 1.0), folder / files[2])
        numbers = [self.west, self.south, 1.0 / self.size, 1.0 / self.size, LOWEST, SPAN]
        return Maps(files, numbers)


@dataclass(frozen=True)
class Maps:
    """The map of a place as it was written."""

    files: list[str]
    place: list[float]
    """West, south, 1 / width, 1 / depth, lowest height, span of heights."""

    def told(self, first: int) -> dict[str, object]:
        """What the runtime is told of it, its pictures being numbered from `first`."""
        return {"images": [first + n for n in range(len(self.files))], "place": self.place}


def shifted(heights: Heights, rows: int, columns: int) -> Heights:
    """What lies `rows` north and `columns` east of each spot; 0 outside of the map."""
    out = np.zeros_like(heights)
    count_y, count_x = heights.shape
    if abs(rows) >= count_y or abs(columns) >= count_x:
        return out
    to_y = slice(max(0, -rows), count_y - max(0, rows))
    to_x = slice(max(0, -columns), count_x - max(0, columns))
    from_y = slice(max(0, rows), count_y - max(0, -rows))
    from_x = slice(max(0, columns), count_x - max(0, -columns))
    out[to_y, to_x] = heights[from_y, from_x]
    return out
