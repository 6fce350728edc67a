"""Owns what all declared data is made of: names, levels, texts in both languages; knows no use."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Annotated
from unicodedata import category

from pydantic import BaseModel, ConfigDict, Field, field_validator

from scenarios.api.errors import Contradiction

LEVELS = 11
"""A scenario has the levels 0 to 10."""
Name = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,39}$")]
Level = Annotated[int, Field(ge=0, le=10, strict=True)]
_TURNS = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
"""Unicode's embeddings, overrides and isolates of the direction of writing."""
_HELD_IN_FRENCH = re.compile(r"(?<=\S) (?=[;:!?»%])|(?<=«) ")
"""Spaces at which French never begins a new line: before these signs, and inside its quotes."""
Finite = Annotated[float, Field(allow_inf_nan=False)]


class Declared(BaseModel):
    """Base of all declared data: frozen, and an unknown field is an error, not a silent loss."""

    model_config = ConfigDict(frozen=True, extra="forbid")


def can_be_shown(text: str) -> bool:
    """Whether a text holds letters and line breaks alone: no control characters, nothing turned.

    What steers a terminal, or turns the direction of what stands beside it, could make a console
    show what is not so.
    """
    return all(c == "\n" or not (category(c) in ("Cc", "Cs") or c in _TURNS) for c in text)


@lru_cache(maxsize=4096)
def french(text: str) -> str:
    """A French text as it is shown: spaces that belong to a sign stay on its line."""
    return _HELD_IN_FRENCH.sub("\u00a0", text)


class Words(Declared):
    """One text in both languages of the product, as its author wrote it."""

    fr: str = Field(min_length=1, max_length=400)
    en: str = Field(min_length=1, max_length=400)

    @field_validator("fr", "en")
    @classmethod
    def _can_be_shown(cls, text: str) -> str:
        if not can_be_shown(text):
            raise Contradiction("a text has no control characters")
        return text

    def get(self, language: str) -> str:
        """The text as it is shown in `language` ("fr" or "en"); anything else reads English.

        French has its no-break spaces then, whoever wrote it; what is kept and sent stays as it was
        written, and no text is ever known again by what is shown.
        """
        return french(self.fr) if language == "fr" else self.en
