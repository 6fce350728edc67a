"""What a scenario's code may take of the time: counted, interrupted, never trusted."""

from __future__ import annotations

import re
import sys
import threading
import time
import traceback
from typing import Any

import pytest
from engine_pier import NAMES, Pier, at_level, shelf

from scenarios.api import Steps, event
from vr_runtime.engine.budget import BY_CLOCK, IN_STEP, NO_ALARM, Budget, Limits, Overran
from vr_runtime.engine.engine import Engine
from vr_runtime.engine.host import HostFailed, ScenarioHost
from vr_runtime.engine.interrupt import alarm
from vr_runtime.engine.sightline import Sightline
from vr_runtime.stage.null import NullStage
from vr_runtime.wire import acts
from vr_runtime.wire.acts import Phase

SHORT = Limits(build=0.1, tick=0.05, leave=0.05)


class Clock:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def test_only_what_takes_more_than_2_ms_counts_as_slow_and_the_worst_is_kept() -> None:
    clock = Clock()
    budget = Budget(now=clock)
    for took in (0.0019, 0.0021, 0.19, 0.0001):
        with budget.call("tick"):
            clock.now += took
    with budget.call("build"):
        clock.now += 1.5
    effort = budget.effort
    assert (effort.calls, effort.slow, effort.worst_ms) == (4, 2, 190.0)
    assert effort.build_ms == 1500.0


def test_another_session_is_counted_from_nothing() -> None:
    clock = Clock()
    budget = Budget(now=clock)
    with budget.call("tick"):
        clock.now += 0.1
    budget.begin()
    assert budget.effort.calls == 0 and budget.effort.worst_ms == 0.0


@pytest.mark.parametrize(("limits", "ends"), [(BY_CLOCK, True), (IN_STEP, False)])
def test_a_slow_machine_changes_nothing_under_lock_step(limits: Limits, ends: bool) -> None:
    clock = Clock()
    budget = Budget(limits, NO_ALARM, now=clock)
    overran = False
    try:
        with budget.call("tick"):
            clock.now += 3.0
    except Overran:
        overran = True
    assert overran is ends


def test_a_scenario_that_is_slow_tick_after_tick_is_ended_and_a_single_slow_tick_forgiven() -> None:
    clock = Clock()
    budget = Budget(BY_CLOCK, NO_ALARM, now=clock)

    def tick(took: float) -> None:
        with budget.call("tick"):
            clock.now += took

    for _ in range(100):
        tick(0.2)
        for _ in range(12):
            tick(0.001)
    with pytest.raises(Overran, match="17 ms of each tick"):
        for _ in range(30):
            tick(0.06)
    assert budget.effort.calls < 100 * 13 + 26


def test_under_lock_step_a_slow_scenario_is_never_ended_for_its_share() -> None:
    clock = Clock()
    budget = Budget(IN_STEP, NO_ALARM, now=clock)
    for _ in range(300):
        with budget.call("tick"):
            clock.now += 0.2
    assert budget.effort.calls == 300


def test_what_goes_on_while_a_scenario_is_built_comes_between_its_lines_and_is_not_counted() -> (
    None
):
    budget = Budget(Limits(build=0.3, tick=0.05, leave=0.05), alarm())
    asides = []

    def aside() -> None:
        asides.append(time.perf_counter())
        threading.Event().wait(0.1)

    budget.meanwhile = aside
    with budget.call("build"):
        until = time.perf_counter() + 0.6
        while time.perf_counter() < until:
            pass
    assert len(asides) >= 3
    assert budget.effort.build_ms < 300.0


STAGE = """
import signal

def work():
    signal.raise_signal(signal.SIGALRM)
    for _ in range(3):
        pass
"""


def test_the_stage_at_work_is_not_torn_apart_and_the_authors_very_next_line_is_taken() -> None:
    stage: dict[str, Any] = {"__name__": "vr_runtime.stage.at_work"}
    exec(STAGE, stage)
    budget = Budget(BY_CLOCK, alarm())
    within: list[set[str]] = []

    def aside() -> None:
        frame, seen = sys._getframe().f_back, set()
        while frame is not None:
            seen.add(frame.f_globals["__name__"])
            frame = frame.f_back
        within.append(seen)

    budget.meanwhile = aside
    with budget.call("build"):
        for number in range(20):
            stage["work"]()
            assert len(within) >= number
    assert len(within) >= 20
    assert all(stage["__name__"] not in seen for seen in within)


def test_nothing_goes_on_beside_a_tick() -> None:
    budget = Budget(BY_CLOCK, alarm())
    came: list[float] = []
    budget.meanwhile = lambda: came.append(time.perf_counter())
    with budget.call("tick"):
        until = time.perf_counter() + 0.1
        while time.perf_counter() < until:
            pass
    assert not came


def test_whoever_watches_is_told_before_a_scenes_code_is_entered_for_the_last_time() -> None:
    told: list[Phase] = []
    ended: list[list[Phase]] = []

    class Clings(Pier):
        id = "test.pier"

        @event(fr="Un lierre", en="An ivy", cooldown_s=0)
        def ivy(self) -> Steps:
            try:
                while True:
                    yield
            finally:
                ended.append(list(told))

    budget = Budget()
    engine = Engine(NullStage(NAMES), shelf(Clings), budget)
    budget.leaving = lambda: told.append(engine.phase)
    at_level(engine, 1)
    engine.apply(acts.Trigger(name="ivy"), "t")
    engine.apply(acts.Stop(), "t")
    engine.tick()
    assert not ended, "a whole tick goes by for a picture"
    engine.tick()
    assert ended == [[Phase.STOPPED]]


def loop() -> None:
    while True:
        pass


def guarded_loop() -> None:
    while True:
        try:
            loop()
        except Exception:
            continue


def backtracking() -> None:
    re.match("(a+)+$", "a" * 60 + "b")


def asleep() -> None:
    threading.Event().wait(30.0)


def locked() -> None:
    lock = threading.Lock()
    lock.acquire()
    lock.acquire()


def swallowed() -> None:
    try:
        loop()
    except BaseException:
        return


@pytest.mark.parametrize(
    "misbehave",
    [loop, guarded_loop, backtracking, asleep, locked, swallowed],
    ids=lambda f: f.__name__,
)
def test_code_that_does_not_come_back_is_interrupted(misbehave) -> None:
    budget = Budget(SHORT, alarm())
    with pytest.raises(Overran, match="within 50 ms"), budget.call("tick"):
        misbehave()
    assert 50.0 <= budget.effort.worst_ms < 5000.0


def test_time_that_is_over_in_the_middle_of_the_stage_is_told_when_the_stage_has_done_its_work():
    class Busy(Pier):
        id = "test.pier"

        def update(self, dt: float) -> None:
            while dt:
                self.deck.at = (0.0, 0.0, 1.0)

    for _ in range(20):
        host = host_of(Busy)
        with pytest.raises(HostFailed, match="did not come back") as fault:
            host.update()
        thrown = fault.value.__cause__
        assert thrown is not None
        assert _thrown_in(thrown) == __name__


def _thrown_in(error: BaseException) -> str:
    """The module whose line was interrupted."""
    within = [frame for frame, _line in traceback.walk_tb(error.__traceback__)]
    own = [f.f_globals["__name__"] for f in within if "interrupt" not in f.f_globals["__name__"]]
    return str(own[-1])


def test_the_fault_names_the_authors_line() -> None:
    class Busy(Pier):
        id = "test.pier"

        def update(self, dt: float) -> None:
            if dt:
                loop()

    host = host_of(Busy)
    with pytest.raises(HostFailed, match=r"^test_engine_budget\.py:\d+: did not come back within"):
        host.update()


def host_of(scenario: type[Pier]) -> ScenarioHost:
    """A host whose scenario is built."""
    stage = NullStage(NAMES)
    host = ScenarioHost(
        stage,
        Pier.manifest(),
        lambda: scenario,
        seed=1,
        values={spec.name: spec.by_level[0] for spec in Pier.manifest().graded},
        budget=Budget(SHORT, alarm()),
        gaze=Sightline(stage.meets, lambda _news: None, kept=False),
    )
    host.build()
    return host


def test_an_author_who_ends_the_process_ends_the_scenario_alone() -> None:
    class Exits(Pier):
        id = "test.pier"

        def update(self, dt: float) -> None:
            if self.height > 5:
                raise SystemExit

    engine = Engine(NullStage(NAMES), shelf(Exits))
    at_level_or_out(engine)
    assert engine.phase is Phase.SAFE_PLACE
    assert engine.disabled is not None and "SystemExit" in engine.disabled


def at_level_or_out(engine: Engine) -> None:
    with pytest.raises(AssertionError):
        at_level(engine, 6)


def test_ticks_go_on_after_an_event_that_does_not_want_to_end() -> None:
    class Clings(Pier):
        id = "test.pier"

        @event(fr="Un lierre", en="An ivy", cooldown_s=0)
        def ivy(self) -> Steps:
            try:
                while True:
                    yield
            finally:
                asleep()

    engine = Engine(NullStage(NAMES), shelf(Clings), Budget(BY_CLOCK, alarm()))
    at_level(engine, 1)
    engine.apply(acts.Trigger(name="ivy"), "t")
    began = time.monotonic()
    engine.apply(acts.Stop(), "t")
    assert engine.phase is Phase.STOPPED and engine.disabled is None
    engine.tick()
    engine.tick()
    assert time.monotonic() - began < 5.0
    assert engine.phase is Phase.STOPPED and engine.disabled is not None


def test_one_event_that_throws_the_interruption_away_leaves_the_others_of_its_tick_no_time() -> (
    None
):
    entered: list[int] = []

    class Deaf(Pier):
        id = "test.pier"

        def late(self, number: int) -> Steps:
            yield
            entered.append(number)
            swallowed()

        @event(fr="Une", en="One", cooldown_s=0)
        def one(self) -> Steps:
            yield from self.late(1)

        @event(fr="Deux", en="Two", cooldown_s=0)
        def two(self) -> Steps:
            yield from self.late(2)

    engine = Engine(NullStage(NAMES), shelf(Deaf), Budget(SHORT, alarm()))
    at_level(engine, 1)
    for name in ("one", "two"):
        assert engine.apply(acts.Trigger(name=name), "t") is None
    engine.tick()
    assert entered == [1]
    assert engine.phase is Phase.SAFE_PLACE and engine.disabled is not None
