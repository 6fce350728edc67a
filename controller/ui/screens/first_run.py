"""Owns the one question of the first start: who leads sessions here."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.widgets import Input, Static

from controller.language import _
from controller.session.now import Outcome
from controller.ui.errands import Errand
from controller.ui.screens.base import Foot, PalierScreen, TopBar, Way


class FirstRunScreen(PalierScreen):
    """Asks for the operator's name once; every entry of the record carries it."""

    def __init__(self, register: Callable[[str], Awaitable[Outcome]]) -> None:
        super().__init__()
        self._register = register

    def compose(self) -> ComposeResult:
        """One field, and what this software is."""
        yield TopBar("Palier", _("Welcome."))
        with VerticalScroll(id="body", classes="-close", can_focus=False), Vertical(id="form"):
            yield Static(
                _("Your name or initials, as the record should show them"), classes="label"
            )
            yield Input(id="operator", max_length=80, compact=True)
            yield Static("")
            yield Static(
                _(
                    "Palier is open software for research, teaching and rehearsal of exposure "
                    "sessions. It has not been assessed as a medical device. Whoever uses it with "
                    "patients does so under their own professional responsibility and local rules."
                ),
                markup=False,
            )
        yield Foot(
            Way(_("Enter"), _("go on"), "go_on"),
            Way("F1", _("help"), "palier('help')"),
            Way(_("Ctrl+Q"), _("leave"), "palier('quit')"),
        )

    def on_mount(self) -> None:
        """The one field is ready."""
        self.query_one("#operator").focus()

    def on_input_submitted(self) -> None:
        """Enter goes on."""
        self.action_go_on()

    def action_go_on(self) -> None:
        """Keep the name, or say that one is needed."""
        name = self.query_one("#operator", Input).value.strip()
        if not name:
            self.say(
                _("Give a name or initials; it stands on each entry of the record."), "refused"
            )
            return

        def kept(outcome: Outcome) -> None:
            if outcome.ok:
                self.palier.operator = name
                self.action_back()

        self.palier.errands.send(Errand(lambda: self._register(name), "record", then=kept))
