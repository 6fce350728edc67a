"""Owns which packs of scenarios a therapist has approved, and asking before one is used.

A pack is others' work, and its Python is not sandboxed. A scenario of it is opened once a therapist
or supervisor of this clinic has approved the pack's hash; another hash is another pack. It knows
neither file nor screen.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from controller.language import _, language
from controller.session.document import CLINIC
from controller.session.notices import Tone
from controller.session.now import Outcome
from controller.session.pack_entries import approval
from controller.session.ports import Recorder
from vr_runtime.wire.packs import PackNote, PackRef


class Side(Protocol):
    """The patient's side, as it was met last."""

    packs: tuple[PackNote, ...]
    """The packs that it has."""


class Said(Protocol):
    """What the record says."""

    approved: frozenset[str]
    """Hashes of the packs whose approval holds."""

    async def refresh(self) -> None:
        """Read it anew."""
        ...


class Packs:
    """The packs of the patient's side, and what this clinic said of them."""

    def __init__(
        self,
        side: Side,
        said: Said,
        recorder: Recorder,
        barred: Callable[[], str],
        say: Callable[[bool, str, Tone], Outcome],
    ) -> None:
        """`barred` tells why whoever sits here may not approve, `say` tells the therapist."""
        self._side, self._said, self._recorder = side, said, recorder
        self._barred, self._say = barred, say

    def of(self, scenario_id: str) -> PackNote | None:
        """The pack that a scenario comes from; None for one that comes from none."""
        return next((one for one in self._side.packs if scenario_id in one.scenarios), None)

    def is_approved(self, note: PackNote) -> bool:
        """Whether scenarios of this pack may be opened."""
        return note.sha256 in self._said.approved

    def ref(self, scenario_id: str) -> PackRef | None:
        """The pack that a scenario comes from, as entries keep it."""
        note = self.of(scenario_id)
        return None if note is None else note.ref

    def why_not(self, scenario_id: str) -> str:
        """Why a scenario may not be opened; empty where it comes from no pack, or may be."""
        note = self.of(scenario_id)
        if note is None or self.is_approved(note):
            return ""
        told = _("The pack {title} is not approved here; choose the scenario to look at the pack.")
        return told.format(title=note.title.get(language()))

    async def approve(self, sha256: str) -> Outcome:
        """Approve a pack that the patient's side has, by its hash; said once it is durable."""
        if barred := self._barred():
            return self._say(False, barred, "refused")
        note = next((one for one in self._side.packs if one.sha256 == sha256), None)
        if note is None:
            told = _("The patient's side has this pack no more; nothing was approved.")
            return self._say(False, told, "refused")
        title = note.title.get(language())
        if not self.is_approved(note):
            await self._recorder.append(CLINIC, approval(note))
            await self._said.refresh()
        told = _("{title} is approved; Enter on the scenario opens the session.")
        return self._say(True, told.format(title=title), "done")
