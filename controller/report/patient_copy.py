"""Owns what the patient's own copy of one session says: what was done, how far, in their own scale.

No notes, no refusals, nothing of the machines, and no judgement. It knows history and figures, and
nothing of how a page looks.
"""

from __future__ import annotations

from controller.language import _, language
from controller.report import plain_words
from controller.report.chart import Manner, described, drawn
from controller.report.document import (
    Block,
    Column,
    Figure,
    Footnote,
    KeyFigure,
    Report,
    Row,
    Section,
)
from controller.report.plain_words import KINDS, RESTS
from controller.report.session_report import badge, below, led_by, unreviewed, with_purpose
from controller.report.task_table import plain_tasks
from controller.report.wording import DASH, clock, day, given, length, number, said
from controller.session.history import SessionHistory
from controller.session.summary import Summary, summarise


def patients_copy(history: SessionHistory, head: str | None) -> Report:
    """The session in plain words, to be taken home."""
    header, summary = history.header, summarise(history)
    manner = Manner(header.scale, plain=True)
    picture = drawn(history, described(history, header.scale), manner)
    blocks: list[Block] = [Figure("picture", "", (picture,), plain_words.caption())]
    numbers = _numbers(history)
    for table in (_levels(history, summary), plain_tasks(history), numbers, _rests(history)):
        if table.rows:
            blocks.append(table)
    return Report(
        language=language(),
        kind=_("Your session"),
        date=day(header.opened),
        title=header.scenario.title.get(language()),
        sub=((header.pseudonym, True),),
        happened=_happened(history, summary),
        figures=_figures(history, summary),
        figure_notes=tuple(
            _(plain_words.FORMULAS[name])
            for name in ("in_scene", "highest_level", "highest_number", "last_number", "dash")
        ),
        warnings=_warnings(history),
        blocks=(
            *blocks,
            plain_words.what_words_mean(header.scale),
            *plain_words.where_to_ask(),
        ),
        facts_title="",
        facts=(),
        unreviewed=unreviewed(),
        purpose=with_purpose([header]),
        who=header.pseudonym,
        below=below(header.session, head),
        written=header.opened,
        protocol=led_by([header]),
        badge=badge(header.simulated),
    )


def _happened(history: SessionHistory, summary: Summary) -> str:
    opened = day(history.header.opened)
    if summary.highest is None:
        return _("On {day} you had a session. You did not go into the scene.").format(day=opened)
    starts = [trial.asked for trial in history.trials]
    return _(
        "On {day} you went into this scene. Times you went in: {times}. You began at level {first} "
        "and came as far as level {highest} of 10."
    ).format(day=opened, times=len(starts), first=starts[0], highest=summary.highest)


def _figures(history: SessionHistory, summary: Summary) -> tuple[KeyFigure, ...]:
    scale = history.header.scale
    top = _("of {count}").format(count=given(100, scale))
    session = summary.session
    peak = DASH if session.peak is None else given(session.peak, scale)
    last = DASH if session.end is None else given(session.end, scale)
    highest = DASH if summary.highest is None else str(summary.highest)
    return (
        KeyFigure(_("Time in the scene"), clock(session.exposed_s), _("min")),
        KeyFigure(_("Highest level"), highest, _("of 10")),
        KeyFigure(_("Highest number"), peak, top),
        KeyFigure(_("Last number"), last, top),
    )


def _warnings(history: SessionHistory) -> tuple[str, ...]:
    if history.whole:
        return ()
    return (_("Parts of this session were not written down; what is missing is left open."),)


def _levels(history: SessionHistory, summary: Summary) -> Section:
    columns = (
        Column(_("Level")),
        Column(_("What was there")),
        Column(_("Time"), True, note=1),
    )
    rows = tuple(
        Row(
            (
                str(entry.level),
                history.header.scenario.levels[entry.level].get(language()),
                length(entry.exposed_s),
            )
        )
        for entry in summary.levels
    )
    notes = (Footnote(_(plain_words.FORMULAS["level_time"]), 1),)
    return Section("levels", _("How far you went"), columns, rows, notes)


def _numbers(history: SessionHistory) -> Section:
    scale = history.header.scale
    columns = (
        Column(_("At"), True),
        Column(_("Your number"), True),
        Column(_("Level"), True),
        Column(_("When")),
    )
    rows = tuple(
        Row(
            (
                clock(r.at_s),
                _("no answer") if r.suds is None else given(r.suds, scale),
                number(r.level, 0 if r.level == int(r.level) else 1),
                said(KINDS, r.kind),
            ),
            "missing" if r.suds is None else "",
        )
        for r in history.ratings
    )
    told = _("At: minutes and seconds since the session was opened.")
    return Section("ratings", _("The numbers you gave"), columns, rows, (Footnote(told),))


def _rests(history: SessionHistory) -> Section:
    columns = (Column(_("At"), True), Column(_("What")), Column(_("Length"), True))
    rows = tuple(
        Row((clock(b.from_s), said(RESTS, b.phase.value), length(b.to_s - b.from_s)))
        for b in history.bands
        if b.phase.value in RESTS
    )
    return Section("rests", _("Rests on the way"), columns, rows)
