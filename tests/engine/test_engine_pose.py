"""What a scenario may know of the patient's gaze: coarse, in the scene, told by consent alone."""

from __future__ import annotations

import math

import pytest
from engine_pier import NAMES, Pier, begin, make_engine, pass_ticks, settle, shelf
from hypothesis import given, settings
from hypothesis import strategies as st

from scenarios.api import Pose, ScenarioError, Steps, task
from scenarios.api.pose import STEP_DEG, STEP_M
from vr_runtime.engine.engine import Engine
from vr_runtime.engine.sightline import Head, quantised
from vr_runtime.stage.null import NullStage
from vr_runtime.wire import acts
from vr_runtime.wire.acts import Act, Phase
from vr_runtime.wire.happenings import Happening, PoseChanged, PoseRead, TaskEnded

DOWN = Head(heading=1.0, pitch=-31.0, at=(0.0, 0.0, 1.58))
AHEAD = Head()


class Lookout(Pier):
    """A pier from which the water is looked at; only a task reads where."""

    targets = {
        "water": {"fr": "l'eau", "en": "the water"},
        "mast": {"fr": "le mât", "en": "the mast"},
    }

    def build(self) -> None:
        super().build()
        self.stage.target("water", at=(0.0, 10.0, 0.0), radius=2.0)

    def update(self, dt: float) -> None:
        super().update(dt)
        self.stage.viewer.stand((0.0, 0.0, 5.0))

    @task(fr="Regardez l'eau.", en="Look at the water.")
    def look(self) -> Steps:
        yield from self.looking("water", seconds=2.0)

    @task(fr="Regardez le mât.", en="Look at the mast.")
    def mast_up(self) -> Steps:
        self.stage.target("mast", at=(0.0, 10.0, 6.6), radius=0.1)
        yield from self.looking("mast", seconds=0.5)

    @task(fr="Faute.", en="Wrong.")
    def wrong(self) -> Steps:
        yield
        self.looks_at("watre")


class Peering(Lookout):
    """One that reads the pose in every tick."""

    def update(self, dt: float) -> None:
        super().update(dt)
        self.deck.heading = self.pose.heading


def at(*scenario: type[Pier], pose: bool = False, level: int = 3) -> Engine:
    engine = make_engine(*(scenario or (Lookout,)))
    opening = acts.OpenSession(session="s1", scenario="test.pier", seed=1, ceiling=10, pose=pose)
    assert engine.apply(opening, "t") is None
    engine.apply(acts.Loaded(sha256="0" * 64), "runtime")
    begin(engine, level)
    settle(engine)
    engine.take_news()
    return engine


def look(engine: Engine, head: Head, ticks: int = 1) -> list[Happening]:
    for _tick in range(ticks):
        engine.see(head)
        engine.tick()
    return [n.what for n in engine.take_news()]


def test_a_task_of_looking_is_done_after_so_many_seconds_in_total() -> None:
    engine = at()
    engine.apply(acts.GiveTask(name="look"), "t")
    look(engine, DOWN, 30)
    look(engine, AHEAD, 300)
    assert engine.sight.task is not None, "looking elsewhere does not count"
    assert TaskEnded(name="look", how="completed") not in look(engine, DOWN, 29)
    assert TaskEnded(name="look", how="completed") in look(engine, DOWN, 2)


def test_a_target_belongs_to_the_task_that_put_it_there() -> None:
    engine = at()
    engine.apply(acts.GiveTask(name="mast_up"), "t")
    told = look(engine, AHEAD, 20)
    assert TaskEnded(name="mast_up", how="completed") in told
    things = engine._stage.inner.placed
    assert [t.name for t in things if hasattr(t, "radius")] == ["water"]


def test_a_target_that_nobody_declares_leads_to_the_safe_place_with_the_right_name() -> None:
    engine = at()
    engine.apply(acts.GiveTask(name="wrong"), "t")
    look(engine, AHEAD, 3)
    assert engine.phase is Phase.SAFE_PLACE
    assert engine.disabled is not None and 'the nearest is "water"' in engine.disabled


def test_without_consent_the_pose_is_told_to_nobody_and_that_it_was_read_is_told_once() -> None:
    engine = at()
    assert look(engine, DOWN, 5) == [], "nobody has read it"
    assert not engine.sightline.read
    engine.apply(acts.GiveTask(name="look"), "t")
    told = [*look(engine, DOWN, 20), *look(engine, AHEAD, 20), *look(engine, DOWN, 60)]
    assert [n for n in told if isinstance(n, PoseRead)] == [PoseRead(kept=False)]
    assert not any(isinstance(n, PoseChanged) for n in told)
    assert engine.sightline.read and not engine.sightline.kept


def test_with_consent_each_change_is_told_at_its_tick_and_nothing_between() -> None:
    engine = at(pose=True)
    told = [*look(engine, AHEAD, 9), *look(engine, DOWN, 9), *look(engine, DOWN, 9)]
    assert told == [
        PoseChanged(heading=0, pitch=0, at=(0, 0, 1.6)),
        PoseChanged(heading=0, pitch=-30, at=(0, 0, 1.6)),
    ]


def test_a_withdrawal_ends_it_at_once_and_consent_tells_where_the_patient_looks() -> None:
    engine = at(Peering, pose=True)
    assert any(isinstance(n, PoseChanged) for n in look(engine, DOWN))
    assert engine.apply(acts.SetPose(allowed=False), "t") is None
    engine.take_news()
    assert look(engine, AHEAD, 30) == [PoseRead(kept=False)], "read from now on without record"
    assert engine.apply(acts.SetPose(allowed=True), "t") is None
    engine.take_news()
    assert look(engine, AHEAD) == [PoseChanged(heading=0, pitch=0, at=(0, 0, 1.6))]


@pytest.mark.parametrize("away", [acts.Pause(), acts.SafePlace(), acts.Stop(), acts.PatientLeft()])
def test_outside_the_scene_nothing_of_it_enters(away: Act) -> None:
    engine = at(Peering, pose=True)
    look(engine, AHEAD)
    engine.apply(away, "t")
    engine.take_news()
    assert not [n for n in look(engine, DOWN, 60) if isinstance(n, PoseChanged | PoseRead)]


def test_a_pose_that_nobody_reads_decides_nothing_and_one_that_is_read_does() -> None:
    unread = [at(), at()]
    look(unread[0], DOWN, 30), look(unread[1], AHEAD, 30)
    assert unread[0].digest() == unread[1].digest()
    read = [at(Peering), at(Peering)]
    look(read[0], Head(heading=40.0), 30), look(read[1], AHEAD, 30)
    assert read[0].digest() != read[1].digest()


def test_what_a_restart_takes_up_keeps_the_consent_as_it_stood() -> None:
    engine = at(pose=True)
    standing = engine.standing()
    assert standing is not None and standing.pose
    anew = Engine(NullStage(NAMES), shelf(Lookout))
    anew.apply(standing, "runtime")
    assert anew.sightline.kept
    engine.apply(acts.SetPose(allowed=False), "t")
    standing = engine.standing()
    assert standing is not None and not standing.pose


HEADS = st.builds(
    Head,
    heading=st.floats(-720, 720),
    pitch=st.floats(-95, 95),
    at=st.tuples(st.floats(-12, 12), st.floats(-12, 12), st.floats(0, 2.5)),
)


@given(HEADS)
@settings(max_examples=300, deadline=None, derandomize=True)
def test_a_pose_is_on_the_steps_and_within_half_a_step_of_the_head(head: Head) -> None:
    pose = quantised(head)
    assert pose.heading % STEP_DEG == 0 and pose.pitch % STEP_DEG == 0
    assert -180 <= pose.heading < 180 and -90 <= pose.pitch <= 90
    off = (pose.heading - head.heading + 180.0) % 360.0 - 180.0
    assert abs(off) <= STEP_DEG / 2 + 1e-6
    for had, given_as in zip(head.at, pose.at, strict=True):
        assert math.isclose(given_as / STEP_M, round(given_as / STEP_M), abs_tol=1e-6)
        assert abs(had) > 9.9 or abs(had - given_as) <= STEP_M / 2 + 1e-6
    assert "-0.0" not in repr(pose)
    PoseChanged(heading=pose.heading, pitch=pose.pitch, at=pose.at)


@pytest.mark.parametrize("odd", [math.nan, math.inf, -math.inf])
def test_a_head_that_is_nowhere_looks_straight_ahead(odd: float) -> None:
    assert quantised(Head(heading=odd)) == Pose() == quantised(Head(at=(0.0, odd, 1.6)))


@given(st.lists(st.tuples(HEADS, st.integers(1, 40), st.booleans()), max_size=10))
@settings(max_examples=40, deadline=None, derandomize=True)
def test_the_same_seed_and_the_same_poses_give_the_same_states(
    looked: list[tuple[Head, int, bool]],
) -> None:
    first, again = at(Peering, pose=True), at(Peering, pose=True)
    for head, ticks, gives in looked:
        for engine in (first, again):
            if gives:
                engine.apply(acts.GiveTask(name="look"), "t")
        assert look(first, head, ticks) == look(again, head, ticks)
        assert first.digest() == again.digest()


@given(st.lists(st.tuples(HEADS, st.integers(1, 20)), max_size=8), st.booleans())
@settings(max_examples=40, deadline=None, derandomize=True)
def test_no_news_carries_a_pose_without_consent(
    looked: list[tuple[Head, int]], reads: bool
) -> None:
    engine = at(Peering if reads else Lookout)
    for head, ticks in looked:
        for told in look(engine, head, ticks):
            assert isinstance(told, PoseRead) and not told.kept


def test_a_target_outside_its_declaration_is_told_with_the_nearest_name() -> None:
    stage = NullStage(NAMES)
    stage.speak_for(Lookout.manifest())
    with pytest.raises(ScenarioError, match='the nearest is "mast"'):
        stage.world.target("mats", at=(0.0, 0.0, 0.0))
    target = stage.world.target("mast", at=(0.0, 0.0, 0.0))
    with pytest.raises(ScenarioError, match="nothing stands on a gaze target"):
        stage.world.box((1.0, 1.0, 1.0), material="concrete", parent=target)
    pass_ticks(at(), 1)
