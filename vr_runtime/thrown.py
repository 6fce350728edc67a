"""Owns the words of an exception that an author's code has thrown; knows not what becomes of them.

Such an exception is code as well: its words may fail, be endless, or be none that can be written.
What Palier itself says of a scenario is said in the language spoken now.
"""

from __future__ import annotations

import re
from unicodedata import category

from scenarios.api.errors import ScenarioError
from vr_runtime.language import _, figure

LONGEST = 200
"""Most characters that are told of it."""
_GAPS = re.compile(r"[^\S\u00a0\u202f]+")
"""What becomes one space: no space that keeps a number beside its unit."""


def words_of(error: BaseException) -> str:
    """What it says, on one line, without what steers a terminal; empty where that fails."""
    try:
        text = _said(error)[: 2 * LONGEST]
    except BaseException:
        # its own words failed: that it was thrown is told all the same
        return ""
    line = _GAPS.sub(" ", text).strip()[:LONGEST]
    return "".join("?" if category(c) in ("Cc", "Cf", "Cs") else c for c in line)


def _said(error: BaseException) -> str:
    if not isinstance(error, ScenarioError) or not error.text:
        return str(error)
    if not error.facts:
        return _(error.text)
    return _(error.text).format(**{name: _fact(value) for name, value in error.facts.items()})


def _fact(value: object) -> str:
    """A fact in a sentence: numbers as they are written in the language spoken now."""
    if isinstance(value, ScenarioError):
        return _said(value)
    if isinstance(value, float):
        decimals = len(f"{value:g}".partition(".")[2]) if abs(value) < 1e6 else 0
        return figure(value, decimals)
    return str(value)
