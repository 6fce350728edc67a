"""Real processes in a storm: what was acknowledged is done, once, and the patient is never led."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
import uuid
from collections.abc import Callable
from pathlib import Path

import pytest
from storm import ENOUGH, IN_THE_SCENE
from storm_alone import SEED, storm
from storm_judge import acknowledged_is_done_once_and_in_order
from storm_riders import Sent
from storm_wall import WallClock
from verdict import every_stop_is_stopped

from vr_runtime.wire import acts
from vr_runtime.wire.acts import Act, Phase
from vr_runtime.wire.happenings import Applied, Happened, Happening, Marked, PhaseChanged
from vr_runtime.wire.messages import Done, Reply

Tell = Callable[[str, object], None]
MISHAPS = {"stall", "cut", "lengthen", "restart", "freeze", "fall_silent", "set_the_clock", "kill"}


@pytest.mark.soak
@pytest.mark.timeout(420)
@pytest.mark.fault("F2")
@pytest.mark.fault("F4")
@pytest.mark.fault("F10")
@pytest.mark.fault("F15")
@pytest.mark.fault("F25")
def test_two_minutes_of_storm_break_no_promise(
    two_minutes_of_storm: subprocess.Popen[str], record_property: Tell
) -> None:
    told, _ = two_minutes_of_storm.communicate(timeout=380)
    assert two_minutes_of_storm.returncode == 0, told
    found = json.loads(next(line for line in told.splitlines() if line.startswith("{")))
    tried, entered = found["tried"], found["entered"]
    kills = tried["kill"] + tried.get("hang", 0)
    record_property(
        "measured", f"{len(entered)} acts, {sum(tried.values())} mishaps, {kills} kills"
    )
    assert set(tried) >= MISHAPS
    assert found["starts"] >= 1 + kills >= 4, "each kill is followed by another start"
    assert entered.count("begin_trial") >= 3
    assert sum(entered.count(act) for act in IN_THE_SCENE) >= ENOUGH
    assert found["notes"] >= 3 and found["entries"] > 100
    jumped, recorded = found["jumps"]
    assert jumped >= 2 and recorded >= 1


@pytest.mark.long
@pytest.mark.timeout(4000)
@pytest.mark.parametrize("later", range(6))
def test_an_hour_of_storms_breaks_no_promise(tmp_path: Path, later: int) -> None:
    storm(tmp_path, seconds=600.0, seed=SEED + later)


def happened(number: int, what: Happening, boot: str = "a") -> Happened:
    return Happened(boot=boot, number=number, tick=number, session="s1", what=what)


def answered(act: Act, number: int) -> Sent:
    reply = Reply(to=uuid.uuid4(), boot="a", tick=number, happened=number, answer=Done())
    return Sent(act, reply=reply)


RAISE, LOWER = acts.Raise(level=1), acts.Lower(level=0)
TOLD = [happened(1, Applied(act=RAISE, by="x")), happened(2, Applied(act=LOWER, by="x"))]


@pytest.mark.parametrize(
    ("sent", "told"),
    [
        ([answered(RAISE, 1), answered(LOWER, 2)], [*TOLD[:1], happened(2, Marked(text="m"))]),
        ([answered(RAISE, 1), answered(LOWER, 2)], [*TOLD, happened(3, TOLD[0].what)]),
        ([answered(LOWER, 1), answered(RAISE, 2)], TOLD),
        ([answered(RAISE, 1)], TOLD),
    ],
    ids=["lost", "done twice", "in another order", "never sent"],
)
def test_the_judge_of_storms_sees_what_it_is_there_to_see(
    sent: list[Sent], told: list[Happened]
) -> None:
    good = [answered(RAISE, 1), answered(LOWER, 2)]
    assert acknowledged_is_done_once_and_in_order("x", good, TOLD) == 0
    with pytest.raises(AssertionError):
        acknowledged_is_done_once_and_in_order("x", sent, told)


@pytest.mark.parametrize("again", [True, False])
def test_a_stop_that_a_restart_forgets_is_seen(again: bool) -> None:
    restarted = acts.RuntimeRestarted(
        session="s1",
        scenario="test.yard",
        sha256="0" * 64,
        seed=1,
        ceiling=4,
        grace_s=1.0,
        trial=1,
        come_back=None,
        disabled=None,
        why="killed",
    )
    safe, stopped = Phase.SAFE_PLACE, Phase.STOPPED
    told = [
        happened(1, Applied(act=acts.Stop(), by="x")),
        happened(2, PhaseChanged(before=Phase.EXPOSURE, after=stopped, cause="stop")),
        happened(3, Marked(text="stopped for a while")),
        happened(1, Applied(act=restarted, by="runtime"), "b"),
        happened(2, PhaseChanged(before=Phase.IDLE, after=safe, cause="runtime_restarted"), "b"),
        happened(
            3, Applied(act=acts.Stop() if again else acts.Loaded(sha256="0" * 64), by="x"), "b"
        ),
    ]
    if again:
        every_stop_is_stopped(told)
    else:
        with pytest.raises(AssertionError, match="forgotten"):
            every_stop_is_stopped(told)


@pytest.mark.fault("F25")
def test_the_wall_clock_of_a_storm_jumps_in_a_process_that_runs_and_nowhere_else(
    tmp_path: Path,
) -> None:
    wall = WallClock(tmp_path / "wall")
    program = "import time\nwhile input(): print(time.time(), time.monotonic(), flush=True)"
    with wall.for_processes():
        environment = dict(os.environ)
    with subprocess.Popen(
        [sys.executable, "-c", program],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env=environment,
    ) as process:
        assert process.stdin is not None and process.stdout is not None
        ahead = []
        for jump in (0.0, 3600.0, -7200.0):
            wall.jump(jump)
            process.stdin.write("?\n")
            process.stdin.flush()
            of_day, steady = (float(word) for word in process.stdout.readline().split())
            ahead.append(round((of_day - time.time()) / 3600.0, 2))
            assert abs(steady - time.monotonic()) < 5.0
        process.stdin.write("\n")
    assert ahead == [0.0, 1.0, -1.0]
    assert "STORM_WALL_CLOCK" not in os.environ
