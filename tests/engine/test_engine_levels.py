"""Only the therapist raises: one level for one act, and nothing else ever does."""

from __future__ import annotations

from engine_pier import Pier, at_level, begin, make_engine, open_session, pass_ticks, settle
from hypothesis import given, settings
from hypothesis import strategies as st

from scenarios.api.manifest import GradedSpec
from vr_runtime.engine.engine import Engine
from vr_runtime.engine.levels import DOWN_RATE, UP_RATE, Ramp
from vr_runtime.engine.ports import DT
from vr_runtime.wire import acts
from vr_runtime.wire.acts import Phase
from vr_runtime.wire.refusals import Code

SPECS = {spec.name: spec for spec in Pier.manifest().graded}


def ramp_of(engine: Engine) -> Ramp:
    assert engine.ramp is not None
    return engine.ramp


def test_a_raise_is_one_level_for_one_act() -> None:
    engine = make_engine()
    at_level(engine, 3)
    assert engine.apply(acts.Raise(level=5), "t") is Code.MORE_THAN_ONE_STEP
    assert engine.apply(acts.Raise(level=4), "t") is None
    settle(engine)
    assert ramp_of(engine).level == 4


def test_a_held_key_raises_once() -> None:
    engine = make_engine()
    at_level(engine, 3)
    accepted = 0
    for _ in range(30):
        if engine.apply(acts.Raise(level=ramp_of(engine).asked + 1), "t") is None:
            accepted += 1
        engine.tick()
    assert accepted == 1


def test_a_raise_is_refused_for_one_second_after_the_ramp() -> None:
    engine = make_engine()
    at_level(engine, 3)
    engine.apply(acts.Raise(level=4), "t")
    while ramp_of(engine).moving:
        assert engine.apply(acts.Raise(level=5), "t") is Code.STILL_MOVING
        engine.tick()
    for _ in range(29):
        assert engine.apply(acts.Raise(level=5), "t") is Code.STILL_MOVING
        engine.tick()
    engine.tick()
    assert engine.apply(acts.Raise(level=5), "t") is None


def test_a_repeated_raise_message_asks_for_nothing_more() -> None:
    engine = make_engine()
    at_level(engine, 3)
    engine.apply(acts.Raise(level=4), "t")
    settle(engine)
    assert engine.apply(acts.Raise(level=4), "t") is Code.NOT_HIGHER


def test_the_ceiling_holds_for_levels_and_for_values_apart() -> None:
    engine = make_engine()
    open_session(engine, ceiling=4)
    begin(engine, 4)
    settle(engine)
    assert engine.apply(acts.Raise(level=5), "t") is Code.ABOVE_CEILING
    harder = SPECS["rail"].by_level[4] - 0.05
    assert engine.apply(acts.SetValue(name="rail", value=harder), "t") is Code.ABOVE_CEILING


def test_lowering_the_ceiling_lowers_the_level() -> None:
    engine = make_engine()
    at_level(engine, 6)
    engine.apply(acts.SetCeiling(level=4), "t")
    settle(engine)
    assert ramp_of(engine).level == 4


def test_lowering_the_ceiling_lowers_a_value_apart_that_is_harder_than_the_level_at_it() -> None:
    engine = make_engine()
    at_level(engine, 2)
    spec = SPECS["rail"]
    for number in range(1, 9):
        harder = spec.by_level[2] - number * spec.step
        assert engine.apply(acts.SetValue(name="rail", value=harder), "t") is None
        settle(engine)
    engine.apply(acts.SetCeiling(level=3), "t")
    settle(engine)
    assert ramp_of(engine).level == 2
    assert ramp_of(engine).values["rail"] == spec.by_level[3]


def test_a_lower_ceiling_does_not_keep_the_level_from_coming_down_further() -> None:
    engine = make_engine()
    at_level(engine, 6)
    engine.apply(acts.Lower(level=1), "t")
    pass_ticks(engine, 5)
    engine.apply(acts.SetCeiling(level=4), "t")
    settle(engine)
    assert ramp_of(engine).level == 1


def test_a_level_that_stays_between_two_in_a_hold_comes_down_to_the_ceiling() -> None:
    engine = make_engine()
    at_level(engine, 5)
    engine.apply(acts.Raise(level=6), "t")
    pass_ticks(engine, 30)
    engine.apply(acts.Hold(), "t")
    engine.apply(acts.SetCeiling(level=5), "t")
    pass_ticks(engine, 300)
    assert ramp_of(engine).level == 5


WALK = st.lists(
    st.tuples(
        st.sampled_from(["raise", "lower", "hold", "resume", "apart", "follow", "ceiling"]),
        st.integers(0, 10),
    ),
    max_size=40,
)


@given(WALK)
@settings(max_examples=80, deadline=None)
def test_what_is_above_the_ceiling_comes_down_at_once_the_level_and_values_apart(
    steps: list[tuple[str, int]],
) -> None:
    engine = make_engine()
    at_level(engine, 2)
    ramp = ramp_of(engine)
    for step, number in steps:
        if engine.phase is Phase.EXPOSURE and step in ("raise", "apart"):
            settle(engine)
        name = sorted(SPECS)[number % len(SPECS)]
        spec = SPECS[name]
        sign = 1 if spec.harder == "up" else -1
        wished: dict[str, acts.Act] = {
            "raise": acts.Raise(level=min(10, ramp.asked + 1)),
            "lower": acts.Lower(level=min(number, max(0, ramp.asked - 1))),
            "hold": acts.Hold(),
            "resume": acts.Resume(),
            "apart": acts.SetValue(name=name, value=ramp.values[name] + sign * spec.step),
            "follow": acts.FollowLevel(name=name),
            "ceiling": acts.SetCeiling(level=number),
        }
        engine.apply(wished[step], "t")
        for _ in range(20):
            _tick_under_the_ceiling(engine)
    pass_ticks(engine, 30 * 120)
    for name, spec in SPECS.items():
        assert not spec.is_harder(ramp.values[name], spec.by_level[engine.ceiling]), name


def _tick_under_the_ceiling(engine: Engine) -> None:
    """What is above it is nearer after a tick, and nothing comes above it."""
    ramp = ramp_of(engine)
    level, before = ramp.level, dict(ramp.values)
    engine.tick()
    assert ramp.level <= engine.ceiling or ramp.level < level
    for name, spec in SPECS.items():
        after, hardest = ramp.values[name], spec.by_level[engine.ceiling]
        jumps_later = spec.jumps and after == before[name] and ramp.level > engine.ceiling
        eased = spec.is_harder(before[name], after) or jumps_later
        assert eased or not spec.is_harder(after, hardest), name


def test_a_hold_gives_up_the_rise_and_stays() -> None:
    engine = make_engine()
    at_level(engine, 5)
    engine.apply(acts.Raise(level=6), "t")
    pass_ticks(engine, 30)
    level, values = ramp_of(engine).level, dict(ramp_of(engine).values)
    assert 5 < level < 6
    engine.apply(acts.Hold(), "t")
    pass_ticks(engine, 300)
    assert (ramp_of(engine).level, ramp_of(engine).values) == (level, values)
    assert engine.apply(acts.Raise(level=6), "t") is Code.WRONG_PHASE
    engine.apply(acts.Resume(), "t")
    pass_ticks(engine, 300)
    assert ramp_of(engine).level == 5, "what was not reached is not taken up again by itself"


def test_a_lowering_under_way_finishes_in_a_hold() -> None:
    engine = make_engine()
    at_level(engine, 6)
    engine.apply(acts.Lower(level=2), "t")
    pass_ticks(engine, 3)
    engine.apply(acts.Hold(), "t")
    pass_ticks(engine, 900)
    assert ramp_of(engine).level == 2


def test_a_value_is_set_apart_by_one_declared_step_for_one_act() -> None:
    engine = make_engine()
    at_level(engine, 4)
    spec, start = SPECS["rail"], ramp_of(engine).values["rail"]
    too_far = acts.SetValue(name="rail", value=start - 1.5 * spec.step)
    assert engine.apply(too_far, "t") is Code.MORE_THAN_ONE_STEP
    assert engine.apply(acts.SetValue(name="rail", value=start - spec.step), "t") is None
    again = acts.SetValue(name="rail", value=start - 2 * spec.step)
    assert engine.apply(again, "t") is Code.STILL_MOVING
    assert engine.apply(acts.Raise(level=5), "t") is Code.STILL_MOVING


def test_a_value_may_be_eased_as_far_as_declared_even_in_a_hold() -> None:
    engine = make_engine()
    at_level(engine, 8)
    engine.apply(acts.Hold(), "t")
    assert engine.apply(acts.SetValue(name="rail", value=1.3), "t") is None
    pass_ticks(engine, 30 * 60)
    assert ramp_of(engine).values["rail"] == 1.3


def test_lowering_takes_harder_values_apart_along() -> None:
    engine = make_engine()
    at_level(engine, 6)
    spec = SPECS["rail"]
    engine.apply(acts.SetValue(name="rail", value=ramp_of(engine).values["rail"] - spec.step), "t")
    settle(engine)
    engine.apply(acts.Lower(level=1), "t")
    settle(engine)
    assert abs(ramp_of(engine).values["rail"] - spec.by_level[1]) < 1e-9
    assert not ramp_of(engine).apart


@given(
    st.sampled_from(sorted(SPECS)),
    st.floats(0, 1),
    st.integers(0, 5),
    st.integers(0, 200),
    st.sampled_from(["lower", "follow", "hold", "ceiling"]),
)
@settings(max_examples=120, deadline=None)
def test_nothing_gets_harder_while_the_level_comes_down(
    name: str, part: float, goal: int, between: int, then: str
) -> None:
    engine = make_engine()
    at_level(engine, 6)
    spec = SPECS[name]
    easiest, start = spec.by_level[0], ramp_of(engine).values[name]
    eased = start + part * (easiest - start)
    eased = float(round(eased)) if spec.kind == "choice" else eased
    engine.apply(acts.SetValue(name=name, value=eased), "t")
    pass_ticks(engine, between)
    down = acts.SetCeiling(level=goal) if then == "ceiling" else acts.Lower(level=goal)
    assert engine.apply(down, "t") is None
    if then == "follow":
        engine.apply(acts.FollowLevel(name=name), "t")
    for tick in range(30 * 20):
        if then == "hold" and tick == 5:
            engine.apply(acts.Hold(), "t")
        before = dict(ramp_of(engine).values)
        engine.tick()
        for each, declared in SPECS.items():
            after = ramp_of(engine).values[each]
            change = abs(after - before[each])
            assert change < 1e-9 or not declared.is_harder(after, before[each]), each


def test_nothing_unknown_or_outside_the_declaration_is_set() -> None:
    engine = make_engine()
    at_level(engine, 4)
    assert engine.apply(acts.SetValue(name="fog", value=1.0), "t") is Code.UNKNOWN_NAME
    assert engine.apply(acts.SetValue(name="rail", value=9.0), "t") is Code.OUT_OF_RANGE
    assert engine.apply(acts.SetValue(name="ground", value=0.5), "t") is Code.OUT_OF_RANGE


@given(st.lists(st.integers(0, 10), min_size=1, max_size=6), st.integers(0, 200))
@settings(max_examples=60, deadline=None)
def test_values_stay_on_their_curve_and_within_their_rates(aims: list[int], between: int) -> None:
    ramp = Ramp(Pier.manifest())
    for aim in aims:
        ramp.aim(aim)
        for _ in range(between):
            before, level = dict(ramp.values), ramp.level
            ramp.tick(DT, may_rise=True)
            assert -DOWN_RATE * DT - 1e-9 <= ramp.level - level <= UP_RATE * DT + 1e-9
            for name, spec in SPECS.items():
                assert spec.low <= ramp.values[name] <= spec.high
                if spec.kind == "points":
                    _within_rate(spec, before[name], ramp.values[name])


def _within_rate(spec: GradedSpec, before: float, after: float) -> None:
    rate = spec.rate if spec.is_harder(after, before) else spec.ease_rate
    assert abs(after - before) <= rate * DT + 1e-9


@given(st.integers(1, 10), st.data())
@settings(max_examples=40, deadline=None)
def test_coming_down_is_never_slower_than_going_up(top: int, data: st.DataObject) -> None:
    bottom = data.draw(st.integers(0, top - 1))
    ramp = Ramp(Pier.manifest())
    ramp.aim(bottom)
    while ramp.moving:
        ramp.tick(DT, may_rise=True)

    def ticks_to(level: int) -> int:
        ramp.aim(level)
        count = 0
        while ramp.moving:
            ramp.tick(DT, may_rise=True)
            count += 1
        return count

    up = ticks_to(top)
    assert ticks_to(bottom) <= up


@given(st.lists(st.sampled_from(["raise", "lower", "hold", "resume", "tick"]), max_size=60))
@settings(max_examples=60, deadline=None)
def test_the_level_rises_only_after_a_raise_and_never_above_it(steps: list[str]) -> None:
    engine = make_engine()
    at_level(engine, 4)
    allowed = 4
    for step in steps:
        ramp = ramp_of(engine)
        if step == "raise" and engine.apply(acts.Raise(level=min(10, ramp.asked + 1)), "t") is None:
            allowed = ramp.asked
        elif step == "lower" and ramp.asked:
            if engine.apply(acts.Lower(level=ramp.asked - 1), "t") is None:
                allowed = max(ramp.asked, int(ramp.level) + 1)
        elif step == "hold":
            engine.apply(acts.Hold(), "t")
        elif step == "resume":
            engine.apply(acts.Resume(), "t")
        before = ramp.level
        pass_ticks(engine, 20)
        assert ramp.level <= allowed
        if engine.phase is Phase.HOLD:
            assert ramp.level <= before


@settings(max_examples=60, deadline=None)
@given(rate=st.floats(0.05, 3.0), top=st.integers(1, 10))
def test_a_level_that_is_reached_is_told_as_that_level_and_not_as_almost_it(
    rate: float, top: int
) -> None:
    manifest = Pier.manifest()
    slowed = [spec.model_copy(update={"rate": rate, "ease_rate": rate}) for spec in manifest.graded]
    ramp = Ramp(manifest.model_copy(update={"graded": tuple(slowed)}))
    for level in (top, 0):
        ramp.aim(level)
        for _ in range(200_000):
            if not ramp.moving:
                break
            ramp.tick(DT, may_rise=True)
        assert (ramp.level, ramp.reached) == (level, level)
