"""Owns which signs of a typed text are kept; knows neither what the text says nor where it goes.

A sign that moves the cursor, rings, or turns the direction of writing would act on the terminal of
whoever reads the text later, or make it read as another one.
"""

from __future__ import annotations

import unicodedata

_TURNING = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Marks that set the direction of writing (Unicode standard annex 9)."""


def storable(text: str) -> bool:
    """Whether a text file can hold it; what was typed in another encoding is half characters."""
    return not any("\ud800" <= sign <= "\udfff" for sign in text)


def name(text: str) -> str | None:
    """A name on one line: composed characters (Unicode NFC), single spaces.

    None where it holds anything that is not printed as a sign of its own.
    """
    told = unicodedata.normalize("NFC", text)
    # Before spaces are put right: a tab or a line end is white space too, and is no part of a name.
    return " ".join(told.split()) if told.isprintable() else None


def words(text: str) -> str:
    """Free text as it is kept: control characters and marks of direction are left out.

    Line ends and tabs stay; a line end is one newline whatever the system.
    """
    told = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(sign for sign in told if sign in "\n\t" or not _acts(sign))


def line(text: str) -> str:
    """Free text on one line, with single spaces."""
    return " ".join(words(text).split())


def alike(text: str) -> str:
    """Without case, accents and needless spaces: what is equal then was meant as the same."""
    parts = unicodedata.normalize("NFKD", " ".join(text.split()).casefold())
    return "".join(part for part in parts if not unicodedata.combining(part))


def _acts(sign: str) -> bool:
    return sign in _TURNING or unicodedata.category(sign) in ("Cc", "Cs")
