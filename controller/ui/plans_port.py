"""Owns what the console's screens need of patients' fear hierarchies."""

from __future__ import annotations

from collections.abc import MutableMapping
from typing import Protocol

from controller.session.now import Outcome
from controller.session.plans.entries import PlanRow
from controller.session.plans.leading import HeldPlan, Plan


class AtWork(Protocol):
    """Which row is worked on."""

    def propose(self, patient: str, row: PlanRow) -> None:
        """This row for the patient's next session."""
        ...

    async def take(self, row: PlanRow) -> Outcome:
        """Work on this row from the next trial of the open session on; said once it is durable."""
        ...

    def waiting(self, patient: str) -> PlanRow | None:
        """The row that was proposed for this patient's next session; None where none was."""
        ...


class Plans(Protocol):
    """Hierarchies of the patients in one record."""

    @property
    def at_work(self) -> AtWork:
        """Which row is worked on."""
        ...

    async def read(self, patient: str) -> HeldPlan | None:
        """The hierarchy that holds; None while the record cannot be read."""
        ...

    def held(self, patient: str) -> HeldPlan | None:
        """The hierarchy that holds, as it was read or saved last; None before the first time."""
        ...

    def changed(self, patient: str) -> Plan | None:
        """What was changed and is not saved yet; None where nothing is."""
        ...

    def change(self, patient: str, plan: Plan | None) -> None:
        """Keep a change that is not saved yet; None lets it go."""
        ...

    def since(self, patient: str) -> int:
        """How many versions there were when the change that is kept began; else, how many are."""
        ...

    def heed(self, patient: str) -> None:
        """What was saved meanwhile was shown: the change is from now on one of that version."""
        ...

    def saving(self, patient: str) -> bool:
        """Whether a version of it is on its way into the record."""
        ...

    def unsaved(self) -> frozenset[str]:
        """Patients of whom something is changed or typed and not saved yet."""
        ...

    def typed(self, patient: str) -> MutableMapping[str, str]:
        """What was typed of a new row and is in no list yet, by the name of its field."""
        ...

    async def save(self, patient: str, plan: Plan, since: int) -> Outcome:
        """A new version of the hierarchy; said once it is durable.

        Nothing is saved where the record has another number of versions than `since`.
        """
        ...

    async def add(self, patient: str, row: PlanRow) -> Outcome:
        """One more row of the hierarchy that holds, saved at once; said once it is durable."""
        ...
