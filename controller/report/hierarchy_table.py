"""Owns the table of reports on a patient's fear hierarchy; knows no page and judges nothing.

The words are the patient's own: they stand in the clinician's reports, in a supervisor's without
pseudonyms, and in no copy of a session that the patient takes home. The copy of their data that a
patient asks for holds every version.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from controller.language import _, language
from controller.report.document import Audience, Column, Footnote, Report, Row, Section
from controller.report.row_table import FREE
from controller.report.wording import DASH, day, length
from controller.session.documents import Entry
from controller.session.history import SessionHistory
from controller.session.plans.entries import PlanRow
from controller.session.plans.leading import HeldPlan, held
from controller.session.plans.words import ordered
from controller.session.pseudonyms import written_anyhow
from controller.session.summary import summarise


def with_hierarchy(
    report: Report,
    histories: Sequence[SessionHistory],
    entries: Sequence[Entry],
    audience: Audience,
) -> Report:
    """A report with the hierarchy that holds when it is written, where one does.

    Args:
        report: of one session, or of a course.
        histories: the sessions it is of, at least one.
        entries: the patient's own entries, which hold the hierarchy.
        audience: for whom it is made.
    """
    if audience == "patient":
        return report
    plan = held(entries)
    rows = plan.plan.rows
    if audience == "supervision":
        rows = _unnamed(rows, histories)
    table = hierarchy(replace(plan, plan=replace(plan.plan, rows=rows)), histories)
    return replace(report, blocks=(*report.blocks, table)) if table.rows else report


def _unnamed(rows: Sequence[PlanRow], histories: Sequence[SessionHistory]) -> tuple[PlanRow, ...]:
    """The rows without the pseudonym, also where somebody wrote it into one."""
    names = [n for h in histories for n in (h.header.pseudonym, *h.header.former)]
    found, instead = written_anyhow(tuple(dict.fromkeys(names))), _("[pseudonym]")

    def bare(text: str) -> str:
        return found.sub(lambda _match: instead, text)

    return tuple(
        row.model_copy(update={name: bare(getattr(row, name)) for name in FREE}) for row in rows
    )


def hierarchy(plan: HeldPlan, histories: Sequence[SessionHistory]) -> Section:
    """Each row, and how long these sessions were in its scenario at its level."""
    columns = (
        Column(_("What is met")),
        Column(_("Distress"), True, 1),
        Column(_("Scenario")),
        Column(_("Level"), True),
        Column(_("What is feared")),
        Column(_("Likely"), True),
        Column(_("To drop")),
        Column(_("Time there"), True, 2),
    )
    titles = {h.header.scenario.id: h.header.scenario.title.get(language()) for h in histories}
    times = _times(histories)
    rows = tuple(
        Row(
            (
                row.item,
                str(row.distress),
                titles.get(row.scenario, row.scenario),
                str(row.level),
                row.feared or DASH,
                DASH if row.likelihood is None else f"{row.likelihood} %",
                row.drops or DASH,
                length(times.get((row.scenario, row.level))),
            )
        )
        for row in plan.plan.rows
    )
    notes = (
        Footnote(_("Distress: what the patient predicted, 0 to 100."), 1),
        Footnote(
            _(
                "Time there: in trials of the row's scenario at the row's level, without holds, "
                "whatever else was set; it does not say that the row was met."
            ),
            2,
        ),
        *([Footnote(_told(plan))] if rows else []),
    )
    return Section("hierarchy", _("Fear hierarchy"), columns, rows, notes)


def _told(plan: HeldPlan) -> str:
    text = _("As it holds when this is written: version {n}, saved {day}; {order}.")
    order = ordered(plan.plan.rows, plan.plan.seed)
    return text.format(n=plan.versions, day=day(plan.at), order=order)


def _times(histories: Sequence[SessionHistory]) -> Mapping[tuple[str, int], float]:
    """Seconds in trials by scenario and level, holds left out."""
    found: dict[tuple[str, int], float] = {}
    for history in histories:
        for entry in summarise(history).levels:
            place = history.header.scenario.id, entry.level
            found[place] = found.get(place, 0.0) + entry.exposed_s
    return found
