"""Owns the certificate beside a scenario: what it was measured to be, and of what exactly.

It holds as long as scenario, stage and assets are what they were. Nobody signs it: who doubts
measures again. It measures nothing itself.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from vr_runtime.assets import assets_dir
from vr_runtime.examination.source import CERTIFICATE, fingerprint
from vr_runtime.language import _, mark
from vr_runtime.measuring.grades import NOTE, Grade

LONGEST_BYTES = 1 << 18
"""Of a certificate: one that came with a pack may be anything."""
SHOWS_IT = (
    "scenarios/api",
    "vr_runtime/engine",
    "vr_runtime/flash",
    "vr_runtime/stage",
    "vr_runtime/display",
)
"""The rooms that make a scenario what is seen and heard: where one changes, it is another one."""
ASSETS = "CREDITS.toml"
"""The list of all that ships beside the code, with the hash of each file."""
Part = Literal["scenario", "stage", "assets"]
PARTS: dict[Part, str] = {
    "scenario": mark("the scenario"),
    "stage": mark("the stage"),
    "assets": mark("the assets"),
}


class Hashes(BaseModel):
    """SHA-256 of all that a measurement depends on."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    scenario: str
    stage: str
    assets: str

    def parted(self, other: Hashes) -> list[Part]:
        """What of it has changed."""
        parts: tuple[Part, ...] = ("scenario", "stage", "assets")
        return [part for part in parts if getattr(self, part) != getattr(other, part)]


class Certificate(BaseModel):
    """What a scenario was measured to be."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    form: Literal[1] = 1
    note: str = NOTE
    palier: str
    """Version of Palier that measured."""
    scenario: str
    version: str
    sha256: Hashes
    grade: Grade
    missing: tuple[str, ...] = ()
    """Keys of what is missing for the next grade."""
    measured: dict[str, Any]
    """As `check --json` tells it."""


def place_of(path: Path) -> Path:
    """Where the certificate of a scenario lies: beside its file or folder, never within."""
    return path.with_name(f"{path.stem if path.is_file() else path.name}{CERTIFICATE}")


def hashes(path: Path, sha256: str | None = None) -> Hashes:
    """The hashes of a scenario and of what shows it here; raises `OSError`.

    `sha256` is the scenario's fingerprint where it is known already.
    """
    own = fingerprint(path) if sha256 is None else sha256
    return Hashes(scenario=own, stage=_stage(), assets=_assets())


def read(path: Path) -> Certificate | None:
    """The certificate beside a scenario; None where there is none that can be read."""
    try:
        with place_of(path).open("rb") as file:
            return parsed(file.read(LONGEST_BYTES + 1))
    except OSError:
        return None


def parsed(raw: bytes) -> Certificate | None:
    """The certificate in these bytes; None where they are none."""
    try:
        return None if len(raw) > LONGEST_BYTES else Certificate.model_validate_json(raw)
    except ValidationError:
        return None


def valid_grade(path: Path, sha256: str | None = None) -> Grade | None:
    """The grade of a scenario whose certificate holds; None where none does."""
    return grade_by(read(path), path, sha256)


def out_of_date(path: Path, sha256: str | None = None) -> list[Part]:
    """What has changed since a scenario was measured; nothing where its certificate holds, or none
    lies beside it."""
    held = read(path)
    try:
        return [] if held is None else held.sha256.parted(hashes(path, sha256))
    except OSError:
        return []


def parts_in_words(parts: Iterable[Part]) -> str:
    """These parts as a list, in the language spoken now."""
    return ", ".join(_(PARTS[part]) for part in parts)


def grade_by(held: Certificate | None, path: Path, sha256: str | None = None) -> Grade | None:
    """The grade by this certificate, if it holds for this scenario and what shows it here."""
    try:
        return None if held is None or held.sha256.parted(hashes(path, sha256)) else held.grade
    except OSError:
        return None


def written(
    path: Path,
    scenario: str,
    scenario_version: str,
    grade: Grade,
    missing: Iterable[str],
    measured: dict[str, Any],
) -> Path:
    """Write a certificate beside a scenario; raises `OSError`."""
    made = Certificate(
        palier=version("palier"),
        scenario=scenario,
        version=scenario_version,
        sha256=hashes(path),
        grade=grade,
        missing=tuple(missing),
        measured=measured,
    )
    place = place_of(path)
    place.write_text(made.model_dump_json(indent=2) + "\n", encoding="utf-8")
    return place


@cache
def _stage() -> str:
    # this file lies two rooms below what holds all of them
    root = Path(__file__).parents[2]
    lines = []
    for room in SHOWS_IT:
        for file in sorted((root / room).rglob("*.py")):
            told = hashlib.sha256(file.read_bytes()).hexdigest()
            lines.append(f"{told}  {file.relative_to(root).as_posix()}\n")
    return hashlib.sha256("".join(lines).encode()).hexdigest()


@cache
def _assets() -> str:
    return hashlib.sha256((assets_dir() / ASSETS).read_bytes()).hexdigest()
