"""Owns how much memory a process may have and has, as this system tells it; it guesses nothing."""

from __future__ import annotations

import os
from pathlib import Path

GIB = 1024**3
_LEAST, _MOST = 1 * GIB, 8 * GIB


def machine_bytes() -> int | None:
    """Memory of this machine, or None where the system does not tell."""
    try:
        return os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    except (AttributeError, ValueError, OSError):
        return None


def usual_limit() -> int | None:
    """Half of the machine's memory, at least 1 and at most 8 GiB; None where it is not known."""
    whole = machine_bytes()
    return None if whole is None else min(_MOST, max(_LEAST, whole // 2))


def resident_bytes(pid: int) -> int | None:
    """Memory of a process that is really in use (resident), or None where it is not told."""
    try:
        fields = Path(f"/proc/{pid}/statm").read_text("ascii").split()
        return int(fields[1]) * os.sysconf("SC_PAGE_SIZE")
    except (OSError, ValueError, IndexError, AttributeError):
        return None
