"""Owns what is written down at the patient's side beside ratings and notes; asks nothing itself."""

from __future__ import annotations

from collections.abc import Callable

from controller.session.clinical import AdverseType, Severity
from controller.session.now import Outcome
from controller.session.sitting import Sitting


class Bedside:
    """What befell the patient of the open session."""

    def __init__(
        self, sitting: Callable[[], Sitting | None], no_session: Callable[[], Outcome]
    ) -> None:
        """`sitting` is the open session, `no_session` says that there is none."""
        self._sitting, self._no_session = sitting, no_session

    async def befell(self, what: AdverseType, severity: Severity) -> Outcome:
        """Record an adverse event at this moment; said once it is durable."""
        sitting = self._sitting()
        return self._no_session() if sitting is None else await sitting.befell(what, severity)
