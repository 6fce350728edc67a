"""Owns the test's side of `store_killed.py`: one record, killed before each step that is made."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from store_samples import copy

CHILD = Path(__file__).with_name("store_killed.py")
MOST = 200


class Killer:
    """Does something to copies of a record, each time up to a given step."""

    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        self._process = process

    def up_to(self, when: dict[str, float], record: Path, backup: Path) -> bool:
        """Whether it was killed before the step `n` or `after_s`; False when it was done."""
        stdin, stdout = self._process.stdin, self._process.stdout
        assert stdin is not None and stdout is not None
        told = {"record": str(record), "backup": str(backup)} | when
        stdin.write((json.dumps(told) + "\n").encode())
        stdin.flush()
        answer = stdout.readline().decode().strip()
        assert answer in ("killed", "done"), answer
        return answer == "killed"


@contextmanager
def killer(what: str) -> Iterator[Killer]:
    """A process that does `what`; see `store_killed.py`."""
    here = [str(CHILD.parent), str(CHILD.parents[2])]
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(here), "PALIER_LANG": "en"}
    command = [sys.executable, str(CHILD), what]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment
    ) as process:
        yield Killer(process)
        assert process.stdin is not None
        process.stdin.close()


def each_step(
    what: str, record: Path, backup: Path, folder: Path, part: int, parts: int
) -> Iterator[tuple[Path, Path, bool]]:
    """Copies of the record after a kill before steps part, part + parts, ...

    The last one is a copy with which it was done. Gives the record, the backup, and whether it was
    killed.
    """
    with killer(what) as doing:
        for step in range(part, MOST, parts):
            work, kept = _copied(record, backup, folder / f"{what}-{step}")
            killed = doing.up_to({"n": step}, work, kept)
            yield work, kept, killed
            if not killed:
                return
    raise AssertionError(f"{what} takes more than {MOST} steps")


def at_any_moment(
    what: str, record: Path, backup: Path, folder: Path, times: int
) -> Iterator[tuple[Path, Path, bool]]:
    """The same, killed at moments spread over as long as the whole of it takes."""
    with killer(what) as doing:
        work, kept = _copied(record, backup, folder / f"{what}-whole")
        begun = time.monotonic()
        assert not doing.up_to({"after_s": 60.0}, work, kept)
        lasts_s = time.monotonic() - begun
        for turn in range(times):
            work, kept = _copied(record, backup, folder / f"{what}-at-{turn}")
            killed = doing.up_to({"after_s": lasts_s * (turn + 1) / (times + 1)}, work, kept)
            yield work, kept, killed


def _copied(record: Path, backup: Path, room: Path) -> tuple[Path, Path]:
    work, kept = copy(record, room / "x.db"), room / "kept.db"
    if backup.exists():
        copy(backup, kept)
    return work, kept
