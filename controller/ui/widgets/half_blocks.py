"""Owns the turning of pixels into cells, two pixels a cell; knows neither link nor screen."""

from __future__ import annotations

import numpy as np
from rich.color import Color
from rich.color_triplet import ColorTriplet
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

MASK = bytes(byte & 0xF8 | 0x04 for byte in range(256))
"""Five bits a colour: a moving picture then reuses the same few thousand styles."""


class HalfBlocks:
    """Turns two rows of RGB bytes into a strip of "▀"; keeps at most `limit` styles."""

    def __init__(self, limit: int = 20_000) -> None:
        self.limit = limit
        self._styles: dict[bytes, Style] = {}

    def strip(self, upper: bytes, lower: bytes) -> Strip:
        """One row of cells; neighbours of one pair of colours become one segment."""
        segments: list[Segment] = []
        count = len(upper) // 3
        previous, start = upper[0:3] + lower[0:3], 0
        for x in range(1, count + 1):
            pair = upper[x * 3 : x * 3 + 3] + lower[x * 3 : x * 3 + 3]
            if pair != previous:
                segments.append(Segment("▀" * (x - start), self._style(previous)))
                previous, start = pair, x
        return Strip(segments, count)

    def _style(self, pair: bytes) -> Style:
        found = self._styles.get(pair)
        if found is None:
            if len(self._styles) >= self.limit:
                self._styles.clear()
            upper, lower = ColorTriplet(*pair[:3]), ColorTriplet(*pair[3:])
            found = Style(color=Color.from_triplet(upper), bgcolor=Color.from_triplet(lower))
            self._styles[pair] = found
        return found


def greyed(rgb: bytes) -> bytes:
    """The picture without colour and half as bright (Rec. 709 weights): it is an old one."""
    pixels = np.frombuffer(rgb, np.uint8).reshape(-1, 3).astype(np.uint32)
    grey = (pixels @ np.array((54, 183, 19), np.uint32) >> 9) + 24
    return np.repeat(grey.astype(np.uint8), 3).tobytes()
