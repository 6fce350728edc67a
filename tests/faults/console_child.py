"""Owns a console without a screen in a process of its own, which tests freeze and kill.

Called with a JSON of where the runtime is and which record to use. It leads into the scene, says
so, then does what each line on stdin asks and answers with one JSON line.
"""

from __future__ import annotations

import asyncio
import json
import sys
from types import SimpleNamespace
from typing import Any, cast

from core import Core, core
from runtime_process import RuntimeProcess

from controller.language import use
from controller.store.record import Record
from vr_runtime.wire.keys import Identity


def say(what: object) -> None:
    print(json.dumps(what), flush=True)


async def answer(lead: Core, asked: str) -> Any:
    lead.look()
    if asked == "in control":
        return lead.conductor.now().link.in_control
    done = await {"raise": lead.conductor.raise_level, "rate": lambda: lead.conductor.rate("40")}[
        asked
    ]()
    return {"ok": done.ok, "text": done.text, "code": done.code}


async def lead(runtime: RuntimeProcess, path: str) -> None:
    with Record.create_or_open(path, operator="op-1") as record:
        async with core(runtime, stored=record) as led:
            await led.lead_into(2)
            say(led.conductor.now().session)
            # A screen looks all the time: no sentence is missed between two questions.
            looking = asyncio.create_task(led.for_s(600.0))
            while line := await asyncio.to_thread(sys.stdin.readline):
                say(await answer(led, line.strip()))
            looking.cancel()


if __name__ == "__main__":
    use("en")
    told = json.loads(sys.argv[1])
    known = {name: Identity(**keys) for name, keys in told["identities"].items()}
    where = SimpleNamespace(address=told["address"], key=told["key"], identities=known)
    asyncio.run(lead(cast(RuntimeProcess, where), told["record"]))
