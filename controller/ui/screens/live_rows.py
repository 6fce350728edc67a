"""Owns how the live screen has a row of the hierarchy chosen for the next trial; commands nothing.

The question is elsewhere. The hierarchy is read behind it, and nothing is chosen before it is seen.
"""

from __future__ import annotations

from functools import partial

from controller.language import _
from controller.session.now import Outcome
from controller.ui.asking_row import PickRow
from controller.ui.errands import Errand
from controller.ui.screens.live_safety import SafetyLive


class RowsLive(SafetyLive):
    """The part of the live screen that takes the next row."""

    def _open_rows(self) -> None:
        """Ask, and read the hierarchy behind the question."""
        patient = self._patient()
        card = next((one for one in self.palier.lead.patients() if one.id == patient), None)
        if card is None:
            self.say(_("This patient is not in the record."), "refused")
        elif card.restricted is not None:
            self.say(_("The data of this patient are restricted and not shown."), "refused")
        else:
            self._ask(PickRow())
            self.palier.errands.send(Errand(partial(self._read_next, patient), "record"))

    async def _read_next(self, patient: str) -> Outcome:
        """The rows of this scenario; the one after that which is worked on is chosen first."""
        held = await self.palier.lead.plans.read(patient)
        asked = self._asking == PickRow()
        if not self.is_mounted or not asked:
            return Outcome(True, "")
        self._ask(None)
        if held is None:
            told = _("The record cannot be read now: nothing was chosen; press the key again.")
            return Outcome(False, told)
        if self.palier.desk is not None:
            self.palier.desk.looked_at_hierarchy(patient)
        scenario = "" if self._now.manifest is None else self._now.manifest.id
        rows = tuple(
            (number, row)
            for number, row in enumerate(held.plan.rows, 1)
            if row.scenario == scenario
        )
        if not rows:
            return Outcome(False, _("The hierarchy has no row of this scenario."))
        mine = None if self._now.row is None else self._now.row.row
        at = next((n for n, (_number, row) in enumerate(rows) if row == mine), -1) + 1
        self._ask(PickRow(rows, min(at, len(rows) - 1)))
        return Outcome(True, "")
