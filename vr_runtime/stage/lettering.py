"""Owns the letters that a patient reads: DejaVu Sans Condensed, which ships with the assets.

Knows nothing of what is written. Sizes are pixels of an em.
"""

from __future__ import annotations

from functools import cache, lru_cache

from PIL import ImageFont

from vr_runtime.assets import assets_dir

FILE = "fonts/DejaVuSansCondensed.ttf"
UNKNOWN = "\N{REPLACEMENT CHARACTER}"
"""Stands for a sign that these letters do not have."""


@lru_cache(maxsize=32)
def letters(em: int) -> ImageFont.FreeTypeFont:
    """The letters at this size."""
    return ImageFont.truetype(str(assets_dir() / FILE), em, layout_engine=ImageFont.Layout.BASIC)


@cache
def _missing_shape() -> bytes:
    return bytes(letters(24).getmask("\U0010fffd"))


@lru_cache(maxsize=1024)
def _known(sign: str) -> bool:
    return sign.isspace() or bytes(letters(24).getmask(sign)) != _missing_shape()


def readable(text: str) -> str:
    """The text with a sign in the place of whatever these letters cannot show."""
    return "".join(sign if _known(sign) else UNKNOWN for sign in text)


def breadth(text: str, em: int) -> int:
    """How broad a line is, in pixels."""
    return round(letters(em).getlength(text))


def line_height(em: int) -> int:
    """From one line to the next, in pixels."""
    return round(1.3 * em)


def wrapped(text: str, em: int, most: int) -> tuple[str, ...]:
    """The text in lines of at most `most` pixels; a word that is longer is broken.

    Lines are about equally long: one word alone on the last line reads badly.
    """
    lines = _filled(text, em, most)
    if len(lines) < 2:
        return lines
    for narrower in range(breadth(text, em) // len(lines), most, max(1, em // 2)):
        evened = _filled(text, em, narrower)
        if len(evened) <= len(lines):
            return evened
    return lines


def _filled(text: str, em: int, most: int) -> tuple[str, ...]:
    lines: list[str] = []
    line = ""
    # Not at every white space: French keeps its signs of two parts with the word before them.
    for word in filter(None, text.split(" ")):
        longer = f"{line} {word}" if line else word
        if breadth(longer, em) <= most:
            line = longer
            continue
        if line:
            lines.append(line)
        line = word
        while breadth(line, em) > most and len(line) > 1:
            fits = next(
                n for n in range(len(line) - 1, 0, -1) if n == 1 or _fits(line, n, em, most)
            )
            lines.append(line[:fits])
            line = line[fits:]
    if line:
        lines.append(line)
    return tuple(lines)


def _fits(line: str, count: int, em: int, most: int) -> bool:
    return breadth(line[:count], em) <= most
