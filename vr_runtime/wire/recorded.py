"""Owns what a line is that a therapist has recorded for a patient to hear, and how it is asked for.

Both ends read the sound by the same few rules, so that nobody is surprised in a session: WAV, PCM
of 16 bits. It knows neither phases nor sound devices, and how loud a line is becomes known only to
who plays it.
"""

from __future__ import annotations

import struct
from base64 import b64decode, b64encode
from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field

from vr_runtime.wire.base import Message, ShortText

SHORTEST_S, LONGEST_S = 0.3, 20.0
SLOWEST_HZ, FASTEST_HZ = 8_000, 48_000
MOST_BYTES = 4_000_000
"""Of a recording: 20 s in two channels at the highest rate, and what stands around the samples."""
PART_BYTES = 45_000
"""Of a recording in one message, which is then smaller than a message may be."""
LONGEST_NAME, LONGEST_WORDS = 24, 200

LineName = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]{0,23}$")]
LineWords = Annotated[str, Field(pattern=r"^[^\x00-\x1f\x7f]{1,200}$")]
LineHash = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
"""SHA-256 of the recording as it lies in the clinic's folder."""
Seconds = Annotated[float, Field(ge=0, le=3600, allow_inf_nan=False)]
LineEnd = Literal["finished", "ended", "replaced", "left", "link", "no_sound", "unheard"]
"""`ended`: by the therapist. `replaced`: by another line. `left`: the scene was left, by whatever.
`link`: who leads was not heard any more, or another leads. `no_sound`: the device is gone.
`unheard`: it could not be played."""
_Encoded = Annotated[
    str,
    Field(
        pattern=r"^([A-Za-z0-9+/]{4})*([A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$",
        max_length=PART_BYTES * 4 // 3,
    ),
]


class BringLine(Message):
    """Bring one part of a recording to the patient's side, in order; nothing is heard by it.

    The last part is answered once the whole was read and made fit to be heard, or refused.
    """

    kind: Literal["bring_line"] = "bring_line"
    sha256: LineHash
    size: int = Field(ge=1, le=MOST_BYTES, strict=True)
    """Bytes of all of it."""
    at: int = Field(ge=0, lt=MOST_BYTES, strict=True)
    """How many bytes come before this part; 0 begins anew."""
    part: _Encoded

    @property
    def data(self) -> bytes:
        """The bytes of this part."""
        return b64decode(self.part)


class PlayLine(Message):
    """Let the patient in the scene hear a line that was brought; one that is heard gives way."""

    kind: Literal["play_line"] = "play_line"
    sha256: LineHash
    name: LineName
    words: LineWords
    language: Literal["fr", "en"]


class EndLine(Message):
    """End the line that is heard; without one nothing happens."""

    kind: Literal["end_line"] = "end_line"


class LineState(Message):
    """The recorded line that the patient hears."""

    name: LineName
    words: LineWords
    sha256: LineHash
    since_s: Seconds
    """Seconds for which it has been heard."""
    lasts_s: Seconds


class RecordedLineBegun(Message):
    """The patient began to hear a line that the therapist has recorded."""

    kind: Literal["recorded_line_begun"] = "recorded_line_begun"
    name: LineName
    words: LineWords
    language: Literal["fr", "en"]
    sha256: LineHash
    lasts_s: Seconds
    by: ShortText
    """Name of the identity that played it."""


class RecordedLineEnded(Message):
    """It is not heard any more; with `unheard` it never was."""

    kind: Literal["recorded_line_ended"] = "recorded_line_ended"
    name: LineName
    sha256: LineHash
    heard_s: Seconds
    how: LineEnd


class Unusable(StrEnum):
    """What is wrong with a sound that cannot be a line."""

    LARGE = "large"
    NOT_WAV = "not_wav"
    BITS = "bits"
    CHANNELS = "channels"
    RATE = "rate"
    SHORT = "short"
    LONG = "long"


class NotALine(Exception):
    """These bytes cannot be a line."""

    def __init__(self, why: Unusable) -> None:
        super().__init__(why.value)
        self.why = why


@dataclass(frozen=True)
class Wav:
    """The samples of a recording."""

    rate: int
    """Samples a second."""
    channels: int
    samples: bytes
    """16 bits each, the low byte first, channels in turn."""

    @property
    def lasts_s(self) -> float:
        """Seconds."""
        return len(self.samples) / (2 * self.channels * self.rate)


def read_wav(data: bytes) -> Wav:
    """The recording in these bytes, which may be anything; what a file says of itself is checked.

    Raises:
        NotALine: it is no WAV of 16 bits in one channel or two, too short, too long or too large.
    """
    if len(data) > MOST_BYTES:
        raise NotALine(Unusable.LARGE)
    if data[:4] != b"RIFF" or data[8:12] != b"WAVE":
        raise NotALine(Unusable.NOT_WAV)
    form: tuple[int, int] | None = None
    at = 12
    while at + 8 <= len(data):
        name, long = data[at : at + 4], struct.unpack_from("<I", data, at + 4)[0]
        body = at + 8
        if body + long > len(data):
            break
        if name == b"fmt ":
            form = _form(data[body : body + long])
        elif name == b"data" and form is not None:
            return _whole(*form, data[body : body + long])
        at = body + long + long % 2
    raise NotALine(Unusable.NOT_WAV)


PCM, EXTENDED = 1, 0xFFFE


def _form(told: bytes) -> tuple[int, int]:
    """Rate and channels by the description of the samples."""
    if len(told) < 16:
        raise NotALine(Unusable.NOT_WAV)
    kind, channels, rate, each, block, bits = struct.unpack_from("<HHIIHH", told)
    if kind == EXTENDED and len(told) >= 26:
        kind = struct.unpack_from("<H", told, 24)[0]
    if kind != PCM or bits != 16:
        raise NotALine(Unusable.BITS)
    if channels not in (1, 2):
        raise NotALine(Unusable.CHANNELS)
    if not SLOWEST_HZ <= rate <= FASTEST_HZ:
        raise NotALine(Unusable.RATE)
    if block != 2 * channels or each != rate * block:
        raise NotALine(Unusable.NOT_WAV)
    return rate, channels


def _whole(rate: int, channels: int, samples: bytes) -> Wav:
    wav = Wav(rate, channels, samples[: len(samples) // (2 * channels) * (2 * channels)])
    if wav.lasts_s < SHORTEST_S:
        raise NotALine(Unusable.SHORT)
    if wav.lasts_s > LONGEST_S:
        raise NotALine(Unusable.LONG)
    return wav


def parts(sha256: str, data: bytes) -> list[BringLine]:
    """The messages that bring a recording, in their order."""
    return [
        BringLine(
            sha256=sha256,
            size=len(data),
            at=at,
            part=b64encode(data[at : at + PART_BYTES]).decode("ascii"),
        )
        for at in range(0, len(data), PART_BYTES)
    ]
