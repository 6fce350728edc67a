"""Lines a scenario lets be spoken: caption, time, place, and silence when they are over."""

from __future__ import annotations

import pytest

from scenarios.api import Graded, Scenario, ScenarioError, Steps, event
from scenarios.api.manifest import Words
from vr_runtime.engine.engine import Engine
from vr_runtime.engine.ports import DT
from vr_runtime.language import LANGUAGES, use
from vr_runtime.stage.names import Names
from vr_runtime.stage.null import NullStage
from vr_runtime.stage.spoken import SHORTEST_S, length_s
from vr_runtime.wire import acts
from vr_runtime.wire.happenings import LineSpoken
from vr_runtime.wire.sight import PatientSettings

LONG = {"fr": "Le garde-corps tient ; " * 3, "en": "The rail holds."}


class Guide(Scenario):
    """Somebody beside the patient says a word."""

    id = "test.guide"
    title = {"fr": "Le guide", "en": "The guide"}
    summary = {"fr": "Un guide.", "en": "A guide."}
    phobia = "heights"
    levels = {n: {"fr": f"niveau {n}", "en": f"level {n}"} for n in range(11)}
    lines = {"hello": {"fr": "Bonjour.", "en": "Hello."}, "holds": LONG}
    height = Graded.steps({0: 0, 10: 60}, fr="hauteur", en="height", unit="m")

    @event(fr="Bonjour", en="Hello")
    def greet(self) -> Steps:
        somebody = self.stage.box((0.5, 0.5, 1.8), material="concrete")
        yield from self.wait(self.stage.say("hello", parent=somebody, at=(0.0, 0.0, 1.6)))


def guided() -> NullStage:
    stage = NullStage(Names(models={}, materials=frozenset({"concrete"}), sounds={}))
    stage.speak_for(Guide.manifest())
    return stage


def passing(stage: NullStage, seconds: float) -> None:
    for _ in range(round(seconds / DT)):
        stage.tick(DT)


def test_a_line_has_its_caption_for_as_long_as_it_takes() -> None:
    stage = guided()
    seconds = stage.inner.say("hello")
    caption = stage.inner.caption
    assert caption is not None and caption.words == Words(fr="Bonjour.", en="Hello.")
    passing(stage, seconds / 2)
    assert caption.left_s == pytest.approx(seconds / 2, abs=2 * DT)
    assert len(stage.inner.heard) == 1
    passing(stage, seconds / 2 + 2 * DT)
    assert stage.inner.caption is None and stage.inner.heard == []
    assert stage.said() == ["hello"] and stage.said() == []


def test_how_long_a_line_takes_follows_from_the_longer_of_its_texts() -> None:
    assert length_s(Words(fr="Oui.", en="Yes.")) == SHORTEST_S
    assert length_s(Words(**LONG)) == pytest.approx(2.0 + len(LONG["fr"]) / 10.0)


def test_a_further_line_takes_the_place_of_the_one_being_spoken() -> None:
    stage = guided()
    stage.inner.say("holds")
    stage.inner.say("hello")
    assert stage.inner.caption is not None and stage.inner.caption.name == "hello"
    assert len(stage.inner.heard) == 1


def test_a_line_said_again_while_it_is_spoken_goes_on() -> None:
    stage = guided()
    seconds = stage.inner.say("hello")
    passing(stage, 1.0)
    assert stage.inner.say("hello") == pytest.approx(seconds - 1.0)
    assert stage.said() == ["hello"]


def test_a_line_nobody_declared_is_told_with_the_nearest_name() -> None:
    with pytest.raises(ScenarioError, match='the nearest is "hello"'):
        guided().inner.say("helo")
    silent = NullStage(Names(models={}, materials=frozenset(), sounds={}))
    with pytest.raises(ScenarioError, match="declares no `lines`"):
        silent.inner.say("hello")


def greeted(patient: PatientSettings) -> tuple[Engine, NullStage]:
    """A session with this patient in which the line is being spoken."""
    stage = NullStage(Names(models={}, materials=frozenset({"concrete"}), sounds={}))
    told = {"manifest": Guide.manifest(), "sha256": "0" * 64, "folder": None}
    found = type("Found", (), told)
    found.load = staticmethod(lambda: Guide)
    engine = Engine(stage, {Guide.id: found}.get)
    opening = acts.OpenSession(session="s", scenario=Guide.id, seed=1, ceiling=5, patient=patient)
    begin = (acts.ArmTrial(level=0), acts.BeginTrial(level=0), acts.Trigger(name="greet"))
    for act in (opening, acts.Loaded(sha256="0" * 64), *begin):
        assert engine.apply(act, "t") is None
    engine.tick()
    return engine, stage


def test_the_caption_is_in_the_patients_language_and_follows_it_at_once() -> None:
    for machine in LANGUAGES:
        use(machine)
        engine, _stage = greeted(PatientSettings(language="fr"))
        assert engine.sight.caption == "Bonjour."
        for language, told in (("en", "Hello."), ("fr", "Bonjour.")):
            settings = PatientSettings(language=language)
            assert engine.apply(acts.SetPatient(patient=settings), "t") is None
            assert engine.sight.caption == told


def test_a_line_said_in_an_event_is_recorded_and_ends_with_the_scene() -> None:
    engine, stage = greeted(PatientSettings())
    assert any(news.what == LineSpoken(name="hello") for news in engine.take_news())
    assert stage.inner.caption is not None
    engine.apply(acts.SafePlace(), "t")
    engine.tick()
    engine.tick()
    assert stage.inner.caption is None and stage.inner.heard == []
