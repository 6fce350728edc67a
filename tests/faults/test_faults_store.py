from __future__ import annotations

import asyncio
import json
import os
import random
import re
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from failing import need_failing_calls
from store_samples import TRIED_S, TestClock, note, opened_raw, rating, wait_for

from controller.store.database import BUSY_S
from controller.store.reader import Reader
from controller.store.record import Record
from controller.store.verify import verify

Measured = Callable[[str, object], None]
CHILD = Path(__file__).parents[1] / "ground" / "store_child.py"


def child(what: str, path: Path, *around: str) -> subprocess.Popen[bytes]:
    here = [str(CHILD.parent), str(CHILD.parents[2])]
    return subprocess.Popen(
        [*around, sys.executable, str(CHILD), what, str(path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(here), "PALIER_LANG": "en"},
    )


def kills(path: Path, times: int) -> int:
    """Kill a writing process again and again; after each time all it was told of must be there.

    Gives how many entries it was told of.
    """
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
    return len(kept)


@pytest.mark.fault("F32")
def test_no_entry_told_as_saved_is_lost_when_the_console_is_killed(
    path: Path, record_property: Measured
) -> None:
    record_property("measured", f"{kills(path, 5)} told, 0 lost by 5 kills")


@dataclass
class Disk:
    """What a process did to the record's own log of changes, in the order the system saw it."""

    written: int = 0
    """Bytes that were written and that no power cut may be trusted to spare."""
    synchronised: int = 0
    entries: list[int] = field(default_factory=list)
    """Bytes that were made durable for each entry, once it was told as saved."""

    def see(self, call: str) -> None:
        """One line of the trace: a call that has returned."""
        if match := re.search(r"pwrite64\(\d+<[^>]*-wal>.* = (\d+)$", call):
            self.written += int(match[1])
        elif re.search(r"f(data)?sync\(\d+<[^>]*-wal>\) += 0$", call):
            self.synchronised, self.written = self.synchronised + self.written, 0
        elif re.search(r'write\(1<[^>]*>, "{\\"told\\":', call):
            assert self.written == 0, f"told as saved before the disk was asked to keep it: {call}"
            self.entries.append(self.synchronised)
            self.synchronised = 0


@pytest.mark.fault("F32")
def test_an_entry_is_told_as_saved_only_after_the_disk_has_confirmed_what_was_written_of_it(
    path: Path, tmp_path: Path, record_property: Measured
) -> None:
    """What a cut of the power needs that the disk itself is honest: the order of the calls."""
    need_failing_calls()
    trace = tmp_path / "calls"
    traced = ("strace", "-f", "-y", "-o", str(trace), "-e", "trace=pwrite64,fdatasync,fsync,write")
    with child("order", path, *traced) as process:
        out, _error = process.communicate(timeout=50)
    assert process.returncode == 0
    assert [json.loads(line)["told"] for line in out.splitlines()] == list(range(1, 21))
    disk = Disk()
    for call in whole(trace.read_text(errors="replace").splitlines()):
        disk.see(call)
    assert len(disk.entries) == 20
    assert all(size > 0 for size in disk.entries), "each was written and confirmed before"
    record_property("measured", f"{len(disk.entries)} entries, none told before its fsync")


def whole(lines: list[str]) -> Iterator[str]:
    """The calls in the order in which they returned; one that was interrupted is put together."""
    begun: dict[str, str] = {}
    for line in lines:
        process, _space, call = line.partition(" ")
        call = call.strip()
        if call.endswith("<unfinished ...>"):
            begun[process] = call.removesuffix("<unfinished ...>")
            # What is told is told when the call begins.
            if call.startswith("write(1<"):
                yield begun.pop(process)
        elif resumed := re.match(r"<\.\.\. \w+ resumed>(.*)", call):
            if process in begun:
                yield begun.pop(process) + resumed[1].lstrip()
        else:
            yield call


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
    path: Path, what: str, record_property: Measured
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
    record_property(
        "measured", f"{what}: {alarm['waiting']} waited, {len(after['at last'])} saved in the end"
    )
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
