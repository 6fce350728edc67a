"""Owns how the record tells time; knows nothing of what happened then."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from typing import Protocol


class Clock(Protocol):
    """Gives both times of an entry. Called from more than one thread."""

    def mono_ns(self) -> int:
        """Nanoseconds of a clock that never jumps; its origin has no meaning."""
        ...

    def wall(self) -> datetime:
        """Now, as an aware time in UTC."""
        ...


class SystemClock:
    """The clocks of this machine."""

    def mono_ns(self) -> int:
        """Nanoseconds since this machine started."""
        return time.monotonic_ns()

    def wall(self) -> datetime:
        """Now in UTC, as this machine has been told."""
        return datetime.now(UTC)


def stamp(moment: datetime) -> str:
    """ISO 8601 in UTC with microseconds, always of the same length: `2026-01-31T09:30:00.000000Z`.

    Raises `ValueError` for a time without a zone: it would be wrong by hours on another machine.
    """
    if moment.tzinfo is None:
        raise ValueError("a time in the record needs its zone")
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
