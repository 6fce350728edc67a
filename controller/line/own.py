"""Owns the commands on the console itself: standing, help, waiting, language, lock, leaving."""

from __future__ import annotations

from controller.language import LANGUAGES, _, language
from controller.line.commands import Command
from controller.line.left_open import ask_about
from controller.line.levels import usage
from controller.line.questions import Question
from controller.line.reading import unknown
from controller.line.seat import Handler, Seat
from controller.line.status import status
from controller.line.watching import WATCHING
from controller.line.words import COMMANDS, GROUPS, forms, plainly, word
from controller.session.now import Now
from controller.ui.leaving import what_becomes
from controller.ui.possible import is_stale
from controller.ui.stop_words import patients_stop
from vr_runtime.wire.acts import Phase

LONGEST_WAIT_S = 600.0


def _status(seat: Seat, rest: str) -> None:
    seat.say(status(seat.now()))


def _help(seat: Seat, rest: str) -> None:
    watching = seat.now().observing and seat.now().session is not None
    if not rest:
        seat.say(
            _("! at the beginning of a line stops at once; so does the word {stop}.").format(
                stop=word("stop")
            )
        )
        for group, title in GROUPS.items():
            named = [one for one in COMMANDS if one.group == group]
            words = ", ".join(
                one.word()
                for one in named
                if not watching or one.name == "stop" or one.name in WATCHING
            )
            seat.say(_("{group}: {words}.").format(group=_(title), words=words) if words else "")
        if not watching:
            seat.say(patients_stop(seat.lead.after.protocol))
            seat.say(_("A number alone is a rating; an empty line tells how it stands."))
        seat.say(usage("help"))
    elif plainly(rest) in ("all", "tout"):
        seat.say(*(_row(one) for one in COMMANDS))
    elif (found := forms(language()).get(plainly(rest))) is not None:
        seat.say(_row(found))
    else:
        seat.say(unknown(rest))


def _row(one: Command) -> str:
    """What is typed, other forms, and what it does."""
    others = [form for form in one.known(language()) if form != one.word()]
    told = _("{usage}: {sentence}").format(usage=_(one.usage), sentence=_(one.sentence))
    if others:
        told += " " + _("Also: {words}.").format(words=", ".join(dict.fromkeys(others)))
    return told


def settled(now: Now) -> bool:
    """Whether nothing is under way: no load, no ramp, no stop, nothing to be saved."""
    state = now.state
    if state is None or now.stop_asked or now.record.waiting or is_stale(now):
        return False
    if state.phase is Phase.LOADING or state.sight.countdown:
        return False
    return not state.moving and state.raise_in_s <= 0


def is_due(now: Now) -> bool:
    """Whether a rating is due, or none will be any more."""
    return now.session is None or (now.due is not None and now.due.opens_in_s <= 0)


def _wait(seat: Seat, rest: str) -> None:
    said = plainly(rest)
    if not said:
        seat.console.wait(settled, LONGEST_WAIT_S)
    elif said in ("rating", "evaluation", "detresse"):
        seat.console.wait(is_due, LONGEST_WAIT_S)
    elif (seconds := _seconds(said)) is not None:
        seat.console.wait(lambda now: False, seconds)
    else:
        seat.say(usage("wait"))


def _seconds(told: str) -> float | None:
    """Seconds as 90 or as 1:30, up to ten minutes."""
    parts = told.split(":")
    if not 1 <= len(parts) <= 2 or not all(p.isascii() and p.isdigit() for p in parts):
        return None
    if any(len(part) > 4 for part in parts):
        return None
    seconds = sum(int(part) * 60**place for place, part in enumerate(reversed(parts)))
    return float(seconds) if seconds <= LONGEST_WAIT_S else None


def _language(seat: Seat, rest: str) -> None:
    said = plainly(rest)
    meant = {"fr": "fr", "french": "fr", "francais": "fr", "en": "en", "english": "en",
             "anglais": "en"}.get(said)  # fmt: skip
    chosen = next((one for one in LANGUAGES if one == meant), None)
    if chosen is None:
        seat.say(usage("language"))
    else:
        seat.console.speak(chosen)
        seat.say(_("English is spoken now; the patient reads and hears what they did before."))


def why_not_lock(now: Now) -> str | None:
    """Why nobody is asked who leads now; while a session is open every line is its therapist's."""
    if now.session is not None or now.left is not None:
        return _("A session is open: this console is not locked before it has ended.")
    return None


def _lock(seat: Seat, rest: str) -> None:
    refused = why_not_lock(seat.now())
    if seat.desk is None:
        seat.say(_("Nobody is asked for at this console: there is nothing to lock."))
    elif refused is not None:
        seat.say(refused)
    else:
        seat.console.lock()


def _quit(seat: Seat, rest: str) -> None:
    now = seat.now()
    if now.session is None:
        seat.say(what_becomes(now))
        seat.console.leave()
        return
    told = _("{what} {stop} stops first. Type {yes} to leave; anything else stays.")
    sentence = told.format(what=what_becomes(now), stop="!", yes=word("yes"))
    seat.ask(Question((sentence,), yes=seat.console.leave))


def _left(seat: Seat, rest: str) -> None:
    """The ways on with a session that was found open."""
    now = seat.now()
    if now.left is None:
        seat.say(_("No other session is open at the patient's side."))
        return
    seat.ask(ask_about(seat, now.left))


HANDLERS: dict[str, Handler] = {
    "status": _status,
    "help": _help,
    "wait": _wait,
    "language": _language,
    "lock": _lock,
    "quit": _quit,
    "left": _left,
}
