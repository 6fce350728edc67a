"""Owns which questionnaires there are: those that ship, and a clinic's own folder of files.

It reads files and writes none. A clinic's file that cannot be used is told with file, line and
column, and takes nothing else with it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from controller.clinic_files.files import FileProblem, text_of
from controller.clinic_files.telling import NotUsable, Problem
from controller.language import _
from controller.questionnaires.model import Questionnaire
from controller.questionnaires.reading import Known, NotAQuestionnaire, read
from controller.unusable import why

DATA = Path(__file__).parent / "data"
LARGEST = 1_000_000
"""Bytes; a questionnaire is a page of text."""


@dataclass(frozen=True)
class Entry:
    """A questionnaire and the clinic's file it comes from; None when it ships with Palier."""

    questionnaire: Questionnaire
    file: Path | None = None


@dataclass(frozen=True)
class Library:
    """What can be used, and what could not be read."""

    entries: tuple[Entry, ...]
    """One for each id, sorted by it: the clinic's where there is one."""
    beside: tuple[Entry, ...] = ()
    """Shipped versions that a clinic's other version stands before; old answers need them."""
    problems: tuple[FileProblem, ...] = ()

    def find(self, name: str, version: str | None = None) -> Questionnaire | None:
        """The questionnaire of this id, in this version or in the one in use; None if unknown."""
        for entry in (*self.entries, *self.beside):
            found = entry.questionnaire
            if found.id == name and version in (None, found.version):
                return found
        return None


@cache
def shipped() -> tuple[Questionnaire, ...]:
    """The questionnaires that ship with Palier, sorted by id."""
    found = [read(file.read_text("utf-8")) for file in sorted(DATA.glob("*.toml"))]
    return tuple(sorted(found, key=lambda q: q.id))


def known(name: str, version: str) -> Questionnaire | None:
    """What ships under this id and version."""
    return next((q for q in shipped() if (q.id, q.version) == (name, version)), None)


def check(file: Path, known: Known = known, today: date | None = None) -> Questionnaire:
    """The questionnaire in a clinic's file.

    Args:
        file: TOML.
        known: what may be completed by it.
        today: the day at the clinic; None for the machine's own.

    Raises:
        NotAQuestionnaire: with all that is wrong.
        OSError: the file cannot be read.
    """
    try:
        text = text_of(file, LARGEST, _("This file is too large for a questionnaire."))
    except NotUsable as error:
        raise NotAQuestionnaire(error.problems) from None
    return read(text.removeprefix("\ufeff"), known, today or date.today())


def library(folder: Path | None = None) -> Library:
    """What ships, and the files `*.toml` of a clinic's folder, which may not be there."""
    own, problems = _own(folder)
    ids = {entry.questionnaire.id for entry in own}
    mine = {(e.questionnaire.id, e.questionnaire.version) for e in own}
    rest = [Entry(q) for q in shipped()]
    return Library(
        entries=_sorted([*own, *(e for e in rest if e.questionnaire.id not in ids)]),
        beside=tuple(
            e
            for e in rest
            if e.questionnaire.id in ids
            and (e.questionnaire.id, e.questionnaire.version) not in mine
        ),
        problems=tuple(problems),
    )


def _sorted(entries: Sequence[Entry]) -> tuple[Entry, ...]:
    return tuple(sorted(entries, key=lambda e: e.questionnaire.id))


def _own(folder: Path | None) -> tuple[list[Entry], list[FileProblem]]:
    entries: list[Entry] = []
    problems: list[FileProblem] = []
    for file in _files(folder):
        try:
            found = check(file)
        except NotAQuestionnaire as error:
            problems += [FileProblem(file, problem) for problem in error.problems]
            continue
        except OSError as error:
            text = _("This file cannot be read ({why}).").format(why=why(error))
            problems.append(FileProblem(file, Problem(1, 1, text)))
            continue
        twin = next((e for e in entries if e.questionnaire.id == found.id), None)
        if twin is None:
            entries.append(Entry(found, file))
        else:
            other = twin.file.name if twin.file else ""
            text = _("{name} is in {other} already; keep one of the two files.")
            told = text.format(name=found.id, other=other)
            problems.append(FileProblem(file, Problem(1, 1, told)))
    return entries, problems


def _files(folder: Path | None) -> list[Path]:
    if folder is None:
        return []
    return sorted(f for f in folder.glob("*.toml") if not f.name.startswith("."))
