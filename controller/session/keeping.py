"""Owns the kinds of entries about data itself, and about what a clinic sets for all its sessions.

Consent, restriction, erasure, retention, protocol. It knows no law: which duty binds a clinic is
the clinic's own statement.
"""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from controller.protocol.reading import sha256_of
from controller.session.document import Document

ConsentTo = Literal["session", "pose", "gaze", "heart", "recording", "observers", "research"]
"""What is consented to, each by itself: `session` is exposure in virtual reality as such."""
Consenting = Literal["patient", "guardian"]
WhyErased = Literal["request", "retention", "mistake"]


class ConsentGiven(Document):
    """A patient, or for a minor their guardian, consented to one thing.

    The paper stays with the clinic: here are its version, who consented, and how.
    """

    kind: Literal["consent_given"] = "consent_given"
    patient: str
    to: ConsentTo
    version: str = Field(min_length=1, max_length=80)
    """Version or date of the wording that was read."""
    by: Consenting
    assent: bool | None = None
    """Whether a minor agreed too, in their own words; None where nobody was asked."""
    how: Literal["signed", "verbal_witnessed"]

    @model_validator(mode="after")
    def _with_the_minors_assent(self) -> ConsentGiven:
        if self.by == "guardian" and self.assent is not True:
            raise ValueError("a guardian's consent needs the minor's own assent")
        return self


class ConsentWithdrawn(Document):
    """A consent was taken back; it holds no more from this moment on."""

    kind: Literal["consent_withdrawn"] = "consent_withdrawn"
    patient: str
    to: ConsentTo
    by: Consenting


LONGEST_REASON = 200
"""Characters of why data are restricted."""


class Restriction(Document):
    """The data are kept and not used, or may be used again (GDPR, article 18)."""

    kind: Literal["restriction"] = "restriction"
    patient: str
    on: bool
    reason: str = Field(default="", max_length=LONGEST_REASON)


class ErasedStream(BaseModel):
    """A stream that is gone: how long it was, and the hash of its last entry."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    stream: str
    entries: int = Field(ge=0)
    head: str


class PatientErased(Document):
    """All about a patient was erased; this and the ledger's seals are what remains."""

    kind: Literal["patient_erased"] = "patient_erased"
    patient: str
    """The record's own random id."""
    reason: WhyErased
    despite: str = Field(default="", max_length=200)
    """Why before the end of the clinic's duty to keep, where one was set."""
    streams: tuple[ErasedStream, ...]


class ProtocolSet(Document):
    """The clinic's protocol from now on, whole and word for word as its file was."""

    kind: Literal["protocol_set"] = "protocol_set"
    id: str
    version: str
    sha256: str = Field(pattern=r"^[0-9a-f]{64}$")
    """Of the file."""
    text: str

    @model_validator(mode="after")
    def _of_this_text(self) -> ProtocolSet:
        if sha256_of(self.text) != self.sha256:
            raise ValueError("the hash is of another text")
        return self


class RetentionSet(Document):
    """How long this clinic keeps a record, as it states its own duty."""

    kind: Literal["retention_set"] = "retention_set"
    years: int = Field(ge=0, le=100)
    """Years after a patient's last session or questionnaire."""
    duty: str = Field(max_length=200)
    """Which law or rule says so, in the clinic's words."""
