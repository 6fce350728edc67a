"""Owns how an author's picture becomes one that may be shown: upright, not too large, and private.

A camera writes into a picture where and when it was taken, and with what. None of it goes along.
"""

from __future__ import annotations

import warnings
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageCms, ImageOps

from vr_runtime.language import _
from vr_runtime.stage.own import MOST_BYTES

WIDEST = 8192
"""Points across, at most: finer than any headset shows."""
MOST_POINTS = 400_000_000
"""Points of an original, at most: a file of a few bytes may say that it holds far more."""
RATIO = 0.01
"""How far from twice as wide as high a picture may be, as a share."""
QUALITY = 92


class NoPicture(ValueError):
    """It cannot be used as a panorama; the message says why."""


def cleaned(file: Path) -> tuple[bytes, str]:
    """The picture as it is laid into a scenario, and the ending of its name.

    Raises:
        NoPicture: it is damaged, too large, or not twice as wide as high.
        OSError: the file cannot be read.
    """
    data = file.read_bytes()
    try:
        # Of a size that Pillow finds large it warns in English; what is too large is told here.
        with warnings.catch_warnings(action="ignore"), Image.open(BytesIO(data)) as image:
            return _clean(image, file)
    except NoPicture:
        raise
    except Image.DecompressionBombError as fault:
        raise _too_fine(file) from fault
    except (OSError, ValueError, SyntaxError, MemoryError) as fault:
        told = _("{file}: it is damaged, or no picture of a kind that can be read")
        raise NoPicture(told.format(file=file)) from fault


def _clean(image: Image.Image, file: Path) -> tuple[bytes, str]:
    if image.width * image.height > MOST_POINTS:
        raise _too_fine(file)
    kind = image.format
    profile = image.info.get("icc_profile")
    if kind == "JPEG" and image.width >= 2 * WIDEST:
        # A JPEG can be read at half its size: the whole of it would fill the memory.
        image.draft("RGB", (WIDEST, WIDEST // 2))
    image = ImageOps.exif_transpose(image)
    if abs(image.width / (2 * image.height) - 1.0) > RATIO:
        told = _("{file}: a 360° picture is twice as wide as high, and this is {wide} by {high}")
        raise NoPicture(told.format(file=file, wide=image.width, high=image.height))
    image = _in_srgb(_opaque(image), profile)
    if image.width > WIDEST:
        image = image.resize((WIDEST, WIDEST // 2), Image.Resampling.LANCZOS)
    if kind == "PNG":
        written = _written(image, "PNG", optimize=True)
        if len(written) <= MOST_BYTES["picture"]:
            return written, ".png"
    if kind == "WEBP":
        return _written(image, "WEBP", quality=QUALITY), ".webp"
    return _written(image, "JPEG", quality=QUALITY, subsampling=0), ".jpg"


def _too_fine(file: Path) -> NoPicture:
    told = _("{file}: it has more than {most} million points")
    most = min(MOST_POINTS, 2 * (Image.MAX_IMAGE_PIXELS or MOST_POINTS))
    return NoPicture(told.format(file=file, most=most // 1_000_000))


def _opaque(image: Image.Image) -> Image.Image:
    if image.has_transparency_data:
        shown = image.convert("RGBA")
        ground = Image.new("RGB", shown.size)
        ground.paste(shown, (0, 0), shown)
        return ground
    return image.convert("RGB")


def _in_srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    """The picture in the colours of screens, where its file tells others."""
    if not profile:
        return image
    try:
        source = ImageCms.ImageCmsProfile(BytesIO(profile))
        turned = ImageCms.profileToProfile(image, source, ImageCms.createProfile("sRGB"))
    except (ImageCms.PyCMSError, OSError, ValueError):
        return image
    return turned if turned is not None else image


def _written(image: Image.Image, kind: str, **how: object) -> bytes:
    """The points alone: of a new image nothing else can go along."""
    bare = Image.frombytes("RGB", image.size, image.tobytes())
    out = BytesIO()
    bare.save(out, kind, **how)
    return out.getvalue()
