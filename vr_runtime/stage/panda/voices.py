"""Owns the recordings of spoken lines on this machine, read and ready to be played.

Each is decoded, measured and corrected when the display opens, so that no picture waits for it.
"""

from __future__ import annotations

import hashlib
import wave as wave_file
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import platformdirs
from panda3d.core import Datagram, Filename, MovieAudio

from scenarios.api.manifest import Manifest, Words
from vr_runtime.language import Language, _, figure
from vr_runtime.stage.loudness import Wave
from vr_runtime.stage.measured import Known
from vr_runtime.stage.recordings import (
    LONGEST_S,
    Fitted,
    Key,
    Misplaced,
    Unfit,
    fitted,
    laid_out,
)
from vr_runtime.stage.spoken import VOICE, length_s

BEGINS_LATE_S = 0.1
"""A recording begins with one of the next pictures after its caption."""


@dataclass(frozen=True)
class Recording:
    """One line's recording as it can be played."""

    path: Path
    known: Known
    laid: Path | None = None
    """The file it was made of, as the clinic has laid it."""
    lasts_s: float = 0.0
    """Seconds until its last sound."""


class Voices:
    """The recordings in the language spoken now, by the name a scenario's line has."""

    def __init__(self, found: Mapping[Key, Recording], language: Language) -> None:
        self._found = dict(found)
        self.language: Language = language
        """Of the recordings that are given."""

    def get(self, name: str) -> Recording | None:
        """The recording called `"voice:scenario/line"`, or None where there is none."""
        scenario, _slash, line = name.removeprefix(VOICE).rpartition("/")
        return self._found.get((scenario, self.language, line))

    def fit(self, manifest: Manifest) -> list[str]:
        """Use of this scenario's recordings those that its lines have time for.

        Gives a sentence for each that is used no longer, and for each of a line there is not.
        """
        lines = {line.name: line.words for line in manifest.lines}
        told: list[str] = []
        for key, recording in list(self._found.items()):
            scenario, _language, line = key
            if scenario != manifest.id:
                continue
            why = _unfit(recording, lines.get(line))
            if why is not None:
                del self._found[key]
                told.append(_not_used(recording.laid or recording.path, why))
        return told

    def __len__(self) -> int:
        return len(self._found)


def _not_used(file: Path, why: str) -> str:
    return _("The recording {file} is not used: {why}.").format(file=file, why=why)


def _unfit(recording: Recording, words: Words | None) -> str | None:
    """Why it cannot be heard whole as this line, in the words it has; None where it can."""
    if words is None:
        return _("its scenario has no line of this name; look at palier-scenario show")
    given_s = length_s(words)
    if recording.lasts_s <= given_s - BEGINS_LATE_S:
        return None
    told = _("it lasts {lasts} s, and the line has {given} s by its text; speak it faster")
    return told.format(lasts=figure(recording.lasts_s, 1), given=figure(given_s, 1))


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
        for laid in laid_out(folder):
            if isinstance(laid, Misplaced):
                refused.append(_not_used(laid.path, laid.why))
                continue
            key, path = laid
            if key in found:
                continue
            try:
                found[key] = _kept(path, kept)
            except Unfit as unfit:
                refused.append(_not_used(path, str(unfit)))
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
    return Recording(place, made.known, path, made.lasts_s)


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
