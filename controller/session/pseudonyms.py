"""Owns what may be a patient's pseudonym, from wherever it is typed; knows no database."""

from __future__ import annotations

from collections.abc import Iterable

from controller import typed
from controller.language import _

LONGEST = 40


class NotAPseudonym(ValueError):
    """It cannot be one; the text says what to give instead, and does not repeat it."""


def fit_pseudonym(wish: str, taken: Iterable[str]) -> str:
    """The pseudonym as it is kept: 1 to 40 printed signs, single spaces, not of `taken`.

    Raises `NotAPseudonym`.
    """
    name = typed.name(wish)
    if name is None or not 1 <= len(name) <= LONGEST:
        raise NotAPseudonym(_("Give a pseudonym of 1 to 40 characters that can be printed."))
    if name.casefold() in {one.casefold() for one in taken}:
        text = _("There is a patient of this pseudonym already; choose another.")
        raise NotAPseudonym(text)
    return name
