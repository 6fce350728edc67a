"""Owns the wall clock of a storm: one for its console and for all processes of its runtime.

The monotonic clock is the machine's own. Only processes that are started for the storm see it.
"""

from __future__ import annotations

import mmap
import os
import struct
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from controller.session.clocks import Reading, read

SITE = Path(__file__).parent / "storm_site"


class WallClock:
    """Tells time to a record and to a console, and to processes by a file they look into."""

    def __init__(self, place: Path) -> None:
        """Begin with the true time."""
        self.place = place
        place.write_bytes(struct.pack("d", 0.0))
        with place.open("r+b") as file:
            self._shared = mmap.mmap(file.fileno(), 8)
        self.ahead_s = 0.0
        self.jumps: list[float] = []

    def jump(self, seconds: float) -> None:
        """Set it ahead, or back, for everybody at once."""
        self.jumps.append(seconds)
        self.ahead_s += seconds
        self._shared[:8] = struct.pack("d", self.ahead_s)

    def mono_ns(self) -> int:
        return time.monotonic_ns()

    def wall(self) -> datetime:
        return datetime.now(UTC) + timedelta(seconds=self.ahead_s)

    def reading(self) -> Reading:
        """What a console sees that looks at both clocks."""
        true = read()
        return Reading(true.steady_s, true.wall_s + self.ahead_s)

    @contextmanager
    def for_processes(self) -> Iterator[None]:
        """Processes that are started while this is entered live by it."""
        known = os.environ.get("PYTHONPATH")
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("STORM_WALL_CLOCK", str(self.place))
            patch.setenv("PYTHONPATH", os.pathsep.join([str(SITE), *([known] if known else [])]))
            yield
