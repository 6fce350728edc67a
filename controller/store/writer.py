"""Owns the one thread that writes, and what waits for it; knows no table.

Handing over puts an entry at the end of a queue and returns. The thread takes all that waits into
one commit, tells each entry's number once that commit is on disk, and when it fails keeps the
batch, says so, and tries again on a new connection until it succeeds. A second thread keeps what
waits too long in the spool, however the first one hangs.
"""

from __future__ import annotations

import asyncio
import threading
import time
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future
from concurrent.futures import TimeoutError as TooLate
from contextlib import suppress
from contextvars import copy_context
from dataclasses import dataclass
from pathlib import Path

from controller.language import _
from controller.session.documents import Document
from controller.session.now import RecordHealth
from controller.store.clock import Clock, stamp
from controller.store.database import BUSY_S
from controller.store.errors import KeptAside, NotSaved, RecordError, RecordSlow, UnwritableEntry
from controller.store.scribe import Batch, Scribe
from controller.store.spool import Said, Spool

LIMIT = 100_000
"""Entries that wait at most: hours of a session, some 100 MB."""
BATCH = 500
"""Entries in one commit at most."""
PAUSE_S = 0.25
"""Pause before another attempt."""
LATE_S = 1.0
"""An entry that waits so long is kept in the spool, and while one is there all that follow."""
ALARM_S = 2.0
"""After so long a wait the therapist is told, though nothing failed."""

Answer = int | RecordError


@dataclass(eq=False)
class Waiting:
    """An entry that is not in the record yet, and who wants to know."""

    said: Said
    tell: Callable[[Answer], None]
    since_s: float
    """When it was handed over, by the clock of waiting."""
    written: bool = False
    kept: bool = False
    """Whether it lies in the spool."""


class Writer:
    """The writing thread of one record. All public calls may come from any thread."""

    def __init__(self, scribe: Scribe, spool: Spool, clock: Clock, database: Path) -> None:
        self._scribe = scribe
        self._spool = spool
        self._clock = clock
        self._database = database
        self._changed = threading.Condition()
        self._queue: deque[Waiting] = deque()
        self._in_hand: list[Waiting] = []
        self._unkept: deque[Waiting] = deque()
        self._unsafe = False
        self._trouble: RecordError | None = None
        self._closing = False
        self._giving_up = False
        self._lost = 0
        self._kept = 0
        self._signed_off = False
        self._over = False
        # The threads speak the language of whoever opened the record.
        self._thread, self._keeper = (
            threading.Thread(target=copy_context().run, args=(work,), name=name, daemon=True)
            for work, name in ((self._run, "palier-record"), (self._keep, "palier-spool"))
        )
        self._thread.start()
        self._keeper.start()

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

    def leave(self, session: str, document: Document, operator: str) -> None:
        """Hand over what nobody waits for."""
        self._hand_over(session, document, operator, lambda _answer: None)

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
            left = len(self._in_hand) + len(self._queue)
            oldest = next(iter(self._in_hand or self._queue), None)
            trouble, unsafe = self._trouble, self._unsafe
        if oldest is None:
            return RecordHealth(waiting=0, trouble=None)
        if trouble is None and time.monotonic() - oldest.since_s > ALARM_S:
            trouble = RecordSlow()
        if trouble is None:
            return RecordHealth(waiting=left, trouble=None)
        told = _(trouble.waiting).format(
            count=left, file=self._database.name, folder=self._database.parent
        )
        if unsafe:
            told = _("In memory only, keep this console open.") + " " + told
        elif oldest.kept:
            told += " " + _("They are kept encrypted until then.")
        return RecordHealth(waiting=left, trouble=told)

    def close(self, patience_s: float) -> RecordError | None:
        """Write what waits, sign, and end the threads; what is to be told when that failed."""
        with self._changed:
            self._closing = True
            self._changed.notify_all()
        self._thread.join(patience_s)
        if self._thread.is_alive():
            with self._changed:
                self._giving_up = True
                self._changed.notify_all()
            self._thread.join(2 * BUSY_S + patience_s)
        with self._changed:
            self._over = True
            self._changed.notify_all()
        self._keeper.join(patience_s)
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
                one = Waiting(said, tell, time.monotonic())
                self._queue.append(one)
                self._unkept.append(one)
                self._changed.notify_all()
                return
            self._lost += 1
        tell(NotSaved(count=1))

    def _run(self) -> None:
        while self._take():
            hand = self._in_hand
            batch, numbers = self._scribe.prepare([one.said for one in hand])
            if not self._persist(batch):
                break
            with self._changed:
                self._in_hand = []
                for one in hand:
                    one.written = True
                self._changed.notify_all()
            for one, number in zip(hand, numbers, strict=True):
                one.tell(UnwritableEntry() if isinstance(number, ValueError) else number)
        self._scribe.disconnect()

    # -- the spool, which the second thread alone touches

    def _keep(self) -> None:
        """Keep what waits too long; forget it once all is in the record; at the end keep the rest.

        An entry that reaches the record while it is being kept is recognised at the next opening.
        """
        while True:
            with self._changed:
                if self._over:
                    break
                late = self._late()
                idle = not self._queue and not self._in_hand
                if not late and not (idle and self._spool.holding):
                    continue
            if late:
                self._put_into_spool(late)
            else:
                self._clear_spool()
        self._keep_the_rest()

    def _clear_spool(self) -> None:
        try:
            self._spool.clear()
        except OSError:
            with self._changed:
                self._changed.wait(PAUSE_S)
        else:
            with self._changed:
                self._changed.notify_all()

    def _late(self) -> list[Waiting]:
        """Wait until something changes or is late; gives what is late, in order."""
        while self._unkept and self._unkept[0].written:
            self._unkept.popleft()
        if not self._unkept and not (self._spool.holding and not self._queue and not self._in_hand):
            self._changed.wait()
            return []
        if not self._unkept:
            return []
        rest = self._unkept[0].since_s + LATE_S - time.monotonic()
        if rest > 0.0 and not self._spool.holding:
            self._changed.wait(rest)
            return []
        late = [one for one in self._unkept if not one.written]
        self._unkept.clear()
        return late

    def _put_into_spool(self, late: list[Waiting]) -> None:
        kept = self._spool.add([one.said for one in late])
        with self._changed:
            self._unsafe = not kept
            for one in late:
                one.kept = kept
            self._changed.notify_all()
            if not kept:
                self._unkept.extendleft(reversed(late))
                if not self._over:
                    self._changed.wait(PAUSE_S)

    def _keep_the_rest(self) -> None:
        """Keep what will not be written any more for the next opening, and say so."""
        with self._changed:
            left = [*self._in_hand, *self._queue]
        missing = [one for one in left if not one.kept]
        if missing:
            kept = self._spool.add([one.said for one in missing])
            for one in missing:
                one.kept = kept
        elif not left and self._spool.holding:
            with suppress(OSError):
                self._spool.clear()
        with self._changed:
            self._in_hand = []
            self._queue.clear()
            self._kept += sum(1 for one in left if one.kept)
            self._lost += sum(1 for one in left if not one.kept)
        for one in left:
            one.tell(KeptAside(count=1) if one.kept else NotSaved(count=1))

    # -- the record

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
