"""Owns that a conductor has questionnaires and what follows the last trial; does neither itself."""

from __future__ import annotations

from abc import abstractmethod
from functools import cached_property
from typing import TYPE_CHECKING

from controller.session.after.forms import Forms
from controller.session.after.leading import After

if TYPE_CHECKING:
    from controller.session.clinic import Clinic
    from controller.session.notices import Notices
    from controller.session.now import Outcome
    from controller.session.ports import Books, Recorder
    from controller.session.sitting import Sitting


class Aftercare:
    """The part of a conductor that looks after the patient's answers and the end of a session."""

    _sitting: Sitting | None
    _clinic: Clinic
    _recorder: Recorder
    _books: Books
    _notices: Notices

    @abstractmethod
    def _no_session(self) -> Outcome: ...

    @cached_property
    def forms(self) -> Forms:
        """Questionnaires and sickness ratings of the open session."""
        return Forms(
            lambda: self._sitting,
            self._no_session,
            self._clinic,
            self._recorder,
            self._books,
            self._notices,
        )

    @cached_property
    def after(self) -> After:
        """What follows the last trial of the open session."""
        return After(
            lambda: self._sitting,
            self._no_session,
            self._clinic,
            self._recorder,
            self._books,
            self._notices,
        )
