"""Real processes in a storm: what was acknowledged is done, once, and the patient is never led."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

import pytest
from far_wire import far_wire
from runtime_process import running
from storm import Storm
from verdict import applied

Tell = Callable[[str, object], None]
NAMES = ("therapist", "second", "observer")


def storm(folder: Path, *, seconds: float, seed: int) -> Storm:
    """Let it storm over a new runtime, and judge."""
    # Freezing the process is one of the mishaps: a watchdog would take it for a hang, and rightly.
    with running(folder, "--no-watchdog") as runtime, ExitStack() as stack:
        wires = {name: stack.enter_context(far_wire(runtime.port)) for name in NAMES}
        made = Storm(runtime, wires, seed)
        stack.callback(made.leave)
        made.rage(seconds)
        made.judge()
        return made


@pytest.mark.soak
@pytest.mark.timeout(400)
@pytest.mark.fault("F2")
@pytest.mark.fault("F10")
@pytest.mark.fault("F15")
def test_two_minutes_of_storm_break_no_promise(tmp_path: Path, record_property: Tell) -> None:
    made = storm(tmp_path, seconds=120.0, seed=20)
    entered = applied(made.told)
    record_property("measured", f"{len(entered)} acts, {sum(made.tried.values())} mishaps")
    assert {"stall", "cut", "lengthen", "restart", "freeze", "fall_silent"} <= set(made.tried)
    assert len([a for _, a in entered if a.act.kind == "begin_trial"]) >= 5


@pytest.mark.long
@pytest.mark.timeout(4000)
@pytest.mark.parametrize("seed", range(6))
def test_an_hour_of_storms_breaks_no_promise(tmp_path: Path, seed: int) -> None:
    storm(tmp_path, seconds=600.0, seed=seed)
