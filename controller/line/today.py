"""Owns the commands of a session before its first trial: the patient's day, and the checks.

A way out counts by the runtime's news alone; nothing here says that one was used.
"""

from __future__ import annotations

from functools import partial
from typing import get_args

from controller import typed
from controller.language import _, mark
from controller.line.before import is_anew
from controller.line.levels import usage
from controller.line.questions import Question
from controller.line.reading import find
from controller.line.seat import Handler, Seat, numbered
from controller.line.words import plainly, word
from controller.session.before.entries import LONGEST_WHY, Check, TodayItem
from controller.session.before.gate import is_settled
from controller.session.before.so_far import BeforeTrial
from controller.session.before.words import CHECKS, HOW, TODAY
from controller.session.now import Now, Outcome
from controller.ui.stop_words import patients_stop

DONE = ("done", "fait", "faite")
BY_LINE: dict[Check, str] = {
    "sound": mark("The patient hears the tone, neither too loud nor too soft; {tone} plays it."),
    "way_out_therapist": mark(
        "Lead the patient out once by {safe_place}. It counts when the patient's side tells of it."
    ),
}
"""How these are checked where words are typed and no key is pressed."""


def _asks(seat: Seat) -> BeforeTrial | None:
    """How things stand before the first trial; says why nothing is asked."""
    now = seat.now()
    if now.session is None:
        seat.say(_("No session is open."))
    elif seat.lead.before.screening is None:
        seat.say(_("No protocol is in force here: nothing is asked before a session."))
    elif now.before is None:
        seat.say(_("The first trial has begun; nothing is asked before the next."))
    elif now.barred:
        seat.say(now.barred)
    else:
        return now.before
    return None


# -- how the patient is today


def _today(seat: Seat, rest: str) -> None:
    if _asks(seat) is None:
        return
    session, kept = seat.now().session or "", seat.kept
    anew, rest = is_anew(rest)
    if rest:
        seat.say(usage("today"))
        return
    if anew or kept.today_of != session:
        kept.today_of, kept.today = session, {}
    told = _("How the patient is today. {yes} or {no} answers; a number stays a rating.")
    seat.say(told.format(yes=word("yes"), no=word("no")))
    if kept.today:
        told = _("{n} answers stand already; {anew} asks all of them.")
        seat.say(told.format(n=len(kept.today), anew=f"{word('today')} {_('anew')}"))
    _next_item(seat, session)


def _stands(session: str, now: Now) -> bool:
    return now.session == session and now.before is not None


def _next_item(seat: Seat, session: str) -> None:
    """Ask what has no answer yet; with the last answer all of them are saved."""
    given, items = seat.kept.today, tuple(TODAY)
    at = next((n for n, one in enumerate(items) if one not in given), None)
    if at is None:
        answers = tuple((one, bool(given[one]), given[one]) for one in items)

        def saved(outcome: Outcome) -> None:
            if outcome.ok:
                seat.kept.forget_today()

        seat.send(lambda lead: lead.before.answer_today(answers), "record", then=saved)
        return
    item = items[at]
    told = _("Question {n} of {all}: {question}")
    text = told.format(n=at + 1, all=len(items), question=_(TODAY[item]))

    def no() -> None:
        seat.kept.today[item] = ""
        _next_item(seat, session)

    yes = partial(_ask_why, seat, session, item)
    seat.ask(Question((text,), yes=yes, no=no, stands=partial(_stands, session)))


def _ask_why(seat: Seat, session: str, item: TodayItem) -> None:
    told = _("A yes. Type {why} and the reason for going on; {no} asks the question again.")

    def said(reason: str) -> None:
        why = typed.line(reason)
        if not 1 <= len(why) <= LONGEST_WHY:
            seat.say(_("Say why in 1 to {most} characters.").format(most=LONGEST_WHY))
            _ask_why(seat, session, item)
            return
        seat.kept.today[item] = why
        _next_item(seat, session)

    seat.ask(
        Question(
            (told.format(why=word("why"), no=word("no")),),
            no=partial(_next_item, seat, session),
            words={"why": said},
            stands=partial(_stands, session),
        )
    )


# -- checks


def _checks(seat: Seat, rest: str) -> None:
    before = _asks(seat)
    if before is not None:
        sign = patients_stop(seat.lead.after.protocol)
        rows = tuple(
            _row(before, check) + (f" {sign}" if check == "stop_signal" else "")
            for check in get_args(Check)
        )
        seat.say(_("Checks before the first trial:"), *numbered(rows))


def _row(before: BeforeTrial, check: Check) -> str:
    """Its name and how it stands; how it is done where it is not."""
    told = _("{check}: {state}.")
    said = before.checks.get(check)
    if check in before.rehearsed:
        state = _("rehearsed, as the patient's side told")
    elif not is_settled(before, check):
        row = told.format(check=_(CHECKS[check]), state=_("to be checked"))
        marked = BY_LINE.get(check, HOW[check])
        how = _(marked)
        return f"{row} {how.format(tone=word('tone'), safe_place=word('safe_place'))}"
    elif said is not None and said.why:
        state = _("left out: {why}").format(why=said.why)
    else:
        state = _("done")
    return told.format(check=_(CHECKS[check]), state=state)


def _which(rest: str) -> tuple[Check | None, str]:
    """The check that is named first, by the most words that name one, and what follows."""
    names: dict[str, tuple[str, ...]] = {
        check: (_(title), _(title).replace(":", "").replace("\u00a0", ""))
        for check, title in CHECKS.items()
    }
    words = rest.split(" ")
    for count in range(len(words), 0, -1):
        found = find(" ".join(words[:count]), names)
        check = next((one for one in CHECKS if one == found), None)
        if check is not None:
            return check, " ".join(words[count:])
    return None, rest


def _check(seat: Seat, rest: str) -> None:
    check, more = _which(rest)
    if check is None or plainly(more) not in DONE:
        seat.say(usage("check"))
    elif _asks(seat) is not None:
        what = check
        seat.send(lambda lead: lead.before.check(what), "record")


def _leave_out(seat: Seat, rest: str) -> None:
    check, why = _which(rest)
    if check is None or not typed.line(why):
        seat.say(usage("leave_out"))
    elif _asks(seat) is not None:
        what = check
        seat.send(lambda lead: lead.before.check(what, why), "record")


HANDLERS: dict[str, Handler] = {
    "today": _today,
    "checks": _checks,
    "check": _check,
    "leave_out": _leave_out,
}
