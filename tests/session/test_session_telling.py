"""What the console says of what the therapist did not do."""

from __future__ import annotations

from controller.session.notices import Notices
from controller.session.telling import tell
from vr_runtime.wire import acts
from vr_runtime.wire.happenings import Applied


def test_a_scenario_that_fails_once_its_scene_was_left_is_said_although_no_phase_changes() -> None:
    notices = Notices()
    tell(notices, Applied(act=acts.ScenarioFailed(text="pier.py:3: ValueError"), by="runtime"))
    last = notices.last
    assert last is not None and last.tone == "alarm"
    assert "disabled for this session" in last.text
