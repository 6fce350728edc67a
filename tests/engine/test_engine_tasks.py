"""A task is given by the therapist, is over exactly once, and never outlives the scene."""

from __future__ import annotations

import pytest
from engine_pier import Pier, at_level, make_engine, open_session, pass_ticks, settle
from hypothesis import given, settings
from hypothesis import strategies as st

from scenarios.api import Graded, Steps, event, task
from vr_runtime.engine import phases
from vr_runtime.engine.engine import Engine
from vr_runtime.wire import acts
from vr_runtime.wire.acts import Act, Phase
from vr_runtime.wire.happenings import EventEnded, Happening, PhaseChanged, TaskEnded, TaskGiven
from vr_runtime.wire.refusals import Code
from vr_runtime.wire.sight import PatientSettings
from vr_runtime.wire.state import TaskState


class Jetty(Pier):
    """A pier whose tasks exclude something, fail, or are written wrong."""

    wind = Graded({0: 0.0, 4: 0.0, 10: 12.0}, fr="vent", en="wind", unit="m/s", rate=5, step=12)

    @task(
        fr="Tenez un papier.",
        en="Hold a sheet of paper.",
        requires=(Pier.rail.at_most(1.1),),
        forbids=(wind.at_least(2.0),),
    )
    def paper(self) -> Steps:
        yield from self.wait(60.0)

    @task(fr="Un défaut.", en="A fault.")
    def broken(self) -> Steps:
        yield from self.wait(0.5)
        raise ValueError("the author's mistake")

    @task(fr="Un défaut d'emblée.", en="A fault at once.")
    def stillborn(self) -> None:
        raise ValueError("the author's mistake")

    @task(fr="Oublié.", en="Forgotten.")
    def forgotten(self):  # type: ignore[no-untyped-def]
        return self.wait(3.0)

    @task(fr="Déjà fait.", en="Done already.")
    def at_once(self) -> Steps:
        if self.height > 1000.0:
            yield


def at(level: int = 4) -> Engine:
    engine = make_engine(Jetty)
    at_level(engine, level)
    engine.take_news()
    return engine


def news(engine: Engine) -> list[Happening]:
    return [n.what for n in engine.take_news()]


def of_tasks(engine: Engine) -> list[Happening]:
    return [n for n in news(engine) if isinstance(n, TaskGiven | TaskEnded)]


def state(engine: Engine, name: str) -> TaskState:
    assert engine.playing is not None
    return next(t for t in engine.playing.tasks() if t.name == name)


def ended(name: str, how: str) -> TaskEnded:
    return TaskEnded.model_validate({"name": name, "how": how})


def test_the_patient_reads_the_instruction_until_the_scenario_sees_it_done() -> None:
    engine = at()
    assert engine.apply(acts.GiveTask(name="stay"), "t") is None
    assert of_tasks(engine) == [TaskGiven(name="stay")]
    assert engine.sight.task == "Stay at the edge."
    pass_ticks(engine, 45)
    running = state(engine, "stay")
    assert running.running and running.running_s == pytest.approx(1.5) and running.given == 1
    assert engine.sight.task is not None and not engine.sight.task_done
    pass_ticks(engine, 46)
    assert of_tasks(engine) == [ended("stay", "completed")]
    assert engine.sight.task is None and engine.sight.task_done
    over = state(engine, "stay")
    assert (over.running, over.running_s, over.last) == (False, 0.0, "completed")
    pass_ticks(engine, 90)
    assert not engine.sight.task_done, "it is said for three seconds"


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_instruction_is_in_the_patients_language(language: str) -> None:
    engine = at()
    patient = PatientSettings.model_validate({"language": language, "captions": False})
    engine.apply(acts.SetPatient(patient=patient), "t")
    engine.apply(acts.GiveTask(name="arms"), "t")
    told = {"fr": "Laissez pendre les bras.", "en": "Let your arms hang."}
    assert engine.sight.task == told[language], "an instruction is no caption of something heard"


def test_one_without_steps_waits_for_the_therapist_and_takes_away_what_it_made() -> None:
    engine = at()
    things = len(engine._stage.inner.placed)
    engine.apply(acts.GiveTask(name="arms"), "t")
    pass_ticks(engine, 30 * 600)
    assert state(engine, "arms").running and len(engine._stage.inner.placed) == things + 1
    assert engine.apply(acts.TaskDone(name="arms"), "t") is None
    assert of_tasks(engine) == [TaskGiven(name="arms"), ended("arms", "marked")]
    assert engine.sight.task_done and len(engine._stage.inner.placed) == things


@pytest.mark.parametrize(
    ("act", "how"), [(acts.TaskDone, "marked"), (acts.TakeBackTask, "taken_back")]
)
def test_the_therapist_ends_any_task_and_its_own_code_ends_with_it(
    act: type[acts.TaskDone | acts.TakeBackTask], how: str
) -> None:
    engine = at()
    engine.apply(acts.GiveTask(name="stay"), "t")
    pass_ticks(engine, 5)
    engine.take_news()
    assert engine.apply(act(name="stay"), "t") is None
    engine.tick()
    told = news(engine)
    assert ended("stay", how) in told
    assert any(n.kind == "marked" for n in told), "what it put back was put back"
    assert engine.sight.task_done == (how == "marked"), "nobody is thanked for what was taken back"
    pass_ticks(engine, 200)
    assert not of_tasks(engine), "it is over once"


def test_in_hold_no_task_is_given_and_one_under_way_goes_on_to_its_end() -> None:
    engine = at()
    engine.apply(acts.GiveTask(name="stay"), "t")
    engine.apply(acts.Hold(), "t")
    assert engine.apply(acts.GiveTask(name="arms"), "t") is Code.WRONG_PHASE
    pass_ticks(engine, 91)
    assert ended("stay", "completed") in news(engine)
    engine.apply(acts.Resume(), "t")
    engine.apply(acts.GiveTask(name="arms"), "t")
    engine.apply(acts.Hold(), "t")
    assert engine.apply(acts.TakeBackTask(name="arms"), "t") is None


REFUSED: list[tuple[str, int, str | None, Act, Code]] = [
    ("a second one", 4, "stay", acts.GiveTask(name="arms"), Code.TASK_UNDER_WAY),
    ("the same again", 4, "stay", acts.GiveTask(name="stay"), Code.TASK_UNDER_WAY),
    ("below its level", 1, None, acts.GiveTask(name="stay"), Code.LEVEL_TOO_LOW),
    ("an unknown one", 4, None, acts.GiveTask(name="swim"), Code.UNKNOWN_NAME),
    ("an event", 4, None, acts.GiveTask(name="wave"), Code.UNKNOWN_NAME),
    ("a task as an event", 4, None, acts.Trigger(name="stay"), Code.UNKNOWN_NAME),
    ("what is excluded", 7, None, acts.GiveTask(name="paper"), Code.INTERLOCKED),
    ("marking another", 4, "stay", acts.TaskDone(name="arms"), Code.TASK_NOT_UNDER_WAY),
    ("marking an event", 4, "stay", acts.TaskDone(name="wave"), Code.UNKNOWN_NAME),
    ("taking back none", 4, None, acts.TakeBackTask(name="arms"), Code.TASK_NOT_UNDER_WAY),
]


@pytest.mark.parametrize(("level", "running", "act", "why"), [r[1:] for r in REFUSED],
                         ids=[r[0] for r in REFUSED])  # fmt: skip
def test_what_cannot_be_is_refused_with_its_own_reason_and_changes_nothing(
    level: int, running: str | None, act: Act, why: Code
) -> None:
    engine = at(level)
    assert running is None or engine.apply(acts.GiveTask(name=running), "t") is None
    before = engine.digest()
    engine.take_news()
    assert engine.apply(act, "t") is why
    assert engine.digest() == before and not engine.take_news()


def test_a_task_ends_where_values_no_longer_fit_it_and_nobody_is_thanked() -> None:
    engine = at(3)
    assert engine.apply(acts.GiveTask(name="paper"), "t") is None
    assert engine.apply(acts.SetValue(name="wind", value=6.0), "t") is Code.INTERLOCKED
    engine.take_news()
    assert engine.apply(acts.SetValue(name="rail", value=1.2), "t") is None, "that is easier"
    settle(engine)
    assert of_tasks(engine) == [ended("paper", "excluded")]
    assert not engine.sight.task_done and engine.phase is Phase.EXPOSURE


WAYS_OUT: list[Act] = [
    acts.Stop(),
    acts.Pause(),
    acts.SafePlace(),
    acts.PatientLeft(),
    acts.PatientStopped(),
    acts.RuntimeKeyStop(),
    acts.WindowClosed(),
    acts.HeadsetOff(),
    acts.HeadsetAway(),
    acts.GraceOver(),
    acts.DisplayTooSlow(fps=20, wanted=90),
    acts.ScenarioFailed(text="x"),
    acts.CloseSession(),
]


@pytest.mark.parametrize("act", WAYS_OUT, ids=lambda a: a.kind)
@pytest.mark.parametrize("held", [False, True], ids=["exposure", "hold"])
def test_no_task_outlives_the_scene_whichever_way_it_is_left(act: Act, held: bool) -> None:
    engine = at()
    engine.apply(acts.GiveTask(name="stay"), "t")
    pass_ticks(engine, 5)
    if held:
        engine.apply(acts.Hold(), "t")
    engine.take_news()
    assert engine.apply(act, "t") is None
    told = news(engine)
    assert told.count(ended("stay", "left")) == 1
    changed = next(n for n in told if isinstance(n, PhaseChanged))
    assert told.index(ended("stay", "left")) < told.index(changed)
    assert engine.sight.task is None and not engine.sight.task_done
    pass_ticks(engine, 120)
    assert not of_tasks(engine)


def test_what_was_given_before_coming_back_is_not_given_any_more() -> None:
    engine = at()
    engine.apply(acts.GiveTask(name="arms"), "t")
    engine.apply(acts.SafePlace(), "t")
    engine.apply(acts.ArmTrial(level=3), "t")
    engine.apply(acts.BeginTrial(level=3), "t")
    pass_ticks(engine, 2)
    assert engine.sight.task is None
    assert (state(engine, "arms").running, state(engine, "arms").last) == (False, "left")


@pytest.mark.parametrize("name", ["broken", "stillborn", "forgotten"])
def test_a_task_that_fails_is_told_as_over_and_leads_to_the_safe_place(name: str) -> None:
    engine = at()
    engine.apply(acts.GiveTask(name=name), "t")
    pass_ticks(engine, 60)
    assert of_tasks(engine) == [TaskGiven(name=name), ended(name, "left")]
    assert engine.phase is Phase.SAFE_PLACE and engine.disabled is not None


def test_an_event_that_fails_is_told_as_over_too() -> None:
    engine = at()
    engine.apply(acts.Trigger(name="fault"), "t")
    pass_ticks(engine, 60)
    told = [n for n in news(engine) if isinstance(n, EventEnded)]
    assert told == [EventEnded(name="fault", how="cancelled")]


def test_a_task_that_is_done_already_is_told_as_given_and_done() -> None:
    engine = at()
    engine.apply(acts.GiveTask(name="at_once"), "t")
    assert of_tasks(engine) == [TaskGiven(name="at_once"), ended("at_once", "completed")]


def test_a_countdown_gives_no_task_before_the_place_is_shown() -> None:
    engine = make_engine(Jetty)
    open_session(engine)
    engine.apply(acts.SetPatient(patient=PatientSettings(countdown_s=3)), "t")
    engine.apply(acts.ArmTrial(level=3), "t")
    engine.apply(acts.BeginTrial(level=3), "t")
    assert engine.apply(acts.GiveTask(name="arms"), "t") is Code.COUNTING


@task(fr="Une tâche.", en="A task.", min_level=3, warning={"fr": "Haut.", "en": "High."})
def written(self: Pier) -> Steps:
    """What its author says of it."""
    yield from self.wait(1.0)


def test_the_declaration_is_data_as_an_events_is() -> None:
    manifest = Jetty.manifest()
    assert [t.name for t in manifest.tasks] == [
        "stay", "arms", "paper", "broken", "stillborn", "forgotten", "at_once"
    ]  # fmt: skip
    assert [t.name for t in manifest.tasks if t.by_therapist] == ["arms", "stillborn", "forgotten"]
    assert [i.event for i in manifest.interlocks] == ["paper", "paper"]
    assert manifest.allowed_at("paper", 3) and not manifest.allowed_at("paper", 10)
    assert written.spec.warning is not None and written.spec.warning.fr == "Haut."
    assert written.__doc__ == "What its author says of it."
    assert type(written).__mro__[1] is type(Pier.wave).__mro__[1], "one thing written once"
    assert isinstance(event(fr="x", en="x")(written._play).start, type(written.start))


WISHES = st.sampled_from(
    [
        *(acts.GiveTask(name=n) for n in ("stay", "arms", "stay", "at_once", "broken", "paper")),
        *(acts.TaskDone(name=n) for n in ("stay", "arms")),
        *(acts.TakeBackTask(name=n) for n in ("stay", "arms")),
        *(acts.Trigger(name=n) for n in ("wave", "gull")),
        acts.Hold(), acts.Resume(), acts.Pause(), acts.SafePlace(), acts.Stop(), acts.PatientLeft(),
        acts.ArmTrial(level=4), acts.BeginTrial(level=4), acts.Lower(level=1), acts.Raise(level=5),
    ]
)  # fmt: skip


@given(st.lists(st.tuples(WISHES, st.integers(1, 100)), max_size=16))
@settings(max_examples=60, deadline=None, derandomize=True)
def test_whatever_is_asked_a_task_is_over_once_alone_and_never_outside_the_scene(
    asked: list[tuple[Act, int]],
) -> None:
    first, again = at(), at()
    under_way: str | None = None
    for act, ticks in asked:
        first.apply(act, "t")
        again.apply(act, "t")
        for _tick in range(ticks):
            first.tick()
            again.tick()
            for told in of_tasks(first):
                assert (under_way is None) == isinstance(told, TaskGiven)
                assert isinstance(told, TaskGiven) or told.name == under_way
                under_way = told.name if isinstance(told, TaskGiven) else None
            assert first.playing is not None
            running = [t.name for t in first.playing.tasks() if t.running]
            assert running == ([] if under_way is None else [under_way])
            assert not running or phases.in_scene(first.phase)
            assert (first.sight.task is not None) == bool(running)
        assert first.digest() == again.digest()
