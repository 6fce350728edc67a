"""Owns the kinds of entries on a patient's fear hierarchy; knows no scenario and no rule.

A row is what the manuals write on one line: what is met, the distress that is predicted, the
scenario and how it is set, what happens there, what is feared and how likely it seems.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from controller.session.document import Document
from scenarios.api.base import Finite, Level, Name

LONGEST_ITEM = LONGEST_FEARED = LONGEST_DROPS = 160
"""Characters: each of them is read aloud in one breath."""
MOST_ROWS, MOST_EVENTS, MOST_APART = 40, 4, 8
Hundredth = Annotated[int, Field(ge=0, le=100, strict=True)]
"""0 to 100: of distress (SUDS), or per cent."""


class PlanRow(BaseModel):
    """One row of a patient's hierarchy."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    item: str = Field(min_length=1, max_length=LONGEST_ITEM)
    """What the patient meets, in words they agree on."""
    distress: Hundredth
    """What the patient predicts, SUDS 0 to 100."""
    scenario: str = Field(min_length=1, max_length=80)
    """Id of the scenario."""
    level: Level
    values: dict[Name, Finite] = Field(default_factory=dict, max_length=MOST_APART)
    """What is set apart from the level."""
    events: tuple[Name, ...] = Field(default=(), max_length=MOST_EVENTS)
    tasks: tuple[Name, ...] = Field(default=(), max_length=MOST_EVENTS)
    feared: str = Field(default="", max_length=LONGEST_FEARED)
    """The outcome that is feared, in the patient's words; empty where it was not asked."""
    likelihood: Hundredth | None = None
    """How likely it seems before, per cent; None where it was not asked."""
    drops: str = Field(default="", max_length=LONGEST_DROPS)
    """Which safety behaviours are to be dropped."""


class HierarchySet(Document):
    """A patient's hierarchy from now on, whole; a later one takes its place, earlier ones stay."""

    kind: Literal["hierarchy_set"] = "hierarchy_set"
    patient: str
    rows: tuple[PlanRow, ...] = Field(min_length=1, max_length=MOST_ROWS)
    """In the order in which they are to be met."""
    seed: int | None = Field(default=None, ge=0, lt=2**31)
    """What the order was drawn with, where somebody asked for one that varies; None for an order
    that was set by hand."""


class RowTaken(Document):
    """The session works on this row from now on; nothing in the scene changes by it.

    It stands in the session's own stream and holds the row as it was: the hierarchy may be changed
    later, and the console may be started again.
    """

    kind: Literal["row_taken"] = "row_taken"
    row: PlanRow
    tick: int
