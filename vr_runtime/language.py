"""Owns the language of the runtime's and the author's tools; knows nothing of what they say.

The console has its own (`controller.language`): the two halves are installed and run apart, and
neither may lean on the other for its words.
"""

from __future__ import annotations

import argparse
import gettext
import os
from collections.abc import Mapping, Sequence
from contextvars import ContextVar
from pathlib import Path
from string import Formatter
from typing import Any, Literal

Language = Literal["fr", "en"]
LANGUAGES: tuple[Language, ...] = ("fr", "en")
LOCALE = Path(__file__).parent / "locale"

_current: ContextVar[tuple[Language, gettext.NullTranslations]] = ContextVar("runtime_language")


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


def figure(value: float, decimals: int = 0) -> str:
    """A number as it is written in the language spoken now."""
    written = f"{value:.{decimals}f}"
    return written.replace(".", ",") if language() == "fr" else written


class _InWords(Formatter):
    """Fills a sentence with numbers as they are written in the language spoken now."""

    def format_field(self, value: Any, format_spec: str) -> str:
        written = str(super().format_field(value, format_spec))
        if not isinstance(value, float) or language() != "fr":
            return written
        return written.replace(".", ",").replace("%", "\u00a0%")


def filled(text: str, **facts: object) -> str:
    """A sentence that was looked up, with its facts in it: 35,8 and 100 % in French."""
    return _InWords().vformat(text, (), facts)


def mark(text: str) -> str:
    """Mark a text for translation where it cannot be translated yet; show it with `_` later."""
    return text


def preferred(environment: Mapping[str, str]) -> Language:
    """The language asked for by `PALIER_LANG`, else by the locale, else English."""
    for variable in ("PALIER_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        value = environment.get(variable, "")[:2].lower()
        if value == "fr":
            return "fr"
        if value == "en":
            return "en"
    return "en"


def asked_for(given: Sequence[str]) -> Language | None:
    """The language that `--lang` asks for, looked up before the options are read.

    Their help is made in it too; what is wrong with the options is told when they are read.
    """
    early = argparse.ArgumentParser(add_help=False, exit_on_error=False, allow_abbrev=False)
    early.add_argument("--lang", choices=LANGUAGES)
    try:
        found: Language | None = early.parse_known_args(given)[0].lang
    except argparse.ArgumentError:
        return None
    return found


def speak_in_help() -> None:
    """Let the words of `argparse` itself be looked up in this catalogue, in the language spoken.

    For the start of a command: `argparse` asks `gettext`, which has one language a process.
    """
    os.environ["LANGUAGE"] = language()
    gettext.bindtextdomain("palier", str(LOCALE))
    gettext.textdomain("palier")
