"""Owns the question about a session that was found open; it changes nothing itself."""

from __future__ import annotations

from functools import partial

from controller.language import _
from controller.line.questions import Do, Question
from controller.line.seat import Seat, numbered
from controller.session.now import LeftOpen
from controller.ui.asking import Act
from controller.ui.ways_on import found, headed, ways_on


def ask_about(seat: Seat, left: LeftOpen) -> Question:
    """What was found, where the patient is now, and the ways on by number."""
    ways = ways_on(left)
    title, below = headed(left)
    where, who = found(seat.now(), left)
    lines = (
        f"{title}. {below}".strip(),
        where,
        who,
        _("What becomes of it? Answer by number, or by the first word."),
        *numbered(tuple(text for _name, text in ways)),
    )
    answers: tuple[Do, ...] = tuple(partial(_choose, seat, name, left) for name, _text in ways)
    return Question(
        lines,
        None,
        answers,
        stands=lambda now: now.left is not None and now.left.session == left.session,
        names=tuple((text, name) for name, text in ways),
        stays=True,
    )


def _choose(seat: Seat, way: str, left: LeftOpen) -> None:
    if way == "leave":
        seat.lead.leave_left()
        seat.say(_("It stays as it is."))
        return
    takeover = left.led_by is not None
    acts: dict[str, Act] = {
        "continue": lambda lead: lead.continue_left(takeover=takeover),
        "close": lambda lead: lead.close_left(takeover=takeover),
    }
    seat.send(acts[way])
