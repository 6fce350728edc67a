"""Owns the kinds of entries of a behavioural approach test (BAT); judges nothing, knows no screen.

All stand in the session's own stream, so that a console that takes the session up goes on in it.
Distress is not repeated here: it stands in the ratings, and the ticks tell which belong where.
"""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from controller.session.document import Document
from scenarios.api.ladders import MOST_STEPS

What = Literal["offered", "gone", "arrived", "done", "refused", "ended", "interrupted"]
"""`offered`: named to the patient. `gone`: the patient agreed, and the therapist led there.
`arrived`: the step's level is applied. `refused`: the patient would not go. `ended`: the patient
would stay no longer, or left. `interrupted`: the scene was left otherwise; the step may be offered
again."""
HowEnded = Literal["all_done", "refused", "patient", "therapist", "stopped", "session"]
"""All steps were done; the patient refused one, or ended it; the therapist ended the test; a stop
did; or the session was closed within it."""


class BatBegun(Document):
    """A BAT began: its instruction was shown to be read aloud. Its script is the scenario's."""

    kind: Literal["bat_begun"] = "bat_begun"
    steps: int = Field(ge=1, le=MOST_STEPS)
    tick: int


class BatStep(Document):
    """What became of one step, at a moment."""

    kind: Literal["bat_step"] = "bat_step"
    number: int = Field(ge=1, le=MOST_STEPS)
    what: What
    measure: float | None = Field(default=None, allow_inf_nan=False)
    """Of a step that is done: the scored value as it was applied; None where none is scored."""
    tick: int


class BatEnded(Document):
    """The BAT is over, and how far the patient went."""

    kind: Literal["bat_ended"] = "bat_ended"
    how: HowEnded
    score: int = Field(ge=0, le=MOST_STEPS)
    """The highest step that was done; 0 where none was."""
    steps: int = Field(ge=1, le=MOST_STEPS)
    tick: int


BatSaid = BatBegun | BatStep | BatEnded
KINDS = (BatBegun, BatStep, BatEnded)
