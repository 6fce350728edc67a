"""Owns the tables of a report on adverse events and expectations; knows no page.

Both are there only where somebody wrote one down: that there is none is said by no empty table.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from controller.language import _, language, listed, mark
from controller.report.document import Column, Footnote, Row, Section
from controller.report.wording import (
    DASH,
    INCIDENTS,
    PHASES,
    clock,
    event,
    number,
    percent,
    said,
)
from controller.session.around import moment
from controller.session.clinical import AdverseEvent, Expectancy
from controller.session.clinical_words import ABOUT, OUTCOMES, SEVERITIES, TYPES
from controller.session.course_measures import belief_change, expected, violation
from controller.session.history import SessionHistory
from controller.session.rectifying import Rectifiable

RELATED: Mapping[str, str] = {
    "yes": mark("related to the session"),
    "no": mark("not related to the session"),
    "unclear": mark("unclear whether related"),
}


def adverse_events(history: SessionHistory) -> Section:
    """What befell the patient, as whoever reported it saw it, and how the session stood then."""
    columns = (
        Column(_("At"), True),
        Column(_("In the session")),
        Column(_("Adverse event")),
        Column(_("What happened")),
        Column(_("What was done")),
        Column(_("Then")),
        Column(_("Written by")),
    )
    rows = tuple(
        Row(
            (
                DASH if one.at_s is None else clock(one.at_s),
                _stood(history, one.at_s),
                ", ".join(
                    (
                        _(TYPES[one.type]),
                        _(SEVERITIES[one.severity]),
                        *_serious(one),
                    )
                ),
                one.description,
                one.action or DASH,
                listed((_(OUTCOMES[one.outcome]), _(RELATED[one.related]), one.follow_up)),
                history.written_by.get(seq) or DASH,
            )
        )
        for seq, one in history.adverse
    )
    serious = _("Serious: hospital, injury or danger to life. All as stated by who reported it.")
    return Section("adverse", _("Adverse events"), columns, rows, (Footnote(serious),))


def in_words(said: Rectifiable) -> str:
    """All that an adverse event or a fear states, on one line; what it leaves open is not told.

    Two words on one entry that differ in anything read differently.
    """
    if isinstance(said, AdverseEvent):
        how = (
            *(() if said.at_s is None else (_exactly(said.at_s),)),
            _(TYPES[said.type]),
            _(SEVERITIES[said.severity]),
            *_serious(said),
            _(OUTCOMES[said.outcome]),
            _(RELATED[said.related]),
        )
        named = (
            (", ".join(how), said.description),
            (_("What was done"), said.action),
            (_("Follow-up"), said.follow_up),
        )
        return " · ".join(_told(named))
    if isinstance(said, Expectancy):
        came = _came(said, "")
        feared = (
            (_("About"), _(ABOUT[said.about])),
            (_("Likelihood before"), _set(_percent, said.likelihood_before)),
            (_("How bad, before"), _set(number, said.severity_before)),
            (_("Agreed on"), said.test),
            (_("Came"), came),
            (_("Likelihood after"), _set(_percent, said.likelihood_after)),
            (_("Surprise"), _set(number, said.surprise)),
            (_("Learned"), said.learned),
        )
        return " · ".join((said.feared, *_told(feared)))
    return DASH


def _serious(one: AdverseEvent) -> tuple[str, ...]:
    """That it was serious, or that nobody was asked; that it was not needs no word."""
    if one.serious is None:
        return (_("seriousness not asked"),)
    return (_("serious"),) if one.serious else ()


def _told(named: Sequence[tuple[str, str]]) -> list[str]:
    """What is set, each behind its name."""
    return [_("{name}: {told}").format(name=name, told=told) for name, told in named if told]


def _set(words: Callable[[int], str], value: int | None) -> str:
    return "" if value is None else words(value)


def _exactly(at_s: float) -> str:
    """A moment to its hundredth where it is not a whole second."""
    if at_s == int(at_s):
        return clock(at_s)
    return f"{clock(at_s)} ({number(at_s, 2)} s)"


def before_adverse(history: SessionHistory) -> Section:
    """What the record holds of the minute before each adverse event."""
    columns = (
        Column(_("Adverse event")),
        Column(_("At"), True),
        Column(_("What")),
    )
    rows = tuple(
        Row(
            (f"{clock(one.at_s)} {_(TYPES[one.type])}", clock(at_s), _happened(history, kind, what))
        )
        for _seq, one in history.adverse
        if one.at_s is not None
        for at_s, kind, what in moment(history, one.at_s).before
    )
    title = _("The minute before an adverse event")
    return Section("before-adverse", title, columns, rows)


def _stood(history: SessionHistory, at_s: float | None) -> str:
    if at_s is None:
        return DASH
    stood = moment(history, at_s)
    phase = DASH if stood.phase is None else said(PHASES, stood.phase.value)
    if not stood.trial or stood.level is None:
        return phase
    level = number(stood.level, 0 if stood.level == int(stood.level) else 1)
    return _("{phase}, level {level}").format(phase=phase, level=level)


def _happened(history: SessionHistory, kind: str, what: str) -> str:
    match kind:
        case "phase":
            return said(PHASES, what)
        case "level":
            return _("level {level} reached").format(level=what)
        case "rating":
            return _("distress {suds}").format(suds=what) if what else _("no answer")
        case "event":
            return event(history.header.scenario, what)
        case "task":
            told = _("task given: {name}")
            return told.format(name=event(history.header.scenario, what))
        case "set_apart":
            spec = history.header.scenario.value(what)
            name = what if spec is None else spec.label.get(language())
            return _("set apart from the level: {name}").format(name=name)
    return said(INCIDENTS, what)


def expectancies(found: Sequence[tuple[int, Expectancy]]) -> Section:
    """What was feared, how likely it was held before and after, and whether it came."""
    columns = (
        Column(_("Feared outcome")),
        Column(_("About")),
        Column(_("Before"), True),
        Column(_("Came")),
        Column(_("After"), True),
        Column(_("Violation"), True, 1),
        Column(_("Change"), True, 2),
        Column(_("Surprise"), True),
        Column(_("Learned")),
    )
    rows = []
    for _seq, one in found:
        of = expected(one)
        rows.append(
            Row(
                (
                    one.feared,
                    _(ABOUT[one.about]),
                    _percent(one.likelihood_before),
                    _came(one, DASH),
                    _percent(one.likelihood_after),
                    number(violation(of)),
                    number(belief_change(of)),
                    number(one.surprise),
                    one.learned or DASH,
                )
            )
        )
    notes = (
        Footnote(_("Violation: likelihood before − 100 if it came, else − 0; in points."), 1),
        Footnote(_("Change: likelihood before − likelihood after; in points."), 2),
    )
    return Section("expectancies", _("What was feared and tested"), columns, tuple(rows), notes)


def _came(said: Expectancy, nobody: str) -> str:
    """Whether it came; `nobody` where nobody was asked."""
    if said.unclear:
        return _("unclear")
    if said.occurred is None:
        return nobody
    return _("yes") if said.occurred else _("no")


def _percent(likelihood: int | None) -> str:
    return percent(None if likelihood is None else likelihood / 100)
