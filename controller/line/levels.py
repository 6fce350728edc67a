"""Owns the commands on levels and phases: what each sends, and what it asks before."""

from __future__ import annotations

from controller.language import _
from controller.line.questions import Question
from controller.line.reading import find
from controller.line.seat import Handler, Seat
from controller.line.words import command, plainly, word
from controller.session.at_rest import REFUGES
from controller.session.now import Outcome
from controller.session.plans.at_work import offered
from controller.ui.asking_level import (
    BeginAt,
    EndSession,
    NewCeiling,
    ResumeHold,
    TakeControl,
    UndoPatient,
)
from controller.ui.asking_watch import LetWatch
from controller.ui.possible import phase_of
from vr_runtime.wire.acts import Phase

WITH_VIEW = ("view", "vue")


def whole(typed: str) -> int | None:
    """A level as it is typed, 0 to 10; None where it is none."""
    told = typed.strip()
    return int(told) if told.isascii() and told.isdigit() and len(told) < 3 else None


def usage(name: str) -> str:
    """What to type instead, in one sentence."""
    return _("Type: {usage}.").format(usage=_(command(name).usage))


def _begin(seat: Seat, rest: str) -> None:
    """Name the level; `yes` begins."""
    if phase_of(seat.now()) in (Phase.PAUSE, Phase.SAFE_PLACE):
        _resume(seat, rest)
    elif seat.may("begin"):
        row = seat.now().row
        _name_level(seat, rest, row.row.level if row is not None and row.fresh else None)


def _resume(seat: Seat, rest: str) -> None:
    if not seat.may("resume"):
        return
    now = seat.now()
    if phase_of(now) is Phase.HOLD:
        seat.confirm(ResumeHold())
        return
    _name_level(seat, rest, offered(now) or 0)


def _name_level(seat: Seat, rest: str, usual: int | None) -> None:
    """Tell the runtime the level; once it has taken it, ask for the second word."""
    state = seat.now().state
    level = whole(rest) if rest else usual
    if level is None or state is None or level > 10:
        seat.say(_("Name the level, 0 to 10. {usage}").format(usage=usage("begin")))
        return
    if not rest:
        level = min(level, state.ceiling)
    if level > state.ceiling:
        told = _("Level {level} is the patient's ceiling; {key} changes it.")
        seat.say(told.format(level=state.ceiling, key=word("ceiling")))
        return

    def ask(outcome: Outcome) -> None:
        if outcome.ok:
            seat.confirm(BeginAt(level))

    seat.send(lambda lead: lead.arm_trial(level), then=ask, quiet=True)


def _raise(seat: Seat, rest: str) -> None:
    if rest:
        seat.say(
            _("A raise is one level for one line; type {word} alone.").format(word=word("raise"))
        )
    elif seat.may("raise"):
        seat.send(lambda lead: lead.raise_level())


def _lower(seat: Seat, rest: str) -> None:
    if not seat.may("lower"):
        return
    state = seat.now().state
    level = whole(rest) if rest else None
    if rest and (level is None or state is None or level >= max(state.asked, state.reached)):
        # One level down is what was surely meant, and it is the easier side.
        seat.say(_("That is no lower level; one level down is asked."))
        level = None
    seat.send(lambda lead: lead.lower_level(level), eases=True)


def _hold(seat: Seat, rest: str) -> None:
    if seat.may("hold"):
        seat.send(lambda lead: lead.hold(), eases=True)


def _pause(seat: Seat, rest: str) -> None:
    if seat.may("pause"):
        seat.send(lambda lead: lead.pause(), eases=True)


def _break(seat: Seat, rest: str) -> None:
    if seat.may("break"):
        seat.send(lambda lead: lead.pace.begin_break(), "record", eases=True)


def _safe_place(seat: Seat, rest: str) -> None:
    if seat.may("safe_place"):
        seat.send(lambda lead: lead.safe_place(), eases=True)


def _ceiling(seat: Seat, rest: str) -> None:
    if not seat.may("ceiling"):
        return
    level = whole(rest)
    if level is None or level > 10:
        seat.say(_("Name the level, 0 to 10. {usage}").format(usage=usage("ceiling")))
    else:
        seat.confirm(NewCeiling(level))


def _end(seat: Seat, rest: str) -> None:
    if seat.may("end"):
        seat.confirm(EndSession())


def _undo(seat: Seat, rest: str) -> None:
    if seat.may("end"):
        seat.confirm(UndoPatient())


def _control(seat: Seat, rest: str) -> None:
    if seat.may("control"):
        seat.confirm(TakeControl())


def _observers(seat: Seat, rest: str) -> None:
    """A withdrawal is done at once; a consent is confirmed, with the patient's view if asked."""
    state = seat.now().state
    if not seat.may("observers"):
        return
    if state is not None and state.observers.allowed:
        seat.send(lambda lead: lead.set_observers(False))
    elif plainly(rest) in WITH_VIEW:
        told = _("{question} With the patient's view? Type {yes}; anything else leaves it.")
        sentence = told.format(question=LetWatch().sentence(seat.now()), yes=word("yes"))

        def consented() -> None:
            seat.send(lambda lead: lead.set_observers(True, True))

        seat.ask(Question((sentence,), yes=consented, stands=LetWatch().stands))
    else:
        seat.confirm(LetWatch())


def _familiarise(seat: Seat, rest: str) -> None:
    if seat.may("familiarise"):
        seat.send(lambda lead: lead.familiarise())


def _end_familiarisation(seat: Seat, rest: str) -> None:
    if seat.may("end_familiarisation"):
        seat.send(lambda lead: lead.end_familiarisation())


def _breathing(seat: Seat, rest: str) -> None:
    if not seat.may("breathing"):
        return
    breaths = whole(rest) if rest else 6
    if breaths is None or not 4 <= breaths <= 8:
        seat.say(
            _("The breathing guide shows 4 to 8 breaths a minute. {usage}").format(
                usage=usage("breathing")
            )
        )
        return
    seat.send(lambda lead: lead.guide_breathing(float(breaths)))


def _tension(seat: Seat, rest: str) -> None:
    tense_s, release_s, times = seat.now().tension
    if seat.may("tension"):
        seat.send(lambda lead: lead.guide_tension(tense_s, release_s, times))


def _end_guide(seat: Seat, rest: str) -> None:
    if seat.may("end_guide"):
        seat.send(lambda lead: lead.end_guide())


def _refuge(seat: Seat, rest: str) -> None:
    if not seat.may("refuge"):
        return
    names = tuple((_(name), place) for place, name in REFUGES.items())
    places = tuple(REFUGES)

    def choose(number: int) -> None:
        if seat.may("refuge"):
            seat.send(lambda lead: lead.choose_refuge(places[number]))

    by_name: dict[str, tuple[str, ...]] = dict(zip(places, names, strict=True))
    found = find(rest, by_name) if rest else None
    if found is not None:
        choose(list(by_name).index(found))
    else:
        seat.pick(_("Which safe place?"), names, choose)


HANDLERS: dict[str, Handler] = {
    "begin": _begin,
    "resume": _resume,
    "raise": _raise,
    "lower": _lower,
    "hold": _hold,
    "pause": _pause,
    "break": _break,
    "safe_place": _safe_place,
    "ceiling": _ceiling,
    "end": _end,
    "undo": _undo,
    "control": _control,
    "observers": _observers,
    "familiarise": _familiarise,
    "end_familiarisation": _end_familiarisation,
    "breathing": _breathing,
    "tension": _tension,
    "end_guide": _end_guide,
    "refuge": _refuge,
}
