"""Owns a patient's own anchors: which past experience of theirs a point of the scale stands for.

They belong to therapist and patient: a console that leads shows them, the patient's side never has
them. An experience that is past keeps its place on the scale while a feared one changes with the
exposure (https://exposure.la.utexas.edu, SUDS worksheet).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

LONGEST_ANCHOR = 60
VALUES = (0, 25, 50, 75, 100)
"""Points of the scale, canonical 0 to 100, that can be given one."""

Anchors = tuple[tuple[int, str], ...]
"""Value and words, from the lowest value up."""


class Anchor(BaseModel):
    """What one point of the scale stands for from now on; no words take it away."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    value: Literal[0, 25, 50, 75, 100]
    words: str = Field(default="", max_length=LONGEST_ANCHOR)


def in_force(said: Iterable[Anchor]) -> Anchors:
    """Those that hold after all that was said, the oldest first: the last word on each value."""
    last: dict[int, str] = {one.value: one.words for one in said}
    return tuple((value, last[value]) for value in VALUES if last.get(value))
