"""Owns that a conductor has behavioural approach tests; leads none itself."""

from __future__ import annotations

from abc import abstractmethod
from functools import cached_property
from typing import TYPE_CHECKING, cast

from controller.session.bat.leading import Bats, Gives

if TYPE_CHECKING:
    from controller.session.notices import Notices
    from controller.session.now import Outcome
    from controller.session.ports import Recorder
    from controller.session.sitting import Sitting
    from vr_runtime.wire.state import State


class Testing:
    """The part of a conductor that leads a BAT."""

    _sitting: Sitting | None
    _state: State | None
    _recorder: Recorder
    _notices: Notices

    @abstractmethod
    def _no_session(self) -> Outcome: ...

    @cached_property
    def bat(self) -> Bats:
        """The behavioural approach test of the open session."""
        return Bats(
            lambda: self._sitting,
            lambda: self._state,
            self._no_session,
            cast(Gives, self),
            self._recorder,
            self._notices,
        )
