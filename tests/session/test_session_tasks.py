"""A task goes from the console to the patient and back into the record, report and exports."""

from __future__ import annotations

import pytest
from loopback import paired
from preparing import consent
from recording import Recording
from yard import Yard

from controller.exports.bids_events import COLUMNS
from controller.exports.tables import happened
from controller.language import LANGUAGES, Language, use
from controller.report.page import session_report
from controller.report.patient_copy import patients_copy
from controller.report.task_table import plain_tasks, tasks
from controller.report.wording import INCIDENTS
from controller.session.around import moment
from controller.session.at_play import OUTCOMES, under_way
from controller.session.documents import FromRuntime
from controller.session.history import SessionHistory
from controller.session.retelling import retell
from scenarios.api import Steps, task
from vr_runtime.wire.acts import SetPose
from vr_runtime.wire.happenings import Applied, PoseChanged, PoseRead, TaskEnded, TaskGiven
from vr_runtime.wire.refusals import Code


@pytest.fixture(autouse=True)
def english() -> None:
    use("en")


class Asking(Yard):
    """A yard where something is asked of the patient."""

    @task(fr="Restez là.", en="Stay there.")
    def stay(self) -> Steps:
        yield from self.wait(3.0)

    @task(fr="Fermez le poing.", en="Make a fist.")
    def fist(self) -> None:
        """The therapist sees it."""


class Looking(Yard):
    """A yard that follows where the patient looks."""

    targets = {"far": {"fr": "le lointain", "en": "the distance"}}

    def build(self) -> None:
        super().build()
        self.stage.target("far", at=(0.0, 50.0, 1.6), radius=5.0)

    @task(fr="Regardez au loin.", en="Look into the distance.")
    def look(self) -> Steps:
        yield from self.looking("far", seconds=1.0)


@pytest.mark.parametrize("consents", [False, True])
async def test_the_pose_is_recorded_with_the_patients_consent_and_not_without(
    consents: bool,
) -> None:
    async with paired(yard=Looking, simulated=False) as pair:
        lead = pair.conductor
        await pair.pass_s(1.4)
        assert (await lead.add_patient("P-01", 8, "0-100")).ok
        patient = lead.patients()[0].id
        if consents:
            assert (await consent(lead.before, patient, "pose")).ok
        assert (await lead.open_session(patient, Looking.id, seed=3)).ok
        await pair.pass_s(3.0)
        await pair.begin(1)
        assert (await lead.give_task("look")).ok
        state = await pair.pass_s(2.0)
        assert (state.pose_kept, state.pose_read) == (consents, True)
        assert (await lead.end_pose()).ok
        assert (await lead.give_task("look")).ok
        state = await pair.pass_s(2.0)
        assert not state.pose_kept
        await lead.settle()
        kept = [d.happened.what for _, d in pair.record.entries if isinstance(d, FromRuntime)]
    assert any(isinstance(w, PoseChanged) for w in kept) is consents
    read = [w.kept for w in kept if isinstance(w, PoseRead)]
    assert read == ([True, False] if consents else [False])


def test_the_report_says_that_a_session_cannot_be_checked_where_the_pose_was_not_kept() -> None:
    r = Recording().at(1)
    r.begin(2)
    r.at(2).news_of(PoseRead(kept=True))
    assert not retell(r.entries).incidents
    r.at(3).act(SetPose(allowed=False))
    r.at(3).news_of(PoseRead(kept=False))
    assert [i.kind for i in retell(r.entries).incidents] == ["pose_ended", "pose_not_kept"]
    assert {"pose_allowed", "pose_ended", "pose_not_kept"} <= set(INCIDENTS)


async def test_what_was_asked_and_who_saw_it_done_goes_into_the_record() -> None:
    async with paired(yard=Asking) as pair:
        await pair.open()
        await pair.begin(2)
        told = await pair.conductor.give_task("fist")
        assert told.ok and told.text == "Task given: Make a fist."
        state = await pair.pass_s(2.0)
        running = under_way(state)
        assert running is not None and (running.name, round(running.running_s)) == ("fist", 2)
        refused = await pair.conductor.give_task("stay")
        assert (refused.ok, refused.code) == (False, Code.TASK_UNDER_WAY)
        assert (await pair.conductor.task_done("fist")).text == "Marked as done: Make a fist."
        assert (await pair.conductor.give_task("stay")).ok
        state = await pair.pass_s(4.0)
        assert under_way(state) is None
        notice = pair.conductor.now().notice
        assert notice is not None and notice.text == "Done: Stay there."
        late = await pair.conductor.take_back_task("stay")
        assert late.code == Code.TASK_NOT_UNDER_WAY
        kept = [d.happened.what for _, d in pair.record.entries if isinstance(d, FromRuntime)]
    news = [w for w in kept if isinstance(w, TaskGiven | TaskEnded)]
    assert news == [
        TaskGiven(name="fist"),
        TaskEnded(name="fist", how="marked"),
        TaskGiven(name="stay"),
        TaskEnded(name="stay", how="completed"),
    ]
    by = {w.act.kind: w.by for w in kept if isinstance(w, Applied)}
    assert by["give_task"] == by["task_done"] != "runtime", "who did it is told"


@pytest.fixture
def history() -> SessionHistory:
    r = Recording().at(0, 5)
    r.begin(3)
    r.at(2).task("street", 12.0)
    r.at(3).task("arms", 5.0, "marked")
    r.at(4).task("street", 40.0, "taken_back")
    return retell(r.entries)


def test_the_report_tells_each_task_after_how_long_and_who_saw_it(history: SessionHistory) -> None:
    table = tasks(history)
    assert [row.cells for row in table.rows] == [
        ("2:00", "Look at the street.", "12 s", "done, as the scenario saw"),
        ("3:00", "Let your arms hang.", "5 s", "done, as the therapist saw"),
        ("4:00", "Look at the street.", "40 s", "taken back"),
    ]
    assert table.notes[0].number == 1 == table.columns[2].note, "every figure names its formula"
    assert "tasks" in {b.name for b in session_report(history, None, "clinician").blocks}


def test_the_patients_own_copy_tells_them_in_plain_words(history: SessionHistory) -> None:
    assert [row.cells[2] for row in plain_tasks(history).rows] == ["done", "done", "not this time"]
    assert "tasks" in {b.name for b in patients_copy(history, None).blocks}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_way_a_task_ends_has_words(language: Language) -> None:
    use(language)
    for how in OUTCOMES:
        r = Recording().at(1)
        r.begin(1)
        r.task("street", 3.0, how)
        (row,) = tasks(retell(r.entries)).rows
        assert row.cells[3] and row.cells[3] != how


def test_a_session_without_tasks_has_no_table_for_them() -> None:
    r = Recording().at(1)
    r.begin(1)
    assert "tasks" not in {
        b.name for b in session_report(retell(r.entries), None, "clinician").blocks
    }


def test_exports_have_a_row_for_each_with_name_length_and_outcome(history: SessionHistory) -> None:
    rows = [row for row in happened(history) if row[2] == "task"]
    assert rows == [
        (120.0, 12.0, "task", "street", "completed", ""),
        (180.0, 5.0, "task", "arms", "marked", ""),
        (240.0, 40.0, "task", "street", "taken_back", ""),
    ]
    levels = next(c for c in COLUMNS if c.name == "trial_type").levels
    assert levels is not None and "task" in levels, "a reader is told what it means"


def test_what_came_before_a_moment_names_the_task(history: SessionHistory) -> None:
    assert (240.0, "task", "street") in moment(history, 250.0).before
