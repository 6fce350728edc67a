"""Owns what a picture's file says of its size, and whether that can be all around; decodes nothing.

Knows no renderer and no decoder: checks read it too. (ITU-T T.81 B.2.2; W3C PNG 11.2.2; RFC 9649.)
"""

from __future__ import annotations

import struct

from vr_runtime.language import _
from vr_runtime.stage.own import Refused, unread

LEAST = 64
"""Points across, at least."""
MOST_POINTS = 80_000_000
"""Points of the file's picture, at most: a file of a few bytes may say that it holds far more."""
RATIO = 0.01
"""How far from twice as wide as high a picture may be, as a share."""
_NO_SIZE = frozenset({0xC4, 0xC8, 0xCC})
"""Markers of a JPEG among those of its frames that are none."""


def size_told(data: bytes) -> tuple[int, int] | None:
    """Width and height that a PNG, JPEG or WebP file tells; None where it tells none."""
    try:
        if data.startswith(b"\x89PNG\r\n\x1a\n"):
            wide, high = struct.unpack_from(">II", data, 16)
        elif data.startswith(b"\xff\xd8"):
            return _jpeg(data)
        elif data[:4] == b"RIFF" and data[8:12] == b"WEBP":
            return _webp(data)
        else:
            return None
    except struct.error:
        return None
    return wide, high


def _jpeg(data: bytes) -> tuple[int, int] | None:
    at = 2
    while at + 4 <= len(data):
        if data[at] != 0xFF:
            return None
        marker = data[at + 1]
        if marker in (0xFF, 0x01) or 0xD0 <= marker <= 0xD7:
            at += 1 if marker == 0xFF else 2
            continue
        if 0xC0 <= marker <= 0xCF and marker not in _NO_SIZE:
            high, wide = struct.unpack_from(">HH", data, at + 5)
            return wide, high
        at += 2 + struct.unpack_from(">H", data, at + 2)[0]
    return None


def _webp(data: bytes) -> tuple[int, int] | None:
    kind = data[12:16]
    if kind == b"VP8X":
        return 1 + int.from_bytes(data[24:27], "little"), 1 + int.from_bytes(data[27:30], "little")
    if kind == b"VP8 ":
        wide, high = struct.unpack_from("<HH", data, 26)
        return wide & 0x3FFF, high & 0x3FFF
    if kind == b"VP8L":
        (both,) = struct.unpack_from("<I", data, 21)
        return 1 + (both & 0x3FFF), 1 + (both >> 14 & 0x3FFF)
    return None


def fits(name: str, data: bytes) -> None:
    """Raises `Refused` unless what this file tells of its size is that of a picture all around."""
    size = size_told(data)
    if size is None:
        raise damaged(name)
    if size[0] * size[1] > MOST_POINTS:
        raise too_fine(name)
    shaped(name, *size)


def shaped(name: str, width: int, height: int) -> None:
    """Raises `Refused` unless a picture of this size shows all around, for one eye."""
    if abs(width - height) <= RATIO * height:
        told = _("it is square, as pictures for two eyes are; only those for one eye are shown")
        raise unread(name, told, _("save the half for one eye, twice as wide as high"))
    if abs(width - 2 * height) > 2 * RATIO * height or width < LEAST:
        told = _("it is {width} by {height} points, and shows not all around")
        hint = _("a 360° picture (equirectangular) is twice as wide as high, as 8192 by 4096")
        raise unread(name, told.format(width=width, height=height), hint)


def too_fine(name: str) -> Refused:
    """What is told of a picture with too many points."""
    told = _("it has more than {n} million points").format(n=MOST_POINTS // 1_000_000)
    return unread(name, told, _("save it as 8192 by 4096"))


def damaged(name: str) -> Refused:
    """What is told of a picture that cannot be read."""
    told = _("it is damaged, or no picture of its kind")
    return unread(name, told, _("save it once more as JPEG or PNG"))
