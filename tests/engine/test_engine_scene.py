"""The scene belongs to the engine: events are cleaned up, faults lead to the safe place."""

from __future__ import annotations

import pytest
from engine_pier import Pier, at_level, begin, make_engine, open_session, pass_ticks
from hypothesis import given, settings
from hypothesis import strategies as st

from vr_runtime.engine.engine import Engine
from vr_runtime.engine.guard import DeadMan
from vr_runtime.wire import acts
from vr_runtime.wire.acts import Act, Phase
from vr_runtime.wire.happenings import Applied, EventEnded, TrialClosed
from vr_runtime.wire.refusals import Code


def kinds(engine: Engine) -> list[str]:
    return [fresh.what.kind for fresh in engine.take_news()]


@pytest.mark.parametrize("held", [False, True])
def test_a_scene_of_which_a_part_cannot_be_loaded_is_left_for_the_safe_place(held: bool) -> None:
    engine = make_engine()
    at_level(engine, 3)
    if held:
        engine.apply(acts.Hold(), "t")
    engine.apply(acts.LoadFailed(text="a model"), "runtime")
    assert engine.phase is Phase.SAFE_PLACE and engine.disabled == "a model"
    assert not engine.trial_open
    pass_ticks(engine, 2)
    assert not engine._stage.inner.placed, "what stood of it is taken away"
    assert engine.apply(acts.ArmTrial(level=1), "t") is Code.SCENARIO_DISABLED


def test_nothing_gets_harder_in_a_scene_that_is_disabled() -> None:
    engine = make_engine()
    at_level(engine, 3)
    engine.disabled = "whatever it was"
    assert engine.ramp is not None
    harder = engine.ramp.values["rail"] - 0.01
    assert engine.apply(acts.Raise(level=4), "t") is Code.SCENARIO_DISABLED
    assert engine.apply(acts.SetValue(name="rail", value=harder), "t") is Code.SCENARIO_DISABLED
    assert engine.apply(acts.Lower(level=1), "t") is None


def test_an_event_ends_by_itself_and_then_cools_down() -> None:
    engine = make_engine()
    at_level(engine, 3)
    assert engine.apply(acts.Trigger(name="wave"), "t") is None
    assert engine.apply(acts.Trigger(name="wave"), "t") is Code.COOLING_DOWN
    pass_ticks(engine, 30 * 3)
    assert engine.apply(acts.Trigger(name="wave"), "t") is Code.COOLING_DOWN
    pass_ticks(engine, 30 * 5)
    assert engine.apply(acts.Trigger(name="wave"), "t") is None


def test_an_event_waits_for_its_level() -> None:
    engine = make_engine()
    at_level(engine, 1)
    assert engine.apply(acts.Trigger(name="wave"), "t") is Code.LEVEL_TOO_LOW


@pytest.mark.parametrize("act", [acts.Stop(), acts.Pause(), acts.SafePlace(), acts.PatientLeft()])
def test_leaving_cancels_events_and_closes_the_trial(act: Act) -> None:
    engine = make_engine()
    at_level(engine, 4)
    engine.apply(acts.Trigger(name="wave"), "t")
    pass_ticks(engine, 5)
    engine.take_news()
    engine.apply(act, "t")
    news = [fresh.what for fresh in engine.take_news()]
    assert EventEnded(name="wave", how="cancelled") in news
    assert any(isinstance(w, TrialClosed) and w.level == 4 for w in news)


def test_no_new_event_starts_in_a_hold() -> None:
    engine = make_engine()
    at_level(engine, 4)
    engine.apply(acts.Hold(), "t")
    assert engine.apply(acts.Trigger(name="wave"), "t") is Code.WRONG_PHASE


def test_an_exception_in_an_event_leads_to_the_safe_place_and_disables_the_scenario() -> None:
    engine = make_engine()
    at_level(engine, 4)
    engine.apply(acts.Trigger(name="fault"), "t")
    pass_ticks(engine, 30)
    assert engine.phase is Phase.SAFE_PLACE
    assert engine.disabled is not None and "the author's mistake" in engine.disabled
    assert engine.apply(acts.ArmTrial(level=1), "t") is Code.SCENARIO_DISABLED


def test_an_exception_in_update_leads_to_the_safe_place_within_its_tick() -> None:
    class Breaks(Pier):
        id = "test.pier"

        def update(self, dt: float) -> None:
            if self.height > 5:
                raise RuntimeError("too high")

    engine = make_engine(Breaks)
    open_session(engine)
    begin(engine, 6)
    for _ in range(600):
        engine.tick()
        if engine.phase is not Phase.EXPOSURE:
            break
    assert engine.phase is Phase.SAFE_PLACE
    assert engine.disabled is not None and "test_engine_scene.py" in engine.disabled


def test_a_scenario_that_cannot_be_built_is_told_and_not_begun() -> None:
    class Unbuilt(Pier):
        id = "test.pier"

        def build(self) -> None:
            self.stage.box((1, 1, 1), material="cheese")

    engine = make_engine(Unbuilt)
    engine.apply(acts.OpenSession(session="s1", scenario="test.pier", seed=1, ceiling=10), "t")
    assert engine.phase is Phase.STOPPED
    assert engine.disabled is not None and "cheese" in engine.disabled


@given(
    st.integers(0, 2**31),
    st.lists(
        st.tuples(
            st.integers(1, 90),
            st.sampled_from(
                [
                    acts.Raise(level=5),
                    acts.Lower(level=2),
                    acts.Hold(),
                    acts.Resume(),
                    acts.Trigger(name="gull"),
                    acts.SetValue(name="wind", value=1.0),
                    acts.SafePlace(),
                    acts.ArmTrial(level=2),
                    acts.BeginTrial(level=2),
                ]
            ),
        ),
        max_size=25,
    ),
)
@settings(max_examples=40, deadline=None)
def test_a_session_can_be_shown_again_from_what_was_applied(
    seed: int, script: list[tuple[int, Act]]
) -> None:
    engine = make_engine()
    open_session(engine, seed=seed)
    begin(engine, 4)
    for ticks, act in script:
        pass_ticks(engine, ticks)
        engine.apply(act, "t")
    pass_ticks(engine, 30)
    applied = [(f.tick, f.what.act) for f in engine.take_news() if isinstance(f.what, Applied)]

    again = make_engine()
    for tick, act in applied:
        pass_ticks(again, tick - again.tick_count)
        if act.kind != "scenario_failed":
            assert again.apply(act, "t") is None
    pass_ticks(again, engine.tick_count - again.tick_count)
    assert again.digest() == engine.digest()


def test_a_silent_console_is_lost_after_1_s_and_given_up_after_the_grace() -> None:
    guard = DeadMan()
    assert guard.tick(29, 5.0) == []
    assert guard.tick(1, 5.0) == [acts.ConsoleLost()]
    assert guard.tick(149, 5.0) == []
    assert guard.tick(1, 5.0) == [acts.GraceOver()]
    guard.heard()
    assert guard.tick(1, 5.0) == [acts.ConsoleBack()]
    assert not guard.steady


def test_a_console_that_is_heard_and_hears_nothing_new_is_lost_as_soon() -> None:
    guard = DeadMan()
    for tick in (10, 15, 20):
        guard.heard(tick)
        assert guard.tick(5, 2.0) == []
    for _ in range(5):
        guard.heard(20)
        assert guard.tick(4, 2.0) == []
    guard.heard(20)
    assert guard.tick(5, 2.0) == [acts.ConsoleLost(deaf=True)]
    assert not guard.steady
    guard.heard(20)
    assert guard.tick(59, 2.0) == []
    assert guard.tick(1, 2.0) == [acts.GraceOver()]
    guard.heard(21)
    assert guard.tick(1, 2.0) == [acts.ConsoleBack()]


def test_what_a_console_hears_may_be_old_as_long_as_it_is_ever_newer() -> None:
    guard = DeadMan()
    for tick in range(0, 600, 6):
        assert guard.tick(6, 0.0) == []
        guard.heard(tick)  # by now long ago, and newer than what it heard before
    assert guard.steady


@given(st.lists(st.integers(1, 29), min_size=1, max_size=40))
def test_a_console_heard_at_least_once_a_second_is_never_lost(gaps: list[int]) -> None:
    guard = DeadMan()
    for gap in gaps:
        assert guard.tick(gap, 5.0) == []
        guard.heard()


def test_a_lost_console_holds_and_then_leaves_but_a_returned_one_resumes_nothing() -> None:
    engine = make_engine()
    at_level(engine, 4)
    engine.apply(acts.ConsoleLost(), "runtime")
    assert engine.phase is Phase.HOLD
    engine.apply(acts.ConsoleBack(), "runtime")
    assert engine.phase is Phase.HOLD
    engine.apply(acts.GraceOver(), "runtime")
    assert engine.phase is Phase.SAFE_PLACE
    engine.apply(acts.ConsoleBack(), "runtime")
    assert engine.phase is Phase.SAFE_PLACE
