"""Owns the kind of entry on a session's time and breaks; judges nothing and knows no screen."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from controller.session.document import Document

What = Literal[
    "limit_near", "limit_reached", "break_due", "break_begun", "break_over", "break_ended"
]
"""The time foreseen is nearly over, or over; a break was said to be due; the therapist began one;
its time was over; it ended, as exposure went on. Nothing of it was enforced."""


class Paced(Document):
    """What was said to the therapist of time and breaks, or done about them."""

    kind: Literal["paced"] = "paced"
    what: What
    minutes: float = Field(ge=0, allow_inf_nan=False)
    """Minutes left; foreseen; of exposure since the last break; the break is to last; it lasted."""
    tick: int
