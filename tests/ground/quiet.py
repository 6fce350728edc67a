"""Who of the tests that run side by side has the machine to itself for a moment.

Every test stands in the room in company. One that has to hold seconds to a promise may ask for
the room alone: no new test begins then, and those that run are waited for, but not for ever.
What it knows nothing of: which tests, and what they promise.
"""

from __future__ import annotations

import fcntl
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event
from typing import IO

PATIENCE_S = 60.0
"""Waited for the others at most: a long test of theirs may not use up the time of this one."""
LOOK_EACH_S = 0.05


class Room:
    """One file that all processes of a run lock, together or alone, and a door before it.

    Whoever wants to be alone stands in the door while waiting, so that nobody enters any more;
    without it the others, who come and go, would never all be gone at once.
    """

    def __init__(self, folder: Path) -> None:
        self._door_file = (folder / "quiet.door").open("a")
        self._room_file = (folder / "quiet.room").open("a")

    def close(self) -> None:
        """Leave for good."""
        self._door_file.close()
        self._room_file.close()

    @contextmanager
    def in_company(self) -> Iterator[None]:
        """Be in the room with others; waits while one is alone in it."""
        self._enter()
        try:
            yield
        finally:
            fcntl.flock(self._room_file, fcntl.LOCK_UN)

    @contextmanager
    def alone(self, patience_s: float = PATIENCE_S) -> Iterator[bool]:
        """Be in the room without the others, for one who is in company; tells whether it is so.

        Args:
            patience_s: seconds until it goes on beside those who are still there.
        """
        until = time.monotonic() + patience_s
        fcntl.flock(self._room_file, fcntl.LOCK_UN)
        at_the_door = _taken(self._door_file, until)
        try:
            yield at_the_door and _taken(self._room_file, until)
        finally:
            if not at_the_door:
                self._enter()
            else:
                # Before the door is left: whoever takes it next would wait for this room for ever.
                fcntl.flock(self._room_file, fcntl.LOCK_SH)
                fcntl.flock(self._door_file, fcntl.LOCK_UN)

    def _enter(self) -> None:
        fcntl.flock(self._door_file, fcntl.LOCK_EX)
        try:
            fcntl.flock(self._room_file, fcntl.LOCK_SH)
        finally:
            fcntl.flock(self._door_file, fcntl.LOCK_UN)


def _taken(file: IO[str], until: float) -> bool:
    """Whether the lock is held alone before that time of the steady clock."""
    between = Event()
    while True:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() >= until:
                return False
            between.wait(LOOK_EACH_S)
        else:
            return True


_rooms: list[Room] = []
"""The one of this process, once the run has one."""


def stand_in(folder: Path) -> Room:
    """The room of this run, by a folder that all its processes share."""
    if not _rooms:
        _rooms.append(Room(folder))
    return _rooms[0]


@contextmanager
def alone() -> Iterator[bool]:
    """Have the machine to oneself, as far as the other tests of this run go."""
    if not _rooms:
        yield True
        return
    with _rooms[0].alone() as quiet:
        yield quiet
