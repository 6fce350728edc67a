"""Owns how a console stands: with its link, with control, with a session, as three whole tables.

Read a row as: in these standings, this leads there. What is not in a table changes nothing. It
knows neither sockets nor screens; who hears or asks tells it what came, and reads where it stands.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Generic, TypeVar


class Linked(StrEnum):
    """How the runtime is heard."""

    CONNECTING = "connecting"
    LIVE = "live"
    STALE = "stale"
    LOST = "lost"
    REFUSED = "refused"


class Heard(StrEnum):
    """What the link hears, or for how long it hears nothing."""

    NEWS = "news"
    SILENT = "silent"
    """No news for 1 s."""
    LONG_SILENT = "long_silent"
    """No news for 3 s, or for 1 s while there is no connection either."""
    TURNED_AWAY = "turned_away"
    """The runtime refuses this console's key at the door."""
    SHUT_OUT = "shut_out"
    """The runtime says itself that it hears this console no more."""


class Leading(StrEnum):
    """Whether this console leads."""

    SEEKING = "seeking"
    """It asks for control by itself, of a runtime that nobody leads."""
    IN_CONTROL = "in_control"
    SEEKING_AGAIN = "seeking_again"
    """It led when the patient's side broke off, and asks the next start for control by itself."""
    CONTROL_LOST = "control_lost"
    """Another leads, or control was given back: only the therapist asks for it again."""


class Told(StrEnum):
    """What the runtime tells of control."""

    GIVEN = "given"
    HELD_BY_OTHER = "held_by_other"
    TAKEN = "taken"
    NOT_IN_CONTROL = "not_in_control"
    STARTED_AGAIN = "started_again"


class Sat(StrEnum):
    """Whether a session is open at this console."""

    NONE = "none"
    OPENING = "opening"
    """The runtime was asked; nothing is in the record yet."""
    OPEN = "open"
    SEALING = "sealing"
    """It has ended, and its end is not yet in the record."""


class Step(StrEnum):
    """What becomes of a session."""

    ASKED = "asked"
    GIVEN_UP = "given_up"
    BEGUN = "begun"
    TAKEN_UP = "taken_up"
    """An earlier console opened it; this one goes on with it, or ends it."""
    ENDED = "ended"
    SEALED = "sealed"
    """Its end is in the record, or the record was given up."""


S = TypeVar("S", bound=StrEnum)
I = TypeVar("I", bound=StrEnum)  # noqa: E741 - an input
Rows = tuple[tuple[frozenset[S], I, S], ...]

_ALL_LINKED = frozenset(Linked)
LINK: Rows[Linked, Heard] = (
    (_ALL_LINKED, Heard.NEWS, Linked.LIVE),
    (frozenset({Linked.LIVE}), Heard.SILENT, Linked.STALE),
    (
        frozenset({Linked.CONNECTING, Linked.LIVE, Linked.STALE}),
        Heard.LONG_SILENT,
        Linked.LOST,
    ),
    (
        frozenset({Linked.CONNECTING, Linked.STALE, Linked.LOST}),
        Heard.TURNED_AWAY,
        Linked.REFUSED,
    ),
    (_ALL_LINKED, Heard.SHUT_OUT, Linked.REFUSED),
)

_ALL_LEADING = frozenset(Leading)
CONTROL: Rows[Leading, Told] = (
    (_ALL_LEADING, Told.GIVEN, Leading.IN_CONTROL),
    (_ALL_LEADING, Told.HELD_BY_OTHER, Leading.CONTROL_LOST),
    (frozenset({Leading.IN_CONTROL}), Told.TAKEN, Leading.CONTROL_LOST),
    (frozenset({Leading.IN_CONTROL}), Told.NOT_IN_CONTROL, Leading.CONTROL_LOST),
    # Who had lost control before has lost it for the next start too.
    (frozenset({Leading.IN_CONTROL}), Told.STARTED_AGAIN, Leading.SEEKING_AGAIN),
)

SESSION: Rows[Sat, Step] = (
    (frozenset({Sat.NONE, Sat.SEALING}), Step.ASKED, Sat.OPENING),
    (frozenset({Sat.OPENING}), Step.GIVEN_UP, Sat.NONE),
    (frozenset({Sat.OPENING}), Step.BEGUN, Sat.OPEN),
    (frozenset({Sat.NONE, Sat.SEALING}), Step.TAKEN_UP, Sat.OPEN),
    (frozenset({Sat.OPEN}), Step.ENDED, Sat.SEALING),
    (frozenset({Sat.SEALING}), Step.SEALED, Sat.NONE),
)


class Standing(Generic[S, I]):
    """Where one console stands in one table."""

    def __init__(self, rows: Rows[S, I], begin: S) -> None:
        self._next = {
            (before, what): after for standings, what, after in rows for before in standings
        }
        self.now = begin

    def takes(self, what: I) -> bool:
        """Whether this has a row where it stands."""
        return (self.now, what) in self._next

    def meet(self, what: I) -> bool:
        """Let this come; gives whether the standing has changed by it."""
        before = self.now
        self.now = self._next.get((before, what), before)
        return self.now is not before


def link() -> Standing[Linked, Heard]:
    """A link that has heard nothing yet."""
    return Standing(LINK, Linked.CONNECTING)


def control() -> Standing[Leading, Told]:
    """A console that nobody has given control yet."""
    return Standing(CONTROL, Leading.SEEKING)


def session() -> Standing[Sat, Step]:
    """A console without a session."""
    return Standing(SESSION, Sat.NONE)
