"""Owns the question before the console is left: what becomes of the session and the runtime."""

from __future__ import annotations

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from controller.language import _
from controller.session.now import Now
from controller.ui.possible import phase_of
from controller.ui.screens.base import Foot, PalierScreen, TopBar, Way
from vr_runtime.wire.acts import Phase


class LeaveScreen(PalierScreen):
    """Stay, or leave in a way that is said beforehand."""

    def __init__(self, now: Now) -> None:
        super().__init__()
        self._open = now.session is not None
        self._left = now.left is not None
        self._exposed = self._open and phase_of(now) in (Phase.EXPOSURE, Phase.HOLD)

    def compose(self) -> ComposeResult:
        """What would happen, then the ways."""
        yield TopBar(_("Leave the console?"))
        with Vertical(id="body"):
            yield Static(self._sentence(), markup=False)
            yield Static("")
            yield OptionList(*(Option(text, id=name) for name, text in self._ways()), id="ways")
        yield Foot(
            Way("↑ ↓", _("choose")), Way(_("Enter"), _("do it")), Way(_("Esc"), _("stay"), "back")
        )

    def _sentence(self) -> str:
        """What becomes of the patient when nobody leads any longer."""
        if self._exposed:
            return _(
                "An exposure is under way. Without a console the runtime holds after 1 second and "
                "goes to the safe place after the clinic's grace. The runtime stays open; the next "
                "console offers to continue this session."
            )
        if self._open:
            return _(
                "The session is still open. The runtime stays open with the patient where they "
                "are; the next console offers to continue this session."
            )
        if self._left:
            return _(
                "A session is still open at the patient's side. It stays as it is; the next "
                "console asks about it again."
            )
        return _("No session is open. The runtime ends together with this console.")

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
