"""Owns a console without a screen in a process of its own, which tests freeze and kill.

Called with a JSON of where the runtime is and which record to use. It leads into the scene, says
so, then does what each line on stdin asks and answers with one JSON line.
"""

from __future__ import annotations

import asyncio
import errno
import json
import resource
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

from core import Core, core
from runtime_process import RuntimeProcess

from controller.language import use
from controller.session.documents import Rating
from controller.session.now import Outcome
from controller.store.record import Record
from controller.store.verify import verify
from vr_runtime.wire.keys import Identity

LIMIT = 40_000
"""Bytes that no file may exceed: what readers share with each other may be made, and neither the
record nor its log of changes, which are longer by now, can be written to at their ends."""


def say(what: object) -> None:
    print(json.dumps(what), flush=True)


class Answering:
    """What the console does when asked, and how its disk is made full meanwhile."""

    def __init__(self, lead: Core, record: Record, path: Path) -> None:
        self._lead = lead
        self._record = record
        self._path = path
        self._later: list[asyncio.Task[Outcome]] = []
        self._heap = path.with_name("heap")
        self._unlimited = resource.getrlimit(resource.RLIMIT_FSIZE)

    async def answer(self, asked: str) -> Any:
        """One question; a JSON document."""
        self._lead.look()
        conductor = self._lead.conductor
        acts = {
            "raise": conductor.raise_level,
            "lower": conductor.lower_level,
            "safe place": conductor.safe_place,
            "close": conductor.close_session,
            "rate": lambda: conductor.rate("40"),
            "let watch": lambda: conductor.set_observers(True),
        }
        if asked in acts:
            done = await acts[asked]()
            return {"ok": done.ok, "text": done.text, "code": done.code}
        return {
            "in control": lambda: conductor.now().link.in_control,
            "rate later": self._rate_later,
            "health": self._health,
            "fill disk": self._fill_disk,
            "free disk": self._heap.unlink,
            "fill limit": lambda: self._limit((LIMIT, self._unlimited[1])),
            "free limit": lambda: self._limit(self._unlimited),
            "verify": lambda: verify(self._path).ok,
        }[asked]()

    def _rate_later(self) -> None:
        self._later.append(self._lead.later(self._lead.conductor.rate("60")))

    def _health(self) -> dict[str, Any]:
        """What the therapist is told of the record, and what a reader finds in it."""
        now = self._lead.conductor.now()
        entries = self._record.reader.entries(now.session or "")
        return {
            "trouble": now.record.trouble,
            "waiting": now.record.waiting,
            "told": [r.saved_as for r in now.ratings if r.saved_as is not None],
            "rated": len(now.ratings),
            "kept": [e.seq for e in entries if isinstance(e.data, Rating)],
            "asked": len(self._later),
            "done": sum(task.done() for task in self._later),
            "in control": now.link.in_control,
        }

    def _fill_disk(self) -> None:
        with self._heap.open("wb", buffering=0) as heap:
            try:
                while True:
                    heap.write(bytes(4096))
            except OSError as error:
                assert error.errno == errno.ENOSPC, error

    def _limit(self, limit: tuple[int, int]) -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, limit)


async def lead(runtime: RuntimeProcess, path: Path, spool: Path | None) -> None:
    with Record.create_or_open(path, operator="op-1", spool=spool) as record:
        async with core(runtime, stored=record) as led:
            await led.lead_into(2)
            say(led.conductor.now().session)
            # A screen looks all the time: no sentence is missed between two questions.
            looking = asyncio.create_task(led.for_s(600.0))
            answering = Answering(led, record, path)
            while line := await asyncio.to_thread(sys.stdin.readline):
                say(await answering.answer(line.strip()))
            looking.cancel()


if __name__ == "__main__":
    use("en")
    told = json.loads(sys.argv[1])
    known = {name: Identity(**keys) for name, keys in told["identities"].items()}
    where = SimpleNamespace(address=told["address"], key=told["key"], identities=known)
    spool = None if told["spool"] is None else Path(told["spool"])
    asyncio.run(lead(cast(RuntimeProcess, where), Path(told["record"]), spool))
