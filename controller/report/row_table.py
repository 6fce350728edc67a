"""Owns the tables of reports on rows of the hierarchy that were worked on; judges nothing.

The words are the patient's own: as the hierarchy itself they stand in no copy of a session that
the patient takes home, and without pseudonyms in a supervisor's.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from controller.language import _, language
from controller.report.document import Column, Footnote, Row, Section
from controller.report.wording import DASH, clock, day, number
from controller.session.between import Sitting
from controller.session.history import SessionHistory
from controller.session.plans.entries import PlanRow
from controller.session.plans.met import FORMULAS, RowMet, rows_met
from controller.session.summary import Summary

FREE = ("item", "feared", "drops")
"""What of a row is in free words."""


def rows_worked_on(history: SessionHistory, summary: Summary) -> Section:
    """Each row from when it was taken, with its trials, and distress predicted beside met."""
    columns = (
        Column(_("From"), True),
        Column(_("What is met")),
        Column(_("Level"), True),
        Column(_("What is feared")),
        Column(_("Trials")),
        Column(_("Predicted"), True, 1),
        Column(_("Met"), True, 2),
    )
    rows = tuple(
        Row(
            (
                clock(one.at_s),
                one.row.item,
                str(one.row.level),
                one.row.feared or DASH,
                _trials(one),
                str(one.row.distress),
                number(one.met),
            )
        )
        for one in rows_met(history, summary)
    )
    return Section("rows", _("Rows of the hierarchy worked on"), columns, rows, _notes())


def rows_over_sessions(course: Sequence[Sitting]) -> Section:
    """The same over the sessions of a course."""
    columns = (
        Column(_("Session")),
        Column(_("Day")),
        Column(_("What is met")),
        Column(_("Scenario")),
        Column(_("Level"), True),
        Column(_("Trials")),
        Column(_("Predicted"), True, 1),
        Column(_("Met"), True, 2),
    )
    rows = tuple(
        Row(
            (
                str(sitting.number),
                day(sitting.history.header.opened),
                one.row.item,
                sitting.history.header.scenario.title.get(language()),
                str(one.row.level),
                _trials(one),
                str(one.row.distress),
                number(one.met),
            )
        )
        for sitting in course
        for one in rows_met(sitting.history, sitting.summary)
    )
    title = _("Rows of the hierarchy worked on, over sessions")
    return Section("rows", title, columns, rows, _notes())


def _trials(one: RowMet) -> str:
    return ", ".join(str(trial.number) for trial in one.trials) or DASH


def _notes() -> tuple[Footnote, ...]:
    told = _(
        "A row is worked on from when it was taken until another is; its trials may have gone to "
        "other levels, and nothing here says that the row was met."
    )
    return (
        Footnote(_(FORMULAS["predicted"]), 1),
        Footnote(_(FORMULAS["met"]), 2),
        Footnote(told),
    )


def without_names(
    rows: Sequence[tuple[float, PlanRow]], bare: Callable[[str], str]
) -> tuple[tuple[float, PlanRow], ...]:
    """The same rows with names taken out of their free words."""
    return tuple(
        (at_s, row.model_copy(update={name: bare(getattr(row, name)) for name in FREE}))
        for at_s, row in rows
    )
