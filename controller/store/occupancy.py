"""Owns that only one console writes a record at a time; knows nothing of what it writes.

The lock lies on a file of its own: closing any handle of the database file itself would drop the
locks that SQLite holds on it in the same process.
"""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

from controller.store.errors import RecordInUse

_LOOK_EVERY_S = 0.05


class Occupancy:
    """Holds the record `database` until `leave()`; the system lets go when the process ends."""

    def __init__(self, database: Path, wait_s: float = 0.0) -> None:
        """Raises `RecordInUse` when another console still holds it after `wait_s` seconds."""
        path = database.with_name(database.name + ".lock")
        self._file = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        until = time.monotonic() + wait_s
        while not _held(self._file):
            if time.monotonic() >= until:
                os.close(self._file)
                raise RecordInUse(file=database.name)
            time.sleep(_LOOK_EVERY_S)

    def leave(self) -> None:
        """Let another console have it. The empty lock file stays."""
        os.close(self._file)


def _held(file: int) -> bool:
    try:
        _hold(file)
    except OSError:
        return False
    return True


if sys.platform == "win32":
    import msvcrt

    def _hold(file: int) -> None:
        msvcrt.locking(file, msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _hold(file: int) -> None:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
