"""Owns how much memory a process may have and has, as this system tells it; it guesses nothing.

It knows nothing of what the memory holds.
"""

from __future__ import annotations

import ctypes
import os
from pathlib import Path

GIB = 1024**3
_LEAST, _MOST = 1 * GIB, 8 * GIB
_M_MMAP_THRESHOLD = -3
"""Its number in glibc's `malloc.h`."""
LARGE_BYTES = 1024**2
"""Far above what a picture needs anew each time, far below a picture of baked light (16 MiB)."""


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


def give_large_blocks_back() -> bool:
    """Let blocks of 1 MiB and more go back to the system as soon as they are free.

    glibc stops doing so by itself once such a block was freed, and then finds no hole of that size
    among the small ones: a place loaded fifty times then held 85 MB more than at the tenth time,
    and 6 with this.
    Whether it was taken up; False where another library allots the memory.
    """
    try:
        return bool(ctypes.CDLL(None).mallopt(_M_MMAP_THRESHOLD, LARGE_BYTES))
    except (AttributeError, OSError, TypeError):
        return False
