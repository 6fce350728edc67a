"""Owns the letters of printed reports: DejaVu Sans Condensed, which ships beside this module.

It knows nothing of what is written. Lengths are millimetres, sizes points.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from fpdf import FPDF
from fpdf.fonts import TTFFont

FOLDER = Path(__file__).parent / "fonts"
FAMILY = "DejaVu"
FILES = {"": "DejaVuSansCondensed.ttf", "B": "DejaVuSansCondensed-Bold.ttf"}
UNKNOWN = "\N{REPLACEMENT CHARACTER}"
"""Stands for a sign that these letters do not have."""
MM_PER_PT = 25.4 / 72


def add_to(paper: FPDF) -> None:
    """Let `paper` be written with these letters; what is used of them is put into the file."""
    for style, name in FILES.items():
        paper.add_font(FAMILY, style, FOLDER / name)


@cache
def _has() -> frozenset[int]:
    """The signs that both weights have."""
    paper = FPDF()
    add_to(paper)
    known = [frozenset(font.cmap) for font in _fonts(paper)]
    let_go(paper)
    return frozenset.intersection(*known)


def _fonts(paper: FPDF) -> list[TTFFont]:
    return [font for font in paper.fonts.values() if isinstance(font, TTFFont)]


def let_go(paper: FPDF) -> None:
    """Close the files the letters were read from; nothing can be written on `paper` afterwards."""
    for font in _fonts(paper):
        font.ttfont.close()


def readable(text: str) -> str:
    """The text with a sign in the place of whatever these letters cannot show."""
    known = _has()
    return "".join(c if ord(c) in known or c == "\n" else _instead(c) for c in text)


def _instead(sign: str) -> str:
    return " " if sign.isspace() else UNKNOWN


def wrapped(paper: FPDF, text: str, width: float) -> list[str]:
    """The text in lines of at most `width` mm, in the letters set now; a long word is broken."""
    lines: list[str] = []
    for paragraph in text.split("\n"):
        line = ""
        for word in paragraph.split(" "):
            longer = f"{line} {word}" if line else word
            if paper.get_string_width(longer) <= width:
                line = longer
                continue
            if line:
                lines.append(line)
            line = word
            while paper.get_string_width(line) > width and len(line) > 1:
                fits = _fitting(paper, line, width)
                lines.append(line[:fits])
                line = line[fits:]
        lines.append(line)
    return lines


def _fitting(paper: FPDF, word: str, width: float) -> int:
    """How many of a word's letters fit; at least one."""
    fits = 1
    while fits < len(word) and paper.get_string_width(word[: fits + 1]) <= width:
        fits += 1
    return fits
