"""Owns the commands on a patient between sessions: the course at a glance, the next appointment.

Which day is meant by what was typed is read elsewhere; a restricted course is not told.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from controller.language import _
from controller.line.before import named_patient
from controller.line.levels import usage
from controller.line.reading import find
from controller.line.seat import Handler, Seat
from controller.line.watching import waits_for
from controller.line.words import plainly
from controller.session import suds
from controller.session.appointments import passed, spoken
from controller.session.check_digits import check_digits
from controller.session.clinical_words import named
from controller.session.glance import Glance
from controller.session.now import Outcome, PatientCard
from controller.ui.ports import Lead

NONE = ("none", "aucun")
MISSING = "-"


def _glanced(seat: Seat, card: PatientCard, do: Callable[[Glance], None]) -> None:
    """Read the course off the loop, then go on with it."""
    found: list[Glance] = []

    async def read(lead: Lead) -> Outcome:
        seen = await lead.courses.glance(card.id)
        if isinstance(seen, str):
            return Outcome(False, seen)
        found.append(seen)
        return Outcome(True, "")

    def went(outcome: Outcome) -> None:
        if found:
            do(found[0])

    seat.send(read, "record", then=went, quiet=True)


def _watches(seat: Seat) -> bool:
    """Whether this console only watches, and is told nothing of a patient; says so."""
    now = seat.now()
    if now.observing:
        seat.say(waits_for(now))
    return now.observing


def _course(seat: Seat, rest: str) -> None:
    if _watches(seat):
        return
    card = named_patient(seat, rest, "course")
    if card is None:
        return

    _glanced(seat, card, lambda seen: seat.say(*_lines(card, seen, date.today())))


def _lines(card: PatientCard, seen: Glance, today: date) -> tuple[str, ...]:
    """The course, a figure a line; a dash where there is none."""
    digits = _("check digits {digits}").format(digits=check_digits(card.pseudonym))
    told = [f"{card.pseudonym}, {digits}."]
    if card.restricted is not None:
        return (*told, f"{_('restricted: no session').capitalize()}.")
    if card.withdrawn:
        told.append(f"{_('consent to exposure taken back: no session').capitalize()}.")
    row = _("{check}: {state}.")
    count = [str(len(seen.past))]
    if seen.past:
        count.append(_("last {day}").format(day=seen.past[-1].opened[:10]))
    befell = [f"{e.opened[:10]} {named(e.event.type, e.event.severity)}" for e in seen.adverse]
    again = [f"{e.opened[:10]} {e.again}" for e in seen.due]
    agreed = _("none agreed on")
    if seen.appointment is not None:
        agreed = spoken(seen.appointment)
        if passed(seen.appointment, today):
            agreed += f" ({_('this day has passed')})"
    figures = (
        (_("Sessions"), ", ".join(count)),
        (_("Highest level"), MISSING if seen.highest is None else str(seen.highest)),
        (_("Peaks"), ", ".join(_shown(peak, card) for peak in seen.peaks) or MISSING),
        (_("Adverse events"), ", ".join(befell) or _("none")),
        *([(_("To look at again"), ", ".join(again))] if again else []),
        (_("Next appointment"), agreed),
    )
    return (*told, *(row.format(check=name, state=value) for name, value in figures))


def _shown(peak: float | None, card: PatientCard) -> str:
    return MISSING if peak is None else suds.shown(round(peak), card.scale)


def _appointment(seat: Seat, rest: str) -> None:
    """Whose, and when; without a day it is told, and `none` takes it back."""
    if _watches(seat):
        return
    cards, words = seat.lead.patients(), rest.split(" ")
    people = {card.id: (card.pseudonym,) for card in cards}
    named = next((n for n in range(len(words), 0, -1) if find(" ".join(words[:n]), people)), 0)
    card = named_patient(seat, " ".join(words[:named]), "appointment")
    if card is None:
        return
    when = " ".join(words[named:])
    if not when:
        _glanced(seat, card, lambda seen: _tell(seat, card, seen))
        return
    said = "" if plainly(when) in NONE else when
    seat.say(f"{card.pseudonym}.")
    seat.send(lambda lead: lead.courses.appoint(card.id, said), "record")


def _tell(seat: Seat, card: PatientCard, seen: Glance) -> None:
    if card.restricted is not None or seen.appointment is None:
        seat.say(_("For {name} no appointment is told.").format(name=card.pseudonym))
    else:
        told = _("{name} comes next: {when}.")
        seat.say(told.format(name=card.pseudonym, when=spoken(seen.appointment)))
    seat.say(usage("appointment"))


HANDLERS: dict[str, Handler] = {"course": _course, "appointment": _appointment}
