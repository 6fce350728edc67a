"""Owns how far away the runtime is, by the time an answer takes; it knows no socket and no screen.

What is shown as applied is older than its arrival by the way it came. No clock is shared with the
runtime, so that way is taken to be half of a round trip.
"""

from __future__ import annotations

from collections import deque
from statistics import median

SHOWN_FROM_MS = 80.0
"""From this round trip on, the delay is always on the screen."""
SLOW_FROM_MS = 300.0
"""Above this round trip it is said in words what the delay means."""
NO_LONGER_SLOW_MS = 250.0
"""Below this round trip it is said that the link is quick again."""
_KEPT = 5
_SOONEST_S = 0.3
_PATIENCE_S = 2.5
"""A little longer than a command lives: whatever comes of it is known by then."""
_UNKNOWN_S = 3.0


class Distance:
    """The latest round trips, in seconds."""

    def __init__(self) -> None:
        self._trips: deque[float] = deque(maxlen=_KEPT)

    def measured(self, seconds: float) -> None:
        """An answer came so long after its question was sent."""
        self._trips.append(max(0.0, seconds))

    @property
    def round_trip_s(self) -> float | None:
        """The middle one of the last five round trips; None before the first."""
        return median(self._trips) if self._trips else None

    @property
    def one_way_s(self) -> float:
        """Half of a round trip; 0 before the first."""
        trip = self.round_trip_s
        return 0.0 if trip is None else trip / 2

    @property
    def overdue_s(self) -> float:
        """Seconds after which a question is repeated: half as long again as any of late took."""
        return max(_SOONEST_S, 1.5 * max(self._trips, default=0.0))

    @property
    def patience_s(self) -> float:
        """Seconds after which no answer is waited for any more."""
        return max(_PATIENCE_S, 2.5 * self.overdue_s) if self._trips else _UNKNOWN_S
