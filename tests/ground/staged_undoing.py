"""A stage on which the wrong patient is undone."""

from __future__ import annotations

from abc import abstractmethod

from controller.session.now import Outcome
from vr_runtime.wire.acts import Phase


class StagedUndoing:
    """What is undone has been open, and is so no more."""

    open: bool
    phase: Phase
    undone = ""

    @abstractmethod
    def _do(self, *act: object) -> Outcome | None: ...

    async def undo_patient(self) -> Outcome:
        if refused := self._do("undo_patient"):
            return refused
        self.undone, self.open, self.phase = "s1", False, Phase.IDLE
        return Outcome(True, "Undone: opened for P-0417 by mistake.")
