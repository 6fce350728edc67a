"""Owns the commands that lead through a behavioural approach test, line by line.

A step that begins a trial is named first and confirmed by a second word, as any trial is.
"""

from __future__ import annotations

from collections.abc import Callable

from controller.language import _
from controller.line.levels import usage
from controller.line.questions import Question
from controller.line.seat import Handler, Seat
from controller.line.words import plainly, word
from controller.session.bat.rules import LEADS
from controller.ui.asking_bat import BeginBat, EndBat, LeadBat

OFFER = ("offer", "proposer")
GO = ("go", "aller")
DONE = ("done", "fait", "faite")
NO = ("no", "refused", "non", "refus", "refuse")
END = ("end", "fin", "finir")


def _bat(seat: Seat, rest: str) -> None:
    """Without words: begin it, or say where it stands."""
    if not seat.may("bat"):
        return
    told, now = plainly(rest), seat.now()
    if now.bat is None:
        if rest:
            seat.say(_("No BAT is under way; {word} alone begins one.").format(word=word("bat")))
        else:
            for line in BeginBat().sentence(now).split("\n")[1:]:
                seat.say(line)
            seat.confirm(BeginBat())
        return
    doing: dict[tuple[str, ...], Callable[[Seat], None]] = {
        OFFER: lambda at: at.send(lambda lead: lead.bat.offer(), "record"),
        GO: _go,
        DONE: lambda at: at.send(lambda lead: lead.bat.done(), "record"),
        NO: lambda at: at.send(lambda lead: lead.bat.no_further(), "record"),
        END: _end,
    }
    found = next((do for words, do in doing.items() if told in words), None)
    if found is not None:
        found(seat)
        return
    seat.say(*LeadBat().sentence(now).split("\n"), usage("bat"))


def _go(seat: Seat) -> None:
    bat = seat.now().bat
    if bat is not None and bat.next == "begin":
        told = _("The patient goes: begin at level {level}? Type {yes} to do it.")
        sentence = told.format(level=bat.step.level, yes=word("yes"))

        def confirmed() -> None:
            seat.send(lambda lead: lead.bat.go())

        def stands(now: object) -> bool:
            found = seat.now().bat
            return found is not None and found.next in LEADS

        seat.ask(Question((sentence,), yes=confirmed, stands=stands))
    else:
        seat.send(lambda lead: lead.bat.go())


def _end(seat: Seat) -> None:
    bat = seat.now().bat
    if bat is not None and bat.next == "end":
        seat.send(lambda lead: lead.bat.end(), "record")
    else:
        seat.confirm(EndBat())


HANDLERS: dict[str, Handler] = {"bat": _bat}
