"""A scene is left before its code hears of it: out of sight, silent, and then told to end."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from clockwork import Clock, Clockwork
from misbehaving import led, pictures, sprung
from runtime_process import running
from test_faults_slow_code import headed
from yard import Yard

from scenarios.api import Scenario, Steps, event
from vr_runtime.engine.budget import BY_CLOCK, Budget
from vr_runtime.wire import acts
from vr_runtime.wire.acts import Phase, View
from vr_runtime.wire.happenings import EventEnded
from vr_runtime.wire.version import STOP

EVENTS = 10


class Ends:
    """What the ends of the events have met, in their order."""

    def __init__(self) -> None:
        self.runtime: Clockwork | None = None
        self.each_s = 0.0
        self.fault: Exception | None = None
        self.entered: list[str] = []
        self.seen: list[View | None] = []
        """What the last picture showed when each began."""

    def enter(self, name: str) -> None:
        if self.runtime is None:
            return
        self.entered.append(name)
        self.seen.append(self.runtime.display.drawn)
        self.runtime.clock.now += self.each_s
        if self.fault is not None:
            raise self.fault


@pytest.fixture
def ends() -> Iterator[Ends]:
    made = Ends()
    yield made
    # What was never ended is ended by Python once it is let go of.
    made.runtime = None


def clinging(ends: Ends) -> type[Scenario]:
    """A yard with ten events that never end by themselves, and take their time when they must."""

    def play(name: str) -> Callable[[Scenario], Steps]:
        def steps(self: Scenario) -> Steps:
            try:
                while True:
                    yield
            finally:
                ends.enter(name)

        steps.__name__ = name
        return steps

    class Clinging(Yard):
        def update(self, dt: float) -> None:
            super().update(dt)
            if dt == 0.0:
                ends.enter("update")

    for number in range(EVENTS):
        name = f"ivy{number}"
        setattr(Clinging, name, event(fr=name, en=name, cooldown_s=0)(play(name)))
    return Clinging


def in_its_scene(ends: Ends) -> Clockwork:
    """The patient is in the scene, and all ten events go on."""
    clock = Clock()
    budget = Budget(BY_CLOCK, now=clock)
    runtime = Clockwork(yard=clinging(ends), clock=clock, budget=budget)
    runtime.lead_to(Phase.EXPOSURE, level=1)
    for number in range(EVENTS):
        runtime.must(acts.Trigger(name=f"ivy{number}"))
    runtime.display.pictures.clear()
    ends.runtime = runtime
    return runtime


def stop(runtime: Clockwork) -> None:
    runtime.put(STOP, b"token")


def key(runtime: Clockwork) -> None:
    runtime.keys.pressed = True


def left(runtime: Clockwork) -> None:
    runtime.display.befell.append(acts.PatientLeft())


def grace(runtime: Clockwork) -> None:
    runtime.console_lives = False


def pause(runtime: Clockwork) -> None:
    runtime.send(acts.Pause())


def closed(runtime: Clockwork) -> None:
    runtime.send(acts.CloseSession())


WAYS = {f.__name__: f for f in (stop, key, left, grace, pause, closed)}


@pytest.mark.parametrize("way", WAYS)
def test_no_code_of_a_scene_runs_for_its_end_before_a_picture_shows_that_it_was_left(
    ends: Ends, way: str
) -> None:
    runtime = in_its_scene(ends)
    WAYS[way](runtime)
    runtime.run(8.0)
    assert runtime.engine.view is not View.SCENE
    assert len(ends.entered) >= EVENTS, "all of it ran, in the end"
    assert View.SCENE not in ends.seen


@pytest.mark.parametrize("behind_s", [0.0, 0.2, 1.0])
@pytest.mark.parametrize("picture_s", [0.002, 0.15])
def test_it_comes_after_the_picture_however_many_ticks_are_due(
    ends: Ends, behind_s: float, picture_s: float
) -> None:
    runtime = in_its_scene(ends)
    runtime.display.cost_s = picture_s
    stop(runtime)
    runtime.clock.now += behind_s
    runtime.run(1.0)
    assert ends.entered and View.SCENE not in ends.seen
    assert {view for _at, view in runtime.display.pictures} == {View.NEUTRAL}


@pytest.mark.parametrize("way", WAYS)
def test_all_ends_of_a_scene_together_have_the_time_of_one(ends: Ends, way: str) -> None:
    ends.each_s = 0.04
    runtime = in_its_scene(ends)
    WAYS[way](runtime)
    runtime.run(8.0)
    assert ends.entered == ["ivy0", "ivy1"]
    if way == "closed":
        assert runtime.engine.phase is Phase.IDLE and runtime.engine.disabled is None
        return
    assert "within 50 ms" in str(runtime.engine.disabled)
    assert runtime.applied().count("scenario_failed") == 1, "told, not only known"
    assert runtime.engine.host is not None
    assert not runtime.display.stage.inner.placed


def test_what_did_not_end_in_time_never_runs_again_be_it_when_it_is_let_go_of(ends: Ends) -> None:
    ends.each_s = 0.4
    runtime = in_its_scene(ends)
    stop(runtime)
    runtime.run(0.5)
    runtime.must(acts.CloseSession())
    runtime.must(acts.OpenSession(session="s2", scenario="test.yard", seed=1, ceiling=8))
    runtime.run(0.5)
    gc.collect()
    assert ends.entered == ["ivy0", "update"], "the second is the new session's own build"


def test_a_fault_while_a_scene_ends_disables_it_and_is_told(ends: Ends) -> None:
    ends.fault = ValueError("the author's mistake")
    runtime = in_its_scene(ends)
    left(runtime)
    runtime.run(0.5)
    assert ends.entered == ["ivy0"]
    assert runtime.engine.phase is Phase.SAFE_PLACE
    assert "ValueError: the author's mistake" in str(runtime.engine.disabled)
    assert "scenario_failed" in runtime.applied()


def test_each_event_is_told_to_have_ended_with_the_scene_and_not_with_its_code(ends: Ends) -> None:
    runtime = in_its_scene(ends)
    stop(runtime)
    runtime.run(0.001)
    told = [h.what.name for h in runtime.happened if isinstance(h.what, EventEnded)]
    assert sorted(told) == sorted(f"ivy{n}" for n in range(EVENTS))
    assert not ends.entered


def test_a_scenario_that_has_failed_is_not_entered_for_its_end(ends: Ends) -> None:
    runtime = in_its_scene(ends)
    runtime.must(acts.Trigger(name="fault"))
    runtime.run(0.5)
    assert runtime.engine.phase is Phase.SAFE_PLACE
    assert not ends.entered
    assert not runtime.display.stage.inner.placed


def test_who_comes_back_at_once_comes_back_to_a_scene_that_has_ended(ends: Ends) -> None:
    runtime = in_its_scene(ends)
    runtime.send(acts.Pause())
    runtime.send(acts.ArmTrial(level=1))
    runtime.send(acts.BeginTrial(level=1))
    shown: list[View] = []
    show = runtime.display.show
    runtime.display.show = lambda view: (shown.append(view), show(view))[1]
    runtime.run(0.001)
    assert runtime.engine.phase is Phase.EXPOSURE and runtime.engine.trial == 2
    assert len(ends.entered) == EVENTS + 1
    assert shown[0] is View.NEUTRAL, "silent before its code is entered"
    assert runtime.engine.host is not None and not runtime.engine.host.running("ivy0")


SWALLOWING = """
    def build(self):
        pass

    def update(self, dt):
        pass
""" + "".join(
    f"""
    @event(fr="e{number}", en="e{number}", cooldown_s=0)
    def e{number}(self):
        try:
            while True:
                yield
        finally:
            tell()
            for _ in range(20):
                try:
                    spin(0.004)
                except BaseException:
                    pass
"""
    for number in range(8)
)
TELL = """
import sys

def tell():
    print("SPRUNG", sys.modules["time"].monotonic_ns(), file=sys.stderr, flush=True)
"""


@pytest.mark.render
@pytest.mark.fault("F28")
def test_a_stop_is_seen_before_events_that_swallow_every_interruption_are_ended(
    tmp_path: Path,
) -> None:
    folder = tmp_path / "slow"
    folder.mkdir()
    (folder / "cellar.py").write_text(headed("cellar", SWALLOWING) + TELL)
    trace = tmp_path / "trace"
    options = ("--scenario-dir", str(folder), "--trace", str(trace))
    with running(tmp_path, *options, display="offscreen") as runtime:
        with led(runtime) as lead:
            boot = lead.into_scene().boot
            for number in range(8):
                lead.client.must(acts.Trigger(name=f"e{number}"))
            lead.until(lambda s: sum(e.running for e in s.events) == 8, "the events")
            lead.client.stop()
            state = lead.until(lambda s: s.disabled is not None, "the fault")
            assert (state.phase, state.boot) == (Phase.STOPPED, boot)
            assert "within 50 ms" in str(state.disabled)
        drawn = pictures(runtime, trace)
    log = runtime.log.read_text(errors="replace")
    assert log.count("SPRUNG") == 1, "the others were not entered, also not at the very end"
    last = max(number for number, one in enumerate(drawn) if one.view is View.SCENE)
    assert drawn[last + 1].view is View.NEUTRAL
    assert drawn[last + 1].ended < sprung(runtime.log)
