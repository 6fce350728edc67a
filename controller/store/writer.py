"""Owns the one thread that writes, and what waits for it; knows no table.

Handing over puts an entry at the end of a queue and returns. The thread takes all that waits into
one commit, tells each entry's number once that commit is on disk, and when it fails keeps the
batch, says so, and tries again on a new connection until it succeeds.
"""

from __future__ import annotations

import asyncio
import threading
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future
from concurrent.futures import TimeoutError as TooLate
from contextvars import copy_context
from dataclasses import dataclass

from controller.language import _
from controller.session.documents import Document
from controller.session.now import RecordHealth
from controller.store.aside import Said
from controller.store.clock import Clock, stamp
from controller.store.database import BUSY_S
from controller.store.errors import KeptAside, NotSaved, RecordError, UnwritableEntry
from controller.store.scribe import Batch, Scribe

LIMIT = 100_000
"""Entries that wait at most: hours of a session, some 100 MB."""
BATCH = 500
"""Entries in one commit at most."""
PAUSE_S = 0.25
"""Pause before another attempt."""

Answer = int | RecordError


@dataclass(frozen=True)
class Waiting:
    """An entry that is not durable yet, and who wants to know."""

    said: Said
    tell: Callable[[Answer], None]


class Writer:
    """The writing thread of one record. All public calls may come from any thread."""

    def __init__(self, scribe: Scribe, clock: Clock) -> None:
        self._scribe = scribe
        self._clock = clock
        self._changed = threading.Condition()
        self._queue: deque[Waiting] = deque()
        self._in_hand: list[Waiting] = []
        self._trouble: RecordError | None = None
        self._closing = False
        self._giving_up = False
        self._lost = 0
        self._kept = 0
        self._signed_off = False
        # The thread speaks the language of whoever opened the record.
        self._thread = threading.Thread(
            target=copy_context().run, args=(self._run,), name="palier-record", daemon=True
        )
        self._thread.start()

    def append(self, session: str, document: Document, operator: str) -> asyncio.Future[int]:
        """Hand over from an event loop; the future is done once the entry is durable."""
        loop = asyncio.get_running_loop()
        future: asyncio.Future[int] = loop.create_future()

        def tell(answer: Answer) -> None:
            try:
                loop.call_soon_threadsafe(_resolve, future, answer)
            except RuntimeError:
                pass  # The loop is closed: nobody is left who wants to know.

        self._hand_over(session, document, operator, tell)
        return future

    def append_now(self, session: str, document: Document, operator: str, patience_s: float) -> int:
        """Hand over and wait until it is durable; never call it on an event loop.

        Raises the trouble that lasts longer than `patience_s` seconds; the entry goes on waiting.
        """
        future: Future[int] = Future()
        self._hand_over(session, document, operator, lambda answer: _resolve(future, answer))
        try:
            return future.result(patience_s)
        except TooLate:
            with self._changed:
                trouble = self._trouble
            raise RecordError() if trouble is None else trouble from None

    def health(self) -> RecordHealth:
        """How the record stands now, in the language spoken where it is asked."""
        with self._changed:
            trouble = self._trouble
            return RecordHealth(
                waiting=len(self._queue) + len(self._in_hand),
                trouble=None if trouble is None else _(trouble.waiting),
            )

    def close(self, patience_s: float) -> RecordError | None:
        """Write what waits, sign, and end the thread; what is to be told when that failed."""
        with self._changed:
            self._closing = True
            self._changed.notify_all()
        self._thread.join(patience_s)
        if self._thread.is_alive():
            with self._changed:
                self._giving_up = True
                self._changed.notify_all()
            self._thread.join(2 * BUSY_S + patience_s)
        lost = self._lost + len(self._queue) + len(self._in_hand)
        if lost:
            return NotSaved(count=lost)
        return KeptAside(count=self._kept) if self._kept else None

    def _hand_over(
        self, session: str, document: Document, operator: str, tell: Callable[[Answer], None]
    ) -> None:
        with self._changed:
            mono_ns, wall = self._clock.mono_ns(), stamp(self._clock.wall())
            if not self._closing and len(self._queue) < LIMIT:
                said = Said(session, document, operator, mono_ns, wall)
                self._queue.append(Waiting(said, tell))
                self._changed.notify_all()
                return
            self._lost += 1
        tell(NotSaved(count=1))

    def _run(self) -> None:
        while self._take():
            batch, numbers = self._scribe.prepare([one.said for one in self._in_hand])
            if not self._persist(batch):
                break
            with self._changed:
                done, self._in_hand = self._in_hand, []
                self._changed.notify_all()
            for one, number in zip(done, numbers, strict=True):
                one.tell(UnwritableEntry() if isinstance(number, ValueError) else number)
        self._give_up()
        self._scribe.disconnect()

    def _give_up(self) -> None:
        """Keep what is left beside the record, in its order, and say so."""
        with self._changed:
            left = [*self._in_hand, *self._queue]
        if not left:
            return
        kept = self._scribe.keep_aside([one.said for one in left])
        with self._changed:
            self._in_hand = []
            self._queue.clear()
            self._kept += len(left) if kept else 0
            self._lost += 0 if kept else len(left)
            self._changed.notify_all()
        for one in left:
            one.tell(KeptAside(count=1) if kept else NotSaved(count=1))

    def _take(self) -> bool:
        """Wait for work and take it in hand; an empty hand means: sign. False at the end."""
        with self._changed:
            while True:
                if self._queue:
                    count = min(BATCH, len(self._queue))
                    self._in_hand = [self._queue.popleft() for _n in range(count)]
                    return True
                if self._closing:
                    sign, self._signed_off = not self._signed_off, True
                    return sign and self._scribe.owes
                rest = self._scribe.seconds_to_stand()
                if rest == 0.0:
                    return True
                self._changed.wait(rest)

    def _persist(self, batch: Batch) -> bool:
        """Write until it is written; False when that is given up."""
        while True:
            try:
                self._scribe.write(batch)
            except Exception as error:
                self._scribe.disconnect()
                trouble = self._scribe.explain(error)
                with self._changed:
                    self._trouble = trouble
                    self._changed.notify_all()
                    if self._changed.wait_for(lambda: self._giving_up, PAUSE_S):
                        return False
            else:
                with self._changed:
                    self._trouble = None
                return True


def _resolve(future: asyncio.Future[int] | Future[int], answer: Answer) -> None:
    if future.done():
        return
    if isinstance(answer, RecordError):
        future.set_exception(answer)
    else:
        future.set_result(answer)
