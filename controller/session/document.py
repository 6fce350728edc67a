"""Owns what all kinds of entries have in common, and how streams are named; knows no kind."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict

CLINIC = "clinic"
"""Name of the stream that belongs to nobody in particular: operators, rules, erasures."""
_PATIENT = "patient-"


class Document(BaseModel):
    """Base of all entries' contents: frozen, unknown fields refused, values told in no error."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)


def stream_of(patient: str) -> str:
    """Name of a patient's own stream. All that names the patient is there or in their sessions."""
    return _PATIENT + patient


def is_lasting(stream: str) -> bool:
    """Whether a stream never closes: each of its entries is sealed as it is written."""
    return stream == CLINIC or stream.startswith(_PATIENT)
