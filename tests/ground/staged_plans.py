"""The hierarchies that a staged lead keeps: the session's own rules on a record in memory."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from types import SimpleNamespace
from typing import Any

from controller.session.now import Outcome, PatientCard
from controller.session.plans.at_work import AtWork
from controller.session.plans.leading import HeldPlan, Plan, Plans
from scenarios.api.manifest import Manifest


class StagedPlans(Plans):
    """Implements `controller.ui.ports.Plans`; `saved` is what the record holds."""

    def __init__(
        self,
        patients: Callable[[], Sequence[PatientCard]],
        manifests: Callable[[], Sequence[Manifest]],
        at_work: AtWork,
    ) -> None:
        self.saved: dict[str, list[Plan]] = {}
        self.refuse = ""
        self.unreadable = False
        self.reading, self.writing = asyncio.Event(), asyncio.Event()
        """Clear one, and what is read or written from then on waits until it is set."""
        self.reading.set()
        self.writing.set()
        nothing: Any = None
        super().__init__(
            nothing,
            nothing,
            nothing,
            manifests,
            lambda: self.refuse,
            lambda ok, text, _t: Outcome(ok, text),
            at_work,
        )
        self._patients = patients

    async def save(self, patient: str, plan: Plan, since: int) -> Outcome:
        self._lists: Any = SimpleNamespace(patients=self._patients())
        return await super().save(patient, plan, since)

    async def _fetched(self, patient: str) -> HeldPlan | None:
        await self.reading.wait()
        if self.unreadable:
            return None
        versions = self.saved.get(patient, [])
        if not versions:
            return HeldPlan(Plan(), "", 0)
        return HeldPlan(versions[-1], "2026-03-02T10:00:00+00:00", len(versions))

    async def _write(self, patient: str, plan: Plan) -> None:
        await self.writing.wait()
        self.saved.setdefault(patient, []).append(plan)
