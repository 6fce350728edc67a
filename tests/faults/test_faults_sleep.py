"""A patient's machine that slept: safety first when it wakes, and nothing that waited is played.

Both of its processes stand still together, as all of a machine's do.
"""

from __future__ import annotations

import asyncio
import json
import os
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
from clockwork import Clockwork
from core import core
from misbehaving import pictures
from runtime_process import RuntimeProcess, running
from safety import GRACE_S

from controller.language import use
from vr_runtime.clock import TickClock, steady_s
from vr_runtime.wire import acts
from vr_runtime.wire.acts import Phase, View
from vr_runtime.wire.happenings import Applied, LevelReached
from vr_runtime.wire.version import TICKS_PER_SECOND

Measured = Callable[[str, object], None]
SLEEP_S = 3.5
"""Longer than hold and grace together."""


@contextmanager
def asleep(runtime: RuntimeProcess) -> Iterator[None]:
    """The machine of the patient sleeps meanwhile."""
    told = json.loads(runtime.announced.read_text())
    processes = told["pid"], told["renders"]
    for process in processes:
        os.kill(process, signal.SIGSTOP)
    try:
        yield
    finally:
        for process in processes:
            with suppress(ProcessLookupError):
                os.kill(process, signal.SIGCONT)


@pytest.mark.fault("F26")
@pytest.mark.render
@pytest.mark.timeout(90)
async def test_a_patients_machine_that_wakes_shows_the_safe_place_before_it_hears_what_waited(
    tmp_path: Path, drawn_before: None, record_property: Measured
) -> None:
    use("en")
    trace = tmp_path / "trace"
    with running(tmp_path, "--trace", str(trace), display="offscreen") as runtime:
        async with core(runtime, grace_s=GRACE_S) as lead:
            await lead.lead_into(1)
            now, before = lead.conductor.now, lead.look()
            assert before is not None
            with asleep(runtime):
                asked = [lead.later(lead.conductor.raise_level())]
                slept_from = time.monotonic()
                await lead.until(lambda: now().link.state == "lost", "RUNTIME LOST")
                lost_s = now().link.age_s
                asked.append(lead.later(lead.conductor.raise_level()))
                await lead.for_s(SLEEP_S - (time.monotonic() - slept_from))
            woke = time.monotonic_ns()
            outcomes = await asyncio.gather(*asked)
            assert not any(outcome.ok for outcome in outcomes), "nothing is called done"
            await lead.until(lambda: lead.phase is Phase.SAFE_PLACE, "the safe place")
            await lead.until(lambda: now().link.state == "live", "the link")
            await lead.for_s(0.5)
            state = lead.look()
            assert state is not None
            assert state.boot == before.boot, "who sleeps as well does not judge it hung"
            news = lead.news()
        drawn = pictures(runtime, trace)
    entered = [n.what.act.kind for n in news if isinstance(n.what, Applied)]
    assert "raise" not in entered, "nothing that waited was played"
    assert entered.index("console_lost") < entered.index("grace_over")
    assert [n.what.level for n in news if isinstance(n.what, LevelReached)][-1] <= 1
    after = [p.view for p in drawn if p.begun > woke]
    # What was about to be drawn when it fell asleep is drawn; before the next the sleep is seen.
    assert set(after[1:]) == {View.SAFE_PLACE}
    safe = next(p for p in drawn if p.begun > woke and p.view is View.SAFE_PLACE)
    record_property(
        "measured",
        f"told lost after {lost_s:.2f} s; safe place drawn {(safe.ended - woke) / 1e6:.0f} ms "
        "after waking",
    )


@pytest.mark.fault("F26")
@pytest.mark.parametrize("console", ["wakes too", "is gone"])
@pytest.mark.parametrize(
    ("slept_s", "phase"),
    [(1.9, Phase.HOLD), (60.0, Phase.SAFE_PLACE), (3600.0, Phase.SAFE_PLACE)],
)
def test_the_first_picture_after_a_sleep_is_what_the_silence_calls_for(
    slept_s: float, phase: Phase, console: str, record_property: Measured
) -> None:
    runtime = Clockwork()
    runtime.lead_to(Phase.EXPOSURE, 2)
    assert runtime.engine.ramp is not None and runtime.engine.ramp.reached == 2
    # An hour is longer than a runtime waits that nobody needs: it is no reason to end.
    runtime.runtime._end_after_s = 1800.0
    awake, drawn = runtime.wait, len(runtime.display.pictures)

    def fall_asleep(seconds: float) -> None:
        runtime.wait = awake
        runtime.clock.now += slept_s
        runtime.console_lives = console == "wakes too"
        if runtime.console_lives:
            # A raise that was given just before waits at the port, and a heartbeat with it.
            runtime.send(acts.Raise(level=3))
        awake(seconds)

    runtime.wait = fall_asleep
    runtime.run(slept_s + 0.5)
    assert runtime.engine.phase is phase
    views = {view for _at, view in runtime.display.pictures[drawn:]}
    assert len(runtime.display.pictures) > drawn + 20, "it goes on"
    assert views == {View.SCENE if phase is Phase.HOLD else View.SAFE_PLACE}
    assert runtime.engine.ramp.asked <= 2, "what waited raised nothing"
    record_property("measured", f"slept {slept_s:g} s: {phase.value} before the first picture")


@pytest.mark.skipif(not hasattr(time, "CLOCK_BOOTTIME"), reason="no clock here counts a sleep")
def test_time_passes_for_the_runtime_while_its_machine_sleeps(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The monotonic clock of Linux stands still in a sleep: no silence would be noticed."""
    slept_s = 0.0
    of_the_system = time.clock_gettime

    def clock_gettime(source: int) -> float:
        return of_the_system(source) + (slept_s if source == time.CLOCK_BOOTTIME else 0.0)

    monkeypatch.setattr(time, "clock_gettime", clock_gettime)
    ticks = TickClock(steady_s)
    slept_s = 10.0
    assert sum(ticks.due()) / TICKS_PER_SECOND == pytest.approx(10.0, abs=1.0)
