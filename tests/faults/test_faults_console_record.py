"""The record is locked, its disk fails, or it is open elsewhere: the session goes on truthfully."""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest
from bounds import kept_meanwhile
from core import core
from failing import need_failing_calls
from runtime_process import RuntimeProcess

from controller.language import use
from controller.session.documents import CLINIC, OperatorAdded, PatientAdded, Rating
from controller.session.now import Outcome
from controller.store.reader import Reader
from controller.store.record import Record
from controller.store.verify import verify
from vr_runtime.wire.acts import Phase

Measured = Callable[[str, object], None]
ROOT = Path(__file__).parents[2]
ALARM_S = 2.0
"""Promised: so long after an entry that another program keeps out, the therapist is told."""

LOCK = """
import sqlcipher3.dbapi2 as db, sys
connection = db.connect(sys.argv[1], isolation_level=None)
connection.execute(f"PRAGMA key = \\"x'{sys.argv[2]}'\\"")
connection.execute("BEGIN IMMEDIATE")
print("locked", flush=True)
sys.stdin.readline()
connection.execute("ROLLBACK")
"""


def locker(path: Path) -> subprocess.Popen[str]:
    """Another program that holds the database until a line is sent to it."""
    key = path.with_name(path.name + ".key").read_text().strip()
    process = subprocess.Popen(
        [sys.executable, "-c", LOCK, str(path), key],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None and process.stdout.readline() == "locked\n"
    return process


@pytest.mark.fault("F22")
async def test_a_session_is_led_on_while_another_program_holds_the_record(
    by_clock: RuntimeProcess, tmp_path: Path, record_property: Measured
) -> None:
    use("en")
    path, away = tmp_path / "record.db", tmp_path / "away"
    with Record.create_or_open(path, operator="op-1", spool=away) as record:
        async with core(by_clock, stored=record) as lead:
            await lead.lead_into(2)
            now = lead.conductor.now
            rated: list[asyncio.Task[Outcome]] = []

            async def alarmed(number: int) -> float:
                """Seconds from a rating to the alarm; the lock is held on after the last try."""
                if number:
                    locks[-1].communicate("let go\n", timeout=20)
                    await lead.until(lambda: now().record.trouble is None, "the record")
                locks.append(held.enter_context(locker(path)))
                rated.append(lead.later(lead.conductor.rate("60")))
                return await lead.until(lambda: now().record.trouble is not None, "the alarm")

            with ExitStack() as held:
                locks: list[subprocess.Popen[str]] = []
                alarm_s = await kept_meanwhile(alarmed, ALARM_S, each_s=10.0)
                assert "Another program holds the record" in (now().record.trouble or "")
                # Acts are answered all the while, and none waits for the record.
                assert (await lead.conductor.lower_level()).ok
                assert (await lead.conductor.safe_place()).ok
                await lead.until(lambda: lead.phase is Phase.SAFE_PLACE, "the safe place")
                await lead.until(lambda: any(away.glob("*.unsaved")), "the spool")
                assert not rated[-1].done() and now().ratings[-1].saved_as is None
                assert now().record.waiting > 0
                locks[-1].communicate("let go\n", timeout=20)
            assert all([(await one).ok for one in rated])
            await lead.until(lambda: now().record.waiting == 0, "all to be saved")
            assert now().record.trouble is None
            session = now().session or ""
    kept = [e.data.suds for e in Reader.open(path).entries(session) if isinstance(e.data, Rating)]
    assert kept == [60] * len(rated)
    assert not any(away.glob("*.unsaved")), "shipped, once"
    assert verify(path).ok
    record_property("measured", f"alarm after {alarm_s:.1f} s")


WRITE = """
import asyncio, sys
from pathlib import Path
from controller.language import use
from controller.session.documents import Note
from controller.store.record import Record

async def write(path, away):
    use("en")
    record = Record.create_or_open(path, operator="op", spool=Path(away))
    print("open", flush=True)
    sys.stdin.readline()
    futures = [record.append("s-1", Note(text=f"entry {n}", tick=n)) for n in range(5)]
    while not record.health().trouble:
        await asyncio.wait(futures, timeout=0.01)
    trouble = record.health().trouble
    print(any(f.done() for f in futures), flush=True)
    print(trouble, flush=True)
    while "kept encrypted" not in (record.health().trouble or "kept encrypted"):
        await asyncio.wait(futures, timeout=0.01)
    if sys.argv[3] == "die":
        import os
        os._exit(9)
    print([await f for f in futures], flush=True)
    record.close()

asyncio.run(write(sys.argv[1], sys.argv[2]))
"""


@contextmanager
def writer(path: Path, away: Path, end: str, *around: str) -> Iterator[Callable[[], list[str]]]:
    """A process that has the record open; called, it writes and gives what it said."""
    with subprocess.Popen(
        [*around, sys.executable, "-c", WRITE, str(path), str(away), end],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    ) as process:
        assert process.stdout is not None and process.stdout.readline() == "open\n"

        def go_on() -> list[str]:
            out, error = process.communicate("go on\n", timeout=50)
            assert process.returncode in (0, 9), error
            return out.splitlines()

        yield go_on


def test_a_crash_while_the_record_is_locked_loses_nothing_that_was_kept(tmp_path: Path) -> None:
    path, away = tmp_path / "record.db", tmp_path / "away"
    Record.create_or_open(path, operator="op").close()
    with writer(path, away, "die") as go_on, locker(path) as other:
        told = go_on()
        other.communicate("let go\n", timeout=20)
    assert told[0] == "False", "nothing was called saved"
    assert "Not saved yet, entries: 5" in told[1]
    with Record.create_or_open(path, operator="op-2", spool=away) as record:
        entries = record.reader.entries("s-1")
    assert [e.data.text for e in entries] == [f"entry {n}" for n in range(5)]
    assert {e.operator for e in entries} == {"op"}
    assert verify(path).ok


@pytest.mark.fault("F21")
def test_a_disk_that_refuses_to_synchronise_is_told_and_nothing_is_called_saved(
    tmp_path: Path, record_property: Measured
) -> None:
    need_failing_calls()
    path = tmp_path / "record.db"
    Record.create_or_open(path, operator="op").close()
    fail = ["-e", "trace=fsync,fdatasync", "-e", "inject=fsync,fdatasync:error=EIO:when=1..4"]
    traced = ("strace", "-f", "-o", "/dev/null", *fail)
    with writer(path, tmp_path / "away", "wait", *traced) as go_on:
        told = go_on()
    assert told[0] == "False", "nothing was called saved while the disk failed"
    assert "The disk fails" in told[1]
    assert told[2] == "[1, 2, 3, 4, 5]", "once the disk took them, each once and in order"
    assert verify(path).ok
    record_property("measured", "fsync refused 4 times: 0 called saved, 5 of 5 there in the end")


@pytest.mark.fault("F16")
def test_a_second_start_on_the_same_record_ends_with_3_and_readers_still_read(
    tmp_path: Path, record_property: Measured
) -> None:
    path = tmp_path / "record.db"
    with Record.create_or_open(path, operator="op") as record:
        record.append_now(CLINIC, OperatorAdded(operator="op", name="Ada"))
        record.append_now(CLINIC, PatientAdded(patient="p", pseudonym="P-1", ceiling=5))
        began = time.monotonic()
        second = palier("patients", "--db", str(path), "--add", "P-2")
        record_property("measured", f"record: code 3 after {time.monotonic() - began:.1f} s")
        assert second.returncode == 3
        assert "already open in another console" in second.stderr
        assert second.stderr.count("\n") == 1
        listed = palier("patients", "--db", str(path), "--json")
        assert [row["pseudonym"] for row in json.loads(listed.stdout)] == ["P-1"]
        assert palier("verify", "--db", str(path)).returncode == 0


@pytest.mark.fault("F16")
def test_a_second_runtime_on_the_same_port_ends_with_3_and_one_sentence(
    by_clock: RuntimeProcess, tmp_path: Path, record_property: Measured
) -> None:
    command = [sys.executable, "-m", "vr_runtime", "--display", "null", "--bind", by_clock.address]
    began = time.monotonic()
    done = subprocess.run(
        [*command, "--keys", str(tmp_path / "keys")],
        capture_output=True,
        text=True,
        timeout=50,
        check=False,
        env={**os.environ, "PALIER_LANG": "en"},
    )
    assert done.returncode == 3
    said = [line for line in done.stderr.splitlines() if line.startswith("palier-runtime:")]
    assert len(said) == 1 and str(by_clock.port) in said[0]
    record_property("measured", f"port: code 3 after {time.monotonic() - began:.1f} s")


def palier(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "controller", *arguments],
        capture_output=True,
        text=True,
        timeout=50,
        check=False,
        env={**os.environ, "PALIER_LANG": "en"},
    )
