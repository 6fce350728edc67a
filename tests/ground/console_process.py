"""A console's core in a process of its own: leads into the scene, stays, and prints what it hears.

Started with one JSON argument; each line it prints is a JSON document. When it is not in control
any more it tries to raise once, and prints what it is told.
"""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from core import core
from runtime_process import RuntimeProcess

from vr_runtime.wire.keys import Identity


def _print(**told: object) -> None:
    print(json.dumps(told), flush=True)


async def _lead(runtime: RuntimeProcess, level: int, grace_s: float) -> None:
    async with core(runtime, grace_s=grace_s) as lead:
        await lead.lead_into(level)
        _print(in_scene=level)
        heard, tried = len(lead.notices), False
        while True:
            await lead.for_s(0.05)
            for text in lead.notices[heard:]:
                _print(notice=text)
            heard = len(lead.notices)
            if not tried and not lead.conductor.now().link.in_control:
                tried = True
                outcome = await lead.conductor.raise_level()
                _print(raised=outcome.ok, code=outcome.code)


@contextmanager
def leading(
    runtime: RuntimeProcess, *, level: int, grace_s: float
) -> Iterator[subprocess.Popen[str]]:
    """A console process that has led a patient into the scene of this runtime."""
    identity = runtime.identities["therapist"]
    told = {
        "address": runtime.address,
        "key": runtime.key,
        "public": identity.public,
        "secret": identity.secret,
        "level": level,
        "grace_s": grace_s,
    }
    process = subprocess.Popen(
        [sys.executable, __file__, json.dumps(told)], stdout=subprocess.PIPE, text=True
    )
    try:
        assert heard(process, "in_scene") == {"in_scene": level}
        yield process
    finally:
        process.kill()
        process.wait()
        if process.stdout is not None:
            process.stdout.close()


def heard(process: subprocess.Popen[str], key: str, text: str = "") -> dict[str, Any]:
    """The next line that has this key and contains this text."""
    assert process.stdout is not None
    for line in process.stdout:
        told: dict[str, Any] = json.loads(line)
        if key in told and text in line:
            return told
    raise AssertionError(f"the console ended without a word on {key} {text}")


def main() -> None:
    """Lead as the argument says, until killed."""
    told = json.loads(sys.argv[1])
    identity = Identity(public=told["public"], secret=told["secret"])
    runtime = RuntimeProcess(
        process=None,  # type: ignore[arg-type]
        address=told["address"],
        key=told["key"],
        identities={"therapist": identity},
        log=Path(),
        announced=Path(),
    )
    asyncio.run(_lead(runtime, told["level"], told["grace_s"]))


if __name__ == "__main__":
    main()
