"""What every scenario that ships must bear: all levels, all events, and a stop at any moment."""

from __future__ import annotations

from random import Random

import pytest

from scenarios.api.manifest import Manifest
from vr_runtime.engine.engine import Engine
from vr_runtime.examination.interlocks import judge_interlocks
from vr_runtime.examination.rules import judge
from vr_runtime.loader import Library, Places, discover
from vr_runtime.stage.names import shipped
from vr_runtime.stage.null import NullStage
from vr_runtime.wire import acts
from vr_runtime.wire.acts import Act, Phase, View

LIBRARY: Library = discover(places=Places())
MANIFESTS = LIBRARY.manifests()
EVENTS = [(m, e.name) for m in MANIFESTS for e in m.events]
LEAVING: list[Act] = [
    acts.Stop(),
    acts.SafePlace(),
    acts.Pause(),
    acts.PatientLeft(),
    acts.GraceOver(),
    acts.WindowClosed(),
]


def opened(manifest: Manifest, seed: int = 3) -> tuple[Engine, NullStage]:
    """An engine with this scenario ready behind the neutral room."""
    stage = NullStage(shipped())
    engine = Engine(stage, LIBRARY.get)
    act = acts.OpenSession(session="s1", scenario=manifest.id, seed=seed, ceiling=10)
    assert engine.apply(act, "t") is None
    assert engine.disabled is None
    engine.apply(acts.Loaded(sha256="0" * 64), "runtime")
    return engine, stage


def begin(engine: Engine, level: int) -> None:
    """Begin a trial and let its ramp end."""
    assert engine.apply(acts.ArmTrial(level=level), "t") is None
    assert engine.apply(acts.BeginTrial(level=level), "t") is None
    ticks(engine, 1)
    for _ in range(30 * 180):
        if engine.raise_in_s == 0.0:
            return
        engine.tick()
    raise AssertionError(f"level {level} was not reached within three minutes")


def ticks(engine: Engine, count: int) -> None:
    for _ in range(count):
        engine.tick()


def owned_by_events(stage: NullStage) -> list[object]:
    """What events have made and not given back."""
    things = [*stage.inner.placed, *stage.inner.heard]
    return [thing for thing in things if str(thing.owner).startswith("event:")]


def test_there_are_scenarios_and_none_of_them_is_broken() -> None:
    assert MANIFESTS
    assert not LIBRARY.broken


@pytest.mark.parametrize("manifest", MANIFESTS, ids=lambda m: m.id)
def test_all_levels_up_and_down_reach_their_declared_values(manifest: Manifest) -> None:
    engine, _stage = opened(manifest)
    begin(engine, 0)
    assert engine.ramp is not None
    for level in [*range(1, 11), *range(9, -1, -1)]:
        up = level > engine.ramp.asked
        act: Act = acts.Raise(level=level) if up else acts.Lower(level=level)
        assert engine.apply(act, "t") is None
        while engine.raise_in_s > 0.0:
            engine.tick()
        assert engine.phase is Phase.EXPOSURE
        for spec in manifest.graded:
            assert engine.ramp.values[spec.name] == pytest.approx(spec.by_level[level])


@pytest.mark.parametrize("manifest", MANIFESTS, ids=lambda m: m.id)
def test_what_ships_declares_what_moves_the_view_and_passes_the_check(manifest: Manifest) -> None:
    assert manifest.comfort is not None
    found = LIBRARY.get(manifest.id)
    assert found is not None
    assert judge(found.path.read_text("utf-8"), manifest.id) == []


@pytest.mark.parametrize("manifest", MANIFESTS, ids=lambda m: m.id)
def test_its_interlocks_can_be_kept(manifest: Manifest) -> None:
    assert list(judge_interlocks(manifest, "", "", manifest.id)) == []


@pytest.mark.parametrize("level", range(11))
@pytest.mark.parametrize(("manifest", "event"), EVENTS, ids=lambda v: getattr(v, "id", v))
def test_every_event_plays_to_its_end_and_leaves_nothing_behind(
    manifest: Manifest, event: str, level: int
) -> None:
    engine, stage = opened(manifest)
    spec = manifest.event(event)
    assert spec is not None
    begin(engine, level)
    things = len(stage.inner.placed) + len(stage.inner.heard)
    assert engine.host is not None
    refused = engine.apply(acts.Trigger(name=event), "t")
    if not manifest.allowed_at(event, level):
        assert refused is not None and not engine.host.running(event)
        return
    assert refused is None
    for _ in range(30 * 90):
        engine.tick()
        if not engine.host.running(event):
            break
    assert engine.phase is Phase.EXPOSURE
    assert not engine.host.running(event), "an event ends by itself within 90 s"
    assert not owned_by_events(stage)
    assert len(stage.inner.placed) + len(stage.inner.heard) == things


@pytest.mark.parametrize("leave", LEAVING, ids=lambda a: a.kind)
@pytest.mark.parametrize("manifest", MANIFESTS, ids=lambda m: m.id)
def test_leaving_at_a_random_moment_always_works_and_cleans_up(
    manifest: Manifest, leave: Act
) -> None:
    chance = Random(f"{manifest.id} {leave.kind}")
    engine, stage = opened(manifest)
    for _round in range(6):
        level = chance.randint(0, 10)
        assert engine.apply(acts.ArmTrial(level=level), "t") is None
        assert engine.apply(acts.BeginTrial(level=level), "t") is None
        for _ in range(chance.randint(0, 600)):
            engine.tick()
            if chance.random() < 0.02:
                engine.apply(acts.Trigger(name=chance.choice(manifest.events).name), "t")
            if chance.random() < 0.01 and engine.ramp is not None:
                engine.apply(acts.Raise(level=min(10, engine.ramp.asked + 1)), "t")
        assert engine.apply(leave, "t") is None
        assert engine.view is not View.SCENE
        ticks(engine, 5)
        assert engine.disabled is None
        assert not owned_by_events(stage)


@pytest.mark.parametrize("manifest", MANIFESTS, ids=lambda m: m.id)
def test_a_thousand_ticks_with_one_seed_are_the_same_twice(manifest: Manifest) -> None:
    digests = []
    for _ in range(2):
        engine, _stage = opened(manifest, seed=11)
        begin(engine, 4)
        for event in manifest.events:
            engine.apply(acts.Trigger(name=event.name), "t")
        ticks(engine, 1000)
        digests.append(engine.digest())
    assert digests[0] == digests[1]


@pytest.mark.parametrize("manifest", MANIFESTS, ids=lambda m: m.id)
def test_closing_takes_everything_away(manifest: Manifest) -> None:
    engine, stage = opened(manifest)
    begin(engine, 3)
    engine.apply(acts.Stop(), "t")
    engine.apply(acts.CloseSession(), "t")
    assert engine.phase is Phase.IDLE
    ticks(engine, 2)
    assert not stage.inner.placed and not stage.inner.heard
