"""Owns what all files of a clinic are made of: texts, figures, words in both languages, a review.

It knows no file and no meaning. All is frozen, and unknown keys are refused.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StrictInt
from pydantic_core import PydanticCustomError

from controller.language import Language

Identifier = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9._-]{0,39}$")]
Version = Annotated[str, Field(pattern=r"^\S.{0,39}$")]
Text = Annotated[str, Field(min_length=1, max_length=2000)]


MOST = 1_000_000
PLACES = 9
"""Figures lie between -MOST and MOST, with so many decimals at most: exact sums stay small."""


def _number(value: object) -> object:
    # Whole numbers and decimals as they were written; a text or a truth value is no number here.
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        raise PydanticCustomError("number", "a number is needed")
    exact = Decimal(str(value)) if isinstance(value, float) else Decimal(value)
    if not exact.is_finite() or not -MOST <= exact <= MOST or exact != round(exact, PLACES):
        raise PydanticCustomError("number", "a number is needed")
    return exact


Number = Annotated[Decimal, BeforeValidator(_number)]
"""A figure exactly as it was written: 3.74 is 374 hundredths."""
Whole = Annotated[StrictInt, Field(ge=-MOST, le=MOST)]


class Part(BaseModel):
    """Base of all parts: frozen, unknown keys refused."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Words(Part):
    """A text of our own, in both languages."""

    en: Text
    fr: Text

    def of(self, language: Language) -> str:
        """The text in this language."""
        return self.fr if language == "fr" else self.en


def _both(value: object) -> object:
    # A clinic that works in one language writes it once.
    return {"en": value, "fr": value} if isinstance(value, str) else value


Said = Annotated[Words, BeforeValidator(_both)]
"""Words of our own or of the clinic; a single text stands for both languages."""


class Review(Part):
    """Who of the clinic has read this file, and when."""

    by: Text
    on: Annotated[str, Field(pattern=r"^\d{4}-\d{2}-\d{2}$")]
