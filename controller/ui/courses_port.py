"""Owns what the console's screens need of patients' courses between sessions."""

from __future__ import annotations

from typing import Protocol

from controller.session.glance import Glance
from controller.session.now import Outcome


class Courses(Protocol):
    """Courses of the patients in one record."""

    async def glance(self, patient: str) -> Glance | str:
        """The course of one patient; else one sentence on why not, and what to do."""
        ...

    async def appoint(self, patient: str, said: str) -> Outcome:
        """When this patient comes next, as it was typed; empty for no appointment."""
        ...

    async def lock(self, patient: str, why: str) -> Outcome:
        """Have a patient's data kept and not used, for this reason."""
        ...

    async def unlock(self, patient: str) -> Outcome:
        """Have them used again."""
        ...
