"""Owns the console's language and its texts; knows no screen.

Texts are written in English in the code, marked with `_` (or `mark` in a table that is made before
the language is known), and translated by the catalogues in `locale/`.
"""

from __future__ import annotations

import gettext
import os
from collections.abc import Iterable, Mapping
from contextvars import ContextVar
from pathlib import Path
from typing import Literal

Language = Literal["fr", "en"]
LANGUAGES: tuple[Language, ...] = ("fr", "en")
LOCALE = Path(__file__).parent / "locale"

_current: ContextVar[tuple[Language, gettext.NullTranslations]] = ContextVar("palier_language")


def use(language: Language) -> None:
    """Speak this language from now on, in this context and those made from it."""
    catalogue = gettext.translation("palier", LOCALE, languages=[language], fallback=True)
    _current.set((language, catalogue))


def language() -> Language:
    """The language that is spoken now."""
    return _get()[0]


def _get() -> tuple[Language, gettext.NullTranslations]:
    found = _current.get(None)
    if found is None:
        use(preferred(os.environ))
        found = _current.get()
    return found


def _(text: str) -> str:
    """`text` in the language that is spoken now."""
    return _get()[1].gettext(text)


def mark(text: str) -> str:
    """Mark a text for translation where it cannot be translated yet; show it with `_` later."""
    return text


def listed(parts: Iterable[str]) -> str:
    """Parts on one line with semicolons between, set as the language does; empty ones are left out.

    French has a space before a semicolon, and no line ends there.
    """
    return ("\u00a0; " if language() == "fr" else "; ").join(filter(None, parts))


def preferred(environment: Mapping[str, str]) -> Language:
    """The language asked for by `PALIER_LANG`, else by the locale, else English."""
    for variable in ("PALIER_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        value = environment.get(variable, "")[:2].lower()
        if value == "fr":
            return "fr"
        if value == "en":
            return "en"
    return "en"


def speak_in_help() -> None:
    """Let the words of `argparse` itself be looked up in this catalogue, in the language spoken.

    For the start of a command: `argparse` asks `gettext`, which has one language a process.
    """
    os.environ["LANGUAGE"] = language()
    gettext.bindtextdomain("palier", str(LOCALE))
    gettext.textdomain("palier")
