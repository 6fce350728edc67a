"""A task in a real runtime of its own process: given, seen done by the gaze, and taken back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from leading import until
from runtime_process import Client, running

from vr_runtime.wire import acts
from vr_runtime.wire.acts import Phase
from vr_runtime.wire.messages import AskMissed, Missed
from vr_runtime.wire.refusals import Code
from vr_runtime.wire.state import State

LOOKOUT = """
from scenarios.api import Graded, Scenario, task


class Lookout(Scenario):
    id = "test.lookout"
    title = {"fr": "Le belvédère", "en": "The lookout"}
    summary = {"fr": "Un belvédère.", "en": "A lookout."}
    phobia = "heights"
    levels = {n: {"fr": f"niveau {n}", "en": f"level {n}"} for n in range(11)}
    height = Graded({0: 0.0, 10: 60.0}, fr="hauteur", en="height", unit="m", rate=6.0)
    targets = {"far": {"fr": "le lointain", "en": "the distance"}}

    def build(self):
        self.stage.target("far", at=(0.0, 50.0, 1.6), radius=5.0)

    @task(fr="Regardez au loin.", en="Look into the distance.")
    def look(self):
        yield from self.looking("far", seconds=1.0)

    @task(fr="Fermez le poing.", en="Make a fist.")
    def fist(self):
        pass
"""


@pytest.fixture
def console(tmp_path: Path) -> Iterator[Client]:
    (tmp_path / "scenarios").mkdir()
    (tmp_path / "scenarios" / "lookout.py").write_text(LOOKOUT, "utf-8")
    with running(tmp_path) as runtime:
        client = Client(runtime, "therapist")
        try:
            yield client
        finally:
            client.close()


def led(console: Client, *, pose: bool) -> None:
    """Into the scene at level 0."""
    console.claim()
    opening = acts.OpenSession(session="s1", scenario="test.lookout", seed=1, ceiling=8, pose=pose)
    console.must(opening)
    console.session = "s1"
    heard(console, lambda s: s.phase is Phase.READY, "the load")
    console.must(acts.ArmTrial(level=0))
    heard(console, lambda s: s.control.heard_s is not None, "the link")
    for _try in range(200):
        heard(console, lambda s: True, "news")
        answer = console.ask(acts.BeginTrial(level=0)).answer
        if answer.kind == "done":
            return
    raise AssertionError("the trial did not begin")


def heard(console: Client, holds: object, what: str) -> State:
    def looked(state: State) -> bool:
        console.beat()
        return bool(holds(state))  # type: ignore[operator]

    return until(console, looked, what)


def news(console: Client) -> list[str]:
    answer = console.ask(AskMissed(after=0)).answer
    assert isinstance(answer, Missed)
    return [h.what.kind for h in answer.happened]


@pytest.mark.parametrize("pose", [False, True], ids=["without consent", "with consent"])
def test_a_task_is_done_by_looking_and_the_pose_is_told_with_consent_alone(
    console: Client, pose: bool
) -> None:
    led(console, pose=pose)
    console.must(acts.GiveTask(name="look"))
    given = heard(console, lambda s: s.sight.task is not None, "the instruction")
    assert given.sight.task in ("Look into the distance.", "Regardez au loin.")
    assert console.refused(acts.GiveTask(name="fist")) is Code.TASK_UNDER_WAY
    done = heard(console, lambda s: s.tasks[0].last is not None, "the gaze")
    assert (done.tasks[0].last, done.pose_read, done.pose_kept) == ("completed", True, pose)
    console.must(acts.GiveTask(name="fist"))
    console.must(acts.TakeBackTask(name="fist"))
    told = news(console)
    assert told.count("task_given") == told.count("task_ended") == 2
    assert told.count("pose_read") == 1
    assert told.count("pose_changed") == (1 if pose else 0)


def test_a_stop_ends_a_task_under_way_with_the_scene(console: Client) -> None:
    led(console, pose=False)
    console.must(acts.GiveTask(name="fist"))
    console.stop()
    left = heard(console, lambda s: s.phase is Phase.STOPPED, "the stop")
    assert left.sight.task is None and not any(t.running for t in left.tasks)
    assert next(t.last for t in left.tasks if t.name == "fist") == "left"
