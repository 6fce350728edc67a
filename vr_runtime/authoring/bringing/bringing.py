"""Owns how an author's file becomes one that a scenario may use, whatever it is; asks nothing."""

from __future__ import annotations

import math
import re
import tempfile
import unicodedata
import wave
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from vr_runtime.authoring.bringing.films import NoFilm, film_alone
from vr_runtime.authoring.bringing.models import NoModel, packed
from vr_runtime.authoring.bringing.pictures import NoPicture, cleaned
from vr_runtime.language import _, figure
from vr_runtime.stage.models.gltf import read
from vr_runtime.stage.own import KINDS, MB, MOST_BYTES, OWN, Kind, OwnFile, Refused, sha256_of

WORDS: dict[Kind, str] = {
    "picture": 'self.stage.panorama("{name}")',
    "film": 'self.stage.panorama("{name}")',
    "sound": 'self.stage.sound("{name}")',
    "model": 'self.stage.model("{name}")',
}
"""What is written in a scenario for each kind."""
TAKEN = (*KINDS, ".gltf")


class CannotBring(ValueError):
    """The file cannot be used; the message says why."""


@dataclass(frozen=True)
class Brought:
    """A file as it is laid into `own`."""

    name: str
    """Without a folder."""
    kind: Kind
    data: bytes
    told: tuple[str, ...] = ()
    """What its author should know, a sentence each."""
    seconds: float = 0.0
    """Of a sound: how long it is."""

    @property
    def line(self) -> str:
        """What is written in the scenario."""
        return WORDS[self.kind].format(name=f"{OWN}{self.name}")


def brought(file: Path, *, bed: bool = False) -> Brought:
    """The file, made ready and tried; a sound as a `bed` that goes on, or as an event.

    Raises:
        CannotBring: it is of no kind that may be used, damaged, or too large.
        OSError: it cannot be read.
    """
    ending = file.suffix.lower()
    kind: Kind | None = "model" if ending == ".gltf" else KINDS.get(ending)
    if kind is None:
        told = _("{file}: of no kind that may be used; it takes {endings}")
        raise CannotBring(told.format(file=file, endings=", ".join(TAKEN)))
    makers: dict[Kind, Callable[[Path], Brought]] = {
        "picture": _picture,
        "film": _film,
        "sound": partial(_sound, bed=bed),
        "model": _model,
    }
    try:
        made = makers[kind](file)
    except (NoPicture, NoFilm, NoModel, Refused) as fault:
        raise CannotBring(str(fault)) from fault
    if len(made.data) > MOST_BYTES[kind]:
        told = _("{file}: larger than {n} MB; save it smaller")
        raise CannotBring(told.format(file=file, n=MOST_BYTES[kind] // MB))
    return made


def slug(text: str) -> str:
    """A name of small letters, digits, - and _ that comes closest."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9_-]+", "_", plain).strip("_-") or "file"


def _picture(file: Path) -> Brought:
    data, ending = cleaned(file)
    told = (_("Where, when and with what pictures were taken was left out."),)
    return Brought(slug(file.stem) + ending, "picture", data, told)


def _film(file: Path) -> Brought:
    data, told = film_alone(file)
    return Brought(slug(file.stem) + file.suffix.lower(), "film", data, told)


def _sound(file: Path, *, bed: bool) -> Brought:
    # The renderer's decoder is what will play it: what it cannot read is told now.
    from vr_runtime.stage.panda.own_sounds import own_sound

    own = OwnFile(file.name, file, "sound", sha256_of(file))
    with tempfile.TemporaryDirectory() as folder:
        tried = Path(folder) / "tried.wav"
        known = own_sound(own, bed, tried, lambda: True).known
        with wave.open(str(tried), "rb") as samples:
            seconds = samples.getnframes() / samples.getframerate()
    heard = _("{file}: it will be heard at {lufs} LUFS, its peak at {peak} dBFS")
    peak = 20.0 * math.log10(max(known.measured.peak, 1e-6))
    told = heard.format(file=file.name, lufs=figure(known.measured.lufs, 1), peak=figure(peak, 1))
    return Brought(
        slug(file.stem) + file.suffix.lower(), "sound", file.read_bytes(), (told,), seconds
    )


def _model(file: Path) -> Brought:
    data = packed(file) if file.suffix.lower() == ".gltf" else file.read_bytes()
    name = f"{slug(file.stem)}.glb"
    model = read(file.name, data)
    count = sum(part.indices.size // 3 for part in model.parts)
    told = _("{file}: triangles: {n}, parts: {parts}")
    words = told.format(file=file.name, n=count, parts=len(model.parts))
    return Brought(name, "model", data, (words,))
