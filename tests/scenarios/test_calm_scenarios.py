"""The calm scenarios: the safe place at level 0, exercises that end at once, fading help."""

from __future__ import annotations

from itertools import pairwise

import pytest

from scenarios.api import MUSCLE_GROUPS, Breathing
from scenarios.api.manifest import Manifest
from vr_runtime.engine.engine import Engine
from vr_runtime.loader import Places, discover
from vr_runtime.stage.names import shipped
from vr_runtime.stage.null import NullStage
from vr_runtime.stage.resting import PLACES
from vr_runtime.wire import acts
from vr_runtime.wire.acts import Act, Phase
from vr_runtime.wire.happenings import LineSpoken, TaskEnded

LIBRARY = discover(places=Places())
CALM = [m for m in LIBRARY.manifests() if m.id.startswith("calm.")]
EXERCISES = ("breathe", "muscles", "tension", "imagery")
by_place = pytest.mark.parametrize("manifest", CALM, ids=lambda m: m.id)


def at_level(manifest: Manifest, level: int) -> tuple[Engine, NullStage]:
    stage = NullStage(shipped())
    engine = Engine(stage, LIBRARY.get)
    opening = acts.OpenSession(session="s1", scenario=manifest.id, seed=2, ceiling=10)
    assert engine.apply(opening, "t") is None
    engine.apply(acts.Loaded(sha256="0" * 64), "runtime")
    assert engine.apply(acts.ArmTrial(level=level), "t") is None
    assert engine.apply(acts.BeginTrial(level=level), "t") is None
    engine.tick()
    while engine.raise_in_s > 0.0:
        engine.tick()
    return engine, stage


def test_each_has_the_name_of_a_safe_place():
    assert CALM and {m.id.partition(".")[2] for m in CALM} <= set(PLACES)


@by_place
def test_level_0_is_the_safe_place_as_it_is(manifest):
    _engine, stage = at_level(manifest, 0)
    place = stage.inner.resting
    assert place is not None and manifest.id == f"calm.{place.refuge}"
    assert place.values == PLACES[place.refuge]
    sky = stage.inner.sky
    assert (sky.daylight, sky.clouded, sky.raining) == (1.0, 0.0, 0.0)
    assert stage.inner.standing.footing.at == (0.0, 0.0, 0.0)


@by_place
def test_the_guide_helps_less_with_each_level_and_not_at_all_at_the_last(manifest):
    spec = manifest.value("guidance")
    assert spec is not None and spec.by_level[0] == 100.0 and spec.by_level[10] == 0.0
    assert all(b < a for a, b in pairwise(spec.by_level))


@by_place
@pytest.mark.parametrize("level", range(11))
def test_breathing_keeps_to_the_figures_of_a_guide_at_every_level_and_value(manifest, level):
    breaths, out = manifest.value("breaths"), manifest.value("breathing_out")
    assert breaths is not None and out is not None
    for share in (out.low, out.by_level[level], out.high):
        part = share / 100.0
        made = Breathing(breaths.by_level[level], breathe_in=1.0 - part, breathe_out=part)
        assert made.in_share <= 0.5


@by_place
@pytest.mark.parametrize("exercise", EXERCISES)
def test_an_exercise_ends_at_once_when_it_is_taken_back(manifest, exercise):
    engine, stage = at_level(manifest, 1)
    assert engine.apply(acts.GiveTask(name=exercise), "t") is None
    for _ in range(30 * 20):
        engine.tick()
    assert engine.apply(acts.TakeBackTask(name=exercise), "t") is None
    assert stage.guide() is None and stage.caption("en") is None and engine.sight.task is None


@by_place
@pytest.mark.parametrize("exercise", EXERCISES)
def test_an_exercise_goes_on_in_a_hold_and_ends_with_the_scene(manifest, exercise):
    engine, stage = at_level(manifest, 1)
    assert engine.apply(acts.GiveTask(name=exercise), "t") is None
    assert engine.apply(acts.Hold(), "t") is None
    for _ in range(30 * 20):
        engine.tick()
    assert engine.playing is not None and engine.playing.task is not None
    assert engine.apply(acts.Pause(), "t") is None
    for _ in range(3):
        engine.tick()
    assert stage.guide() is None and stage.caption("en") is None
    assert engine.phase is Phase.PAUSE and engine.disabled is None


@by_place
def test_each_exercise_comes_to_its_own_end_with_its_words_in_order(manifest):
    engine, _stage = at_level(manifest, 2)
    lasted = {}
    for exercise in EXERCISES:
        engine.take_news()
        assert engine.apply(acts.GiveTask(name=exercise), "t") is None
        spoken: list[str] = []
        for tick in range(30 * 600):
            engine.tick()
            news = [fresh.what for fresh in engine.take_news()]
            spoken += [what.name for what in news if isinstance(what, LineSpoken)]
            if any(isinstance(what, TaskEnded) for what in news):
                lasted[exercise] = tick / 30.0
                break
        if exercise == "muscles":
            assert spoken == ["muscles_settle", *MUSCLE_GROUPS, "muscles_rest"]
        if exercise == "tension":
            assert spoken == ["tension_settle", "tension_end"]
        if exercise == "imagery":
            assert len(spoken) == 6 == len(set(spoken))
    assert set(lasted) == set(EXERCISES), "each ends by itself"
    assert all(60.0 <= seconds <= 420.0 for seconds in lasted.values())


@by_place
def test_what_tenses_or_relaxes_muscles_says_what_to_ask_before(manifest):
    assert "strain" in manifest.contraindications
    for name in ("breathe", "muscles", "tension"):
        task = manifest.task(name)
        assert task is not None and task.warning is not None
        assert task.warning.en.startswith("Ask before")
    relaxing = manifest.task("muscles")
    assert relaxing is not None and relaxing.warning is not None
    assert "faints at blood" in relaxing.warning.en


def test_nobody_walks_behind_the_door_while_the_lamp_is_out():
    room = next(m for m in CALM if m.id == "calm.room")
    for level in range(11):
        engine, _stage = at_level(room, level)
        lamp = room.value("lamp")
        assert lamp is not None
        code = engine.apply(acts.Trigger(name="steps"), "t")
        assert (code is None) == (level >= 4 and lamp.by_level[level] >= 20.0)


def changed(stage: NullStage) -> dict[str, float]:
    """The light of a place and the loudness of what is heard, as they are now."""
    place = stage.inner.resting
    assert place is not None
    heard = {f"sound {n}": one.volume for n, one in enumerate(stage.inner.heard)}
    return {"daylight": stage.inner.sky.daylight, **place.values, **heard}


@pytest.mark.parametrize(
    ("place", "event", "what", "times"),
    [
        ("meadow", "cloud", "daylight", 0.85),
        ("room", "dim", "lamp", 0.5),
        ("room", "shower", "sound 2", 1.6),
    ],
)
def test_what_swells_is_noticed_within_five_seconds_wherever_it_may_happen(
    place: str, event: str, what: str, times: float
) -> None:
    manifest = next(m for m in CALM if m.id == f"calm.{place}")
    levels = [n for n in range(11) if manifest.allowed_at(event, n)]
    assert len(levels) >= 5
    for level in (levels[0], levels[len(levels) // 2], levels[-1]):
        engine, stage = at_level(manifest, level)
        for _ in range(150):
            engine.tick()
        before = changed(stage)[what]
        assert engine.apply(acts.Trigger(name=event), "t") is None
        for _ in range(150):
            engine.tick()
        after = changed(stage)[what]
        assert after <= times * before if times < 1.0 else after >= max(0.3, times * before)


@pytest.mark.parametrize(("place", "what"), [("meadow", "daylight"), ("room", "lamp")])
def test_it_grows_darker_at_every_level_and_at_none_by_a_jump(place: str, what: str) -> None:
    manifest = next(m for m in CALM if m.id == f"calm.{place}")
    shares = [changed(at_level(manifest, level)[1])[what] for level in range(11)]
    steps = [a - b for a, b in pairwise(shares)]
    assert min(steps) >= 0.015 and max(steps) <= 0.2, shares


@by_place
@pytest.mark.parametrize("leave", [acts.SafePlace(), acts.PatientLeft()])
def test_leaving_leads_to_the_safe_place_of_this_patient_whichever_it_is(manifest, leave: Act):
    for refuge in PLACES:
        engine, stage = at_level(manifest, 6)
        assert engine.apply(acts.ChooseRefuge(place=refuge), "t") is None
        assert engine.apply(acts.GiveTask(name="breathe"), "t") is None
        assert engine.apply(leave, "t") is None
        for _ in range(3):
            engine.tick()
        assert engine.phase is Phase.SAFE_PLACE and engine.repose.refuge == refuge
        assert stage.guide() is None
        place = stage.inner.resting
        assert place is not None and engine.come_back == 5
