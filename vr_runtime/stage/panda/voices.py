"""Owns the recordings of spoken lines on this machine, read and ready to be played.

Each is decoded, measured and corrected when the display opens, so that no picture waits for it.
"""

from __future__ import annotations

import hashlib
import logging
import wave as wave_file
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import platformdirs
from panda3d.core import Datagram, Filename, MovieAudio

from vr_runtime.language import Language, _
from vr_runtime.stage.loudness import Wave
from vr_runtime.stage.measured import Known
from vr_runtime.stage.recordings import LONGEST_S, Fitted, Key, Unfit, fitted, laid_out
from vr_runtime.stage.spoken import VOICE

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Recording:
    """One line's recording as it can be played."""

    path: Path
    known: Known


class Voices:
    """The recordings in the language spoken now, by the name a scenario's line has."""

    def __init__(self, found: Mapping[Key, Recording], language: Language) -> None:
        self._found = found
        self.language: Language = language
        """Of the recordings that are given."""

    def get(self, name: str) -> Recording | None:
        """The recording called `"voice:scenario/line"`, or None where there is none."""
        scenario, _slash, line = name.removeprefix(VOICE).rpartition("/")
        return self._found.get((scenario, self.language, line))

    def __len__(self) -> int:
        return len(self._found)


def usual_folder() -> Path:
    """Where a clinic lays recordings for all scenarios of this machine."""
    return platformdirs.user_data_path("palier", appauthor=False) / "voices"


def gathered(folders: Iterable[Path], kept: Path) -> tuple[dict[Key, Recording], list[str]]:
    """All recordings below these folders, the first of a line first, and what was refused.

    The corrected ones are kept below `kept`. A refusal is one sentence with the file's name.
    """
    found: dict[Key, Recording] = {}
    refused: list[str] = []
    for folder in folders:
        for key, path in laid_out(folder):
            if key in found:
                continue
            try:
                found[key] = _kept(path, kept)
            except Unfit as unfit:
                told = _("The recording {file} is not used: {why}.")
                refused.append(told.format(file=path, why=unfit))
    return found, refused


def _kept(path: Path, kept: Path) -> Recording:
    try:
        name = hashlib.sha256(path.read_bytes()).hexdigest()[:32]
    except OSError as error:
        raise Unfit(error.strerror or str(error)) from error
    made = fitted(*decoded(path))
    place = kept / f"{name}.wav"
    try:
        kept.mkdir(parents=True, exist_ok=True)
        _write(made, place)
    except OSError as error:
        raise Unfit(error.strerror or str(error)) from error
    return Recording(place, made.known)


def _write(made: Fitted, place: Path) -> None:
    with wave_file.open(str(place), "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(made.rate)
        out.writeframes(made.samples.astype("<i2").tobytes())


def decoded(path: Path) -> tuple[Wave, int]:
    """The samples of a sound file as (samples, channels), and their rate.

    Of what is longer than any recording may be, only a little more is read.

    Raises:
        Unfit: it is no sound file that can be read here.
    """
    cursor = MovieAudio.get(Filename.fromOsSpecific(str(path))).open()
    if cursor is None or cursor.audioChannels() < 1 or cursor.audioRate() < 8000:
        raise Unfit(_("it is no WAV, FLAC or Ogg Vorbis file that can be read"))
    channels, rate = cursor.audioChannels(), cursor.audioRate()
    wanted = round((LONGEST_S + 1.0) * rate)
    if cursor.length() > 0.0:
        wanted = min(wanted, round(cursor.length() * rate))
    read = Datagram()
    cursor.readSamples(wanted, read)
    samples = np.frombuffer(bytes(read), "<i2")
    whole = samples[: len(samples) // channels * channels]
    return whole.reshape(-1, channels).astype(np.float64) / 32768.0, rate
