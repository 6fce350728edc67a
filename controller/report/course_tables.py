"""Owns the tables of a course's report: which rows and columns there are and what they say.

It knows sessions and their figures, and nothing of how a page looks.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from controller.language import _, language, listed
from controller.report import plain_words
from controller.report.document import Column, Footnote, Row, Section
from controller.report.sections import Footnotes, all_sections, apart_totals, links
from controller.report.wording import DASH, DISPLAYS, clock, day, length, number, percent, said
from controller.session.between import FORMULAS, WHY_NOT, AtLevel, Sitting, at_levels
from controller.session.history import SessionHistory
from controller.session.summary import BY_PATIENT, apart, together


def sessions_table(course: Sequence[Sitting]) -> Section:
    """Which sessions there were."""
    columns = (
        Column(_("Session")),
        Column(_("Day")),
        Column(_("Scenario")),
        Column(_("Display")),
        Column(_("Duration"), True),
        Column(_("Ceiling"), True),
        Column(_("Remark")),
    )
    rows = tuple(
        Row(
            (
                str(s.number),
                day(s.history.header.opened),
                _("{title}, version {version}").format(
                    title=s.history.header.scenario.title.get(language()),
                    version=s.history.header.scenario.version,
                ),
                said(DISPLAYS, s.history.header.display),
                length(s.history.duration_s),
                str(s.history.header.ceiling),
                _remark(s.history),
            )
        )
        for s in course
    )
    return Section("sessions", _("Sessions"), columns, rows)


def _remark(history: SessionHistory) -> str:
    remarks = []
    if history.header.simulated:
        remarks.append(_("simulated patient"))
    if history.ending == "interrupted":
        remarks.append(_("interrupted, closed afterwards"))
    elif not history.whole:
        remarks.append(_("record not complete"))
    return listed(remarks)


def steps_table(course: Sequence[Sitting]) -> Section:
    """Highest level, peak, end and fall of each session."""
    notes = Footnotes(FORMULAS)
    columns = (
        Column(_("Session")),
        Column(_("Scenario")),
        notes.column(_("Highest"), "highest"),
        notes.column(_("Peak"), "peak"),
        notes.column(_("End"), "end"),
        notes.column(_("Fall"), "fall"),
        notes.column(_("Fall in %"), "fall_share"),
    )
    rows = tuple(
        Row(
            (
                str(s.number),
                s.history.header.scenario.title.get(language()),
                DASH if s.summary.highest is None else str(s.summary.highest),
                number(s.summary.session.peak),
                number(s.summary.session.end),
                number(s.summary.session.habituation),
                percent(s.summary.session.habituation_share),
            )
        )
        for s in course
    )
    few = _("A dash stands where a figure cannot be had; figures of distress need two ratings.")
    lines = (*notes.lines(), Footnote(few))
    title = _("Steps over sessions, in figures")
    return _one_scenario(course, Section("steps", title, columns, rows, lines))


def _one_scenario(course: Sequence[Sitting], section: Section) -> Section:
    """Without the column of scenarios where there is but one."""
    if len({s.scenario for s in course}) > 1:
        return section
    at = next(n for n, column in enumerate(section.columns) if column.title == _("Scenario"))
    return replace(
        section,
        columns=(*section.columns[:at], *section.columns[at + 1 :]),
        rows=tuple(
            replace(row, cells=(*row.cells[:at], *row.cells[at + 1 :])) for row in section.rows
        ),
    )


def levels_table(course: Sequence[Sitting]) -> Section:
    """The same level in different sessions, compared where that is fair."""
    notes = Footnotes(FORMULAS)
    columns = (
        Column(_("Scenario")),
        Column(_("Level"), True),
        Column(_("Session"), True),
        Column(_("Ratings"), True),
        notes.column(_("First"), "level_first"),
        notes.column(_("Peak"), "level_peak"),
        Column(_("Compared with")),
        notes.column(_("Fall of first"), "between_first"),
        notes.column(_("Fall of peak"), "between_peak"),
    )
    rows = tuple(
        Row(
            (
                at.sitting.history.header.scenario.title.get(language()),
                str(at.level),
                str(at.sitting.number),
                str(at.ratings),
                number(at.first),
                number(at.peak),
                _against(at),
                number(at.first_change),
                number(at.peak_change),
            )
        )
        for at in at_levels(course)
    )
    told = Footnote(
        _(
            "Compared with the latest earlier session at the same level in which version and files "
            "of the scenario, display and scale are equal and no value was set apart. Levels "
            "without a rating are not listed."
        )
    )
    title = _("The same level in each session")
    lines = (*notes.lines(), told)
    return _one_scenario(course, Section("same-level", title, columns, rows, lines))


def _against(at: AtLevel) -> str:
    if at.against is None:
        return said(WHY_NOT, at.why_not)
    return _("session {number}").format(number=at.against)


def answers_table(course: Sequence[Sitting]) -> Section:
    """What was asked for and answered, and what is missing."""
    notes = Footnotes(FORMULAS)
    columns = (
        Column(_("Session")),
        Column(_("Asked"), True),
        Column(_("Answered"), True),
        Column(_("Missing"), True),
        notes.column(_("Share"), "coverage"),
        Column(_("Missing at")),
    )
    rows = tuple(
        Row(
            (
                str(s.number),
                str(s.summary.due),
                str(s.summary.answered),
                str(s.summary.due - s.summary.answered),
                percent(s.summary.coverage),
                ", ".join(clock(r.at_s) for r in s.history.ratings if r.suds is None) or DASH,
            )
        )
        for s in course
    )
    told = Footnote(_("A missing rating is left out of every figure; no other stands for it."))
    lines = (*notes.lines(), told)
    return Section("answers", _("Ratings asked for and answered"), columns, rows, lines)


def happenings_tables(course: Sequence[Sitting], *, complete: bool) -> tuple[Section, ...]:
    """What befell the sessions.

    Without `complete`: where the patient left or stopped, and gaps and faults. With it: all holds,
    pauses, safe places and stops, refusals and losses of the link as well, and what there was none
    of is said.
    """
    tables = []
    names = ("adverse", "expectancies", "apart", "refusals", "faults", "links")
    few = ("adverse", "expectancies", "apart", "faults")
    for name in names if complete else few:
        of = course if complete or name != "apart" else [_left_by_patient(s) for s in course]
        found = [(s, _table(s, name)) for s in of]
        first = found[0][1]
        # Other tables say the same below in every session; totals are of all that stands above.
        notes = _totals(of) if name == "apart" else first.notes
        rows = tuple(
            Row((str(s.number), *row.cells), row.tone) for s, table in found for row in table.rows
        )
        columns = (Column(_("Session")), *first.columns)
        if not rows and name == "expectancies":
            continue
        if not rows:
            rows = (Row((DASH, _("none"), *("",) * (len(columns) - 2)), "missing"),)
        tables.append(replace(first, columns=columns, rows=rows, notes=notes))
    if not complete:
        title = _("Where the patient left or stopped")
        tables = [replace(t, title=title) if t.name == "apart" else t for t in tables]
    return tuple(tables)


def _left_by_patient(sitting: Sitting) -> Sitting:
    """The session with nothing apart from exposure but what the patient's own act led to."""
    chosen = tuple(band for band in sitting.history.bands if band.cause in BY_PATIENT)
    return replace(sitting, history=replace(sitting.history, bands=chosen))


def _totals(course: Sequence[Sitting]) -> tuple[Footnote, ...]:
    return apart_totals(together([apart(sitting.history) for sitting in course]))


def _table(sitting: Sitting, name: str) -> Section:
    if name == "links":
        return links(sitting.history)
    tables = all_sections(sitting.history, sitting.summary, complete=True)
    return next(table for table in tables if table.name == name)


def patients_table(course: Sequence[Sitting]) -> Section:
    """All sessions in plain words, each on the scale it was asked on."""
    columns = (
        Column(_("Session")),
        Column(_("Day")),
        Column(_("Where")),
        Column(_("Highest level"), True),
        Column(_("Highest number"), True),
        Column(_("Last number"), True),
        Column(_("No answer"), True),
    )
    rows = tuple(
        Row(
            (
                str(s.number),
                day(s.history.header.opened)
                + (f" · {_('simulated')}" if s.history.header.simulated else ""),
                s.history.header.scenario.title.get(language()),
                DASH if s.summary.highest is None else str(s.summary.highest),
                plain_words.of_top(s.summary.session.peak, s.history.header.scale),
                plain_words.of_top(s.summary.session.end, s.history.header.scale),
                str(sum(r.suds is None for r in s.history.ratings)),
            )
        )
        for s in course
    )
    told = tuple(
        Footnote(_(plain_words.FORMULAS[name]))
        for name in ("highest_level", "highest_number", "last_number", "dash")
    )
    return Section("sessions", _("All your sessions"), columns, rows, told)
