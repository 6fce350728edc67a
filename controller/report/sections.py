"""Owns the report's tables: which rows and columns there are and what they say.

It knows history and figures, and nothing of how a page looks.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from controller.language import _, language, listed, mark
from controller.report.after_table import after_exposure, sickness_advice
from controller.report.bat_table import approach_tests
from controller.report.before_table import before_trial
from controller.report.clinical_tables import (
    adverse_events,
    before_adverse,
    expectancies,
    in_words,
)
from controller.report.document import Column, Footnote, Row, Section
from controller.report.pace_table import pace
from controller.report.recorded_table import recorded_lines
from controller.report.rest_table import at_rest
from controller.report.row_table import rows_worked_on
from controller.report.safety_table import safety_behaviours
from controller.report.task_table import tasks
from controller.report.wording import (
    ACTS,
    CAUSES,
    DASH,
    INCIDENTS,
    KINDS,
    LEADS_TO,
    PHASES,
    RESTARTS,
    WHO,
    clock,
    event,
    length,
    moment,
    number,
    percent,
    refusal,
    said,
)
from controller.session.comfort import LIMITS
from controller.session.history import Incident, RatingLine, SessionHistory, Trial
from controller.session.interlocks import excluded
from controller.session.summary import (
    APART,
    FORMULAS,
    Apart,
    Figures,
    Summary,
    longest_between,
    longest_between_s,
    peak_floor,
)

_SET_RIGHT: Mapping[str, str] = {
    "adverse_event": mark("adverse event"),
    "expectancy": mark("feared outcome"),
    "questionnaire_answered": mark("questionnaire"),
    "consent_given": mark("consent"),
}


class Footnotes:
    """Numbers formulas in the order in which columns need them."""

    def __init__(self, formulas: Mapping[str, str] = FORMULAS) -> None:
        self._formulas = formulas
        self._keys: list[str] = []

    def column(self, title: str, *keys: str) -> Column:
        """The head of a column of figures, with the number of its formula."""
        self._keys += [key for key in keys if key not in self._keys]
        return Column(title, True, self._keys.index(keys[0]) + 1 if keys else None)

    def lines(self) -> list[Footnote]:
        """The formulas by their numbers."""
        return [Footnote(_(self._formulas[key]), n) for n, key in enumerate(self._keys, start=1)]


def sections(history: SessionHistory, summary: Summary) -> tuple[Section, ...]:
    """All tables that have something to say, in the order of the page."""
    return tuple(section for section in all_sections(history, summary) if section.rows)


def all_sections(
    history: SessionHistory, summary: Summary, *, complete: bool = False
) -> tuple[Section, ...]:
    """All tables, also the empty ones; `complete` says of a refusal whom it was told."""
    return (
        _distress(history, summary),
        _course(history, summary),
        _levels(history, summary),
        _apart(history, summary),
        _ratings(history, summary),
        before_trial(history),
        adverse_events(history),
        before_adverse(history),
        rows_worked_on(history, summary),
        expectancies(history.expectancies),
        sickness_advice(history),
        after_exposure(history),
        _notes(history),
        _events(history),
        tasks(history),
        approach_tests(history),
        safety_behaviours(history),
        recorded_lines(history),
        pace(history),
        _refusals(history, complete),
        at_rest(history.at_rest),
        _faults(history),
        _corrections(history),
    )


def _distress(history: SessionHistory, summary: Summary) -> Section:
    notes = Footnotes()
    columns = (
        Column(_("Trial")),
        Column(_("From – to")),
        Column(_("Levels")),
        notes.column(_("Baseline"), "baseline"),
        notes.column(_("Before"), "anticipatory"),
        notes.column(_("Initial"), "initial"),
        notes.column(_("Peak"), "peak"),
        notes.column(_("End"), "end"),
        notes.column(_("Activation"), "activation"),
        notes.column(_("Fall"), "habituation"),
        notes.column(_("Fall in %"), "habituation_share"),
        notes.column(_("Halved"), "halved"),
    )
    rows = [
        Row((str(t.trial.number), _span(t.trial), _climb(t.trial), *_heights(t.figures)))
        for t in summary.trials
    ]
    if len(rows) > 1:
        highest = DASH if summary.highest is None else f"0–{summary.highest}"
        rows.append(Row((_("Session"), "", highest, *_heights(summary.session)), "total"))
    few = _("A dash stands where a figure cannot be had; figures of a trial need two ratings.")
    floor = _("The protocol's floor for the peak in this session: {floor}.").format(
        floor=_exact(peak_floor(history))
    )
    lines = (*notes.lines(), Footnote(floor), Footnote(few))
    return Section("distress", _("Distress by trial"), columns, tuple(rows), lines)


def _exact(figure: float) -> str:
    return number(figure, next((n for n in (0, 1) if round(figure, n) == figure), 2))


def _heights(figures: Figures) -> tuple[str, ...]:
    if figures.halved is None:
        halved = DASH
    else:
        halved = _("yes") if figures.halved else _("no")
    return (
        number(figures.baseline),
        number(figures.anticipatory),
        number(figures.initial),
        number(figures.peak),
        number(figures.end),
        number(figures.activation),
        number(figures.habituation),
        percent(figures.habituation_share),
        halved,
    )


def _course(history: SessionHistory, summary: Summary) -> Section:
    notes = Footnotes()
    # Seldom: the column is there only when the patient left a trial by their own act.
    escaped = any(t.figures.escape_s is not None for t in summary.trials)
    columns = (
        Column(_("Trial")),
        notes.column(_("Time"), "time"),
        notes.column(_("On hold"), "held"),
        Column(_("Ratings"), True),
        notes.column(_("Time to half"), "half"),
        notes.column(_("Area"), "area"),
        notes.column(_("Mean"), "mean"),
        notes.column(_("Above baseline"), "above_baseline"),
        notes.column(_("Spread"), "deviation"),
        *([notes.column(_("Left after"), "escape")] if escaped else []),
        Column(_("Ended")),
    )
    rows = [
        Row((str(t.trial.number), *_times(t.figures, escaped), ended(t.trial)))
        for t in summary.trials
    ]
    if len(rows) > 1:
        rows.append(Row((_("Session"), *_times(summary.session, escaped), ""), "total"))
    lines = notes.lines()
    longest_s = longest_between_s(history)
    if longest_s is not None:
        words = _("Prompt intervals that the protocol allowed in this session: {count} ({time}).")
        told = words.format(count=_exact(longest_between(history)), time=length(longest_s))
        lines.append(Footnote(told))
    gaps = summary.session.area.gaps if summary.session.area else 0
    if gaps:
        words = _("Left out of area and mean because ratings were too far apart: {count}.")
        lines.append(Footnote(words.format(count=gaps)))
    return Section("course", _("Trials over time"), columns, tuple(rows), tuple(lines))


def _times(figures: Figures, escaped: bool) -> tuple[str, ...]:
    return (
        length(figures.exposed_s),
        length(figures.held_s) if figures.held_s else DASH,
        str(figures.ratings),
        length(figures.half_s),
        number(figures.area.suds_min if figures.area else None, 1),
        number(figures.mean, 1),
        number(figures.above_baseline, 1),
        number(figures.deviation, 1),
        *([length(figures.escape_s)] if escaped else []),
    )


def _span(trial: Trial) -> str:
    return f"{clock(trial.opened_s)} – {clock(trial.until_s)}"


def _climb(trial: Trial) -> str:
    highest = trial.highest
    return f"{trial.asked} → {highest}" if highest != trial.asked else str(highest)


def ended(trial: Trial) -> str:
    """Where a trial was left for, and by whom."""
    if trial.closed_s is None:
        return _("its end is not known")
    why = said(CAUSES, trial.cause)
    where = LEADS_TO.get(trial.cause)
    if where is None:
        return why
    return _("{where}: {why}").format(where=said(PHASES, where), why=why)


def _levels(history: SessionHistory, summary: Summary) -> Section:
    notes = Footnotes()
    columns = (
        Column(_("Level")),
        Column(_("What the patient meets")),
        notes.column(_("On hold"), "level_held"),
        notes.column(_("Time"), "level_time"),
        Column(""),
    )
    longest = max((entry.exposed_s for entry in summary.levels), default=0.0)
    rows = tuple(
        Row(
            (
                str(entry.level),
                history.header.scenario.levels[entry.level].get(language()),
                length(entry.held_s) if round(entry.held_s) else DASH,
                length(entry.exposed_s),
            ),
            share=entry.exposed_s / longest if longest else 0.0,
        )
        for entry in summary.levels
    )
    return Section("levels", _("Time at each level"), columns, rows, tuple(notes.lines()))


def _apart(history: SessionHistory, summary: Summary) -> Section:
    columns = (
        Column(_("What")),
        Column(_("From – to")),
        Column(_("Length"), True),
        Column(_("Why")),
    )
    rows = tuple(
        Row(
            (
                said(PHASES, band.phase),
                f"{clock(band.from_s)} – {clock(band.to_s)}",
                length(band.to_s - band.from_s),
                said(CAUSES, band.cause),
            )
        )
        for band in history.bands
        if band.phase in APART
    )
    title = _("Holds, pauses, safe place and stops")
    return Section("apart", title, columns, rows, apart_totals(summary.apart))


def apart_totals(found: Sequence[Apart]) -> tuple[Footnote, ...]:
    """How often and how long, of one session or of all whose rows stand above."""
    return tuple(
        Footnote(
            _("{what}: {times} times, {time} in all, the longest {longest}.").format(
                what=said(PHASES, a.phase),
                times=a.times,
                time=length(a.seconds),
                longest=length(a.longest_s),
            )
            if a.times > 1
            else _("{what}: once, {time}.").format(
                what=said(PHASES, a.phase), time=length(a.seconds)
            )
        )
        for a in found
    )


def _ratings(history: SessionHistory, summary: Summary) -> Section:
    columns = (
        Column(_("At"), True),
        Column(_("Kind")),
        Column(_("Distress"), True),
        Column(_("As given"), True),
        Column(_("Level"), True),
        Column(_("Trial"), True),
        Column(_("Where")),
        Column(_("Remark")),
    )
    rows = tuple(_rating(rating) for rating in history.ratings)
    told = (
        Footnote(_(FORMULAS["coverage"])),
        Footnote(
            _("{answered} of {due} ratings that fell due were answered ({share}).").format(
                answered=summary.answered, due=summary.due, share=percent(summary.coverage)
            )
        ),
        *_latency(summary),
    )
    return Section("ratings", _("All ratings"), columns, rows, told)


def _latency(summary: Summary) -> tuple[Footnote, ...]:
    if summary.latency_s is None:
        return ()
    told = _("Answering time in this session: {seconds} s.").format(
        seconds=number(summary.latency_s, 1)
    )
    return (Footnote(_(FORMULAS["latency"])), Footnote(told))


def _rating(rating: RatingLine) -> Row:
    remarks = []
    if rating.source == "patient":
        remarks.append(_("given by the patient on the dial"))
    if rating.suds is None:
        remarks.append(rating.reason or _("no answer"))
    if rating.corrected:
        first = _("no answer") if rating.first is None else str(rating.first)
        remarks.append(_("corrected; first written: {first}").format(first=first))
    missing = rating.suds is None
    return Row(
        (
            clock(rating.at_s),
            said(KINDS, rating.kind),
            _("missing") if missing else str(rating.suds),
            _("{raw} on {scale}").format(raw=rating.raw, scale=rating.scale.replace("-", "–"))
            if rating.raw
            else DASH,
            number(rating.level, 0 if rating.level == int(rating.level) else 1),
            str(rating.trial) if rating.trial else DASH,
            said(PHASES, rating.phase),
            listed(remarks),
        ),
        "missing" if missing else "",
    )


def _notes(history: SessionHistory) -> Section:
    columns = (Column(_("At"), True), Column(_("Note")))
    lines = [
        (
            note.at_s,
            (
                clock(note.at_s),
                _("{text} (corrected)").format(text=note.text) if note.corrected else note.text,
            ),
        )
        for note in history.notes
    ]
    shown = _("The patient was shown the words: {text}")
    lines += [(at_s, (clock(at_s), shown.format(text=text))) for at_s, text in history.texts]
    return Section("notes", _("Notes"), columns, _in_time(lines))


def _events(history: SessionHistory) -> Section:
    columns = (
        Column(_("At"), True),
        Column(_("Event")),
        Column(_("Length"), True),
        Column(_("Remark")),
    )
    lines = [
        (
            e.started_s,
            (
                clock(e.started_s),
                event(history.header.scenario, e.name),
                length(None if e.ended_s is None else e.ended_s - e.started_s),
                _("broken off when the scene was left") if e.how == "cancelled" else "",
            ),
        )
        for e in history.events
    ]
    lines += [
        (at_s, (clock(at_s), text, DASH, _("marked by the scenario")))
        for at_s, text in history.marks
    ]
    return Section("events", _("Events"), columns, _in_time(lines))


def _refusals(history: SessionHistory, with_whom: bool) -> Section:
    columns = [Column(_("At"), True), Column(_("Asked for")), Column(_("Why it was not done"))]
    if with_whom:
        columns.insert(2, Column(_("By")))
    rows = []
    for r in history.refusals:
        asked = said(ACTS, r.act) if r.times == 1 else f"{said(ACTS, r.act)} × {r.times}"
        why = refusal(r.code)
        if r.interlock is not None:
            why = excluded(r.interlock, history.header.scenario)
        cells = [clock(r.at_s), asked, why]
        if with_whom:
            cells.insert(2, said(WHO, r.by))
        rows.append(Row(tuple(cells)))
    return Section("refusals", _("What was refused"), tuple(columns), tuple(rows))


def links(history: SessionHistory) -> Section:
    """When the console did not hear the patient's machine, and how bad it was."""
    columns = (
        Column(_("From – to")),
        Column(_("Length"), True),
        Column(_("Link")),
    )
    states = {"stale": _("late: no news for 1 s"), "lost": _("lost: no news for 3 s")}
    rows = tuple(
        Row(
            (
                f"{clock(loss.from_s)} – {DASH if loss.to_s is None else clock(loss.to_s)}",
                length(None if loss.to_s is None else loss.to_s - loss.from_s),
                states[loss.state],
            )
        )
        for loss in history.link_losses
    )
    return Section("links", _("Link to the patient's machine"), columns, rows)


_WITH_DETAIL = frozenset(
    {
        "scenario_failed",
        "load_failed",
        "scenario_disabled",
        "display_slow",
        "observer_came",
        "observer_left",
        "access_revoked",
        "access_changed",
    }
)


def _faults(history: SessionHistory) -> Section:
    columns = (Column(_("At"), True), Column(_("What happened")))
    lines = [(at_s, (clock(at_s), words)) for at_s, words in fault_lines(history)]
    return Section("faults", _("Gaps and faults"), columns, _in_time(lines))


def fault_lines(history: SessionHistory) -> list[tuple[float, str]]:
    """(second, sentence) of all that befell machines and link, and of news that is missing."""
    lines = [(i.at_s, said(INCIDENTS, i.kind) + _detail(i)) for i in history.incidents]
    for loss in history.link_losses:
        if loss.to_s is None:
            words = _("The console lost the patient's machine and did not hear it again.")
        else:
            words = _("The console did not hear the patient's machine for {time}.").format(
                time=length(loss.to_s - loss.from_s)
            )
        lines.append((loss.from_s, words))
    for gap in history.missing_news:
        words = _(
            "News of the patient's machine is missing here (numbers {first} to {last}); "
            "what it told is not in this report."
        ).format(first=gap.after + 1, last=gap.until)
        lines.append((gap.at_s, words))
    return lines


def _detail(incident: Incident) -> str:
    """What the runtime names itself by is for programs; a fault's own line is for its author."""
    if incident.kind == "runtime_restarted":
        return f" {said(RESTARTS, incident.text)}"
    if incident.kind == "comfort_limited":
        return f" {said(LIMITS, incident.text)}"
    if incident.kind in ("console_slept", "clock_jumped"):
        return f" ({length(abs(float(incident.text)))})"
    return f" {incident.text}" if incident.kind in _WITH_DETAIL and incident.text else ""


def _corrections(history: SessionHistory) -> Section:
    columns = (
        Column(_("At"), True),
        Column(_("Written")),
        Column(_("By")),
        Column(_("About")),
        Column(_("Before")),
        Column(_("After")),
        Column(_("Remark")),
    )
    about = {"rating": _("rating at {time}"), "note": _("note at {time}")}
    rows = tuple(
        Row(
            (
                DASH if c.at_s is None else clock(c.at_s),
                *_written(history, c.seq),
                _("entry {number}").format(number=c.corrects)
                if c.of_s is None
                else about[c.of].format(time=clock(c.of_s)),
                c.before or DASH,
                c.after or DASH,
                c.text,
            )
        )
        for c in history.corrections
    )
    later = tuple(
        Row(
            (
                DASH,
                *_written(history, seq),
                f"{_(_SET_RIGHT[said.was.kind])} ({_('entry {number}').format(number=said.of)})",
                in_words(said.was),
                _("noted by mistake") if said.stands is None else in_words(said.stands),
                said.why,
            )
        )
        for seq, said in history.rectified
    )
    told = Footnote(
        _(
            "At: the moment of the session at which it was written down; a dash for what was "
            "written down later."
        )
    )
    return Section("corrections", _("Corrections"), columns, rows + later, (told,))


def _written(history: SessionHistory, seq: int) -> tuple[str, str]:
    """Day, time and writer of an entry."""
    at = history.written_at.get(seq)
    # On two lines, so that it stays whole beside texts that want all the room there is.
    told = DASH if at is None else moment(at).replace(", ", ",\n")
    return told, history.written_by.get(seq) or DASH


def _in_time(lines: Sequence[tuple[float, tuple[str, ...]]]) -> tuple[Row, ...]:
    return tuple(Row(cells) for _at_s, cells in sorted(lines, key=lambda line: line[0]))
