"""Owns how the live screen asks what is feared and what became of it; the questions are elsewhere.

What is answered and not saved is kept with whatever else was typed in this session, so that neither
a stop nor another screen takes it away. It commands nothing.
"""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from controller.language import _
from controller.session.now import Outcome
from controller.session.plans.entries import PlanRow
from controller.ui import asking_expected
from controller.ui.asking import Asking, Taken
from controller.ui.asking_expected import AboutWhat, Expecting, SayFeared, Written
from controller.ui.errands import Errand
from controller.ui.keys import named
from controller.ui.proposals import Proposals
from controller.ui.screens.live_lines import LiveLines
from controller.ui.widgets.learning import Learning


class ExpectLive(LiveLines):
    """The part of the live screen that writes down what is feared."""

    def __init__(self) -> None:
        super().__init__()
        self._rows: tuple[PlanRow, ...] = ()
        """Rows of the patient's hierarchy that name a feared outcome, the nearest first."""
        self._asked_at_s = 0.0
        self._saving_expected = False
        """The last answer is on its way into the record: asked again, it would be saved twice."""

    def _open_expected(self) -> None:
        """Ask, where it was left; the hierarchy is read beside it."""
        if self._saving_expected:
            told = _("What was answered is being saved; press {key} again once it is.")
            self.say(told.format(key=named("expect")), "info")
            return
        kept = self.palier.lead.after.typed()
        asking = asking_expected.begin(kept, self._now.expected.waiting)
        found = asking.so_far
        # What is in the record already is no draft: another fear begins with an empty line.
        self._drafts["feared"] = found.feared if found.of is None else ""
        self._drafts["learned"] = found.learned
        self._ask(asking)

    def _propose_feared(self) -> None:
        """Read the hierarchy beside the question, for what it says is feared."""
        self._proposals, self._rows = Proposals(), ()
        if patient := self._patient():
            self.palier.errands.send(Errand(partial(self._read_rows, patient), "record"))

    def _patient(self) -> str:
        """The record's own id of the patient of the open session; empty where it is not known."""
        cards = self.palier.lead.patients()
        return next((one.id for one in cards if one.pseudonym == self._now.pseudonym), "")

    async def _read_rows(self, patient: str) -> Outcome:
        """What the hierarchy says is feared; that it was looked at is written down."""
        held = await self.palier.lead.plans.read(patient)
        if held is None or not self.is_mounted:
            return Outcome(True, "")
        if self.palier.desk is not None:
            self.palier.desk.looked_at_hierarchy(patient)
        self._rows = self._near(held.plan.rows)
        if self._writing == "feared":
            self._proposals = Proposals([row.feared for row in self._rows])
        return Outcome(True, "")

    def _read_course(self, panel: Learning) -> None:
        """What the record knows of earlier sessions, read beside; nothing waits for it."""
        panel.floor = float(self.palier.lead.after.protocol.figures.peak_floor)
        if patient := self._patient():
            self.palier.errands.send(Errand(partial(self._peaks, panel, patient), "record"))

    async def _peaks(self, panel: Learning, patient: str) -> Outcome:
        """Peaks of the sessions that have one; unknown while the record cannot be read."""
        seen = await self.palier.lead.courses.glance(patient)
        peaks = () if isinstance(seen, str) else seen.peaks
        panel.sessions = tuple(round(one) for one in peaks if one is not None)
        return Outcome(True, "")

    def _near(self, rows: tuple[PlanRow, ...]) -> tuple[PlanRow, ...]:
        """Rows that name what is feared: of this scenario first, the nearest level first."""
        state, manifest = self._now.state, self._now.manifest
        scenario = "" if manifest is None else manifest.id
        level = 0 if state is None else max(state.asked, state.come_back or 0)
        told = [row for row in rows if row.feared]
        return tuple(
            sorted(told, key=lambda row: (row.scenario != scenario, abs(row.level - level)))
        )

    def _keep_expected(self, asking: Asking | None) -> None:
        """Keep what was answered so far; what the hierarchy says beside it comes along."""
        if not isinstance(asking, Expecting):
            return
        kept = self.palier.lead.after.typed()
        asking_expected.forget(kept)
        asking.so_far.keep(kept)
        if isinstance(asking, SayFeared):
            self._propose_feared()

    def _planned(self, taken: Taken) -> Taken:
        """The question with what the hierarchy says of these very words."""
        asking = taken.then
        if not isinstance(asking, AboutWhat):
            return taken
        row = next((one for one in self._rows if one.feared == asking.so_far.feared), None)
        if row is None:
            return taken
        test = _("{item}, level {level}").format(item=row.item, level=row.level)
        if row.drops:
            test += _("; without: {what}").format(what=row.drops)
        likelihood = "" if row.likelihood is None else f"{row.likelihood:02d}"
        return Taken(then=AboutWhat(replace(asking.so_far, test=test, offered=likelihood)))

    def _keep_line(self, text: str) -> None:
        """With every letter, so that the end of the session finds it."""
        if isinstance(self._asking, Written):
            self.palier.lead.after.typed()[asking_expected.PREFIX + self._asking.line] = text

    def _expected_lapsed(self, waited_s: float) -> bool:
        """Whether a question was forgotten; one that is written on is not."""
        asked = isinstance(self._asking, Expecting) and not isinstance(self._asking, Written)
        return asked and waited_s >= asking_expected.LAPSES_S

    def _expected_kept(self, outcome: Outcome) -> None:
        """It is in the record: nothing is left to be kept. What was refused stays to be said."""
        self._saving_expected = False
        if outcome.ok:
            asking_expected.forget(self.palier.lead.after.typed())
            self._drafts["feared"] = self._drafts["learned"] = ""
