"""Owns the export for research: other names, shifted dates, and nothing in free words.

What is left is pseudonymous, not anonymous: whoever also has the record can find a session again
by its times. It knows no folder and asks nobody; what it would write can be listed before.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from random import Random

from controller.exports.answers import answers_table
from controller.exports.columns import Table
from controller.exports.course import course_table
from controller.exports.dictionary import dictionary
from controller.exports.material import Material, ToldAnswers
from controller.exports.spreadsheets import files_of
from controller.exports.tables import tables
from controller.session.history import Header, SessionHistory

LEAST_SHIFT, MOST_SHIFT = timedelta(days=365), timedelta(days=3650)
"""Dates go back by at least the one and at most the other."""
_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
_LEFT_OUT = ("notes", "corrections")
"""Tables that hold little but free words."""


@dataclass(frozen=True)
class Disguised:
    """What would be written, under its new names and dates."""

    tables: tuple[Table, ...]

    def fields(self) -> dict[str, list[str]]:
        """The columns of each file."""
        every = (*self.tables, dictionary(self.tables, ".csv"))
        return {f"{t.name}.csv": [column.name for column in t.columns] for t in every}

    def files(self, *, decimal_comma: bool) -> dict[str, bytes]:
        """Name and content of each file."""
        return files_of(self.tables, decimal_comma=decimal_comma) | {
            "README.txt": _README.encode("utf-8")
        }


def disguised(material: Material, chance: Random) -> Disguised:
    """The material under a new random pseudonym, all dates shifted by one random time.

    Order of sessions and distances between them are kept to the microsecond. `chance` must be
    `random.SystemRandom` except in tests: whoever can foresee it can undo the export.
    """
    alias = "P-" + "".join(chance.choices(_LETTERS, k=8))
    shift = timedelta(
        microseconds=chance.randrange(_microseconds(LEAST_SHIFT), _microseconds(MOST_SHIFT))
    )
    ordered = sorted(material.sessions, key=lambda told: told.history.header.opened)
    hidden = tuple(
        replace(told, history=_hidden(told.history, alias, f"{alias}-{number:02d}", shift))
        for number, told in enumerate(ordered, start=1)
    )
    names = {
        real.history.header.session: told.history.header.session
        for real, told in zip(ordered, hidden, strict=True)
    }
    answers = [_hidden_answers(told, names, shift) for told in material.answers]
    return Disguised(
        tuple(
            table.where(lambda column: column.research)
            for table in (
                *tables(hidden),
                course_table(hidden),
                answers_table(answers, alias),
            )
            if table.name not in _LEFT_OUT
        )
    )


def _microseconds(length: timedelta) -> int:
    return length // timedelta(microseconds=1)


def _hidden(h: SessionHistory, alias: str, session: str, shift: timedelta) -> SessionHistory:
    head: Header = replace(
        h.header,
        pseudonym=alias,
        session=session,
        opened=_shifted(h.header.opened, shift),
        closed=None if h.header.closed is None else _shifted(h.header.closed, shift),
    )
    return replace(h, header=head)


def _hidden_answers(told: ToldAnswers, names: Mapping[str, str], shift: timedelta) -> ToldAnswers:
    said = told.one.said
    update = {"patient": "", "session": names.get(said.session, "")}
    one = replace(
        told.one, said=said.model_copy(update=update), wall=_shifted(told.one.wall, shift)
    )
    return replace(told, one=one)


def _shifted(wall: str, shift: timedelta) -> str:
    return (datetime.fromisoformat(wall) - shift).isoformat(timespec="microseconds")


_README = """\
Exposure sessions, exported for research by Palier
===================================================

One patient, under a pseudonym made at random for this export alone: a second
export of the same sessions bears another one. All dates are shifted by one
random time; their order and the distances between them are kept. Notes,
corrections, reasons and everything else in free words, who led the sessions,
names of machines, the record's own numbers and identifiers are left out.

dictionary.csv explains every file and column. Times are seconds from the
opening of the session. An empty cell means that there is no value; a rating
that was not given is empty and never an earlier one. Figures name their
formula in the dictionary. Questionnaires are known by id and version; their
answers are whole numbers, and no texts of items are here. A text that a
spreadsheet would take for a formula bears an apostrophe before it.

These data are pseudonymous, not anonymous: whoever also holds the record can
find a session again by its times. Treat them as health data.
"""
