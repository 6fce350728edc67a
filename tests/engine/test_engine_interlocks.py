"""What a scenario excludes is refused by the engine, and never stands in the way of easing."""

from __future__ import annotations

import pytest
from engine_pier import NAMES, begin, make_engine, pass_ticks, settle, shelf
from hypothesis import given, settings
from hypothesis import strategies as st

from scenarios.api import Graded, Scenario, Steps, event
from scenarios.api.manifest import InterlockSpec
from vr_runtime.engine.budget import BY_CLOCK, Budget
from vr_runtime.engine.engine import Engine
from vr_runtime.engine.interrupt import alarm
from vr_runtime.stage.null import NullStage
from vr_runtime.wire import acts
from vr_runtime.wire.acts import Act, Phase
from vr_runtime.wire.happenings import EventEnded
from vr_runtime.wire.refusals import Code


class Gangway(Scenario):
    """No plank behind a full rail; a push only with a low rail and without storm."""

    id = "test.pier"
    title = {"fr": "La coupée", "en": "The gangway"}
    summary = {"fr": "Une coupée.", "en": "A gangway."}
    phobia = "heights"
    levels = {n: {"fr": f"niveau {n}", "en": f"level {n}"} for n in range(11)}

    rail = Graded({0: 1.3, 4: 0.9, 10: 0.3}, fr="rambarde", en="rail", unit="m", rate=0.2, step=1)
    plank = Graded.steps({0: 0, 6: 1, 10: 1}, fr="planche", en="plank")
    wind = Graded({0: 0.0, 10: 10.0}, fr="vent", en="wind", unit="m/s", rate=1.0, step=10)

    interlocks = (plank.at_least(1).forbids(rail.at_least(1.0)),)

    @event(
        fr="Une secousse",
        en="A push",
        cooldown_s=0,
        requires=(rail.at_most(0.9),),
        forbids=(wind.at_least(8),),
    )
    def push(self) -> Steps:
        try:
            self.stage.box((1, 1, 1), material="concrete")
            yield from self.wait(30.0)
        finally:
            self.stage.mark("the push is over")


def at(level: int, **apart: float) -> Engine:
    """An engine at this level, with these values set apart."""
    engine = make_engine(Gangway)
    act = acts.OpenSession(session="s1", scenario="test.pier", seed=1, ceiling=10)
    assert engine.apply(act, "t") is None
    engine.apply(acts.Loaded(sha256="0" * 64), "runtime")
    begin(engine, level)
    settle(engine)
    for name, value in apart.items():
        assert engine.apply(acts.SetValue(name=name, value=value), "t") is None
        settle(engine)
    return engine


def ended(engine: Engine) -> list[EventEnded]:
    return [n.what for n in engine.take_news() if isinstance(n.what, EventEnded)]


REFUSED: list[tuple[str, Engine | int, dict[str, float], Act, str | None]] = [
    ("an event whose bound does not hold", 1, {}, acts.Trigger(name="push"), "push"),
    ("an event that a bound forbids", 9, {}, acts.Trigger(name="push"), "push"),
    ("a harder value", 3, {}, acts.SetValue(name="plank", value=1), None),
    ("an easier value, as it excludes one that stands", 6, {},
     acts.SetValue(name="rail", value=1.1), None),
    ("a raise, since a value was set apart", 5, {"rail": 1.2}, acts.Raise(level=6), None),
    ("a value that would follow the level", 6, {"plank": 0, "rail": 1.2},
     acts.FollowLevel(name="plank"), None),
]  # fmt: skip


@pytest.mark.parametrize(("level", "apart", "act", "who"), [r[1:] for r in REFUSED],
                         ids=[r[0] for r in REFUSED])  # fmt: skip
def test_an_act_that_would_break_an_interlock_is_refused_and_changes_nothing(
    level: int, apart: dict[str, float], act: Act, who: str | None
) -> None:
    engine = at(level, **apart)
    before = engine.digest()
    assert engine.apply(act, "t") is Code.INTERLOCKED
    assert engine.interlock is not None and engine.interlock.event == who
    assert engine.digest() == before
    assert engine.apply(acts.Hold(), "t") is None
    assert engine.interlock is None, "it tells of the last act alone"


def test_what_no_interlock_excludes_is_done() -> None:
    engine = at(6)
    assert engine.apply(acts.Trigger(name="push"), "t") is None
    assert engine.apply(acts.SetValue(name="rail", value=0.95), "t") is None
    settle(engine)
    assert engine.apply(acts.Raise(level=7), "t") is None


def test_every_level_is_reached_one_after_the_other_and_left_again() -> None:
    engine = at(0)
    for level in (*range(1, 11), *range(9, -1, -1)):
        up = engine.ramp is not None and level > engine.ramp.asked
        assert engine.apply(acts.Raise(level=level) if up else acts.Lower(level=level), "t") is None
        settle(engine)


def test_lowering_is_never_refused_and_ends_an_event_that_no_longer_fits() -> None:
    engine = at(5)
    assert engine.apply(acts.Trigger(name="push"), "t") is None
    pass_ticks(engine, 3)
    things = len(engine._stage.inner.placed)
    engine.take_news()
    assert engine.apply(acts.Lower(level=2), "t") is None
    settle(engine)
    news = [n.what for n in engine.take_news()]
    assert EventEnded(name="push", how="cancelled") in news
    assert any(n.kind == "marked" for n in news), "its own ending was run"
    assert engine.phase is Phase.EXPOSURE and engine.disabled is None
    assert len(engine._stage.inner.placed) == things - 1, "what it had made is gone"


def test_an_event_under_way_keeps_a_raise_away_that_would_exclude_it() -> None:
    engine = at(7)
    assert engine.apply(acts.Trigger(name="push"), "t") is None
    assert engine.apply(acts.Raise(level=8), "t") is Code.INTERLOCKED
    pass_ticks(engine, 30 * 31)
    assert ended(engine) == [EventEnded(name="push", how="finished")]
    assert engine.apply(acts.Raise(level=8), "t") is None


def test_an_easier_value_ends_the_event_instead_of_being_refused() -> None:
    engine = at(5)
    engine.apply(acts.Trigger(name="push"), "t")
    assert engine.apply(acts.SetValue(name="rail", value=1.2), "t") is None
    settle(engine)
    assert ended(engine) == [EventEnded(name="push", how="cancelled")]


def test_a_fault_in_the_ending_of_such_an_event_leads_to_the_safe_place() -> None:
    class Faulty(Gangway):
        @event(fr="x", en="x", requires=(Gangway.rail.at_most(0.9),))
        def push(self) -> Steps:
            try:
                yield from self.wait(30.0)
            finally:
                raise ValueError("the author's mistake")

    engine = make_engine(Faulty)
    act = acts.OpenSession(session="s1", scenario="test.pier", seed=1, ceiling=10)
    engine.apply(act, "t")
    engine.apply(acts.Loaded(sha256="0" * 64), "runtime")
    begin(engine, 5)
    settle(engine)
    engine.apply(acts.Trigger(name="push"), "t")
    engine.apply(acts.Lower(level=0), "t")
    pass_ticks(engine, 30 * 10)
    assert engine.phase is Phase.SAFE_PLACE
    assert engine.disabled is not None and "the author's mistake" in engine.disabled


def test_such_an_event_that_never_ends_is_interrupted() -> None:
    class Endless(Gangway):
        @event(fr="x", en="x", requires=(Gangway.rail.at_most(0.9),))
        def push(self) -> Steps:
            try:
                yield from self.wait(30.0)
            finally:
                while True:
                    self.turns = 0

    engine = Engine(NullStage(NAMES), shelf(Endless), Budget(BY_CLOCK, alarm()))
    act = acts.OpenSession(session="s1", scenario="test.pier", seed=1, ceiling=10)
    engine.apply(act, "t")
    engine.apply(acts.Loaded(sha256="0" * 64), "runtime")
    begin(engine, 5)
    settle(engine)
    engine.apply(acts.Trigger(name="push"), "t")
    engine.apply(acts.Lower(level=0), "t")
    pass_ticks(engine, 30 * 10)
    assert engine.phase is Phase.SAFE_PLACE and engine.disabled is not None


DECLARED = Gangway.manifest().interlocks
WISHES = st.sampled_from(
    [
        acts.Trigger(name="push"),
        *(acts.Raise(level=n) for n in (4, 5, 6)),
        *(acts.Lower(level=n) for n in (1, 3, 5)),
        *(acts.SetValue(name="rail", value=v) for v in (0.5, 0.95, 1.2)),
        *(acts.SetValue(name="plank", value=v) for v in (0, 1, 1)),
        *(acts.FollowLevel(name=n) for n in ("rail", "plank")),
    ]
)


def breaks(spec: InterlockSpec, engine: Engine) -> bool:
    assert engine.ramp is not None and engine.host is not None
    values = engine.ramp.values
    if spec.when is not None:
        return spec.when.holds(values[spec.when.value]) and not spec.allows(values["rail"])
    return engine.host.running("push") and not spec.allows(values[spec.other.value])


@given(st.lists(st.tuples(WISHES, st.integers(30, 120)), max_size=12))
@settings(max_examples=100, deadline=None, derandomize=True)
def test_whatever_is_asked_no_interlock_is_ever_broken(asked: list[tuple[Act, int]]) -> None:
    engine = at(5)
    for act, ticks in asked:
        engine.apply(act, "t")
        for _tick in range(ticks):
            engine.tick()
            for spec in DECLARED:
                assert not breaks(spec, engine)
