"""Owns the use cases of a patient's hierarchy: read it, change it, save it; draws nothing.

What was changed and is not saved yet is kept while this console runs, so that no stop and no other
screen takes it away. It begins no session and raises nothing.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, MutableMapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from controller.language import _
from controller.session.documents import Entry, stream_of
from controller.session.lists import Lists
from controller.session.notices import Tone
from controller.session.now import Outcome
from controller.session.plans.at_work import AtWork
from controller.session.plans.entries import HierarchySet, PlanRow
from controller.session.plans.order import rises, rising
from controller.session.plans.rules import NotAPlan, above, by_id, require_fit
from controller.session.ports import Books, Recorder
from scenarios.api.manifest import Manifest


@dataclass(frozen=True)
class Plan:
    """A hierarchy as it is in the record, or as it was changed since."""

    rows: tuple[PlanRow, ...] = ()
    seed: int | None = None
    """What the order was drawn with; None for one that was set by hand."""


@dataclass(frozen=True)
class HeldPlan:
    """The hierarchy that holds."""

    plan: Plan
    at: str
    """When it was saved: UTC, ISO 8601; empty while none was."""
    versions: int
    """How many were saved so far."""


def held(entries: Iterable[Entry]) -> HeldPlan:
    """The last of a patient's own entries that sets a hierarchy; an empty one before the first."""
    found = HeldPlan(Plan(), "", 0)
    for entry in sorted(entries, key=lambda entry: entry.seq):
        if isinstance(said := entry.data, HierarchySet):
            found = HeldPlan(Plan(said.rows, said.seed), entry.wall, found.versions + 1)
    return found


def _with(plan: Plan, row: PlanRow) -> Plan:
    """With one more row; an order that was drawn is then set by hand."""
    rows = (*plan.rows, row)
    return Plan(rising(rows) if rises(plan.rows) else rows)


class Plans:
    """Hierarchies of the patients in one record (`controller.ui.plans_port.Plans`)."""

    def __init__(
        self,
        books: Books,
        recorder: Recorder,
        lists: Lists,
        manifests: Callable[[], Sequence[Manifest]],
        barred: Callable[[], str],
        say: Callable[[bool, str, Tone], Outcome],
        at_work: AtWork,
    ) -> None:
        """`barred` tells why whoever sits here may enter nothing, `say` tells the therapist."""
        self._books, self._recorder, self._lists = books, recorder, lists
        self._manifests, self._barred, self._say = manifests, barred, say
        self.at_work = at_work
        self._held: dict[str, HeldPlan] = {}
        """As the record had it when it was read or written last."""
        self._changed: dict[str, Plan] = {}
        self._since: dict[str, int] = {}
        """How many versions there were when the change that is kept began."""
        self._saving: set[str] = set()
        self._typed: dict[str, dict[str, str]] = {}

    async def read(self, patient: str) -> HeldPlan | None:
        """The hierarchy that holds, read off the loop; None while the record cannot be read."""
        found = await self._fetched(patient)
        return None if found is None else self._learn(patient, found)

    def held(self, patient: str) -> HeldPlan | None:
        """The hierarchy that holds, as it was read or saved last; None before the first time."""
        return self._held.get(patient)

    def changed(self, patient: str) -> Plan | None:
        """What was changed and is not saved yet; None where nothing is."""
        return self._changed.get(patient)

    def change(self, patient: str, plan: Plan | None) -> None:
        """Keep a change that is not saved yet; None lets it go."""
        if plan is None:
            self._changed.pop(patient, None)
            self._since.pop(patient, None)
        else:
            self._changed[patient] = plan
            self._since.setdefault(patient, self._versions(patient))

    def since(self, patient: str) -> int:
        """How many versions there were when the change that is kept began; else, how many are."""
        return self._since.get(patient, self._versions(patient))

    def heed(self, patient: str) -> None:
        """What was saved meanwhile was shown: the change is from now on one of that version."""
        if patient in self._since:
            self._since[patient] = self._versions(patient)

    def saving(self, patient: str) -> bool:
        """Whether a version of it is on its way into the record."""
        return patient in self._saving

    def unsaved(self) -> frozenset[str]:
        """Patients of whom something is changed or typed and not saved yet."""
        typed = (one for one, words in self._typed.items() if any(words.values()))
        return frozenset((*self._changed, *typed))

    def typed(self, patient: str) -> MutableMapping[str, str]:
        """What was typed of a new row and is in no list yet, by the name of its field."""
        return self._typed.setdefault(patient, {})

    async def save(self, patient: str, plan: Plan, since: int) -> Outcome:
        """A new version of the hierarchy; said once it is durable, with what lies too high.

        `since` is how many versions there were when the change began: where the record has another
        number by now nothing is saved, so that no version replaces one that nobody here has seen.
        """
        if patient in self._saving:
            return self._say(False, _("It is being saved already."), "refused")
        self._saving.add(patient)
        try:
            return await self._save(patient, plan, since)
        finally:
            self._saving.discard(patient)

    async def add(self, patient: str, row: PlanRow) -> Outcome:
        """One more row of the hierarchy that holds, saved at once; what is changed here stays.

        Where the rows rise it comes where it belongs, else after them.
        """
        before = await self.read(patient)
        if before is None:
            text = _("The record cannot be read now: nothing was saved; press F9 again later.")
            return self._say(False, text, "refused")
        if row in before.plan.rows:
            return self._say(False, _("This row is there already; nothing was saved."), "refused")
        since = self._since.get(patient)
        outcome = await self.save(patient, _with(before.plan, row), before.versions)
        changed = self._changed.get(patient)
        if outcome.ok and changed is not None and since is not None:
            # The change gets the row too, unless it is one of a version that was outrun already.
            seen = since == before.versions
            self._changed[patient] = _with(changed, row) if seen else changed
            self._since[patient] = self._versions(patient) if seen else since
        return outcome

    async def _save(self, patient: str, plan: Plan, since: int) -> Outcome:
        if barred := self._barred():
            return self._say(False, barred, "refused")
        card = next((one for one in self._lists.patients if one.id == patient), None)
        if card is None:
            return self._say(False, _("This patient is not in the record."), "refused")
        if card.restricted is not None:
            text = _("The data of {name} are restricted: nothing is added before it is allowed.")
            return self._say(False, text.format(name=card.pseudonym), "refused")
        before = await self.read(patient)
        if before is None:
            text = _("The record cannot be read now: nothing was saved; press F9 again later.")
            return self._say(False, text, "refused")
        if before.versions != since:
            text = _("Version {n} was saved elsewhere meanwhile, so yours was not: N shows it.")
            return self._say(False, text.format(n=before.versions), "refused")
        try:
            require_fit(plan.rows, by_id(self._manifests()), before.plan.rows)
        except NotAPlan as error:
            return self._say(False, str(error), "refused")
        await self._write(patient, plan)
        written = HeldPlan(plan, datetime.now(UTC).isoformat(), before.versions + 1)
        found = await self._fetched(patient) or written
        self._settle(patient, written, found)
        text = _("Saved, rows: {count}.").format(count=len(plan.rows))
        return self._say(
            True, " ".join(filter(None, (text, above(plan.rows, card.ceiling)))), "done"
        )

    def _settle(self, patient: str, written: HeldPlan, found: HeldPlan) -> None:
        """What was saved holds, and is no change any more; what came after it is one of it."""
        self._learn(patient, found)
        if self._changed.get(patient) == written.plan:
            self.change(patient, None)
        elif patient in self._since:
            self._since[patient] = written.versions

    def _learn(self, patient: str, found: HeldPlan) -> HeldPlan:
        """The newest that is known: two readings may end in another order than they began."""
        known = self._held.get(patient)
        if known is None or found.versions >= known.versions:
            self._held[patient] = known = found
        return known

    def _versions(self, patient: str) -> int:
        known = self._held.get(patient)
        return 0 if known is None else known.versions

    async def _fetched(self, patient: str) -> HeldPlan | None:
        try:
            return held(await asyncio.to_thread(self._books.own, patient))
        except (OSError, ValueError):
            return None

    async def _write(self, patient: str, plan: Plan) -> None:
        """Into the record; back once it is durable."""
        said = HierarchySet(patient=patient, rows=plan.rows, seed=plan.seed)
        await self._recorder.append(stream_of(patient), said)
