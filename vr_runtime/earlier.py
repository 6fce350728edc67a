"""Owns what consoles may ask of news that is over: from memory, or else from the journal.

It sends nothing and numbers nothing; without a journal it knows this start of the runtime alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from vr_runtime.journal.journal import Journal
from vr_runtime.news import News
from vr_runtime.wire.happenings import Happened
from vr_runtime.wire.messages import AskMissed, Command, Forget, Kept, Missed
from vr_runtime.wire.reading import Incoming
from vr_runtime.wire.state import JournalState

LOOKING_AT_MOST = 16
"""Most questions about earlier news under way; a further one is answered when it is repeated."""


class Earlier:
    """News of this start and of those before it."""

    def __init__(self, news: News, journal: Journal | None) -> None:
        """Ask these two; None: no journal is kept."""
        self._news = news
        self._journal = journal
        self._held = (0, True)
        self._looking: dict[UUID, tuple[Incoming, Command]] = {}

    @property
    def state(self) -> JournalState | None:
        """How the journal stands, or None without one."""
        journal = self._journal
        if journal is None:
            return None
        return JournalState(durable=journal.durable, trouble=journal.trouble)

    def kept(self) -> tuple[Kept, ...]:
        """Earlier starts whose news can still be asked for."""
        earlier = {} if self._journal is None else self._journal.earlier
        return tuple(Kept(boot=boot, last=last) for boot, last in earlier.items())

    def keep(self, numbered: list[Happened]) -> None:
        """Write down what has just happened."""
        if self._journal is not None and numbered:
            self._journal.keep(numbered)

    def missed(self, act: AskMissed, command: Command, message: Incoming) -> Missed | None:
        """What happened after a number; None where it is looked up and found in a later round."""
        boot = self._news.boot if act.boot is None else act.boot
        here = boot == self._news.boot
        if self._journal is None or (here and self._news.reaches(act.after)):
            return self._news.after(act.after) if here else Missed(happened=())
        if command.id not in self._looking and len(self._looking) < LOOKING_AT_MOST:
            self._looking[command.id] = (message, command)
            self._journal.look(command.id, boot, act.after)
        return None

    def found(self) -> Iterator[tuple[Incoming, Command, Missed]]:
        """What was looked up meanwhile, with who asked for it."""
        for question, missed in () if self._journal is None else self._journal.found():
            yield (*self._looking.pop(question), missed)

    def let_go(self, durable: int, *, idle: bool) -> None:
        """A record holds the news up to this number: the journal need not."""
        if self._journal is not None and durable and (durable, idle) != self._held:
            self._held = (durable, idle)
            self._journal.held(self._news.boot, durable, idle=idle)

    def forget(self, act: Forget) -> None:
        """A record holds an earlier start's news as well."""
        if self._journal is not None and act.boot != self._news.boot:
            self._journal.held(act.boot, act.until, idle=True)
