"""Owns how time and breaks are shown to consoles; judges nothing."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class PaceNow:
    """Exposure and break as they stand, in seconds."""

    exposed_s: float
    """In the scene since the last break ended."""
    due: bool
    """Whether a break was said to be due and none was begun since."""
    left_s: float | None
    """Of the break that is under way: negative once its time is over; None without one."""
    lasts_s: float
    """How long a break is to last."""
