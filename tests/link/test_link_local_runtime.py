"""Starting the patient's side on this machine: what is said while it takes long."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from pathlib import Path

import pytest

from controller import local_runtime
from controller.local_runtime import RuntimeNotStarted, Wanted, start_or_find

WAITS = [sys.executable, "-c", "import signal; signal.pause()"]


def never_ready(folder: Path, wanted: Wanted) -> subprocess.Popen[bytes]:
    """A process that runs and never says that it is open."""
    return subprocess.Popen(WAITS, start_new_session=True)


@pytest.mark.parametrize(("told_after_s", "said"), [(0.0, 1), (30.0, 0)])
async def test_why_a_start_takes_long_is_said_once_and_only_then(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, told_after_s: float, said: int
) -> None:
    monkeypatch.setattr(local_runtime, "_spawn", never_ready)
    monkeypatch.setattr(local_runtime, "TOLD_AFTER_S", told_after_s)
    monkeypatch.setattr(local_runtime, "START_PATIENCE_S", 0.3)
    told: list[str] = []
    with pytest.raises(RuntimeNotStarted, match="did not come up"):
        await start_or_find(tmp_path, Wanted(display="null"), told.append)
    assert len(told) == said
    assert all("The first start on a machine" in one for one in told)


async def test_who_gives_up_waiting_leaves_no_runtime_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    started: list[subprocess.Popen[bytes]] = []

    def spawned(folder: Path, wanted: Wanted) -> subprocess.Popen[bytes]:
        started.append(never_ready(folder, wanted))
        return started[0]

    monkeypatch.setattr(local_runtime, "_spawn", spawned)
    waiting = asyncio.create_task(start_or_find(tmp_path, Wanted(display="null")))
    while not started:
        await asyncio.sleep(0)
    waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting
    assert started[0].poll() is not None


async def test_a_start_that_is_given_up_tells_what_the_runtime_said_last(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(local_runtime, "_spawn", never_ready)
    monkeypatch.setattr(local_runtime, "START_PATIENCE_S", 0.1)
    (tmp_path / "runtime.log").write_text("palier-runtime: What is shown is made.\nALSA: no\n")
    with pytest.raises(RuntimeNotStarted, match=r"ten minutes.*What is shown is made\.$"):
        await start_or_find(tmp_path, Wanted(display="null"))
