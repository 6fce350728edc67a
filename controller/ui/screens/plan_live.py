"""Owns the form that makes a row of the hierarchy of what is applied now; F9 saves it.

Filled in are scenario, level, settings and events as they were applied when it was opened. Over a
scene Ctrl+S leaves for the safe place, since letters are typed here; stop is as on every screen.
"""

from __future__ import annotations

from collections.abc import Mapping, MutableMapping
from functools import partial

from textual import events
from textual.app import ComposeResult

from controller.language import _
from controller.session.now import Now, Outcome, PatientCard
from controller.session.plans.entries import PlanRow
from controller.session.plans.live import Applied, applied
from controller.session.plans.rules import by_id
from controller.session.plans.written import settings_text
from controller.ui import easing
from controller.ui.errands import Errand
from controller.ui.screens.base import Foot, TopBar, Way
from controller.ui.screens.plan_row import PlanRowScreen

SAFE = "ctrl+s"
"""No letter: it would be typed. S as in safe."""
OWN = ("item", "distress", "feared", "likelihood", "drops")
"""Lines that the scene does not tell."""


class LiveRowScreen(PlanRowScreen):
    """A new row, as the scene stands; saved into the hierarchy by F9."""

    def __init__(self) -> None:
        super().__init__(PatientCard("", "", 0, "0-100", 0, None), lambda row: None)
        self._applied: Applied | None = None
        self._sending = False

    def compose(self) -> ComposeResult:
        """The fields of a row, of the patient whose session is open."""
        if self._applied is None:
            now = self.palier.lead.now()
            self._applied = applied(now)
            card = next((p for p in self.palier.patients() if p.pseudonym == now.pseudonym), None)
            self._card = self._card if card is None else card
        yield from super().compose()

    def headings(self) -> tuple[str, str]:
        """Whose row, and how the scene stands."""
        title = _("Row as it is now: {patient}").format(patient=self._card.pseudonym)
        return title, self._told(self.palier.lead.now())

    def foot(self) -> Foot:
        """What the keys do."""
        return Foot(
            Way("F9", _("save the row"), "take"),
            Way("Ctrl+S", _("safe place"), "safe"),
            Way(_("Enter"), _("next field"), "app.focus_next"),
            Way(_("Esc"), _("back"), "back"),
        )

    def show(self, now: Now) -> None:
        """Phase and applied level, while the scene goes on behind this page."""
        self.query_one(TopBar).tell(self._told(now))

    def _told(self, now: Now) -> str:
        return easing.applied(now, self.app.app_focus)

    def first(self) -> tuple[dict[str, str], str]:
        """What is applied, and what was typed of it so far."""
        kept, scene = self._kept(), self._applied
        lines = {name: kept.get(name, "") for name in OWN}
        if scene is None:
            return lines, ""
        known = by_id(self.palier.lead.manifests())
        values = settings_text(scene.values, known.get(scene.scenario))
        lines |= {"level": str(scene.level), "values": values}
        return lines, scene.scenario

    def _first_events(self, scenario: str) -> tuple[str, ...]:
        scene = self._applied
        return scene.events if scene is not None and scene.scenario == scenario else ()

    def on_key(self, event: events.Key) -> None:
        """The safe place and the steps for a faint, before the fields."""
        if event.key == SAFE:
            event.stop()
            event.prevent_default()
            self.action_safe()
        elif not easing.fainted(self, event):
            super().on_key(event)

    def action_safe(self) -> None:
        """To the patient's safe place; what was typed stays."""
        easing.leave(self)

    def done(self, row: PlanRow) -> None:
        """Into the record, once; the page goes when it is durable."""
        if self._sending:
            return
        self._sending = True
        save = partial(self.palier.lead.plans.add, self._card.id, row)
        kept = self._kept()
        saved = partial(self._saved, kept, dict(kept))
        self.palier.errands.send(Errand(save, "record", then=saved))

    def _saved(
        self, kept: MutableMapping[str, str], sent: Mapping[str, str], outcome: Outcome
    ) -> None:
        self._sending = False
        if not outcome.ok:
            return
        if kept == sent:
            # Also where this page was left meanwhile: no word of it waits to be saved any more.
            kept.clear()
        if not self.is_attached:
            return
        self.close()
        self.action_back()
