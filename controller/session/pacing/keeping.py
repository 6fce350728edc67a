"""Owns that a conductor tells time and breaks; enforces neither."""

from __future__ import annotations

from abc import abstractmethod
from functools import cached_property
from typing import TYPE_CHECKING

from controller.session.pacing.leading import Paces
from controller.session.pacing.run import PaceRules

if TYPE_CHECKING:
    from controller.session.clinic import Clinic
    from controller.session.notices import Notices
    from controller.session.now import Outcome
    from controller.session.ports import Recorder
    from controller.session.sitting import Sitting


class Pacing:
    """The part of a conductor that tells time and breaks."""

    _sitting: Sitting | None
    _clinic: Clinic
    _recorder: Recorder
    _notices: Notices

    @abstractmethod
    def _no_session(self) -> Outcome: ...

    @abstractmethod
    async def pause(self) -> Outcome:
        """Neutral room."""

    def _pace_by_clinic(self, sitting: Sitting) -> None:
        """Breaks are due as the clinic's protocol says; so is the limit, where none was kept."""
        said = self._clinic.protocol.session
        every_s, lasts_s = float(said.break_every_min) * 60, float(said.break_min) * 60
        sitting.pace_by(PaceRules(self._clinic.limit_s, every_s, lasts_s))

    @cached_property
    def pace(self) -> Paces:
        """Breaks of the open session."""
        return Paces(
            lambda: self._sitting, self._no_session, self.pause, self._recorder, self._notices
        )
