"""What the console says of what the therapist did not do."""

from __future__ import annotations

import pytest

from controller.language import Language, use
from controller.session.notices import Notices
from controller.session.telling import tell
from vr_runtime.wire import acts
from vr_runtime.wire.happenings import Applied, TaskEnded


def test_a_scenario_that_fails_once_its_scene_was_left_is_said_although_no_phase_changes() -> None:
    notices = Notices()
    act = acts.ScenarioFailed(text="pier.py:3: ValueError")
    tell(notices, Applied(act=act, by="runtime"), str)
    last = notices.last
    assert last is not None and last.tone == "alarm"
    assert "disabled for this session" in last.text


@pytest.mark.parametrize(
    ("how", "language", "says"),
    [
        ("completed", "en", "Done: Look at the street."),
        ("completed", "fr", "C'est fait : Look at the street."),
        ("excluded", "en", "it has ended: Look at the street."),
    ],
)
def test_a_task_that_the_scenario_ends_is_said(how: str, language: Language, says: str) -> None:
    use(language)
    notices = Notices()
    ended = TaskEnded.model_validate({"name": "street", "how": how})
    tell(notices, ended, {"street": "Look at the street."}.__getitem__)
    use("en")
    assert notices.last is not None and says in notices.last.text


@pytest.mark.parametrize("how", ["marked", "taken_back", "left"])
def test_what_the_therapist_did_or_a_phase_says_is_not_said_again(how: str) -> None:
    notices = Notices()
    tell(notices, TaskEnded.model_validate({"name": "street", "how": how}), str)
    assert notices.last is None
