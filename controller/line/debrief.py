"""Owns the commands of the debrief: what was learned, and what became of what was feared.

What is answered of a fear lives with whoever leads the session until all of it is saved.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from controller.language import _
from controller.line.after import stands
from controller.line.levels import usage
from controller.line.questions import Question
from controller.line.reading import find
from controller.line.seat import Handler, Seat, numbered
from controller.line.words import word
from controller.session.after.unsaved import LABELS
from controller.session.clinical import About
from controller.session.now import Outcome
from controller.ui.after_words import told
from controller.ui.ports import Lead

ABOUT: tuple[About, ...] = ("own_reaction", "event", "judgement")
"""As they are numbered, from 1."""
LEARNED, FEARED = "debrief.learned", "debrief.feared"
FIGURES = {"debrief.about": (1, 3), "debrief.likelihood": (0, 100), "debrief.surprise": (0, 100)}
"""Lowest and highest of what is answered by a number."""
ASKED = ("debrief.about", "debrief.came", "debrief.likelihood", "debrief.surprise")
"""In their order; empty where it was left out."""


def _debrief(seat: Seat, rest: str) -> None:
    """What was learned, in the patient's words; without words, what is there and what is open."""
    if not seat.may("after"):
        return
    if not rest:
        seat.say(f"{told('debrief', seat.now())}.", usage("debrief"))
        _with_fears(seat, partial(_list, seat))
        return
    kept = seat.lead.after.typed()
    kept[LEARNED] = rest

    def saved(outcome: Outcome) -> None:
        if outcome.ok:
            kept.pop(LEARNED, None)

    seat.send(lambda lead: lead.after.debrief(rest), "record", then=saved)


def _with_fears(seat: Seat, do: Callable[[tuple[str, ...]], None]) -> None:
    """Read what was feared and is open, then go on with it."""
    found: list[tuple[str, ...]] = []

    async def read(lead: Lead) -> Outcome:
        try:
            found.append(await lead.after.fears())
        except OSError as error:
            return Outcome(False, str(error))
        return Outcome(True, "")

    def went(outcome: Outcome) -> None:
        if outcome.ok and found:
            do(found[0])

    seat.send(read, "record", then=went, quiet=True)


def _list(seat: Seat, fears: tuple[str, ...]) -> None:
    if not fears:
        seat.say(_("No feared outcome waits to be told of."), usage("tested"))
        return
    seat.say(_("Feared, and not told yet whether it came:"), *numbered(fears), usage("tested"))


def _tested(seat: Seat, rest: str) -> None:
    """One that is listed, another in the patient's words, or the one that was begun."""
    if not seat.may("after"):
        return
    kept = seat.lead.after.typed()
    if rest:
        _with_fears(seat, partial(_begin, seat, rest))
    elif kept.get(FEARED):
        _next(seat)
    else:
        _with_fears(seat, partial(_list, seat))


def _begin(seat: Seat, rest: str, fears: tuple[str, ...]) -> None:
    found = find(rest, {fear: (fear,) for fear in fears})
    if found is None and rest.isdigit():
        _list(seat, fears)
        return
    kept = seat.lead.after.typed()
    before, feared = kept.get(FEARED, ""), found or rest
    start = partial(_start, seat, feared, listed=found is not None)
    if not before or (before != feared and not _half_told(kept, listed=before in fears)):
        start()
    elif before == feared:
        seat.say(f"{feared}.")
        _next(seat)
    else:
        text = _(
            "“{open}” is half told and kept: {tested} goes on with it; "
            "{yes} lets it go and begins with “{other}”."
        )
        words = {"tested": word("tested"), "yes": word("yes")}
        holds = partial(stands, seat.now().session)
        told = text.format(open=before, other=feared, **words)
        seat.ask(Question((told,), yes=start, stands=holds))


def _half_told(kept: Mapping[str, str], *, listed: bool) -> bool:
    """Whether something would be lost: an answer, or a fear's only words."""
    return not listed or any(name in kept for name in ASKED if name != "debrief.about")


def _start(seat: Seat, feared: str, *, listed: bool) -> None:
    """Ask of this one from the first question on."""
    kept = seat.lead.after.typed()
    for name in ASKED:
        kept.pop(name, None)
    kept[FEARED] = feared
    if listed:
        # What it is about was said when it was feared, and stays.
        kept["debrief.about"] = ""
    seat.say(f"{feared}.")
    _next(seat)


def _next(seat: Seat) -> None:
    """Ask what has no answer yet; with the last one it is saved."""
    kept = seat.lead.after.typed()
    name = next((one for one in ASKED if one not in kept), None)
    if name is None:
        _save(seat)
        return

    def answer(said: str) -> None:
        kept[name] = said
        _next(seat)

    holds, label = partial(stands, seat.now().session), _(LABELS[name])
    skip = {"leave_out": lambda _rest: answer("")}
    if name == "debrief.came":
        text = _("Did it come? {yes}, {no}, or {leave_out} where it is not said.")
        asked = text.format(yes=word("yes"), no=word("no"), leave_out=word("leave_out"))
        yes, no = partial(answer, "1"), partial(answer, "0")
        seat.ask(Question((asked,), yes=yes, no=no, words=skip, stands=holds))
        return
    lowest, highest = FIGURES[name]

    def take(digits: str) -> None:
        if digits.isdigit() and len(digits) < 4 and lowest <= int(digits) <= highest:
            answer(digits)
            return
        text = _("Answer with a whole number from {lowest} to {highest}, or {leave_out}.")
        seat.say(text.format(lowest=lowest, highest=highest, leave_out=word("leave_out")))

    words = {} if name == "debrief.about" else skip
    hint = "" if not words else _("A number answers, {leave_out} leaves it out.")
    lines = (f"{label}.", hint.format(leave_out=word("leave_out")))
    seat.ask(Question(lines, number=take, words=words, stands=holds))


def _save(seat: Seat) -> None:
    kept = seat.lead.after.typed()
    seat.console.ask(None)  # The last number is answered: the next one is distress again.
    about, came, likely, how = (kept[name] for name in ASKED)
    feared = kept[FEARED]

    def saved(outcome: Outcome) -> None:
        if outcome.ok:
            for name in (FEARED, *ASKED):
                kept.pop(name, None)

    seat.send(
        lambda lead: lead.after.tested(
            feared,
            ABOUT[int(about or 1) - 1],  # of a new fear alone
            None if not came else came == "1",
            int(likely) if likely else None,
            int(how) if how else None,
        ),
        "record",
        then=saved,
    )


HANDLERS: dict[str, Handler] = {"debrief": _debrief, "tested": _tested}
