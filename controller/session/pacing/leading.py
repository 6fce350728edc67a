"""Owns the one use case on breaks: begin one. Ending it is the therapist's usual coming back."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from controller.language import _
from controller.session.notices import Notices
from controller.session.now import Outcome
from controller.session.pacing.words import sentence
from controller.session.ports import Recorder
from controller.session.sitting import Sitting
from vr_runtime.wire.acts import Phase


class Paces:
    """Breaks of the open session (`controller.ui.pace_port.Paces`)."""

    def __init__(
        self,
        sitting: Callable[[], Sitting | None],
        no_session: Callable[[], Outcome],
        pause: Callable[[], Awaitable[Outcome]],
        recorder: Recorder,
        notices: Notices,
    ) -> None:
        """`pause` leads the patient to the neutral room, as ever."""
        self._sitting, self._no_session, self._pause = sitting, no_session, pause
        self._recorder, self._notices = recorder, notices

    async def begin_break(self) -> Outcome:
        """Pause where the patient is in the scene, and count the break down."""
        sitting = self._sitting()
        if sitting is None:
            return self._no_session()
        if sitting.paced().left_s is not None:
            return self._notices.say(False, _("A break is under way already."), "refused")
        if sitting.phase in (Phase.EXPOSURE, Phase.HOLD):
            outcome = await self._pause()
            if not outcome.ok:
                return outcome
        said = sitting.pace.begun(sitting.tick())
        sitting.pace.take(said, sitting.at_s())
        await self._recorder.append(sitting.id, said)
        return self._notices.say(True, sentence(said), "done")
