"""Owns when a patient counts as recovered after the scene; decides nothing and enforces nothing.

Recovered: a rating given since the scene was left, of at most the last `baseline` rating before
the first trial + the clinic's own figure (clinical.md 2.4; the protocol names the source).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from controller.protocol.model import Recovery as Rule
from controller.session.after.entries import HowRecovered
from controller.session.now import TimedRating, TrialSoFar


@dataclass(frozen=True)
class Recovery:
    """How far the recovery is. Distress 0 to 100; a missing rating is missing."""

    baseline: int | None
    last: int | None
    """The last answered rating since the scene was left."""
    above: float
    left_s: float
    """When the scene was left, in seconds of the session."""
    waited_s: float
    time_out_s: float

    @property
    def bound(self) -> float | None:
        """Highest distress that counts as recovered; None without a baseline."""
        return None if self.baseline is None else self.baseline + self.above

    @property
    def recovered(self) -> bool:
        """Whether the last rating is low enough; never without both ratings."""
        return self.bound is not None and self.last is not None and self.last <= self.bound

    @property
    def timed_out(self) -> bool:
        """Whether the time that the protocol waits for is over."""
        return self.waited_s >= self.time_out_s

    @property
    def how(self) -> HowRecovered:
        """How it would end if it ended now."""
        return "recovered" if self.recovered else "time_out" if self.timed_out else "left"


def recovery(
    rule: Rule, ratings: Sequence[TimedRating], trials: Sequence[TrialSoFar], at_s: float
) -> Recovery:
    """How far the recovery is at second `at_s` of the session."""
    first_s = min((t.opened_s for t in trials), default=float("inf"))
    closed = [t.closed_s for t in trials if t.closed_s is not None]
    still = any(t.closed_s is None for t in trials)
    left_s = at_s if still else max(closed, default=0.0)
    before = [
        r.suds
        for r in ratings
        if r.suds is not None and r.rating.rating == "baseline" and r.at_s <= first_s
    ]
    return Recovery(
        baseline=before[-1] if before else None,
        # How high it was at most in the trial may be asked afterwards: that is not how it is now.
        last=_last_now(ratings, left_s),
        above=float(rule.above_baseline),
        left_s=left_s,
        waited_s=max(0.0, at_s - left_s),
        time_out_s=float(rule.time_out_min) * 60,
    )


def _last_now(ratings: Sequence[TimedRating], left_s: float) -> int | None:
    given = [
        r.suds
        for r in ratings
        if r.suds is not None and r.at_s >= left_s and r.rating.rating != "peak"
    ]
    return given[-1] if given else None
