"""Owns the folder of a clinic's recorded lines: what lies there, is taken in, or taken out.

Each line is `NAME.wav` and a card `NAME.json` beside it. What lies there is looked at anew each
time; what cannot be used is told and never played. It knows neither session nor sound device.
"""

from __future__ import annotations

import errno
import hashlib
import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import Literal

from pydantic import ValidationError

from controller import unusable
from controller.language import _
from controller.recorded.model import (
    Card,
    NoLine,
    RecordedLine,
    why_not_named,
    why_not_worded,
    why_unusable,
)
from vr_runtime.wire.recorded import MOST_BYTES, NotALine, Wav, read_wav

MOST_LINES = 12
"""As many as a therapist finds at a glance, and as the patient's side keeps at hand."""
LARGEST_CARD = 10_000
_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,23}")


def lines_in(folder: Path) -> tuple[tuple[RecordedLine, ...], tuple[str, ...]]:
    """The lines that can be played, by name, and a sentence on each that cannot."""
    found: list[RecordedLine] = []
    problems: list[str] = []
    try:
        cards = sorted(folder.glob("*.json"))
    except OSError as error:
        return (), (unusable.told(error, folder),)
    for place in cards:
        try:
            line = _read(place)
        except NoLine as why:
            problems.append(f"{place.name}: {why}")
            continue
        if len(found) < MOST_LINES:
            found.append(line)
        else:
            told = _("There are more than {most} lines; remove some.").format(most=MOST_LINES)
            problems.append(f"{place.name}: {told}")
    return tuple(found), tuple(problems)


def _read(place: Path) -> RecordedLine:
    """One line by its card; raises `NoLine`."""
    try:
        with place.open("rb") as opened:
            raw = opened.read(LARGEST_CARD + 1)
        card = Card.model_validate_json(raw if len(raw) <= LARGEST_CARD else b"")
    except (OSError, ValidationError):
        raise NoLine(_("This card cannot be read; remove the line and add it anew.")) from None
    if card.name != place.stem:
        raise NoLine(_("This card bears another name; remove the line and add it anew."))
    line = RecordedLine(card, place.with_suffix(".wav"))
    bytes_of(line)
    return line


def bytes_of(line: RecordedLine) -> bytes:
    """The recording, which is the one that was added; raises `NoLine`."""
    data, _wav = _sound(line.file)
    if hashlib.sha256(data).hexdigest() != line.card.sha256:
        raise NoLine(_("The recording was changed since; remove the line and add it anew."))
    return data


def _sound(file: Path) -> tuple[bytes, Wav]:
    try:
        if file.exists() and not (file.is_file() or file.is_dir()):
            # A pipe might be waited for without an end.
            raise unusable.NoOrdinaryFile(errno.EINVAL, os.strerror(errno.EINVAL), str(file))
        with file.open("rb") as opened:
            data = opened.read(MOST_BYTES + 1)
        return data, read_wav(data)
    except OSError as error:
        raise NoLine(unusable.told(error, file)) from None
    except NotALine as error:
        raise NoLine(why_unusable(error.why)) from None


def add(
    folder: Path,
    file: Path,
    name: str,
    words: str,
    language: Literal["fr", "en"],
    fit: Callable[[Path], None] = lambda file: None,
) -> RecordedLine:
    """Take a recording in as a line of the clinic; the file that was given stays where it is.

    Args:
        folder: of the clinic's lines; made where there is none.
        file: WAV, PCM of 16 bits.
        name: short; none that is there already.
        words: as they are spoken.
        language: in which they are spoken.
        fit: raises `NoLine` for a recording that cannot be heard well.

    Raises:
        NoLine: it cannot be a line, or the name is taken.
    """
    said = " ".join(words.split())
    if not _NAME.fullmatch(name):
        raise NoLine(why_not_named())
    there, _problems = lines_in(folder)
    if (folder / f"{name}.json").exists():
        told = _("There is a line called {name}; remove it first, or give another name.")
        raise NoLine(told.format(name=name))
    if len(there) >= MOST_LINES:
        raise NoLine(_("There are {most} lines already; remove one.").format(most=MOST_LINES))
    data, sound = _sound(file)
    try:
        card = Card(
            name=name,
            words=said,
            language=language,
            sha256=hashlib.sha256(data).hexdigest(),
            seconds=round(sound.lasts_s, 2),
        )
    except ValidationError:
        raise NoLine(why_not_worded()) from None
    fit(file)
    wav = folder / f"{name}.wav"
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        _written(wav, data)
        # The card comes last: without it there is no line.
        _written(folder / f"{name}.json", card.model_dump_json(indent=1).encode())
    except OSError as error:
        raise NoLine(unusable.told(error, folder)) from None
    return RecordedLine(card, wav)


def _written(place: Path, data: bytes) -> None:
    """All of it or nothing, for this user alone, and on the disk once it is said to be there."""
    beside = place.with_name(f".{place.name}.new")
    handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "wb") as out:
        out.write(data)
        out.flush()
        os.fsync(out.fileno())
    beside.replace(place)


def remove(folder: Path, name: str) -> None:
    """Take a line out, whatever state it is in; raises `NoLine` where there is none."""
    card, wav = folder / f"{name}.json", folder / f"{name}.wav"
    if not _NAME.fullmatch(name) or not (card.exists() or wav.exists()):
        raise NoLine(_("There is no line called {name}; look at `palier lines`.").format(name=name))
    try:
        card.unlink(missing_ok=True)
        wav.unlink(missing_ok=True)
    except OSError as error:
        raise NoLine(unusable.told(error, folder)) from None
