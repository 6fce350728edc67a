"""Owns what may be a patient's pseudonym, and which one is meant; knows no database.

Two pseudonyms that read alike are one, however they are composed (Unicode NFKC), in whatever
capitals, and with whichever of the hyphens: nobody tells them apart on a screen or on paper.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence

from controller import typed
from controller.language import _

LONGEST = 40
_HYPHENS = "-\u2010\u2011\u2012\u2013\u2212\ufe63\uff0d"
"""Hyphens of all widths, the figure dash, the short dash and the minus: they look the same."""
_AS_HYPHEN = str.maketrans(dict.fromkeys(_HYPHENS, "-"))


class NotAPseudonym(ValueError):
    """It cannot be one; the text says what to give instead, and does not repeat it."""


class SeveralMeant(ValueError):
    """Several pseudonyms of an older record read alike; the text says how to name one of them."""


def fit_pseudonym(wish: str, taken: Iterable[str]) -> str:
    """The pseudonym as it is kept: 1 to 40 printed signs, single spaces, not of `taken`.

    Raises `NotAPseudonym`.
    """
    name = None if typed.name(wish) is None else _plain(wish)
    if name is None or not 1 <= len(name) <= LONGEST:
        raise NotAPseudonym(_("Give a pseudonym of 1 to 40 characters that can be printed."))
    if folded(name) in {folded(one) for one in taken}:
        text = _("There is a patient of this pseudonym already; choose another.")
        raise NotAPseudonym(text)
    return name


def folded(name: str) -> str:
    """What is equal for pseudonyms that read alike."""
    # Folding capitals may compose anew, as with an iota below (Unicode 5.18, caseless matching).
    return unicodedata.normalize("NFKC", _plain(name).casefold())


def meant(said: str, known: Sequence[str]) -> str | None:
    """Which of the pseudonyms that there are is meant; None for none.

    Records from before pseudonyms that read alike were one may hold several of them: then the one
    that is written exactly so is meant.

    Raises:
        SeveralMeant: several read alike, and none is written so.
    """
    for as_read in (str, _composed, folded):
        found = [name for name in known if as_read(name) == as_read(said)]
        if len(found) == 1:
            return found[0]
        if found:
            raise SeveralMeant(
                _("Several pseudonyms read like this one; copy it as `palier patients` lists it.")
            )
    return None


def written_anyhow(names: Iterable[str]) -> re.Pattern[str]:
    """Finds these pseudonyms in free text, however they were composed or their hyphens typed."""
    forms = {
        unicodedata.normalize(form, name) for name in names for form in ("NFC", "NFD", "NFKC")
    } | set(names)
    # The longest first: of two names where one begins with the other, the whole one goes.
    every = "|".join(_loosely(name) for name in sorted(forms, key=len, reverse=True))
    return re.compile(rf"(?<!\w)(?:{every})(?!\w)", re.IGNORECASE)


def _loosely(name: str) -> str:
    return "".join(
        f"[{re.escape(_HYPHENS)}]"
        if sign in _HYPHENS
        else r"\s+"
        if sign == " "
        else re.escape(sign)
        for sign in name
    )


def _composed(name: str) -> str:
    return " ".join(unicodedata.normalize("NFC", name).split()).casefold()


def _plain(name: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", name).translate(_AS_HYPHEN).split())
