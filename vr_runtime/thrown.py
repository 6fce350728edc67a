"""Owns the words of an exception that an author's code has thrown; knows not what becomes of them.

Such an exception is code as well: its words may fail, be endless, or be none that can be written.
What Palier itself says of a scenario is said in the language spoken now.
"""

from __future__ import annotations

import re
from unicodedata import category

from scenarios.api.errors import ScenarioError
from vr_runtime.language import _, filled

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
    facts = {n: _said(f) if isinstance(f, ScenarioError) else f for n, f in error.facts.items()}
    return filled(_(error.text), **facts)
