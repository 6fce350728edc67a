"""Owns the smaller sizes of the surface pictures; knows neither what they show nor textures.

Each is half as wide as the one before. A driver would make them too, but leaves averaged with the
gaps between them thin away: a tree would be bare from afar.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

EDGE = 127.5
"""What the fourth part of a picture is at the edge of what is cut out, 0 to 255."""
Pixels = NDArray[np.uint8]


def smaller(pixels: Pixels, cut_out: Sequence[int]) -> Iterator[Pixels]:
    """All smaller sizes of pictures (K, S, S, 4) down to one pixel, S a power of two.

    Of the pictures numbered in `cut_out` each size has as much beyond the edge as the whole one.
    """
    covered = {n: float((pixels[n, ..., 3] > EDGE).mean()) for n in cut_out}
    size = pixels
    while size.shape[1] > 1:
        wide = size.astype(np.uint16)
        rows = wide[:, 0::2] + wide[:, 1::2]
        size = ((rows[:, :, 0::2] + rows[:, :, 1::2] + 2) >> 2).astype(np.uint8)
        shown = size.copy()
        for n, share in covered.items():
            shown[n, ..., 3] = _covering(size[n, ..., 3], share)
        yield shown


def _covering(edge: Pixels, share: float) -> Pixels:
    """The fourth part of one picture, raised or lowered until `share` of it is kept."""
    whole = edge.astype(np.float32)
    ranked = np.sort(whole, axis=None)[::-1]
    kept = min(max(1, round(share * ranked.size)), ranked.size - 1) if ranked.size > 1 else 0
    # halfway between the last that is kept and the first that is not: none lies at the edge itself
    limit = (ranked[kept - 1] + ranked[kept]) / 2 if kept else ranked[0] - 64.0
    return np.asarray(np.clip(np.rint(whole + (EDGE - limit)), 0, 255), dtype=np.uint8)
