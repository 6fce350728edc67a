"""Owns BAT scripts and ready hierarchies as data that crosses the wire; judges none of them.

Whether rows and steps fit what a scenario declares is told by the check, by line.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, field_validator

from scenarios.api.base import Declared, Finite, Level, Name, Words
from scenarios.api.errors import Contradiction

LONGEST_ROW_TEXT = 160
"""Most characters of the text of a row or a step: it is read aloud in one breath."""
MOST_ROWS, MOST_STEPS, MOST_HIERARCHIES, MOST_APART = 24, 20, 4, 8
HARDEST = 100
"""Distress is told from 0, none, to 100, the worst that can be imagined."""
Distress = Annotated[int, Field(ge=0, le=HARDEST, strict=True)]
Kind = Literal["cautious", "direct", "child"]
"""`cautious`: many small rows, beginning low. `direct`: few rows, which begin higher. `child`: rows
in words for a child, which may ask to find things and never to bear them."""


class Setting(Declared):
    """How a scenario is set for a row of a hierarchy or a step of a BAT."""

    item: Words
    """What the patient meets, in a sentence that may be read aloud."""
    level: Level
    values: dict[Name, Finite] = Field(default_factory=dict, max_length=MOST_APART)
    """What is set apart from the level."""

    @field_validator("item")
    @classmethod
    def _is_short(cls, item: Words) -> Words:
        return short(item)


class BatStepSpec(Setting):
    """One step of a BAT: it is done when the patient has stayed for so long, and done the task."""

    seconds: int = Field(ge=1, le=300, strict=True)
    task: Name | None = None


class BatSpec(Declared):
    """A behavioural approach test: the same steps each time, from easy to hard.

    The score is the number of steps done.
    """

    instruction: Words
    """What is said to the patient before it, each time in the same words."""
    steps: tuple[BatStepSpec, ...] = Field(min_length=3, max_length=MOST_STEPS)
    measure: Name | None = None
    """A graded value that is scored too, as it was at the last step done: a distance, as a rule."""


class RowSpec(Setting):
    """One row of a hierarchy."""

    distress: Distress
    """What the author expects at first; no clinical norm."""
    events: tuple[Name, ...] = Field(default=(), max_length=4)
    tasks: tuple[Name, ...] = Field(default=(), max_length=4)
    feared: Words
    """What a patient may fear will happen: to be tested, and put into the patient's own words."""

    @field_validator("feared")
    @classmethod
    def _is_short_too(cls, feared: Words) -> Words:
        return short(feared)


class HierarchySpec(Declared):
    """A ladder that is ready to be begun with, and to be changed for each patient."""

    kind: Kind
    title: Words
    rows: tuple[RowSpec, ...] = Field(min_length=3, max_length=MOST_ROWS)
    """In order of the distress that is expected."""

    @field_validator("title")
    @classmethod
    def _is_short(cls, title: Words) -> Words:
        return short(title)


def short(words: Words) -> Words:
    """These words; raises `Contradiction` where they are too long for a row, or on two lines."""
    if any(len(text) > LONGEST_ROW_TEXT or "\n" in text for text in (words.fr, words.en)):
        raise Contradiction(
            "the text of a row or a step has at most {most} characters, on one line",
            most=str(LONGEST_ROW_TEXT),
        )
    return words
