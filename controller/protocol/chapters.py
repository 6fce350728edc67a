"""Owns a protocol in words: chapters of figures, questions, steps and signs, with their sources.

Terminal and page show the same ones, in the language that is spoken. It knows neither.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from controller.clinic_files.parts import Review, Said, Words
from controller.language import _, language, mark
from controller.protocol.model import (
    Action,
    AppliedTension,
    Mode,
    Protocol,
    SicknessThreshold,
    SoftRule,
    Span,
)
from controller.questionnaires.model import Advice

Kind = Literal["figures", "questions", "steps", "signs", "ticks"]

MODES: Mapping[Mode, str] = {
    "interval": mark("at set times, and whenever a level is reached"),
    "step_change": mark("at the beginning, whenever a level is reached, and after a trial"),
    "before_peak_after": mark("before a trial, its peak afterwards, and once more later"),
    "off": mark("never by itself"),
}
ACTIONS: Mapping[Action, str] = {
    "exclude": mark("no session"),
    "clearance": mark("a physician's word first"),
    "postpone": mark("another day"),
    "relative": mark("with care"),
    "seated": mark("seated only"),
}
ADVICE: Mapping[Advice, str] = {
    "caution": mark("caution"),
    "recommend_stop": mark("stopping recommended"),
    "stop": mark("stop"),
}


@dataclass(frozen=True)
class Row:
    """One line of a chapter; what it has no word for is empty."""

    text: str
    value: str = ""
    note: str = ""
    source: str = ""


@dataclass(frozen=True)
class Chapter:
    """What the protocol says of one thing."""

    name: str
    title: str
    kind: Kind
    rows: tuple[Row, ...]
    source: str = ""
    about: str = ""
    applies: bool = False
    """Whether the console goes by it; otherwise it is for people to read."""


def chapters(of: Protocol) -> tuple[Chapter, ...]:
    """The whole protocol, what is read at the table first and what the console goes by last."""
    return (*_people(of), *_console(of), *_bedside(of))


def review(reviewed: Review | None) -> str:
    """Who has reviewed it, or that nobody has."""
    if reviewed is None:
        return _("not reviewed by a clinician")
    return _("reviewed by {by} on {on}").format(by=reviewed.by, on=reviewed.on)


def _in(words: Words) -> str:
    return words.of(language())


def _figure(value: Decimal | int) -> str:
    """A figure as it is written, with the comma of French."""
    shown = f"{value:f}"
    shown = shown.rstrip("0").rstrip(".") if "." in shown else shown
    return shown.replace(".", ",") if language() == "fr" else shown


def _seconds(value: Decimal) -> str:
    return _("{value} s").format(value=_figure(value))


def _minutes(value: Decimal) -> str:
    return _("{value} min").format(value=_figure(value))


def _plain(words: Sequence[Words]) -> tuple[Row, ...]:
    return tuple(Row(_in(w)) for w in words)


def _people(of: Protocol) -> tuple[Chapter, ...]:
    def sourced(said: Said) -> str:
        return _sourced(said, of.reviewed)

    screening = tuple(
        Row(_in(i), _(ACTIONS[i.action]), _in(i.note), sourced(i.source))
        for i in of.screening.items
    )
    return (
        Chapter(
            "screening",
            _("Screening"),
            "questions",
            screening,
            about=_in(of.screening.about),
        ),
        Chapter(
            "stop",
            _("Stop at once"),
            "signs",
            _plain(of.stop.signs),
            sourced(of.stop.source),
            _in(of.stop.about),
        ),
        Chapter(
            "soft_stop",
            _("Ask, and go by the answer"),
            "signs",
            tuple(Row(_in(rule), _soft(rule)) for rule in of.soft_stop.rules),
            sourced(of.soft_stop.source),
            _in(of.soft_stop.about),
        ),
        Chapter(
            "sickness",
            _("Sickness"),
            "figures",
            tuple(_sickness(t) for t in of.sickness.thresholds),
            sourced(of.sickness.source),
            _("Ask about stomach and dizziness, from 0 to 20, and not about fear.")
            if of.sickness.questionnaire == "fms"
            else "",
        ),
        Chapter(
            "recovery",
            _("Recovery between trials"),
            "figures",
            (
                Row(
                    _("Recovered when distress is at most"),
                    _("baseline + {value}").format(value=_figure(of.recovery.above_baseline)),
                ),
                Row(_("Waited for at most"), _minutes(of.recovery.time_out_min)),
            ),
            sourced(of.recovery.source),
        ),
        Chapter(
            "breaks",
            _("Breaks"),
            "figures",
            (
                Row(_("A break comes after"), _minutes(of.session.break_every_min)),
                Row(_("A break lasts"), _minutes(of.session.break_min)),
            ),
            sourced(of.session.source),
        ),
        Chapter(
            "applied_tension",
            _("Applied tension"),
            "steps",
            _plain(of.applied_tension.steps),
            sourced(of.applied_tension.source),
            f"{_in(of.applied_tension.about)} {_times(of.applied_tension)}",
        ),
        Chapter(
            "faint",
            _("When somebody faints"),
            "steps",
            _plain(of.faint.steps),
            sourced(of.faint.source),
            f"{_in(of.faint.about)} "
            + _("Early signs: {signs}.").format(signs=", ".join(_in(s) for s in of.faint.signs)),
        ),
        Chapter(
            "after",
            _("Before the patient leaves"),
            "ticks",
            _plain(of.after.items),
            sourced(of.after.source),
            _in(of.after.about),
        ),
    )


def _bedside(of: Protocol) -> tuple[Chapter, ...]:
    """Words that are ready, where the protocol has any of its own."""
    lists = (
        ("bedside", _("Ready remarks"), of.bedside.remarks),
        ("safety_behaviours", _("Safety behaviours"), of.bedside.safety_behaviours),
    )
    return tuple(
        Chapter(name, title, "signs", _plain(said), applies=True)
        for name, title, said in lists
        if said
    )


def _console(of: Protocol) -> tuple[Chapter, ...]:
    prompts = [Row(_("Ratings fall due"), _(MODES[of.prompts.mode]))]
    if of.prompts.mode == "interval":
        prompts.append(Row(_("From one to the next"), _seconds(of.prompts.every_s)))
    if of.prompts.mode != "off":
        prompts.append(Row(_("Window to ask in"), _seconds(of.prompts.window_s)))
    prompts.append(
        Row(_("Scale offered first for a new patient"), of.prompts.scale.replace("-", "–"))
    )

    def goes_by(name: str, title: str, rows: Sequence[Row], source: Said) -> Chapter:
        told = _sourced(source, of.reviewed)
        return Chapter(name, title, "figures", tuple(rows), told, applies=True)

    return (
        goes_by("prompts", _("Ratings"), prompts, of.prompts.source),
        goes_by(
            "grace",
            _("Console not heard"),
            [Row(_("Held so long before the safe place"), _seconds(of.grace.seconds))],
            of.grace.source,
        ),
        goes_by(
            "session",
            _("Length of a session"),
            [
                Row(_("The console counts down from"), _minutes(of.session.limit_min)),
                Row(
                    _("Counted down before a trial is shown"),
                    _seconds(Decimal(of.session.countdown_s)),
                ),
            ],
            of.session.source,
        ),
        goes_by(
            "figures",
            _("Figures of the report"),
            [
                Row(
                    _("Least peak for which halving is judged"),
                    _figure(of.figures.peak_floor),
                ),
                Row(
                    _("Ratings are joined up to so many prompt intervals apart"),
                    _figure(of.figures.longest_between),
                ),
            ],
            of.figures.source,
        ),
    )


def _sourced(source: Said, reviewed: Review | None) -> str:
    told = _("Source: {source}").format(source=_in(source))
    return told if reviewed is not None else f"{told} {_('Not reviewed by a clinician.')}"


def _soft(rule: SoftRule) -> str:
    if rule.distress_at_least is None:
        return ""
    height = _figure(rule.distress_at_least)
    if rule.for_min is None:
        return _("distress {height}").format(height=height)
    return _("distress {height} or more for {time}").format(
        height=height, time=_minutes(rule.for_min)
    )


def _sickness(threshold: SicknessThreshold) -> Row:
    if threshold.at_least is not None:
        when = _("{height} or more").format(height=_figure(threshold.at_least))
    else:
        when = _("risen by {rise} within {time}").format(
            rise=_figure(threshold.rise or 0), time=_seconds(threshold.within_s or Decimal(0))
        )
    return Row(when, _(ADVICE[threshold.advice]), _in(threshold))


def _times(of: AppliedTension) -> str:
    def span(times: Span) -> str:
        if times.shortest_s == times.longest_s:
            return _seconds(times.shortest_s)
        return _("{shortest} to {longest} s").format(
            shortest=_figure(times.shortest_s), longest=_figure(times.longest_s)
        )

    return _("Tense for {tense}, release for {release}, {times} times.").format(
        tense=span(of.tense), release=span(of.release), times=of.times
    )
