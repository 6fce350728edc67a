"""Owns how a folder of 360° pictures, films and sounds becomes a scenario's plan; writes nothing.

What the pictures show is their author's to say: sentences are taken from `levels.toml` in the
folder, or proposed and marked as proposals.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from scenarios.api.manifest import LEVELS, Words
from vr_runtime.authoring.frames import in_order
from vr_runtime.language import _
from vr_runtime.stage.own import KINDS

SAID = ("levels.toml", "sentences.toml")
MOST_TARGETS = 14
"""Each has a task of its own, and two more are proposed; a scenario takes 16."""
EVENT = "event-"
"""What the name of a sound begins with that is an event."""
DARKEST = 50
"""Per cent of its brightness at which a picture is shown at level 0."""


class NoPlan(ValueError):
    """The folder makes no scenario; the message says why."""


class Said(BaseModel):
    """What an author says in `levels.toml`; all of it may be left out."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    class OfPicture(BaseModel):
        """One picture: how it is turned."""

        model_config = ConfigDict(frozen=True, extra="forbid")

        heading: float = 0.0

    class OfEvent(BaseModel):
        """One event: what the therapist reads, and from which level it may be fired."""

        model_config = ConfigDict(frozen=True, extra="forbid")

        fr: str = Field(min_length=1, max_length=400)
        en: str = Field(min_length=1, max_length=400)
        min_level: int = Field(default=1, ge=0, le=10)

    class OfTarget(BaseModel):
        """One thing to look at, in one picture, as seen from the middle of it."""

        model_config = ConfigDict(frozen=True, extra="forbid")

        fr: str = Field(min_length=1, max_length=60)
        en: str = Field(min_length=1, max_length=60)
        picture: str
        heading: float = Field(default=0.0, ge=-180, le=180)
        """Degrees to the left of the middle of the picture."""
        pitch: float = Field(default=0.0, ge=-90, le=90)
        """Degrees above its horizon."""
        radius: float = Field(default=10.0, ge=1, le=30)
        """Degrees from its own middle to its edge."""

    title: Words | None = None
    summary: Words | None = None
    levels: dict[int, Words] = {}
    pictures: dict[str, OfPicture] = {}
    events: dict[str, OfEvent] = {}
    targets: dict[Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,29}$")], OfTarget] = Field(
        default={}, max_length=MOST_TARGETS
    )


@dataclass(frozen=True)
class Place:
    """One picture or film, with the sound that goes on in it."""

    picture: Path
    bed: Path | None
    heading: float
    first: int
    """The first level at which it is shown."""

    @property
    def name(self) -> str:
        """In words, from the name of its file; a number in front is for the order alone."""
        words = re.sub(r"^[0-9]+[-_ ]*", "", self.picture.stem)
        return words.replace("_", " ").replace("-", " ").strip() or self.picture.stem


@dataclass(frozen=True)
class Planned:
    """All that such a scenario is made of."""

    places: tuple[Place, ...]
    bed: Path | None
    """A sound that goes on in all of them."""
    events: tuple[tuple[str, Path, Said.OfEvent], ...]
    sentences: tuple[Words, ...]
    said: frozenset[int]
    """Levels whose sentence is the author's own; the others are proposals."""
    title: Words | None
    summary: Words | None
    targets: Mapping[str, Said.OfTarget]

    @property
    def fades(self) -> bool:
        """Whether levels that share a picture differ by its brightness."""
        return len(self.places) < LEVELS

    def beds(self) -> list[Path]:
        """The sounds that go on."""
        found = [place.bed for place in self.places] + [self.bed]
        return [bed for bed in found if bed is not None]

    def files(self) -> list[Path]:
        """Every file that is used, once."""
        found = [place.picture for place in self.places] + self.beds()
        return list(dict.fromkeys(found + [path for _name, path, _words in self.events]))


def planned(folder: Path) -> Planned:
    """The plan of a folder.

    Raises:
        NoPlan: there is no picture, there are more than levels, or `levels.toml` is wrong.
        OSError: the folder cannot be read.
    """
    files = sorted((f for f in folder.iterdir() if f.is_file() and f.name[0] != "."), key=in_order)
    seen = [f for f in files if KINDS.get(f.suffix.lower()) in ("picture", "film")]
    sounds = [f for f in files if KINDS.get(f.suffix.lower()) == "sound"]
    if not 1 <= len(seen) <= LEVELS:
        told = _("{folder} holds {n} pictures and films; a scenario takes 1 to {most}.")
        raise NoPlan(told.format(folder=folder, n=len(seen), most=LEVELS))
    said = _said(folder, {f.name for f in seen})
    events = [f for f in sounds if f.stem.lower().startswith(EVENT)]
    beds = {f.stem.lower(): f for f in sounds if f not in events}
    count = len(seen)
    places = tuple(
        Place(
            picture,
            beds.pop(picture.stem.lower(), None),
            said.pictures.get(picture.name, Said.OfPicture()).heading,
            first_level(number, count),
        )
        for number, picture in enumerate(seen)
    )
    if len(beds) > 1:
        told = _("{folder}: {names} are named as no picture is; only one sound may go on in all.")
        raise NoPlan(told.format(folder=folder, names=", ".join(f.name for f in beds.values())))
    return Planned(
        places=places,
        bed=next(iter(beds.values()), None),
        events=tuple(_event(f, said) for f in events),
        sentences=tuple(
            said.levels.get(level) or _proposed(level, places) for level in range(LEVELS)
        ),
        said=frozenset(said.levels),
        title=said.title,
        summary=said.summary,
        targets=said.targets,
    )


def first_level(number: int, count: int) -> int:
    """The first level of a picture, where `count` of them are spread over all levels."""
    return -(-number * LEVELS // count)


def brightness(level: int) -> int:
    """Per cent of its brightness at which a picture is shown at this level."""
    return DARKEST + (100 - DARKEST) * level // (LEVELS - 1)


def _said(folder: Path, pictures: set[str]) -> Said:
    for name in SAID:
        file = folder / name
        if not file.is_file():
            continue
        try:
            said = Said.model_validate(_numbered(tomllib.loads(file.read_text("utf-8"))))
        except ValidationError as fault:
            first = fault.errors()[0]
            where = ".".join(str(part) for part in first["loc"])
            raise NoPlan(f"{file}: {where}: {first['msg']}") from fault
        except ValueError as fault:
            raise NoPlan(f"{file}: {fault}") from fault
        odd = [str(level) for level in said.levels if not 0 <= level < LEVELS]
        named = [*said.pictures, *(target.picture for target in said.targets.values())]
        odd += [picture for picture in named if picture not in pictures]
        if odd:
            told = _("{file}: there is no level and no picture `{name}`.")
            raise NoPlan(told.format(file=file, name=odd[0]))
        return said
    return Said()


def _numbered(document: Mapping[str, object]) -> dict[str, object]:
    """TOML knows keys as text alone."""
    levels = document.get("levels")
    if not isinstance(levels, dict):
        return dict(document)
    return {**document, "levels": {int(key): words for key, words in levels.items()}}


def _event(file: Path, said: Said) -> tuple[str, Path, Said.OfEvent]:
    name = re.sub(r"[^a-z0-9]+", "_", file.stem.lower().removeprefix(EVENT)).strip("_") or "sound"
    name = name if name[0].isalpha() else f"sound_{name}"
    words = name.replace("_", " ")
    proposal = Said.OfEvent(fr=f"Un son : {words}", en=f"A sound: {words}")
    return name[:40], file, said.events.get(name, proposal)


def place_at(level: int, places: tuple[Place, ...]) -> int:
    """The number of the place that is shown at a level."""
    return max(n for n, place in enumerate(places) if place.first <= level)


def _proposed(level: int, places: tuple[Place, ...]) -> Words:
    shown = places[place_at(level, places)].name
    if len(places) == LEVELS:
        return Words(fr=f"Image « {shown} ».", en=f"Picture “{shown}”.")
    share = brightness(level)
    return Words(
        fr=f"Image « {shown} », à {share} % de sa clarté.",
        en=f"Picture “{shown}”, at {share} % of its brightness.",
    )
