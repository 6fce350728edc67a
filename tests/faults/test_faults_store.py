from __future__ import annotations

import asyncio
import json
import os
import random
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from store_samples import TRIED_S, TestClock, note, opened_raw, rating, wait_for

from controller.store.database import BUSY_S
from controller.store.reader import Reader
from controller.store.record import Record
from controller.store.verify import verify

CHILD = Path(__file__).parents[1] / "ground" / "store_child.py"


def child(what: str, path: Path, *around: str) -> subprocess.Popen[bytes]:
    here = [str(CHILD.parent), str(CHILD.parents[2])]
    return subprocess.Popen(
        [*around, sys.executable, str(CHILD), what, str(path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(here), "PALIER_LANG": "en"},
    )


def kills(path: Path, times: int) -> None:
    """Kill a writing process again and again; after each time all it was told of must be there."""
    chance = random.Random(11)
    with child("kill", path) as process:
        assert process.stdin is not None and process.stdout is not None
        for _n in range(times):
            process.stdin.write(b"\n")
            process.stdin.flush()
            writing = json.loads(process.stdout.readline())["process"]
            told = [int(process.stdout.readline()) for _n in range(chance.randint(1, 60))]
            os.kill(writing, signal.SIGKILL)
            told += [int(line) for line in iter(process.stdout.readline, b'"ended"\n')]
            kept = [entry.seq for entry in Reader.open(path).entries("s-1")]
            assert kept == list(range(1, len(kept) + 1))
            assert len(kept) >= told[-1]
            verdict = verify(path)
            assert verdict.ok, verdict.text
        process.stdin.close()
    assert process.returncode == 0


@pytest.mark.fault("F32")
def test_no_entry_told_as_saved_is_lost_when_the_console_is_killed(path: Path) -> None:
    kills(path, 5)


@pytest.mark.long
@pytest.mark.timeout(300)
def test_no_entry_told_as_saved_is_lost_in_a_hundred_kills(path: Path) -> None:
    kills(path, 100)


def mounting_is_allowed() -> bool:
    asked = ["unshare", "--mount", "mount", "-t", "tmpfs", "tmpfs", "/mnt"]
    try:
        return subprocess.run(asked, capture_output=True).returncode == 0
    except FileNotFoundError:
        return False


@pytest.mark.parametrize("what", ["limit", "disk"])
@pytest.mark.fault("F20")
def test_on_a_full_disk_nothing_is_called_saved_that_is_not_and_nothing_is_lost(
    path: Path, what: str
) -> None:
    if what == "disk" and not mounting_is_allowed():
        pytest.skip("mounting a small disk is refused here")
    process = child(what, path, *(["unshare", "--mount"] if what == "disk" else []))
    out, _error = process.communicate(timeout=30)
    assert process.returncode == 0
    full, alarm, after, verdict = (json.loads(line) for line in out.splitlines())
    assert full["told"] == list(range(1, full["durable"] + 1))
    assert alarm["waiting"] > 20
    assert ("disk is full" if what == "disk" else "disk") in alarm["trouble"]
    assert after["trouble"] is None
    assert after["at last"] == list(range(1, len(after["at last"]) + 1))
    assert verdict == {"ok": True, "entries": len(after["at last"])}


@pytest.mark.fault("F22")
async def test_a_locked_record_leaves_the_console_alive_and_everything_is_written_afterwards(
    path: Path, clock: TestClock
) -> None:
    with Record.create_or_open(path, operator="op", clock=clock) as record:
        with opened_raw(path, triggers=True) as raw:
            raw.execute("BEGIN IMMEDIATE")
            begun = asyncio.get_running_loop().time()
            futures = [record.append("s-1", rating(number)) for number in range(50)]
            # Waiting for the lock would take at least this long.
            assert asyncio.get_running_loop().time() - begun < BUSY_S
            alarm = await asyncio.to_thread(
                wait_for, record, lambda: record.health().trouble is not None
            )
            assert alarm
            assert "Another program holds the record" in (record.health().trouble or "")
            assert record.health().waiting == 50
            assert not any(future.done() for future in futures)
            raw.execute("ROLLBACK")
        assert await asyncio.gather(*futures) == list(range(1, 51))
        assert record.health().trouble is None
    assert verify(path).ok


def test_a_file_that_is_moved_away_is_noticed_and_written_to_when_it_is_back(
    path: Path, clock: TestClock
) -> None:
    away = path.with_name("elsewhere.db")
    with Record.create_or_open(path, operator="op", clock=clock) as record:
        record.append_now("s-1", note())
        path.rename(away)
        with pytest.raises(OSError, match=r"replaced|missing"):
            record.append_now("s-1", note("said meanwhile"), patience_s=TRIED_S)
        assert "put" in (record.health().trouble or "")
        assert record.health().waiting == 1
        away.rename(path)
        assert wait_for(record, lambda: record.health().waiting == 0)
    texts = [entry.data.text for entry in Reader.open(path).entries("s-1")]
    assert texts[-1] == "said meanwhile"
    assert verify(path).entries == 2


def test_a_file_replaced_by_another_record_is_not_written_to(
    path: Path, small: Path, clock: TestClock
) -> None:
    record = Record.create_or_open(path, operator="op", clock=clock)
    record.append_now("s-1", note())
    path.unlink()
    path.write_bytes(small.read_bytes())
    with pytest.raises(OSError, match=r"replaced|key"):
        record.append_now("s-1", note(), patience_s=TRIED_S)
    with pytest.raises(OSError, match="kept encrypted"):
        record.close(patience_s=0.1)
    assert path.read_bytes() == small.read_bytes()


def test_a_folder_that_cannot_be_written_is_refused_by_one_sentence(
    tmp_path: Path, clock: TestClock
) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(OSError, match="try again"):
        Record.create_or_open(tmp_path / "file" / "record.db", operator="op", clock=clock)
