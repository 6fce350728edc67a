"""Owns the reading of a picture all around, from its file to points; knows no scene.

No number of the file is trusted: what it says of its size is looked at before anything is decoded.
"""

from __future__ import annotations

import warnings
from io import BytesIO

import numpy as np
from PIL import Image, ImageOps

from vr_runtime.stage.own import OwnFile
from vr_runtime.stage.picture_size import LEAST, damaged, fits, shaped, too_fine

FINEST = 8192
"""Points across, at most; a finer picture is made smaller."""
DEEP = ("I;16", "I;16L", "I;16B", "I;16N", "I")
"""Greys of 16 bits as Pillow names them; it would cut them off at 255 instead of dividing."""
FORMATS = ("JPEG", "PNG", "WEBP")


def decoded(file: OwnFile, data: bytes, widest: int) -> Image.Image:
    """The picture, red, green and blue, at most `widest` points across, twice as wide as high.

    Its sides are multiples of `LEAST` and of its half.

    Raises:
        Refused: it is no such picture, has too many points, does not show all around, or ends
            before it should.
    """
    fits(file.name, data)
    try:
        # Of a size that Pillow finds large it warns in English; what is too large was told above.
        with warnings.catch_warnings(action="ignore"):
            image = Image.open(BytesIO(data), formats=FORMATS)
        shaped(file.name, image.width, image.height)
        image.draft("RGB", (widest, widest // 2))
        whole = _plain(ImageOps.exif_transpose(image))
    except (Image.DecompressionBombError, MemoryError) as error:
        raise too_fine(file.name) from error
    except Exception as error:
        # Decoders throw what they like where a file says what cannot be.
        raise damaged(file.name) from error
    shaped(file.name, whole.width, whole.height)
    side = max(1, round(min(whole.width, widest, FINEST) / LEAST)) * LEAST
    if whole.size != (side, side // 2):
        whole = whole.resize((side, side // 2), Image.Resampling.LANCZOS, reducing_gap=3.0)
    return whole


def _plain(image: Image.Image) -> Image.Image:
    if image.mode in DEEP:
        deep = np.asarray(image, dtype=np.int64)
        image = Image.fromarray((np.clip(deep, 0, 65535) / 257.0).round().astype(np.uint8))
    if image.has_transparency_data:
        over = Image.new("RGBA", image.size, (0, 0, 0, 255))
        image = Image.alpha_composite(over, image.convert("RGBA"))
    return image.convert("RGB")
