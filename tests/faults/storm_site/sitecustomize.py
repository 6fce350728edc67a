"""Gives a process the wall clock of a storm; Python imports it by itself where it is on the path.

How far the clock is ahead is read anew at each look, so that it jumps while the process runs.
"""

from __future__ import annotations

import mmap
import os
import struct
import time

_PLACE = os.environ.get("STORM_WALL_CLOCK")

if _PLACE is not None:
    with open(_PLACE, "rb") as _file:
        _ahead = mmap.mmap(_file.fileno(), 8, access=mmap.ACCESS_READ)
    _true, _true_ns = time.time, time.time_ns

    def _ahead_s() -> float:
        return float(struct.unpack("d", _ahead[:8])[0])

    time.time = lambda: _true() + _ahead_s()
    time.time_ns = lambda: _true_ns() + int(_ahead_s() * 1_000_000_000)
