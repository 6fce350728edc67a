"""Owns what a picture measures as light: luminance and red in cells; knows no time and no rule.

Relative luminance and saturated red as WCAG 2 defines them (2.3.1, "general flash and red flash
thresholds"): sRGB values are made linear, white is 1.
"""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

Values = NDArray[np.float64]

COLUMNS, ROWS = 64, 36
"""Cells across and down: one is some 1.7 degrees of a picture 62 degrees high."""
BROAD_DEG = 10.0
"""Palier's own limit looks at the mean of fields this wide and high, 0.03 sr each."""
BROAD = 6
"""As many cells wide and high such a field is in a picture 62 degrees high."""
FINE = 2
"""Stripes are looked for in as many times more cells each way."""
SATURATED = 0.8
"""Share of red in R + G + B from which a colour is a saturated red."""
_WEIGHTS = np.array([0.2126, 0.7152, 0.0722])


def linear(shown: Values) -> Values:
    """Light of what is displayed: sRGB 0 to 1 in, 0 to 1 out."""
    low = shown <= 0.04045
    return np.where(low, shown / 12.92, ((shown + 0.055) / 1.055) ** 2.4)


_TABLE = linear(np.arange(256) / 255.0)
_SMALL_TABLE = _TABLE.astype(np.float32)
"""Of a large picture, for whose many points the other one takes twice as long."""


def light_of(picture: NDArray[Any], widest: int | None = None) -> Values:
    """Linear red, green, blue (rows, columns, 3) of a picture.

    Args:
        picture: (rows, columns) or (rows, columns, 3 or 4); bytes, or floats from 0 to 1; sRGB.
        widest: points across at most; of a wider picture so many neighbours each way are taken
            together as light, not as displayed, so that a fine pattern stays as bright as it is.

    Raises:
        ValueError: it has another shape or no pixel.
    """
    if picture.ndim == 2:
        picture = np.repeat(picture[..., None], 3, axis=2)
    if picture.ndim != 3 or picture.shape[2] not in (3, 4) or 0 in picture.shape:
        raise ValueError(f"a picture has rows, columns and 3 colours, not {picture.shape}")
    colours = picture[..., :3]
    rows, columns = colours.shape[:2]
    if widest is not None and columns > widest:
        together = -(-columns // widest)
        fine: NDArray[Any] = (
            _SMALL_TABLE[colours] if colours.dtype == np.uint8 else light_of(colours)
        )
        # Lines first: they lie whole in memory, so that adding them is three times quicker.
        low = _means(fine, max(1, rows // together), 0)
        return _means(low, -(-columns // together), 1).astype(np.float64)
    if colours.dtype == np.uint8:
        light: Values = _TABLE[colours]
        return light
    return linear(np.clip(colours.astype(np.float64), 0.0, 1.0))


def luminance(light: Values) -> Values:
    """Relative luminance, 0 to 1, of linear colours (..., 3)."""
    told: Values = light @ _WEIGHTS
    return told


def redness(light: Values) -> Values:
    """What of linear colours (..., 3) is red: (2, ...), R - G - B, and of saturated reds alone.

    0 where it would be less. The first tells how much a colour changes, also where it is saturated
    before or after alone; the second whether it is saturated.
    """
    red, rest = light[..., 0], light[..., 1] + light[..., 2]
    more = np.maximum(red - rest, 0.0)
    saturated = red >= SATURATED * np.maximum(red + rest, 1e-9)
    return np.stack([more, np.where(saturated, more, 0.0)])


def in_cells(values: Values, columns: int = COLUMNS, rows: int = ROWS) -> Values:
    """Means over cells; a picture with fewer points than cells keeps its own."""
    return _means(_means(values, rows, 0), columns, 1)


def _means(values: Values, parts: int, axis: int) -> Values:
    length = values.shape[axis]
    if length <= parts:
        return values
    if length % parts == 0:
        # Equal parts, as of what is sampled while a patient looks on: several times quicker.
        split = (*values.shape[:axis], parts, length // parts, *values.shape[axis + 1 :])
        first, *others = np.moveaxis(values.reshape(split), axis + 1, 0)
        equal: Values = np.array(first)
        for other in others:
            equal += other
        equal *= parts / length
        return equal
    starts = np.arange(parts) * length // parts
    counts = np.diff(np.append(starts, length)).astype(np.float64)
    sums = np.add.reduceat(values, starts, axis=axis)
    shape = [1] * values.ndim
    shape[axis] = parts
    told: Values = sums / counts.reshape(shape)
    return told


def in_fields(cells: Values, tall: int = BROAD, wide: int = BROAD) -> Values:
    """Means over fields of cells, overlapping by half, so that none falls between two.

    Args:
        cells: values of cells (rows, columns).
        tall: cells from top to bottom of a field; a picture with fewer is one field high.
        wide: the same across.
    """
    rows, columns = cells.shape
    told: Values = _over(rows, tall) @ cells @ _over(columns, wide).T
    return told


@cache
def _over(length: int, span: int) -> Values:
    """What makes means of values in a row: one line for each field."""
    held = min(span, length)
    starts = range(0, length - held + 1, max(1, held // 2))
    lines = np.zeros((len(starts), length))
    for line, start in zip(lines, starts, strict=True):
        line[start : start + held] = 1.0 / held
    return lines
