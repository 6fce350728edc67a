"""Owns the table of a course: each level of each session, and how it stands to an earlier one.

Figures and rules are those of the report's course; it knows no file format.
"""

from __future__ import annotations

from collections.abc import Sequence

from controller.exports.columns import Cell, Column, Table, figure
from controller.exports.figures import SUDS
from controller.exports.material import Told
from controller.exports.tables import KEYS
from controller.session.between import FORMULAS, WHY_NOT, AtLevel, at_levels, sittings

_COLUMNS = (
    *KEYS,
    Column("scenario", "code", "Identifier of the scenario."),
    Column("level", "whole", "Level, 0 to 10.", "level"),
    Column("ratings", "whole", "Ratings given in trials while exactly this level was applied."),
    Column("initial", "number", FORMULAS["level_first"], SUDS),
    Column("peak", "number", FORMULAS["level_peak"], SUDS),
    Column("against", "code", "Name of the session it is compared with; empty with none."),
    Column("initial_change", "number", FORMULAS["between_first"], SUDS),
    Column("peak_change", "number", FORMULAS["between_peak"], SUDS),
    Column("why_not", "code", "Why it is not compared; empty where it is.", levels=WHY_NOT),
)


def course_table(sessions: Sequence[Told]) -> Table:
    """One row for each level at which a session has a rating."""
    course = sittings([told.history for told in sessions])
    names = {s.number: s.history.header.session for s in course}
    rows = tuple(_row(at, names) for at in at_levels(course))
    text = "Each level of each session, and its change since the last session that compares."
    return Table("course", text, _COLUMNS, rows)


def _row(at: AtLevel, names: dict[int, str]) -> tuple[Cell, ...]:
    header = at.sitting.history.header
    return (
        header.pseudonym,
        header.session,
        header.scenario.id,
        at.level,
        at.ratings,
        figure(at.first),
        figure(at.peak),
        "" if at.against is None else names[at.against],
        figure(at.first_change),
        figure(at.peak_change),
        at.why_not,
    )
