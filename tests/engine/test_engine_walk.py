"""The patient goes by own act, only where the therapist has opened the way; stops always win."""

from __future__ import annotations

import pytest
from engine_pier import begin, make_engine, pass_ticks, settle
from hypothesis import given, settings
from hypothesis import strategies as st

from scenarios.api import Graded, Scenario, ScenarioError, Walk
from vr_runtime.engine.engine import Engine
from vr_runtime.engine.walking import Walking
from vr_runtime.wire import acts
from vr_runtime.wire.acts import Act, Phase
from vr_runtime.wire.happenings import Applied

MARKS = (0.0, 2.0, 4.0, 6.0, 8.0)


class Jetty(Scenario):
    """A jetty along which one may walk."""

    id = "test.pier"
    title = {"fr": "La jetée", "en": "The jetty"}
    summary = {"fr": "Une jetée.", "en": "A jetty."}
    phobia = "heights"
    levels = {n: {"fr": f"niveau {n}", "en": f"level {n}"} for n in range(11)}

    place = Graded.steps({0: 0, 5: 2, 10: 4}, fr="place", en="place", unit="m", step=2.0)
    reach = Graded.steps({0: 0, 1: 4, 5: 6, 10: 8}, fr="portée", en="reach", unit="m", step=2.0)
    walk = Walk(start=place, reach=reach, marks=MARKS)

    def update(self, dt: float) -> None:
        self.stage.viewer.stand((0.0, self.walked, 0.0))


def jetty(level: int = 1, seed: int = 1) -> Engine:
    engine = make_engine(Jetty)
    act = acts.OpenSession(session="s1", scenario="test.pier", seed=seed, ceiling=10)
    assert engine.apply(act, "therapist") is None
    assert engine.apply(acts.Loaded(sha256="0" * 64), "runtime") is None
    begin(engine, level)
    settle(engine)
    return engine


def go(engine: Engine, mark: int) -> None:
    assert engine.apply(acts.PatientWalked(mark=mark), "patient") is None
    engine.tick()


def stands(engine: Engine) -> float:
    assert engine.playing is not None
    told = engine.playing.walking.stands()
    assert told is not None and told[0] == "reach"
    return told[1]


def walks(engine: Engine) -> list[int]:
    """Marks of the walking acts that were told since the last call."""
    told = [news.what for news in engine.take_news()]
    return [
        each.act.mark
        for each in told
        if isinstance(each, Applied) and isinstance(each.act, acts.PatientWalked)
    ]


def feet(engine: Engine) -> float:
    """Where the viewer is asked to stand."""
    return float(engine._stage.inner.standing._wanted.at[1])  # type: ignore[attr-defined]


def test_the_patient_begins_where_the_therapist_puts_them() -> None:
    assert (stands(jetty(1)), stands(jetty(5)), stands(jetty(10))) == (0.0, 2.0, 4.0)


def test_an_open_mark_is_gone_to_and_told_with_its_tick() -> None:
    engine = jetty()
    engine.take_news()
    go(engine, 2)
    assert stands(engine) == feet(engine) == 4.0
    assert walks(engine) == [2]


@pytest.mark.parametrize("mark", [3, 4, 31])
def test_a_mark_that_is_not_open_is_nothing_and_leaves_no_trace(mark: int) -> None:
    engine = jetty()
    engine.take_news()
    before = engine.digest()
    assert engine.apply(acts.PatientWalked(mark=mark), "patient") is None
    assert engine.digest() == before and walks(engine) == [] and stands(engine) == 0.0


@pytest.mark.parametrize(
    ("act", "phase"),
    [
        (acts.Hold(), Phase.HOLD),
        (acts.Pause(), Phase.PAUSE),
        (acts.SafePlace(), Phase.SAFE_PLACE),
        (acts.PatientLeft(), Phase.SAFE_PLACE),
        (acts.Stop(), Phase.STOPPED),
    ],
)
def test_nobody_goes_anywhere_in_hold_or_away_from_the_scene(act: Act, phase: Phase) -> None:
    engine = jetty()
    engine.apply(act, "t")
    assert engine.phase is phase
    engine.take_news()
    go(engine, 1)
    assert walks(engine) == [] and stands(engine) == 0.0


def test_a_lower_reach_brings_back_to_the_last_open_mark() -> None:
    engine = jetty()
    go(engine, 2)
    assert engine.apply(acts.SetValue(name="reach", value=2.0), "t") is None
    pass_ticks(engine, 2)
    assert stands(engine) == feet(engine) == 2.0
    assert engine.apply(acts.SetValue(name="reach", value=0.0), "t") is None
    pass_ticks(engine, 2)
    assert stands(engine) == feet(engine) == 0.0


def test_a_reach_below_where_they_were_put_brings_back_too() -> None:
    engine = jetty(10)
    assert engine.apply(acts.SetValue(name="reach", value=2.0), "t") is None
    pass_ticks(engine, 2)
    assert stands(engine) == feet(engine) == 2.0


def test_opening_the_way_moves_nobody() -> None:
    engine = jetty()
    settle(engine)
    assert engine.apply(acts.SetValue(name="reach", value=6.0), "t") is None
    pass_ticks(engine, 30)
    assert stands(engine) == feet(engine) == 0.0
    go(engine, 3)
    assert stands(engine) == 6.0


def test_a_new_place_of_the_therapist_wins_over_the_patient_s_own() -> None:
    engine = jetty()
    go(engine, 2)
    assert engine.apply(acts.SetValue(name="place", value=2.0), "t") is None
    pass_ticks(engine, 2)
    assert stands(engine) == 2.0


def test_after_leaving_the_patient_begins_again_where_they_are_put() -> None:
    engine = jetty()
    go(engine, 2)
    engine.apply(acts.SafePlace(), "t")
    pass_ticks(engine, 3)
    begin(engine, 1)
    settle(engine)
    assert stands(engine) == 0.0


def test_the_same_steps_at_the_same_ticks_give_the_same_states() -> None:
    digests = []
    for _ in range(2):
        engine = jetty(5, seed=4)
        for mark in (0, 3, 2, 4, 1):
            go(engine, mark)
            pass_ticks(engine, 7)
        digests.append(engine.digest())
    other = jetty(5, seed=4)
    for mark in (0, 3, 2, 4, 2):
        go(other, mark)
        pass_ticks(other, 7)
    assert digests[0] == digests[1] != other.digest()


@settings(max_examples=200, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["go", "reach", "place"]), st.integers(0, 5), st.floats(-1.0, 10.0)
        ),
        max_size=30,
    )
)
def test_nobody_ever_stands_farther_than_is_open(done: list[tuple[str, int, float]]) -> None:
    values = {"place": 0.0, "reach": 4.0}
    walking = Walking(Jetty.manifest(), values)
    for what, mark, value in done:
        if what == "go":
            walking.go(mark)
        else:
            values[what] = value
        walking.follow()
        at = walking.at()
        reached = values["place"] if at is None else at
        assert reached <= max(values["reach"], MARKS[0]), "or no farther than the easiest mark"


def test_without_a_walk_nothing_is_walked() -> None:
    engine = make_engine()
    act = acts.OpenSession(session="s1", scenario="test.pier", seed=1, ceiling=10)
    engine.apply(act, "t")
    engine.apply(acts.Loaded(sha256="0" * 64), "runtime")
    begin(engine, 1)
    engine.take_news()
    assert engine.apply(acts.PatientWalked(mark=0), "patient") is None
    assert walks(engine) == []


def test_before_any_session_it_leads_nowhere() -> None:
    assert make_engine().apply(acts.PatientWalked(mark=0), "patient") is None


@pytest.mark.parametrize(
    ("marks", "told"),
    [((0.0, 0.0), "easiest to the hardest"), ((4.0, 2.0), "easiest"), ((1.0,), "fewer than 2")],
)
def test_a_walk_that_contradicts_itself_is_told(marks: tuple[float, ...], told: str) -> None:
    class Wrong(Jetty):
        place = Graded.steps({0: 0, 10: 4}, fr="place", en="place", unit="m")
        reach = Graded.steps({0: 0, 10: 8}, fr="portée", en="reach", unit="m")
        walk = Walk(start=place, reach=reach, marks=marks)

    with pytest.raises(ScenarioError, match=told):
        Wrong.manifest()
