"""Starting the patient's side on this machine: what is said while it takes long."""

from __future__ import annotations

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
