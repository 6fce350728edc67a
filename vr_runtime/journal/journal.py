"""Owns what the runtime keeps of its own doings until a console's record holds it.

One thread writes, reads and deletes, so that no picture waits for the disk. Nothing is called
durable before `fsync` has returned. A disk in trouble is said, and the session goes on: what waits
is written when the disk takes it again. Names of patients and operators never come here; an act
names the identity of the console that gave it, as the link knows it.
"""

from __future__ import annotations

import logging
import os
import queue
import threading
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from vr_runtime.journal.format import Head, seal
from vr_runtime.journal.shelf import Segment, Shelf
from vr_runtime.wire.happenings import Happened
from vr_runtime.wire.messages import Missed

PER_SEGMENT = 256
"""Happenings in one file: what is held elsewhere is deleted file by file."""
WAITING_AT_MOST = 20_000
RETRY_S = 1.0
PER_ANSWER = 64
CLOSE_PATIENCE_S = 2.0

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class _Write:
    happened: tuple[Happened, ...]


@dataclass(frozen=True)
class _Held:
    boot: str
    until: int
    idle: bool


@dataclass(frozen=True)
class _Look:
    question: UUID
    boot: str
    after: int


class Journal:
    """Keeps the happenings of this start, and offers those of earlier ones."""

    def __init__(self, shelf: Shelf, boot: str) -> None:
        """Look through what is kept, and begin the writing thread. Raises `OSError`."""
        self.boot = boot
        self.durable = 0
        """Number of this start's last happening that is on the disk."""
        self.trouble: str | None = None
        """What is wrong with the disk, in the system's words, or None."""
        self._shelf = shelf
        self._segments = shelf.segments()
        self.earlier = self._earlier()
        """Last number of each earlier start that is kept, oldest start first."""
        self._jobs: queue.SimpleQueue[_Write | _Held | _Look | None] = queue.SimpleQueue()
        self._found: queue.SimpleQueue[tuple[UUID, Missed]] = queue.SimpleQueue()
        self._waiting: deque[Happened] = deque()
        self._file: int | None = None
        self._active: Segment | None = None
        self._number = 0
        self._thread = threading.Thread(target=self._work, name="journal", daemon=True)
        self._thread.start()

    # -- for the loop that draws: nothing here waits

    def keep(self, happened: Sequence[Happened]) -> None:
        """Have these written; never waits and never fails."""
        self._jobs.put(_Write(tuple(happened)))

    def held(self, boot: str, until: int, *, idle: bool) -> None:
        """A console's record durably holds the session of this number up to it: it may go here."""
        self._jobs.put(_Held(boot, until, idle))

    def look(self, question: UUID, boot: str, after: int) -> None:
        """Have what is kept after a number looked up; `found` gives it later."""
        self._jobs.put(_Look(question, boot, after))

    def found(self) -> list[tuple[UUID, Missed]]:
        """What was looked up since the last call."""
        answers = []
        while not self._found.empty():
            answers.append(self._found.get_nowait())
        return answers

    def close(self) -> None:
        """Write what waits, for 2 s at most, and end the thread."""
        self._jobs.put(None)
        self._thread.join(CLOSE_PATIENCE_S)

    # -- in the thread

    def _work(self) -> None:
        going = True
        while going:
            jobs = self._next_jobs()
            going = None not in jobs
            for job in jobs:
                if isinstance(job, _Write):
                    self._waiting.extend(job.happened)
            self._write_waiting()
            for job in jobs:
                if isinstance(job, _Held):
                    self._let_go(job)
                elif isinstance(job, _Look):
                    self._found.put((job.question, self._after(job.boot, job.after)))
        if self._file is not None:
            os.close(self._file)

    def _next_jobs(self) -> list[_Write | _Held | _Look | None]:
        """All that waits now; sleeps until there is something, or a disk in trouble is due."""
        try:
            jobs = [self._jobs.get(timeout=RETRY_S if self._waiting else None)]
        except queue.Empty:
            return []
        while not self._jobs.empty():
            jobs.append(self._jobs.get_nowait())
        return jobs

    def _write_waiting(self) -> None:
        while len(self._waiting) > WAITING_AT_MOST:
            self._waiting.popleft()
        while self._waiting:
            try:
                self._write_some()
            except OSError as error:
                self._on_trouble(error)
                return
            if self.trouble is not None:
                log.warning("the journal is written again")
                self.trouble = None

    def _write_some(self) -> None:
        """One group, one file, one `fsync`. Raises `OSError`, and then nothing of it counts."""
        file, active = self._open_segment()
        room = PER_SEGMENT - (active.last - active.first + 1 if active.last else 0)
        group = [self._waiting[i] for i in range(min(room, len(self._waiting)))]
        data = b"".join(
            seal(self._shelf.key, active.head, one.number, one.model_dump_json().encode())
            for one in group
        )
        _write_all(file, data)
        os.fsync(file)
        for one in group:
            active.add(one)
            self._waiting.popleft()
        self.durable = active.last
        if active.last - active.first + 1 >= PER_SEGMENT:
            self._end_segment()

    def _open_segment(self) -> tuple[int, Segment]:
        if self._file is None or self._active is None:
            self._number += 1
            head = Head(self.boot, self._number)
            file = self._shelf.create(head)
            self._active = Segment(self._shelf.path(head), head)
            self._file = file
            self._segments.append(self._active)
            _write_all(file, head.packed())
        return self._file, self._active

    def _end_segment(self) -> None:
        file, self._file, self._active = self._file, None, None
        if file is not None:
            os.close(file)

    def _on_trouble(self, error: OSError) -> None:
        if self.trouble is None:
            log.warning("the journal is not written: %s", error.strerror)
        self.trouble = error.strerror or type(error).__name__
        # After a failed fsync a file cannot be trusted further: what waits goes into a new one.
        active = self._active
        try:
            self._end_segment()
        except OSError:
            self._file, self._active = None, None
        if active is not None and not active.last:
            self._segments.remove(active)
            self._shelf.delete(active)

    def _let_go(self, held: _Held) -> None:
        """Delete what is held by a record: of the session that this number belongs to, no other."""
        session = self._session_at(held.boot, held.until)
        if session is None:
            return
        for segment in [s for s in self._segments if s.head.boot == held.boot]:
            if segment.sessions.get(session, (0, held.until + 1))[1] <= held.until:
                del segment.sessions[session]
            ended = segment is not self._active or held.idle
            if ended and segment.last <= held.until and not segment.sessions:
                if segment is self._active:
                    self._end_segment()
                self._segments.remove(segment)
                self._shelf.delete(segment)
        self.earlier = self._earlier()

    def _session_at(self, boot: str, number: int) -> str | None:
        for segment in self._segments:
            if segment.head.boot == boot:
                for session, (first, last) in segment.sessions.items():
                    if first <= number <= last:
                        return session
        return None

    def _after(self, boot: str, number: int) -> Missed:
        parts = (s for s in self._segments if s.head.boot == boot and s.last > number)
        found: dict[int, Happened] = {}
        for segment in sorted(parts, key=lambda s: s.first):
            # What one file began and could not make durable stands in the next one again.
            found |= {h.number: h for h in self._shelf.read(segment) if h.number > number}
            if len(found) >= PER_ANSWER:
                break
        numbers = sorted(found)[:PER_ANSWER]
        lost = numbers[0] - 1 if numbers and numbers[0] > number + 1 else None
        return Missed(happened=tuple(found[n] for n in numbers), lost_before=lost)

    def _earlier(self) -> dict[str, int]:
        last: dict[str, int] = {}
        for segment in self._segments:
            if segment.last and segment.head.boot != self.boot:
                last[segment.head.boot] = max(last.get(segment.head.boot, 0), segment.last)
        return last


def _write_all(file: int, data: bytes) -> None:
    view = memoryview(data)
    while view:
        view = view[os.write(file, view) :]
