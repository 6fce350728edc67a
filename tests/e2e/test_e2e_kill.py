"""A console that is killed loses nothing that it called saved."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from controller.session.documents import Rating
from controller.store.reader import Reader
from controller.store.record import Record
from controller.store.verify import verify

CHILD = """
import asyncio, sys, tempfile
from pathlib import Path
from controller.assembly import assembled
from controller.local_runtime import Wanted
from controller.simulation import before
from controller.store.record import Record

async def lead(record, folder):
    wanted = Wanted(display="null", in_step=True)
    async with assembled(record, folder / "keys", wanted, reports=folder, simulated=True) as core:
        await core.conductor.start()
        await core.conductor.add_patient("P-01", 10, "0-100")
        async def pass_ticks(chunks):
            for _ in range(chunks):
                await core.conductor.beat()
                await core.link.grant(6)
        await pass_ticks(7)
        patient = core.conductor.patients()[0].id
        await before.prepare(core.conductor.before, patient)
        await core.conductor.open_session(patient, "heights.balcony", seed=1)
        await pass_ticks(6)
        while True:
            await core.conductor.rate("50")
            print(core.conductor.now().ratings[-1].saved_as, flush=True)
            await pass_ticks(1)

folder = Path(sys.argv[1])
with Record.create_or_open(folder / "record.db", operator="op-1") as record:
    asyncio.run(lead(record, folder))
"""


@pytest.mark.parametrize("after", [3, 17, 40])
@pytest.mark.fault("F1")
@pytest.mark.fault("F32")
def test_kill_9_in_a_session_loses_no_rating_that_was_called_saved(
    tmp_path: Path, after: int
) -> None:
    script = tmp_path / "lead.py"
    script.write_text(CHILD)
    with subprocess.Popen(
        [sys.executable, str(script), str(tmp_path)],
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    ) as child:
        assert child.stdout is not None
        acknowledged = [int(child.stdout.readline()) for _ in range(after)]
        child.kill()
        acknowledged += [int(line) for line in child.stdout.read().split()]
    runtime = tmp_path / "keys" / "runtime.json"
    if runtime.exists():
        os.kill(int(runtime.read_text().split('"pid":')[1].split(",")[0]), signal.SIGTERM)
    assert verify(tmp_path / "record.db").ok
    reader = Reader.open(tmp_path / "record.db")
    (session,) = reader.open_sessions()
    kept = {e.seq for e in reader.entries(session.session) if isinstance(e.data, Rating)}
    assert set(acknowledged) <= kept
    with Record.create_or_open(tmp_path / "record.db", operator="op-1") as record:
        assert record.reader.entries(session.session)
