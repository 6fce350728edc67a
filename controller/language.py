"""Owns the console's language and its texts; knows no screen.

Texts are written in English in the code, marked with `_` (or `mark` in a table that is made before
the language is known), and translated by the catalogues in `locale/`.
"""

from __future__ import annotations

import gettext
import os
from collections.abc import Iterable, Mapping
from contextvars import ContextVar
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

Language = Literal["fr", "en"]
LANGUAGES: tuple[Language, ...] = ("fr", "en")
LOCALE = Path(__file__).parent / "locale"


@dataclass
class _Voice:
    """What is spoken by all that was begun with it; `switch` changes it for all of them."""

    language: Language
    catalogue: gettext.NullTranslations


_current: ContextVar[_Voice] = ContextVar("palier_language")


def use(language: Language) -> None:
    """Speak this language from now on, in this context and those made from it, and in no other."""
    _current.set(_Voice(language, _catalogue(language)))


def switch(language: Language) -> None:
    """Speak this language from now on wherever the present one is spoken.

    Tasks, timers and threads that were begun before hear it too. What was begun to speak a language
    of its own by `use`, such as a report being written, goes on in that.
    """
    voice = _get()
    voice.language, voice.catalogue = language, _catalogue(language)


def language() -> Language:
    """The language that is spoken now."""
    return _get().language


def other() -> Language:
    """The language that is not spoken now."""
    return next(one for one in LANGUAGES if one != language())


def _catalogue(language: Language) -> gettext.NullTranslations:
    return gettext.translation("palier", LOCALE, languages=[language], fallback=True)


def _get() -> _Voice:
    found = _current.get(None)
    if found is None:
        use(preferred(os.environ))
        found = _current.get()
    return found


def _(text: str) -> str:
    """`text` in the language that is spoken now."""
    return _get().catalogue.gettext(text)


def said_in(language: Language, text: str) -> str:
    """A marked text in this language, whichever is spoken."""
    return _catalogue(language).gettext(text)


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
