"""What must hold of all that a runtime told, whoever commanded and whatever the network did."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from vr_runtime.wire import acts
from vr_runtime.wire.acts import Phase
from vr_runtime.wire.happenings import (
    Applied,
    ControlTaken,
    Happened,
    LevelReached,
    PhaseChanged,
)

HARDER = ("raise", "begin_trial", "resume", "set_value", "follow_level", "trigger")
"""Acts after which something may be harder for the patient than before."""


def applied(told: Iterable[Happened]) -> list[tuple[Happened, Applied]]:
    """All that entered an engine, in order."""
    return [(h, h.what) for h in told if isinstance(h.what, Applied)]


def hold_what_was_told(told: Sequence[Happened], observers: set[str]) -> None:
    """News in order, oldest first, of one start of the runtime after the other."""
    news_has_no_holes(told)
    only_the_holder_made_it_harder(told, observers)
    every_raise_was_one_level(told)
    every_stop_is_stopped(told)


def news_has_no_holes(told: Sequence[Happened]) -> None:
    numbers: dict[str, int] = {}
    for happened in told:
        before = numbers.get(happened.boot, 0)
        assert happened.number == before + 1, f"{happened.boot}: {before}, then {happened.number}"
        numbers[happened.boot] = happened.number


def only_the_holder_made_it_harder(told: Sequence[Happened], observers: set[str]) -> None:
    holder: dict[str, str | None] = {}
    for happened in told:
        what = happened.what
        if isinstance(what, ControlTaken):
            holder[happened.boot] = what.holder
        elif isinstance(what, Applied) and what.act.kind in HARDER:
            assert what.by == holder.get(happened.boot), "raised by one without control"
        if isinstance(what, Applied):
            assert what.by not in observers, "an observer led"


def every_raise_was_one_level(told: Sequence[Happened]) -> None:
    phase, reached = Phase.IDLE, 0
    for happened in told:
        what = happened.what
        if isinstance(what, PhaseChanged):
            phase = what.after
        elif isinstance(what, LevelReached):
            reached = what.level
        elif isinstance(what, Applied) and isinstance(what.act, acts.Raise):
            assert (phase, what.act.level) == (Phase.EXPOSURE, reached + 1)


def every_stop_is_stopped(told: Sequence[Happened]) -> None:
    """Between a stop and the next begin nothing leads anywhere but to the end of the session.

    A runtime that starts again shows the safe place and is stopped in the same breath. A stop that
    is the last thing a start told of may have been taken in the very round that it was killed in.
    """
    stopped = owed = False
    last: Happened | None = None
    for happened in told:
        what = happened.what
        before, last = last, happened
        if isinstance(what, Applied) and isinstance(what.act, acts.RuntimeRestarted):
            in_the_last = before is not None and isinstance(before.what, PhaseChanged)
            owed, stopped = stopped and not in_the_last, stopped and not in_the_last
            continue
        if isinstance(what, Applied):
            assert not owed or isinstance(what.act, acts.Stop), "a stop was forgotten"
            owed = False
            stopped = isinstance(what.act, acts.Stop) or (
                stopped and not isinstance(what.act, acts.BeginTrial | acts.OpenSession)
            )
        elif isinstance(what, PhaseChanged) and stopped and not owed:
            assert what.after in (Phase.STOPPED, Phase.IDLE)
