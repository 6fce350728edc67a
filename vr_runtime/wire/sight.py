"""Owns what a patient has before their eyes beside the place itself, and how they take part.

These are the words between both ends; it knows neither engine nor picture.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from vr_runtime.wire.base import Message, ShortText

LONGEST_TEXT = 80
"""Most characters of a text that the therapist has put before the patient's eyes."""

PatientText = Annotated[str, Field(pattern=r"^[^\x00-\x1f\x7f]{1,80}$")]
"""One line of plain characters."""
RatingScale = Literal["0-100", "0-10"]


class PatientSettings(Message):
    """How this patient looks, hears of things and answers, in one session."""

    language: Literal["fr", "en"] | None = None
    """Of all that the patient reads and hears; None for the language of the patient's side."""
    hand: Literal["right", "left"] = "right"
    """The hand that answers."""
    one_hand: bool = False
    """Everything is done with that hand alone."""
    posture: Literal["standing", "seated"] = "standing"
    eye_m: float | None = Field(default=None, ge=0.8, le=2.2, allow_inf_nan=False)
    """Height of the eyes above the floor on a flat screen; None for the posture's usual one."""
    captions: bool = True
    """Whether the words of spoken lines are written."""
    scale: RatingScale = "0-100"
    gaze: bool = False
    """The distress dial is answered by looking at a value; for hands that cannot. Looking never
    leaves: to tell the therapist is named as the way out then."""
    way_out_always: bool = False
    """The way out stays in view as long as the session lasts; else it is named for some seconds."""
    guide_sound: bool = True
    """Whether a soft breath is heard with the breathing guide."""
    countdown_s: int = Field(default=0, ge=0, le=10, strict=True)
    """Seconds counted down in the neutral room before a trial is shown; 0 for none."""


class Sight(Message):
    """What the patient has before their eyes now, beside the place itself."""

    dial: Literal["asked", "raised", "answered"] | None = None
    """The distress dial: asked for by the therapist, raised by the patient, or just answered."""
    dial_s: float = Field(default=0.0, ge=0)
    """Seconds until it goes away by itself."""
    given: int | None = Field(default=None, ge=0, le=100)
    """What was answered, while the dial still says so."""
    text: PatientText | None = None
    """What the therapist has written."""
    text_s: float | None = Field(default=None, ge=0)
    """Seconds until it goes away; None while it stays until it is taken away."""
    way_out: bool = False
    """Whether the control that leads out is named."""
    countdown: int = Field(default=0, ge=0)
    """Whole seconds until the place is shown; 0 when nothing is counted."""
    task: ShortText | None = None
    """Instruction of the task that is under way."""
    task_done: bool = False
    """Whether the patient is told that the last one is done, for some seconds."""
    caption: ShortText | None = None
    """Words of the line that is spoken now; None while nobody speaks, or without captions."""
    centred: int = Field(default=0, ge=0)
    """How often what lies ahead was brought before the eyes again, in this session."""
    patient: PatientSettings = PatientSettings()
