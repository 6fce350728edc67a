"""Run the console on a real session at a real runtime, as its own process in a real terminal.

Called with a JSON of where the runtime is, which record to use and the grace. Once the patient is
in the scene the screen opens on it.
"""

from __future__ import annotations

import asyncio
import json
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

from core import core
from runtime_process import RuntimeProcess

from controller.language import use
from controller.store.record import Record
from controller.ui.run import run_console
from vr_runtime.wire.keys import Identity

LEVEL = 1


async def _lead(told: dict[str, Any]) -> int:
    known = {name: Identity(**keys) for name, keys in told["identities"].items()}
    where = SimpleNamespace(address=told["address"], key=told["key"], identities=known)
    with Record.create_or_open(Path(told["record"]), operator="op-1") as record:
        runtime = cast(RuntimeProcess, where)
        grace_s = told["grace_s"]
        # Not a demo, which would end with its console.
        async with core(runtime, stored=record, grace_s=grace_s, simulated=False) as lead:
            await lead.lead_into(LEVEL)
            return await run_console(lead.conductor)


if __name__ == "__main__":
    use("en")
    sys.exit(asyncio.run(_lead(json.loads(sys.argv[1]))))
