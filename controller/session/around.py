"""Owns what is told of a moment of a session: where the patient was, and what came just before.

For adverse events: whoever reads of one sees the state of the session at it, reckoned from the
entries and never typed. Seconds are counted from the opening of the session.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from controller.session.history import SessionHistory
from vr_runtime.wire.acts import Phase

BEFORE_S = 60.0
"""What happened within so long before is told (clinical.md 2.11)."""


@dataclass(frozen=True)
class Moment:
    """The session at one moment."""

    phase: Phase | None
    """None where it is not known."""
    level: float | None
    """Applied level, 0 to 10."""
    trial: int
    """Number of the open trial; 0 in none."""
    before: tuple[tuple[float, str, str], ...]
    """(second, kind, what) of what happened in the minute before, the oldest first."""


def moment(history: SessionHistory, at_s: float) -> Moment:
    """How the session stood at `at_s`."""
    phase = next((b.phase for b in history.bands if b.from_s <= at_s <= b.to_s), None)
    trial = next((t.number for t in history.trials if t.opened_s <= at_s <= t.until_s), 0)
    return Moment(phase, level_at(history, at_s), trial, _before(history, at_s))


def level_at(history: SessionHistory, at_s: float) -> float | None:
    """Applied level at `at_s`, 0 to 10; None where it is not known."""
    points = history.levels
    if not points or at_s < points[0][0]:
        return None
    for (from_s, low), (to_s, high) in pairwise(points):
        if from_s <= at_s < to_s:
            return low + (high - low) * (at_s - from_s) / (to_s - from_s)
    return points[-1][1]


def _before(history: SessionHistory, at_s: float) -> tuple[tuple[float, str, str], ...]:
    found: list[tuple[float, str, str]] = [
        *((b.from_s, "phase", b.phase.value) for b in history.bands),
        *((s, "level", str(level)) for t in history.trials for s, level in t.path),
        *((r.at_s, "rating", "" if r.suds is None else str(r.suds)) for r in history.ratings),
        *((e.started_s, "event", e.name) for e in history.events),
        *((t.given_s, "task", t.name) for t in history.tasks),
        *((i.at_s, "incident", i.kind) for i in history.incidents),
        *((s, "set_apart", name) for s, name in history.set_apart),
    ]
    return tuple(sorted(one for one in found if at_s - BEFORE_S <= one[0] <= at_s))


def as_text(told: Moment) -> str:
    """What came before on one line, for tables: `second kind what; …`."""
    return "; ".join(f"{at_s:.1f} {kind} {what}".rstrip() for at_s, kind, what in told.before)
