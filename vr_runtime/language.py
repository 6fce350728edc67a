"""Owns the language of the runtime's and the author's tools; knows nothing of what they say.

The console has its own (`controller.language`): the two halves are installed and run apart, and
neither may lean on the other for its words.
"""

from __future__ import annotations

import gettext
import os
from collections.abc import Mapping
from contextvars import ContextVar
from pathlib import Path
from typing import Literal

Language = Literal["fr", "en"]
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
