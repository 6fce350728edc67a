"""Owns the words of an exception that an author's code has thrown; knows not what becomes of them.

Such an exception is code as well: its words may fail, be endless, or be none that can be written.
"""

from __future__ import annotations

from unicodedata import category

LONGEST = 200
"""Most characters that are told of it."""


def words_of(error: BaseException) -> str:
    """What it says, on one line, without what steers a terminal; empty where that fails."""
    try:
        text = str(error)[: 2 * LONGEST]
    except BaseException:
        # its own words failed: that it was thrown is told all the same
        return ""
    line = " ".join(text.split())[:LONGEST]
    return "".join("?" if category(c) in ("Cc", "Cf", "Cs") else c for c in line)
