"""Owns the commands that write down: ratings, notes, corrections, what befell the patient."""

from __future__ import annotations

from controller.language import _
from controller.line.levels import usage
from controller.line.reading import find
from controller.line.seat import Handler, Seat
from controller.session.clinical import AdverseType, Severity
from controller.session.clinical_words import SEVERITIES, TYPES
from controller.ui.asking_reason import Amend, WhyNoAnswer, WhyStopped


def _rate(seat: Seat, rest: str) -> None:
    if not rest:
        seat.say(usage("rate"))
    elif seat.may("rate"):
        seat.send(lambda lead: lead.rate(rest), "record")


def _no_answer(seat: Seat, rest: str) -> None:
    if not seat.may("no_answer"):
        return
    reasons = tuple((_(word), word) for word in WhyNoAnswer().words)

    def skip(number: int) -> None:
        reason = reasons[number][0]
        if seat.may("no_answer"):
            seat.send(lambda lead: lead.skip_rating(reason), "record")

    if not rest:
        seat.pick(_("No rating this time. Why?"), reasons, skip)
        return
    found = find(rest, {str(n): names for n, names in enumerate(reasons)})
    if found is not None:
        skip(int(found))
    else:
        seat.send(lambda lead: lead.skip_rating(rest), "record")


def _note(seat: Seat, rest: str) -> None:
    if not rest:
        seat.say(usage("note"))
    elif seat.may("note"):
        seat.send(lambda lead: lead.note(rest), "record")


def _amend(seat: Seat, rest: str) -> None:
    if not seat.may("amend"):
        return
    now = seat.now()
    saved = [r for r in now.ratings if r.saved_as is not None and r.rating.suds is not None]
    if not rest or not saved:
        seat.say(usage("amend"))
        return
    taken = Amend(saved[-1]).typed(rest, now)
    if taken.say:
        seat.say(taken.say)
    if taken.act is not None:
        seat.send(taken.act, "record")


def _adverse(seat: Seat, rest: str) -> None:
    """A type and a severity on one line, or each by number."""
    if not seat.may("adverse"):
        return
    words = rest.split(" ")
    kinds: dict[str, tuple[str, ...]] = {what: (_(word),) for what, word in TYPES.items()}
    for count in range(len(words), 0, -1):
        found = find(" ".join(words[:count]), kinds) if rest else None
        what = next((one for one in TYPES if one == found), None)
        if what is not None:
            _severity(seat, what, " ".join(words[count:]))
            return
    if rest:
        seat.say(usage("adverse"))
    names = tuple((_(word), what) for what, word in TYPES.items())
    types = tuple(TYPES)

    def chosen(number: int) -> None:
        _severity(seat, types[number], "")

    seat.pick(_("What befell the patient? ! stops first, if need be."), names, chosen)


def _severity(seat: Seat, what: AdverseType, rest: str) -> None:
    levels: dict[str, tuple[str, ...]] = {
        # "intensité modérée" is found by its own word too.
        how: (_(word), _(word).split(" ")[-1])
        for how, word in SEVERITIES.items()
    }
    found = find(rest, levels) if rest else None
    severity = next((one for one in SEVERITIES if one == found), None)
    if severity is not None:
        _save(seat, what, severity)
        return
    severities = tuple(SEVERITIES)

    def chosen(number: int) -> None:
        _save(seat, what, severities[number])

    told = _("{what}: how severe? It is saved with the answer.")
    seat.pick(told.format(what=_(TYPES[what]).capitalize()), tuple(levels.values()), chosen)


def _save(seat: Seat, what: AdverseType, severity: Severity) -> None:
    if seat.may("adverse"):
        seat.send(lambda lead: lead.bedside.befell(what, severity), "record")


def _why(seat: Seat, rest: str) -> None:
    """Why it was stopped; it may stay unanswered for ever."""
    asking = WhyStopped()
    if not asking.stands(seat.now()):
        seat.say(_("This is asked after a stop alone; a note says anything else."))
        return
    reasons = tuple((_(word), word) for word in asking.words)

    def say_why(number: int) -> None:
        seat.send(asking.send(reasons[number][0]), "record")

    if not rest:
        seat.pick(_("It has stopped. Why? No hurry."), reasons, say_why, asking.stands)
        return
    found = find(rest, {str(n): names for n, names in enumerate(reasons)})
    if found is not None:
        say_why(int(found))
    else:
        seat.send(asking.send(rest), "record")


HANDLERS: dict[str, Handler] = {
    "rate": _rate,
    "no_answer": _no_answer,
    "note": _note,
    "amend": _amend,
    "adverse": _adverse,
    "why": _why,
}
