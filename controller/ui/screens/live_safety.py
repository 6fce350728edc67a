"""Owns how the live screen notes safety behaviours; the question is elsewhere. Commands nothing."""

from __future__ import annotations

from controller.session.now import Outcome
from controller.session.remarks import behaviours
from controller.session.safety.so_far import offered
from controller.ui.asking_safety import LAPSES_S, SaySafety, WhichSafety
from controller.ui.screens.live_expect import ExpectLive


class SafetyLive(ExpectLive):
    """The part of the live screen that notes safety behaviours."""

    def _open_safety(self) -> None:
        """The row's behaviours, those noted in this session, and the clinic's."""
        drops = "" if self._now.row is None else self._now.row.row.drops
        usual = behaviours(self.palier.lead.after.protocol)
        self._ask(WhichSafety(offered(drops, self._now.safety, usual)))

    def _safety_lapsed(self, waited_s: float) -> bool:
        """Whether the question was forgotten; one that is written on is not."""
        return isinstance(self._asking, WhichSafety) and waited_s >= LAPSES_S

    def _safety_kept(self, outcome: Outcome) -> None:
        """What was written is in the record, and leaves the line; what was refused stays."""
        if outcome.ok:
            self._drafts[SaySafety.line] = ""
