"""Owns what a questionnaire is made of; knows no file, no screen and no answer.

Frozen. These classes hold the shape alone; `reading` makes a questionnaire only of what `checks`
finds whole, so whoever scores one need not look again. Every figure names its source. Texts of
items are there only where their licence allows it; scoring is there always.
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Literal

from pydantic import Field

from controller.clinic_files.parts import (
    Identifier,
    Number,
    Part,
    Review,
    Said,
    Text,
    Version,
    Whole,
    Words,
)
from controller.language import Language

Used = Literal["baseline", "in_session", "after", "clinic"]
"""When it is given: before the exposure, in it, right after it, or at the clinic."""
Advice = Literal["caution", "recommend_stop", "stop"]
Method = Literal["sum", "mean", "count"]
Missing = Literal["every_item", "mean_of_answered"]


class Wording(Part):
    """A text of the instrument, in the languages it may be shown in."""

    en: Text | None = None
    fr: Text | None = None

    def of(self, language: Language) -> str | None:
        """The text in this language, or None: it is never replaced by another language."""
        return self.fr if language == "fr" else self.en


class Anchor(Wording):
    """What one answer is called."""

    value: Whole


class AnswerRange(Part):
    """Whole numbers that may be answered, from `lowest` to `highest`."""

    id: Identifier = "answer"
    lowest: Whole
    highest: Whole
    anchors: tuple[Anchor, ...] = ()
    source: Said


class Item(Wording):
    """One question; it is known by its id, never by its text."""

    id: Identifier
    answer: Identifier | None = None
    """Which range of answers it has; may be left out where there is one alone."""


class Band(Words):
    """A name for scores from `at_least` up to the next band."""

    at_least: Number
    source: Said


class Scale(Part):
    """One score: of items, or of scales that are named before it.

    score = method(values) x multiplier / divisor. A reversed item counts as lowest + highest -
    answer. `count` counts the items answered with `counted_from` or more.
    """

    id: Identifier
    title: Said
    items: tuple[Identifier, ...] = ()
    scales: tuple[Identifier, ...] = ()
    taken: Literal["score", "raw"] = "score"
    """Of other scales: their scores, or what they were before multiplier and divisor."""
    reversed: tuple[Identifier, ...] = ()
    method: Method = "sum"
    counted_from: Whole | None = None
    multiplier: Number = Decimal(1)
    divisor: Number = Decimal(1)
    lowest: Number
    highest: Number
    bands: tuple[Band, ...] = ()
    source: Said

    @property
    def factor(self) -> Fraction:
        """multiplier / divisor, exactly."""
        return Fraction(self.multiplier) / Fraction(self.divisor)


class Scoring(Part):
    """How answers become scores. An answer that is missing is never filled in."""

    missing: Missing
    """`every_item`: a scale with a missing answer has no score. `mean_of_answered`: a mean is taken
    of the answers that are there; sums and counts need every item all the same."""
    least_answered: Number | None = None
    """With `mean_of_answered`: the share of a scale's items that must be answered, over 0 to 1."""
    missing_source: Said
    scales: tuple[Scale, ...] = Field(min_length=1)


class Alert(Words):
    """An answer that the therapist must see at once, whatever the score is."""

    item: Identifier
    at_least: Whole
    source: Said


class Threshold(Words):
    """What a score in the session advises: a height, or a rise within some seconds."""

    id: Identifier
    scale: Identifier
    at_least: Number | None = None
    rise: Number | None = None
    within_s: Number | None = None
    advice: Advice
    source: Said


class Questionnaire(Part):
    """One instrument in one version."""

    id: Identifier
    version: Version
    title: Said
    about: Said
    used: tuple[Used, ...] = Field(min_length=1)
    default: bool = False
    """Offered without being chosen."""
    languages: tuple[Language, ...] = ()
    """Languages in which every item has its text; none: scoring alone."""
    licence: Said
    """What may be done with the texts, and why they are here or not."""
    attribution: str = ""
    """To be shown wherever the items are."""
    citation: Text
    reviewed: Review | None = None
    """None: not reviewed by a clinician."""
    instructions: Wording = Wording()
    answers: tuple[AnswerRange, ...] = Field(min_length=1)
    items: tuple[Item, ...] = Field(min_length=1)
    scoring: Scoring
    alerts: tuple[Alert, ...] = ()
    thresholds: tuple[Threshold, ...] = ()

    def item(self, name: str) -> Item | None:
        """The item of this id, or None."""
        return next((i for i in self.items if i.id == name), None)

    def scale(self, name: str) -> Scale | None:
        """The scale of this id, or None."""
        return next((s for s in self.scoring.scales if s.id == name), None)

    def range_of(self, item: Item) -> AnswerRange:
        """The answers that this item takes."""
        if item.answer is None:
            return self.answers[0]
        return next(a for a in self.answers if a.id == item.answer)
