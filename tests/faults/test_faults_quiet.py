"""What is tried again has the machine to itself, as far as the other tests of the run go."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from threading import Event, Thread

import pytest
import quiet
from bounds import kept, kept_meanwhile
from quiet import Room

SOON_S = 5.0
ROOT = Path(__file__).resolve().parents[2]
TRIED = """
import fcntl
import pathlib
import pytest

def test_that_fails_beside_others():
    with pathlib.Path({door!r}).open("a") as door, pytest.raises(BlockingIOError):
        fcntl.flock(door, fcntl.LOCK_EX | fcntl.LOCK_NB)

def test_that_is_broken():
    assert False
"""
"""The first holds only while somebody stands in the door of the room that the run shares."""


@pytest.fixture
def mine(tmp_path: Path) -> Iterator[Room]:
    with closing(Room(tmp_path)) as room:
        yield room


@pytest.fixture
def other(tmp_path: Path) -> Iterator[Room]:
    with closing(Room(tmp_path)) as room:
        yield room


def test_who_asks_for_the_room_has_it_once_the_others_have_left(mine: Room, other: Room) -> None:
    inside, leave, told = Event(), Event(), []

    def in_company() -> None:
        with other.in_company():
            inside.set()
            leave.wait(SOON_S)

    beside = Thread(target=in_company)
    with mine.in_company():
        beside.start()
        assert inside.wait(SOON_S)
        with mine.alone(patience_s=0.0) as quiet_now:
            told.append(quiet_now)
        leave.set()
        with mine.alone(patience_s=SOON_S) as quiet_now:
            told.append(quiet_now)
    beside.join(SOON_S)
    assert told == [False, True], "it goes on after its patience, and is not alone then"


def test_nobody_enters_until_who_is_alone_has_done(mine: Room, other: Room) -> None:
    order: list[str] = []
    asked = Event()

    def comes_late() -> None:
        asked.set()
        with other.in_company():
            order.append("the next test")

    late = Thread(target=comes_late)
    with mine.in_company():
        with mine.alone():
            late.start()
            assert asked.wait(SOON_S)
            late.join(0.2)
            order.append("what was tried")
        late.join(SOON_S)
    assert order == ["what was tried", "the next test"]


def test_what_fails_alone_leaves_the_room_in_company(mine: Room, other: Room) -> None:
    with mine.in_company():
        with pytest.raises(ValueError, match="late"), mine.alone():
            raise ValueError("late")
        with other.in_company():
            pass


def test_only_what_is_tried_again_is_tried_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = staged_room(monkeypatch)
    left = [4.0, 1.2, 1.4]
    assert kept(lambda number: left[number], 1.5, each_s=5.0) == 1.2
    assert asked == ["alone", "company again"] * 2


async def test_and_so_is_what_waits_for_something(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = staged_room(monkeypatch)
    left = [4.0, 1.2, 1.4]

    async def attempt(number: int) -> float:
        return left[number]

    assert await kept_meanwhile(attempt, 1.5, each_s=5.0) == 1.2
    assert asked == ["alone", "company again"] * 2


def staged_room(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What is asked of the room of this process from here on."""
    asked: list[str] = []

    class Told:
        def __enter__(self) -> bool:
            asked.append("alone")
            return True

        def __exit__(self, *_why: object) -> None:
            asked.append("company again")

    class Staged:
        def alone(self) -> Told:
            return Told()

    monkeypatch.setattr(quiet, "_rooms", [Staged()])
    return asked


def test_what_fails_beside_others_is_tried_once_more_without_them_and_told(tmp_path: Path) -> None:
    tried, base = tmp_path / "test_tried.py", tmp_path / "base"
    tried.write_text(TRIED.format(door=str(base / "quiet.door")))
    asked = [sys.executable, "-m", "pytest", "-c", ROOT / "pyproject.toml", "-p", "conftest"]
    here = ["-n", "0", "--basetemp", base, "--rootdir", tmp_path, tried]
    kept = {name: value for name, value in os.environ.items() if "PYTEST" not in name}
    paths = os.pathsep.join(str(ROOT / folder) for folder in ("tests", "tests/ground", "."))
    ran = subprocess.run(
        [*asked, *here],
        cwd=tmp_path,
        env={**kept, "PYTHONPATH": paths},
        capture_output=True,
        text=True,
    )
    assert "1 failed, 1 passed, 2 rerun" in ran.stdout, ran.stdout + ran.stderr
    assert "RERUN test_tried.py::test_that_fails_beside_others" in ran.stdout
