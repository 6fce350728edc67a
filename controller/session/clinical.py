"""Owns the kinds of entries on what befell the patient and on what was feared; judges nothing."""

from __future__ import annotations

from typing import Literal

from pydantic import Field, model_validator

from controller.session.document import Document

AdverseType = Literal[
    "cybersickness",
    "panic",
    "faint",
    "fall",
    "seizure",
    "dissociation",
    "emotional",
    "technical",
    "other",
]
Severity = Literal["mild", "moderate", "severe"]
Related = Literal["yes", "no", "unclear"]
"""Whether whoever reports it holds the session for its reason."""
OutcomeOf = Literal["recovered", "recovering", "not_recovered", "unknown"]
About = Literal["own_reaction", "event", "judgement"]
"""What is feared: one's own reaction, something in the world, or what others think."""


class AdverseEvent(Document):
    """Something untoward that befell the patient, in or after a session."""

    kind: Literal["adverse_event"] = "adverse_event"
    type: AdverseType
    severity: Severity
    serious: bool | None
    """Hospital, injury or danger to life; None where nobody was asked."""
    related: Related
    description: str = Field(min_length=1, max_length=2000)
    action: str = Field(default="", max_length=1000)
    """What was done."""
    outcome: OutcomeOf = "unknown"
    follow_up: str = Field(default="", max_length=200)
    """When and how it is to be looked at again."""
    at_s: float | None = Field(default=None, ge=0)
    """Second of the session; None where it is not known or came afterwards."""


class Expectancy(Document):
    """A feared outcome as it was put to the test (Craske et al. 2014)."""

    kind: Literal["expectancy"] = "expectancy"
    feared: str = Field(min_length=1, max_length=400)
    """In the patient's words."""
    about: About
    likelihood_before: int | None = Field(default=None, ge=0, le=100)
    """Percent, before."""
    severity_before: int | None = Field(default=None, ge=0, le=100)
    """How bad it would be, 0 to 100, before."""
    test: str = Field(default="", max_length=400)
    """What was agreed on: step, length, safety behaviour to leave out."""
    occurred: bool | None = None
    unclear: bool = False
    """It was asked whether it came, and could not be told; then `occurred` is None."""
    likelihood_after: int | None = Field(default=None, ge=0, le=100)
    surprise: int | None = Field(default=None, ge=0, le=100)
    learned: str = Field(default="", max_length=1000)
    """What the patient learned, in their words."""

    @model_validator(mode="after")
    def _told_one_way(self) -> Expectancy:
        if self.unclear and self.occurred is not None:
            raise ValueError("what is unclear neither came nor stayed away")
        return self

    @property
    def is_open(self) -> bool:
        """Whether nobody has said yet what became of it."""
        return self.occurred is None and not self.unclear
