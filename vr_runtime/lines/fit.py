"""Owns how a recorded line becomes what may be heard: at the calm loudness of speech, eased at both
ends, within the limits of every sound. It knows neither session nor sound device.
"""

from __future__ import annotations

import hashlib
import wave as wave_file
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from vr_runtime.stage import fitting
from vr_runtime.stage.mixing import LINE_LUFS
from vr_runtime.stage.recordings import fitted
from vr_runtime.wire.recorded import read_wav


@dataclass(frozen=True)
class Fit:
    """A line as it lies ready to be heard."""

    path: Path
    sha256: str
    """Of this file."""
    volume: float
    """Factor, 0 to 1, at which the stage plays it as loud as a line is: -20 LUFS at most."""
    lufs: float
    """Loudness as it is heard at that volume."""
    lasts_s: float


def made_fit(data: bytes, place: Path) -> Fit:
    """Read a recording, bring it to the loudness of a line and write it to `place`, as WAV.

    It takes some tenths of a second, beside the pictures.

    Raises:
        NotALine: the bytes are no recording that may be one.
        Unfit: it is silent, too quiet, overdriven, or all peaks.
        OSError: it cannot be written.
    """
    wav = read_wav(data)
    samples = np.frombuffer(wav.samples, "<i2").reshape(-1, wav.channels)
    line = fitted(samples.astype(np.float64) / 32768.0, wav.rate)
    with wave_file.open(str(place), "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(line.rate)
        out.writeframes(line.samples.astype("<i2").tobytes())
    # The stage makes any own sound as loud as an event; a line is softer, by what is reckoned here.
    heard = line.samples[:, None].astype(np.float64) / 32768.0
    known = fitting.fitted(heard, line.rate, loop=False)[1]
    reached = known.measured.lufs
    volume = min(1.0, 10.0 ** ((LINE_LUFS - reached) / 20.0))
    return Fit(
        place,
        hashlib.sha256(place.read_bytes()).hexdigest(),
        volume,
        min(reached, LINE_LUFS),
        wav.lasts_s,
    )
