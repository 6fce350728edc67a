"""Real processes in a storm: what was acknowledged is done, once, and the patient is never led."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from storm_alone import storm

Tell = Callable[[str, object], None]


@pytest.mark.soak
@pytest.mark.timeout(400)
@pytest.mark.fault("F2")
@pytest.mark.fault("F10")
@pytest.mark.fault("F15")
def test_two_minutes_of_storm_break_no_promise(
    two_minutes_of_storm: subprocess.Popen[str], record_property: Tell
) -> None:
    told, _ = two_minutes_of_storm.communicate(timeout=300)
    assert two_minutes_of_storm.returncode == 0, told
    found = json.loads(next(line for line in told.splitlines() if line.startswith("{")))
    mishaps = sum(found["tried"].values())
    record_property("measured", f"{len(found['entered'])} acts, {mishaps} mishaps")
    assert {"stall", "cut", "lengthen", "restart", "freeze", "fall_silent"} <= set(found["tried"])
    assert found["entered"].count("begin_trial") >= 5


@pytest.mark.long
@pytest.mark.timeout(4000)
@pytest.mark.parametrize("seed", range(6))
def test_an_hour_of_storms_breaks_no_promise(tmp_path: Path, seed: int) -> None:
    storm(tmp_path, seconds=600.0, seed=seed)
