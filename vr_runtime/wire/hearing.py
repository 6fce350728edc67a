"""Owns what a therapist may ask of the patient's hearing: loudness and the calibration tone.

It knows neither phases nor sound devices. How loud a decibel is at the ear is set once by the
clinic, on headphones and machine; from there these acts only make it softer.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from vr_runtime.wire.base import Message

STEP_DB = 3
"""One step of the patient's volume; about the least that is noticed at once."""
QUIETEST_DB = -42
VolumeDb = Annotated[int, Field(ge=QUIETEST_DB, le=0, multiple_of=STEP_DB, strict=True)]
"""The patient's volume in decibels below what the clinic has set, in whole steps of 3 dB."""
TONE_S = 20
"""Seconds after which the calibration tone ends by itself."""


class SetVolume(Message):
    """How loud everything is for the patient, until the session ends."""

    kind: Literal["set_volume"] = "set_volume"
    volume_db: VolumeDb


class PlayTone(Message):
    """Play the calibration tone, outside exposure; again, it lasts its time from now on."""

    kind: Literal["play_tone"] = "play_tone"


class StopTone(Message):
    """End the calibration tone."""

    kind: Literal["stop_tone"] = "stop_tone"


def gain(volume_db: int) -> float:
    """The factor of a volume, from 1 (0 dB) down to 0.008 (-42 dB)."""
    return float(10.0 ** (volume_db / 20.0))
