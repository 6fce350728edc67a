"""Owns how one picture of a file becomes points; knows no time, no folder and no rule."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageOps

from vr_runtime.language import _
from vr_runtime.system_words import why as why_not

Points = NDArray[np.uint8]
"""Red, green and blue (rows, columns, 3) as displayed (sRGB)."""

MOST_POINTS = 80_000_000
"""Points of one picture, at most: a file of a few bytes may say that it holds far more."""
WIDEST = 1920
"""A picture wider than this is made smaller at once: finer than any eye sees in a headset."""
DEEP = ("I;16", "I;16L", "I;16B", "I;16N", "I")
"""Greys of 16 bits as Pillow names them; it would cut them off at 255 instead of dividing."""


class NoPictures(ValueError):
    """There is nothing to measure; the message says what was looked for."""


@contextmanager
def opened(file: Path) -> Iterator[Image.Image]:
    """A picture or an animation, to be read inside the `with`.

    Raises:
        NoPictures: there is no such file, it is damaged or of another kind, or it is too large.
    """
    unread = _("{file}: it is damaged, or no picture of a kind that can be read")
    large = _("{file}: it has more than {most} million points")
    try:
        # Of a size that Pillow finds large it warns in English; what is too large is told here.
        with warnings.catch_warnings(action="ignore"):
            image = Image.open(file)
        with image:
            if image.width * image.height > MOST_POINTS:
                raise Image.DecompressionBombError
            yield image
    except NoPictures:
        raise
    except (Image.DecompressionBombError, MemoryError) as fault:
        told = large.format(file=file, most=MOST_POINTS // 1_000_000)
        raise NoPictures(told) from fault
    except Exception as fault:
        # What the system refuses has a number; all else comes out of decoders, of any kind, where
        # a file says what cannot be.
        if isinstance(fault, OSError) and fault.errno is not None:
            raise NoPictures(f"{file}: {why_not(fault)}") from fault
        raise NoPictures(unread.format(file=file)) from fault


def points(image: Image.Image) -> Points:
    """A picture as it is shown: the right way up, over black where it is transparent."""
    if image.mode in DEEP:
        deep = np.asarray(image, dtype=np.int64)
        image = Image.fromarray((np.clip(deep, 0, 65535) / 257.0).round().astype(np.uint8))
    image = ImageOps.exif_transpose(image)
    part = -(-image.width // WIDEST)
    if image.has_transparency_data:
        return over_black(np.asarray(_smaller(image.convert("RGBA"), part)))
    return np.asarray(_smaller(image.convert("RGB"), part), dtype=np.uint8)


def over_black(shown: NDArray[np.uint8]) -> Points:
    """Red, green, blue of points (..., 4) that let black through where they are not opaque."""
    told: Points = (shown[..., :3].astype(np.uint16) * shown[..., 3:] // 255).astype(np.uint8)
    return told


def _smaller(image: Image.Image, part: int) -> Image.Image:
    return image.reduce(part) if part > 1 else image
