"""Owns which files of its own a scenario may use, and what is wrong with one that it may not.

A scenario that is a folder uses what lies in its folder `own`, by its path: `own/harbour.jpg`. Each
file is credited in `CREDITS.toml` beside `scenario.py`. It knows no decoder and no renderer: what
is in a file is told by whoever reads it, always beside the pictures.
"""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from enum import StrEnum
from pathlib import Path, PurePosixPath
from types import MappingProxyType
from typing import Literal

from scenarios.api.errors import ScenarioError
from vr_runtime.language import _

OWN = "own/"
"""What the name of an own file begins with: it is its path in the scenario's folder."""
CREDITS = "CREDITS.toml"
MOST_CREDITS_BYTES = 1_000_000

Kind = Literal["picture", "film", "sound", "model"]
Word = Literal["panorama", "sound", "model"]

KINDS: Mapping[str, Kind] = MappingProxyType(
    {
        ".jpg": "picture",
        ".jpeg": "picture",
        ".png": "picture",
        ".webp": "picture",
        ".mp4": "film",
        ".webm": "film",
        ".mov": "film",
        ".mkv": "film",
        ".wav": "sound",
        ".flac": "sound",
        ".ogg": "sound",
        ".glb": "model",
    }
)
"""What a file is, by its ending in small letters."""
TAKES: Mapping[Word, tuple[Kind, ...]] = MappingProxyType(
    {"panorama": ("picture", "film"), "sound": ("sound",), "model": ("model",)}
)
"""What each word of the stage takes."""
MB = 1_000_000
MOST_BYTES: Mapping[Kind, int] = MappingProxyType(
    {"picture": 40 * MB, "film": 300 * MB, "sound": 60 * MB, "model": 60 * MB}
)
"""The largest file of each kind."""
MOST_BYTES_IN_ALL = 800 * MB
"""All own files of one scenario together."""
FIELDS = ("licence", "author", "source", "sha256")
"""What `CREDITS.toml` says of each file, beside its `path`."""


class Fault(StrEnum):
    """What is wrong with an own file, as the code by which a check tells it."""

    CREDITS = "PS170"
    MISSING = "PS171"
    UNCREDITED = "PS172"
    CHANGED = "PS173"
    KIND = "PS174"
    LARGE = "PS175"
    OUTSIDE = "PS176"
    UNREAD = "PS177"


class Refused(ScenarioError):
    """An own file that is not used; the text says why and what to do."""

    def __init__(self, fault: Fault, told: str, hint: str = "") -> None:
        super().__init__(f"{told} — {hint}" if hint else told)
        self.fault, self.told, self.hint = fault, told, hint


@dataclass(frozen=True)
class OwnFile:
    """One file that may be used."""

    name: str
    """As the scenario calls it, `own/...`."""
    path: Path
    kind: Kind
    sha256: str
    """As `CREDITS.toml` tells it; whoever reads the file compares."""


def is_own(name: object) -> bool:
    """Whether this is meant as an own file, rightly or wrongly: what ships has no ending."""
    if not isinstance(name, str):
        return False
    return name.startswith(OWN) or PurePosixPath(name).suffix.lower() in KINDS


class OwnFiles:
    """The files in the folder `own` of one scenario."""

    def __init__(self, folder: Path | None) -> None:
        """Look below this folder of a scenario; None for one that is a single file."""
        self._folder = folder
        self._credited: Mapping[str, Mapping[str, str]] | None = None

    def find(self, word: Word, name: object) -> OwnFile:
        """The file that `stage.<word>(name)` asks for. Reads `CREDITS.toml`, and no own file.

        Raises:
            Refused: it lies elsewhere, is missing, of another kind, too large, or not credited.
        """
        path, kind = self.place(word, name)
        file = str(name)
        return OwnFile(file, path, kind, self._credit(file)["sha256"].strip().lower())

    def place(self, word: Word, name: object) -> tuple[Path, Kind]:
        """Where the file lies and what it is, credited or not; raises `Refused`."""
        checked = _inside(name)
        kind = KINDS.get(PurePosixPath(checked).suffix.lower())
        if kind is None or kind not in TAKES[word]:
            told = _("`{word}` does not take `{name}`.").format(word=word, name=checked)
            fitting = ", ".join(e for e, of in KINDS.items() if of in TAKES[word])
            raise Refused(Fault.KIND, told, _("it takes {endings}").format(endings=fitting))
        if self._folder is None:
            told = _("Only a scenario that is a folder has files of its own.")
            hint = _("make it a folder with `scenario.py` and a folder `own` in it")
            raise Refused(Fault.OUTSIDE, told, hint)
        path = self._folder / checked
        try:
            real = path.resolve(strict=True)
            if not real.is_relative_to((self._folder / OWN).resolve()):
                raise _outside(checked)
            if not real.is_file():
                raise OSError
            size = real.stat().st_size
        except (OSError, RuntimeError) as error:
            told = _("There is no file `{name}`.").format(name=checked)
            raise Refused(Fault.MISSING, told, self._nearest(checked)) from error
        if size > MOST_BYTES[kind]:
            raise _large(checked, MOST_BYTES[kind])
        return real, kind

    def _credit(self, name: str) -> Mapping[str, str]:
        assert self._folder is not None, "a file was found in it"
        if self._credited is None:
            self._credited = {entry["path"]: entry for entry in credits_in(self._folder)}
        credit = self._credited.get(name)
        if credit is None:
            told = _("`{name}` is not credited in {credits}.").format(name=name, credits=CREDITS)
            raise Refused(Fault.UNCREDITED, told, _credit_hint())
        return credit

    def _nearest(self, name: str) -> str:
        folder = self._folder
        if folder is None:
            return ""
        there = [f.relative_to(folder).as_posix() for f in _files(folder / OWN)]
        close = get_close_matches(name, sorted(there), n=1, cutoff=0.6)
        return _("did you mean `{name}`?").format(name=close[0]) if close else ""


def _inside(name: object) -> str:
    """`name` as the path of a file below `own`; raises `Refused` for any other."""
    if not isinstance(name, str) or not name.startswith(OWN):
        told = _("`{name}` is no file of the folder `own`.").format(name=name)
        nearest = f"{OWN}{PurePosixPath(str(name)).name}"
        hint = _("lay it into `own` beside scenario.py, and write `{name}`").format(name=nearest)
        raise Refused(Fault.OUTSIDE, told, hint)
    parts = name.split("/")
    odd = any(part in ("", ".", "..") or part[0] == "." for part in parts)
    if odd or any(sign in name for sign in '\\:*?"<>|') or not name.isprintable():
        raise _outside(name)
    return name


def _outside(name: str) -> Refused:
    told = _("`{name}` leads out of the scenario's folder `own`.").format(name=name)
    hint = _("only what lies in it may be used: no `..`, no link to elsewhere, no hidden file")
    return Refused(Fault.OUTSIDE, told, hint)


def _large(name: str, most: int) -> Refused:
    told = _("`{name}` is larger than {n} MB.").format(name=name, n=most // MB)
    return Refused(Fault.LARGE, told, _("save it smaller"))


def _credit_hint() -> str:
    return _("add a [[file]] with path, licence, author, source and sha256")


def credits_in(folder: Path) -> list[Mapping[str, str]]:
    """The entries of the scenario's `CREDITS.toml`, each with all its fields.

    Raises:
        Refused: there is none, it is no TOML, or an entry lacks a field.
    """
    return [entry for entry, _line in credits_with_lines(folder)]


def credits_with_lines(folder: Path) -> Iterator[tuple[Mapping[str, str], int]]:
    """As `credits_in`, with the line on which each entry names its path; raises `Refused`."""
    text = _credits_text(folder)
    try:
        entries = tomllib.loads(text).get("file", [])
        if not isinstance(entries, list) or not all(isinstance(e, dict) for e in entries):
            raise ValueError(_("its files are no [[file]]"))
    except ValueError as error:
        told = _("{credits} cannot be read: {why}.").format(credits=CREDITS, why=error)
        raise Refused(Fault.CREDITS, told, _credit_hint()) from error
    for entry in entries:
        missing = [f for f in ("path", *FIELDS) if not _said(entry.get(f))]
        if missing:
            told = _("{credits}: an entry lacks {fields}.")
            told = told.format(credits=CREDITS, fields=", ".join(missing))
            raise Refused(Fault.CREDITS, told, _credit_hint())
        yield entry, credited_on(text, entry["path"])


def _said(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _credits_text(folder: Path) -> str:
    path = folder / CREDITS
    try:
        if path.stat().st_size > MOST_CREDITS_BYTES:
            raise Refused(Fault.CREDITS, _("{credits} is too large.").format(credits=CREDITS))
        return path.read_bytes().decode("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        told = _("There is no {credits} that can be read beside scenario.py.")
        raise Refused(Fault.CREDITS, told.format(credits=CREDITS), _credit_hint()) from error


def credited_on(text: str, path: str) -> int:
    """The line of `CREDITS.toml` that names this path, from 1."""
    for number, line in enumerate(text.splitlines(), 1):
        key, equals, value = line.partition("=")
        if equals and key.strip() == "path" and value.strip().strip("\"'").startswith(path):
            return number
    return 1


def own_files(folder: Path) -> Iterator[Path]:
    """All files below the folder `own`, by name; hidden ones are none."""
    yield from sorted(_files(folder / OWN))


def _files(folder: Path) -> list[Path]:
    try:
        found = [p for p in folder.rglob("*") if p.is_file()]
    except OSError:
        return []
    return [p for p in found if not any(part[0] == "." for part in p.relative_to(folder).parts)]


CHUNK = 1 << 20


def sha256_of(path: Path, goes_on: Callable[[], bool] = lambda: True) -> str:
    """SHA-256 of a file, read in pieces; raises `OSError`, also once `goes_on` says no."""
    told = hashlib.sha256()
    with path.open("rb") as source:
        while piece := source.read(CHUNK):
            if not goes_on():
                raise InterruptedError
            told.update(piece)
    return told.hexdigest()


def changed(name: str) -> Refused:
    """What is told of a file whose bytes are others than those that were credited."""
    told = _("`{name}` is not the file that {credits} credits: its sha256 differs.")
    hint = _("credit the new file, with its licence and its sha256")
    return Refused(Fault.CHANGED, told.format(name=name, credits=CREDITS), hint)


def unread(name: str, why: str, hint: str = "") -> Refused:
    """What is told of a file that cannot be read as what it is."""
    return Refused(Fault.UNREAD, _("`{name}`: {why}.").format(name=name, why=why), hint)
