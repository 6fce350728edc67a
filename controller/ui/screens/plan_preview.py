"""Owns the look at what a row of a hierarchy will show, without the patient.

The library is asked for the scenario's picture; nothing is sent that the patient could see or hear.
"""

from __future__ import annotations

from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.widgets import Static

from controller.language import _
from controller.session.now import PatientCard
from controller.session.plans.entries import PlanRow
from controller.session.plans.rules import by_id
from controller.ui.row_preview import preview
from controller.ui.screens.base import Foot, PalierScreen, TopBar, Way
from controller.ui.widgets.thumbnail import Thumbnail
from scenarios.api.manifest import Manifest
from vr_runtime.wire.beside import Beside


class PreviewScreen(PalierScreen):
    """One row: the scenario's picture, the sentence of its level, settings, events, warnings."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("pagedown", "scroll", show=False, priority=True),
        Binding("pageup", "scroll(True)", show=False, priority=True),
    ]

    def __init__(self, card: PatientCard, row: PlanRow) -> None:
        super().__init__()
        self._card, self._row = card, row
        self._beside: Beside | None = None
        self._asked = self._silent = False

    def compose(self) -> ComposeResult:
        """The picture above the words."""
        yield TopBar(self._row.item, _("What this row shows; the patient sees nothing of it."))
        with VerticalScroll(id="body", classes="-close"):
            yield Thumbnail(id="glimpse", graphics=self.palier.graphics)
            yield Static(id="whose", markup=False)
            yield Static(id="preview", markup=False)
        yield Foot(
            Way(_("Esc"), _("back"), "back"),
            Way(_("Page keys"), _("scroll"), "scroll"),
        )

    def on_mount(self) -> None:
        """Ask for the picture once, where its scenario may be shown."""
        # Lines are broken for the room there is, which is known once all of it stands.
        self.call_after_refresh(self._look)
        scenario = self._scenario()
        if scenario is not None and self._approved() and not self._asked:
            self._asked = True
            self.run_worker(self._ask(scenario.id))

    def _scenario(self) -> Manifest | None:
        return by_id(self.palier.lead.manifests()).get(self._row.scenario)

    def _approved(self) -> bool:
        """Nothing of a pack is worked on before somebody has vouched for it, pictures neither."""
        packs = self.palier.lead.packs
        note = packs.of(self._row.scenario)
        return note is None or packs.is_approved(note)

    async def _ask(self, scenario: str) -> None:
        self._beside = await self.palier.lead.library.beside(scenario)
        self._silent = self._beside is None
        if self.is_attached:
            self._look()

    def _look(self) -> None:
        words = self.query_one("#preview", Static)
        scenario, picture = self._scenario(), self.query_one("#glimpse", Thumbnail)
        words.update(preview(self._row, scenario, self._card.ceiling, words.size.width))
        image = b"" if self._beside is None else self._beside.image
        if not self._approved():
            told = _("Its picture is shown once its pack is approved.")
        elif scenario is None or self._silent:
            told = _("The picture is not known.")
        elif self._beside is None:
            told = _("Asking for the picture…")
        else:
            told = _("No picture of at most 96 KiB lies beside this scenario.")
        picture.hang(image, told)
        whose = _("The picture is the scenario's, not of this level.") if image else ""
        self.query_one("#whose", Static).update(whose)

    def on_key(self, event: events.Key) -> None:
        """Escape goes back to the rows."""
        if event.key == "escape":
            event.stop()
            self.action_back()

    def action_scroll(self, back: bool = False) -> None:
        """The next page of the words, or the one before."""
        body = self.query_one("#body", VerticalScroll)
        (body.scroll_page_up if back else body.scroll_page_down)(animate=False)

    def on_resize(self) -> None:
        """Another width breaks the lines elsewhere."""
        super().on_resize()
        if self.ready:
            self.call_after_refresh(self._look)
