"""Owns what a recorded line of a clinic is, and why a sound can be none; it reads no file.

A line is one encouraging sentence, recorded beforehand by a therapist, for a patient to hear in a
session.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field

from controller.clinic_files.parts import Part
from controller.language import _, mark
from vr_runtime.wire.recorded import (
    FASTEST_HZ,
    LONGEST_S,
    LONGEST_WORDS,
    MOST_BYTES,
    SHORTEST_S,
    SLOWEST_HZ,
    LineHash,
    LineName,
    LineWords,
    Unusable,
)

GLYPH = "♪"
"""By it a recorded line is told from words that are written."""


class Card(Part):
    """What stands beside a recording."""

    name: LineName
    words: LineWords
    language: Literal["fr", "en"]
    sha256: LineHash
    seconds: Annotated[float, Field(gt=0, le=LONGEST_S)]


@dataclass(frozen=True)
class RecordedLine:
    """One line that can be played."""

    card: Card
    file: Path

    @property
    def name(self) -> str:
        """Short, as it is typed."""
        return self.card.name


class NoLine(Exception):
    """It is no line that can be taken or played; the text is one sentence on what to do."""


_WHY: dict[Unusable, str] = {
    Unusable.LARGE: mark("The file is larger than {mb} MB; save a shorter sentence."),
    Unusable.NOT_WAV: mark("This is no whole WAV file; save the recording as WAV (PCM, 16 bits)."),
    Unusable.BITS: mark("The samples are not PCM of 16 bits; save the recording as WAV, 16 bits."),
    Unusable.CHANNELS: mark("A line has one channel or two; save it as mono or stereo."),
    Unusable.RATE: mark("Save the recording with {low} to {high} samples a second."),
    Unusable.SHORT: mark("The recording lasts less than {shortest} s; record the whole sentence."),
    Unusable.LONG: mark("The recording lasts more than {longest} s; say less in one line."),
}


def why_unusable(why: Unusable) -> str:
    """What is wrong with a sound and what to do, in the language that is spoken."""
    return _(_WHY[why]).format(
        mb=MOST_BYTES // 1_000_000,
        low=SLOWEST_HZ,
        high=FASTEST_HZ,
        shortest=f"{SHORTEST_S:g}",
        longest=f"{LONGEST_S:g}",
    )


def why_not_named() -> str:
    """What a name may be."""
    return _("A line's name has 1 to 24 small letters, digits and dashes, as well-done.")


def why_not_worded() -> str:
    """What the words may be."""
    told = _("Give the words as they are spoken, on one line of 1 to {most} characters.")
    return told.format(most=LONGEST_WORDS)
