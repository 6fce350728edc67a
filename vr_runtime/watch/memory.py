"""Owns how much memory a process may have and has, as this system tells it; it guesses nothing.

It knows nothing of what the memory holds.
"""

from __future__ import annotations

import ctypes
import errno
import os
from pathlib import Path

GIB = 1024**3
_LEAST, _MOST = 1 * GIB, 8 * GIB
_M_TRIM_THRESHOLD, _M_MMAP_THRESHOLD = -1, -3
"""Their numbers in glibc's `malloc.h`."""
_NEVER = -1
_MAP_PRIVATE, _MAP_ANONYMOUS, _MAP_FIXED_NOREPLACE = 0x02, 0x20, 0x100000
"""From Linux' `mman.h`, alike on x86 and ARM."""
TRIES = 3
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


def settle_heap() -> bool:
    """Let large blocks go back to the system when they are free, and keep two heaps apart.

    glibc stops giving back blocks of 1 MiB and more once such a block was freed, and then finds no
    hole of that size among the small ones: a place loaded fifty times then held 85 MB more than at
    the tenth time, and 6 with this. Panda3D brings an allocator of its own. Both grow and shrink
    the same segment, each under a lock of its own: while a model is read beside the pictures, one
    may give back what the other has just been given, and the process ends (seen once in ten loads
    of a large place). A page that nobody may use, laid right above the segment, ends its growth:
    both then take what they need from the system in mappings of their own.

    Whether both were taken up; False where another library allots the memory.
    """
    try:
        libc = ctypes.CDLL(None, use_errno=True)
        large = bool(libc.mallopt(_M_MMAP_THRESHOLD, LARGE_BYTES))
        never = bool(libc.mallopt(_M_TRIM_THRESHOLD, _NEVER))
        return large and never and _close_segment(libc)
    except (AttributeError, OSError, TypeError):
        return False


def _close_segment(libc: ctypes.CDLL) -> bool:
    """Lay a page above the data segment; True also where one lies there already."""
    libc.sbrk.restype = ctypes.c_void_p
    libc.mmap.restype = ctypes.c_void_p
    libc.mmap.argtypes = (
        ctypes.c_void_p,
        ctypes.c_size_t,
        ctypes.c_int,
        ctypes.c_int,
        ctypes.c_int,
        ctypes.c_long,
    )
    page = os.sysconf("SC_PAGE_SIZE")
    for _try in range(TRIES):
        end = libc.sbrk(0)
        if end is None:
            return False
        above = -(-end // page) * page
        flags = _MAP_PRIVATE | _MAP_ANONYMOUS | _MAP_FIXED_NOREPLACE
        got = libc.mmap(above, page, 0, flags, -1, 0)
        if got == above or ctypes.get_errno() == errno.EEXIST:
            return True
        if got is not None and got != ctypes.c_void_p(-1).value:
            # an old kernel takes the address for a wish
            libc.munmap(ctypes.c_void_p(got), ctypes.c_size_t(page))
            return False
    return False
