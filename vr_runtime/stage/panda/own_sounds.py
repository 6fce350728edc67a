"""Owns how a scenario's own sound is read, brought within the limits and laid ready to be played.

Knows neither scene nor mixer. It works beside the pictures, in pieces, so that none waits.
"""

from __future__ import annotations

import struct
import wave as wave_file
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from panda3d.core import Datagram, Filename, MovieAudio

from vr_runtime.language import _
from vr_runtime.stage.fitting import fitted
from vr_runtime.stage.loudness import Wave
from vr_runtime.stage.measured import Known
from vr_runtime.stage.own import OwnFile, Refused, changed, sha256_of, unread

LONGEST_S = 300.0
SLOWEST_HZ, FASTEST_HZ = 8_000, 192_000
PIECE_S = 0.5
START_BYTES = 1 << 16
STARTS = {".wav": b"RIFF", ".flac": b"fLaC", ".ogg": b"OggS"}


@dataclass(frozen=True)
class OwnSound:
    """A sound as it can be played."""

    path: Path
    known: Known


def own_sound(file: OwnFile, loop: bool, place: Path, goes_on: Callable[[], bool]) -> OwnSound:
    """Read a sound, bring it within the limits and write it to `place`, as WAV.

    Raises:
        Refused: it is no sound that can be read, or too long.
        InterruptedError: `goes_on` says that nobody waits for it any more.
    """
    if sha256_of(file.path, goes_on) != file.sha256:
        raise changed(file.name)
    wave, rate = _decoded(file, goes_on)
    samples, known = fitted(wave, rate, loop=loop)
    with wave_file.open(str(place), "wb") as out:
        out.setnchannels(samples.shape[1])
        out.setsampwidth(2)
        out.setframerate(rate)
        out.writeframes(samples.astype("<i2").tobytes())
    return OwnSound(place, known)


def _decoded(file: OwnFile, goes_on: Callable[[], bool]) -> tuple[Wave, int]:
    """The samples as (samples, one or two channels), and their rate."""
    ending = file.path.suffix.lower()
    with file.path.open("rb") as source:
        start = source.read(START_BYTES)
    if not start.startswith(STARTS[ending]) or (ending == ".wav" and not _honest(start)):
        raise _damaged(file)
    cursor = MovieAudio.get(Filename.fromOsSpecific(str(file.path))).open()
    if cursor is None:
        raise _damaged(file)
    channels, rate = cursor.audioChannels(), cursor.audioRate()
    if not 1 <= channels <= 2:
        told = _("it has {n} channels").format(n=channels)
        raise unread(file.name, told, _("save it with one channel or two"))
    if not SLOWEST_HZ <= rate <= FASTEST_HZ:
        raise _damaged(file)
    if cursor.length() > LONGEST_S:
        raise _long(file)
    pieces: list[np.ndarray] = []
    count, most = 0, round(LONGEST_S * rate)
    told = round(cursor.length() * rate)
    # What a file says of its length is not believed: neither more than it holds, nor more than
    # may be held.
    while count < told and not cursor.aborted():
        if not goes_on():
            raise InterruptedError
        read = Datagram()
        cursor.readSamples(min(round(PIECE_S * rate), told - count), read)
        piece = np.frombuffer(bytes(read), "<i2")
        piece = piece[: len(piece) // channels * channels].reshape(-1, channels)
        if not len(piece):
            break
        pieces.append(piece)
        count += len(piece)
        if count > most:
            raise _long(file)
    if not count:
        raise _damaged(file)
    return np.concatenate(pieces).astype(np.float64) / 32768.0, rate


def _honest(start: bytes) -> bool:
    """Whether a WAV file's own description can be true: Panda3D's reader believes it."""
    at, described = 12, False
    while at + 8 <= len(start):
        name, long = start[at : at + 4], struct.unpack_from("<I", start, at + 4)[0]
        if name == b"data":
            return described and at + 8 < len(start)
        if name == b"fmt ":
            if at + 24 > len(start):
                return False
            kind, channels, rate, each, block, bits = struct.unpack_from("<HHIIHH", start, at + 8)
            whole = channels * bits // 8
            known = kind in (1, 3, 0xFFFE) and bits in (8, 16, 24, 32)
            described = bool(known and channels and block == whole and each == rate * block)
            if not described:
                return False
        at += 8 + long + long % 2
    # its samples begin farther on
    return described and len(start) >= START_BYTES


def _damaged(file: OwnFile) -> Refused:
    told = _("it is damaged, or no sound of its kind")
    return unread(file.name, told, _("save it as WAV (16 bits), FLAC or Ogg Vorbis"))


def _long(file: OwnFile) -> Refused:
    told = _("it lasts more than {n} minutes").format(n=round(LONGEST_S / 60))
    return unread(file.name, told, _("cut it to a part that can be looped"))
