"""Owns the question before the console is left: what becomes of the session and the runtime."""

from __future__ import annotations

from collections.abc import Sequence

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from controller.language import _, listed
from controller.session.now import Now
from controller.ui.leaving import what_becomes
from controller.ui.screens.base import Foot, PalierScreen, TopBar, Way
from controller.ui.widgets.rows import Rows


class LeaveScreen(PalierScreen):
    """Stay, or leave in a way that is said beforehand."""

    def __init__(self, now: Now, unsaved: Sequence[str] = ()) -> None:
        """`unsaved` are the patients whose fear hierarchy is changed and not saved yet."""
        super().__init__()
        self._unsaved = unsaved
        self._now = now
        self._open = now.session is not None

    def compose(self) -> ComposeResult:
        """What would happen, then the ways."""
        yield TopBar(_("Leave the console?"))
        with Vertical(id="body"):
            yield Static(what_becomes(self._now), markup=False)
            if self._unsaved:
                told = _(
                    "▲ Not saved yet, and lost with this console: the fear hierarchy of {names}."
                )
                yield Static(told.format(names=listed(self._unsaved)), markup=False)
            yield Static("")
            yield Rows(*(Option(text, id=name) for name, text in self._ways()), id="ways")
        yield Foot(
            Way("↑ ↓", _("choose")), Way(_("Enter"), _("do it")), Way(_("Esc"), _("stay"), "back")
        )

    def _ways(self) -> tuple[tuple[str, str], ...]:
        stay = ("stay", _("Stay"))
        if self._open:
            return (
                stay,
                ("stop", _("Stop the exposure, then leave")),
                ("leave", _("Leave; the runtime does as said above")),
            )
        return (stay, ("leave", _("Leave")))

    def on_mount(self) -> None:
        """Staying is what Enter does at first."""
        box = self.query_one("#ways", OptionList)
        box.highlighted = 0
        box.focus()

    def on_key(self, event: events.Key) -> None:
        """Escape stays."""
        if event.key == "escape":
            event.stop()
            self.action_back()

    async def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Do as chosen; everything that was sent is answered before the console ends."""
        if event.option_id == "stay":
            self.action_back()
            return
        if event.option_id == "stop":
            self.palier.errands.stop(self.palier.lead.stop)
        self.app.run_worker(self.palier.leave(), exclusive=True)
