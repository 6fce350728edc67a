"""Owns the command that lets the patient hear a recorded line, line by line."""

from __future__ import annotations

from controller.language import _
from controller.line.levels import usage
from controller.line.seat import Handler, Seat

END = ("end", "off", "fin", "finir")


def _line(seat: Seat, rest: str) -> None:
    """Alone, which lines there are; with a name, that it is heard, or no more."""
    lines, state = seat.lead.lines, seat.now().state
    heard = None if state is None else state.line
    if not rest:
        if heard is not None:
            told = _("The patient hears: {words}").format(words=heard.words)
            seat.say(told)
        for one in lines.there:
            told = _("Recorded line: {name}")
            seat.say(told.format(name=f"{one.name}, « {one.card.words} »"))
        if not lines.there:
            seat.say(_("This clinic has no recorded lines; add one by `palier lines add`."))
        seat.say(usage("recorded_line"))
    elif rest.casefold() in END:
        seat.send(lambda lead: lead.lines.end())
    elif seat.may("text"):
        seat.send(lambda lead: lead.lines.play(rest))


HANDLERS: dict[str, Handler] = {"recorded_line": _line}
