"""Owns the commands on what is feared before it is tested, and on what became of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import get_args

from controller.language import _
from controller.line.levels import usage
from controller.line.reading import find
from controller.line.seat import Handler, Seat
from controller.session import suds
from controller.session.clinical import About
from controller.session.clinical_words import ABOUT, CAME
from controller.session.expected import Feared
from controller.session.now import Outcome
from controller.session.suds import NotARating

SHORT: Mapping[str, tuple[str, ...]] = {
    "own_reaction": ("own", "reaction", "sa réaction"),
    "event": ("event", "world", "événement", "monde"),
    "judgement": ("others", "autres", "jugement"),
}
"""What is typed for what a fear is about, in both languages."""
NOT_ASKED = "-"


class _Unread(ValueError):
    """A line that says no fear; the text says what to type instead."""


def _figure(typed: str) -> int | None:
    """0 to 100, one digit for tens; None for what was not asked. Raises `NotARating`."""
    return None if typed == NOT_ASKED else suds.parse(typed, "0-100")


def _read(
    rest: str, names: Mapping[str, tuple[str, ...]], name: str
) -> tuple[str, int | None, int | None, str]:
    """The first word, two figures and the words behind them. Raises `_Unread`."""
    parts = rest.split(" ", 3)
    first = find(parts[0], names)
    if first is None or len(parts) < 3:
        raise _Unread(usage(name))
    try:
        figures = _figure(parts[1]), _figure(parts[2])
    except NotARating as error:
        raise _Unread(usage(name)) from error
    return first, *figures, parts[3].strip() if len(parts) > 3 else ""


def _feared(seat: Seat, rest: str) -> None:
    """A fear on one line; alone, what waits and what the hierarchy says."""
    if not seat.may("expect"):
        return
    if not rest:
        waiting = seat.now().expected.waiting
        if waiting is not None:
            seat.say(_told(waiting))
        _tell_hierarchy(seat)
        return
    names = {kind: (_(ABOUT[kind]), *SHORT[kind]) for kind in get_args(About)}
    try:
        first, likelihood, severity, words = _read(rest, names, "feared")
    except _Unread as error:
        seat.say(str(error))
        return
    about: About = next(kind for kind in get_args(About) if kind == first)
    seat.send(lambda lead: lead.bedside.expects(words, about, likelihood, severity), "record")


def _tell_hierarchy(seat: Seat) -> None:
    """What the patient's hierarchy says is feared, once it is read; then how to write one down."""
    now = seat.now()
    patient = next((p.id for p in seat.lead.patients() if p.pseudonym == now.pseudonym), "")

    async def read(_lead: object) -> Outcome:
        held = await seat.lead.plans.read(patient)
        if seat.desk is not None and patient:
            seat.desk.looked_at_hierarchy(patient)
        rows = () if held is None else held.plan.rows
        told = [
            row.feared if row.likelihood is None else f"{row.feared} ({row.likelihood} %)"
            for row in rows
            if row.feared
        ]
        seat.say(*(_("In the hierarchy: {what}").format(what=one) for one in told), usage("feared"))
        return Outcome(True, "")

    seat.send(read, "record", quiet=True)


def _told(one: Feared) -> str:
    before = one.said.likelihood_before
    if before is None:
        return _("Waits to be told: “{feared}”.").format(feared=one.said.feared)
    told = _("Waits to be told: “{feared}”, held {before} % likely.")
    return told.format(feared=one.said.feared, before=before)


def _came(seat: Seat, rest: str) -> None:
    """What became of the fear that waits, on one line."""
    if not seat.may("expect"):
        return
    waiting = seat.now().expected.waiting
    if waiting is None:
        seat.say(_("No fear waits to be told; {usage}").format(usage=usage("feared")))
        return
    if not rest:
        seat.say(_told(waiting), usage("came"))
        return
    names = {kind: (_(word), _(word).split(" ")[-1]) for kind, word in CAME.items()}
    try:
        first, likelihood, surprise, learned = _read(rest, names, "came")
    except _Unread as error:
        seat.say(str(error))
        return
    occurred = {"yes": True, "no": False}.get(first)
    seq = waiting.seq
    seat.send(
        lambda lead: lead.bedside.came(seq, occurred, likelihood, surprise, learned), "record"
    )


HANDLERS: dict[str, Handler] = {"feared": _feared, "came": _came}
