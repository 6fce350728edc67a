"""Owns the questions of the first start: who leads sessions here, and by which passphrase."""

from __future__ import annotations

from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from controller.language import _
from controller.purpose import PURPOSE
from controller.session.now import Outcome
from controller.ui.errands import Errand
from controller.ui.keys import named
from controller.ui.ports import Desk
from controller.ui.screens.base import Foot, PalierScreen, TopBar, Way
from controller.ui.widgets.rows import Rows


class FirstRunScreen(PalierScreen):
    """A name, which every entry of the record carries, and a passphrase, or expressly none."""

    GUARDS: ClassVar[bool] = True
    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "go_on", priority=True, show=False)]

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk

    def compose(self) -> ComposeResult:
        """Three fields, the two ways on, and what this software is."""
        yield TopBar("Palier", _("Welcome."))
        with VerticalScroll(id="body", classes="-close", can_focus=False), Vertical(id="form"):
            yield Static(
                _("Your name or initials, as the record should show them"), classes="label"
            )
            yield Input(id="operator", max_length=80, compact=True)
            yield Static(_("Passphrase or PIN, at least 6 characters"), classes="label")
            yield Input(id="secret", password=True, max_length=200, compact=True)
            yield Static(_("The same once more"), classes="label")
            yield Input(id="again", password=True, max_length=200, compact=True)
            yield Rows(
                Option(_("Go on with this passphrase"), id="with"),
                Option(
                    _(
                        "No passphrase: whoever can use this account of the computer can open "
                        "the record"
                    ),
                    id="without",
                ),
                id="choice",
                compact=True,
            )
            yield Static(_(PURPOSE), markup=False)
        yield Foot(
            Way(_("Enter"), _("go on"), "go_on"),
            Way(_("Tab"), _("next field"), "app.focus_next"),
            Way(named("help"), _("help"), "palier('help')"),
            Way(named("quit"), _("leave"), "palier('quit')"),
        )

    def on_mount(self) -> None:
        """Begin with the name."""
        self.query_one("#choice", OptionList).highlighted = 0
        self.set_focus(self.query_one("#operator"))

    def on_key(self, event: events.Key) -> None:
        """Up and down go from field to field; within the choice, and out of it at its top."""
        fields = ["#operator", "#secret", "#again", "#choice"]
        here = next((n for n, name in enumerate(fields) if self.query_one(name).has_focus), None)
        if here is None or event.key not in ("up", "down"):
            return
        at_top = here < 3 or (event.key == "up" and self._choice() == "with")
        if at_top and 0 <= (there := here + (1 if event.key == "down" else -1)) < len(fields):
            event.stop()
            event.prevent_default()
            self.set_focus(self.query_one(fields[there]))

    def _choice(self) -> str:
        box = self.query_one("#choice", OptionList)
        return "" if box.highlighted is None else str(box.get_option_at_index(box.highlighted).id)

    def _value(self, field: str) -> str:
        return self.query_one(field, Input).value

    def action_go_on(self) -> None:
        """From field to field, and from the last one into the record.

        From the name at once: what is typed right behind Enter is the passphrase, and must not
        come to stand where it can be read. What was typed before is still on its way to its field,
        so it is looked at behind it.
        """
        here = self.focused
        if here is None:
            return
        if here.id == "operator":
            self.set_focus(self.query_one("#secret"))
        here.call_later(self._go_on_from, here.id)

    def _go_on_from(self, field: str | None) -> None:
        if not self._named():
            return
        if field == "secret":
            self._after_secret()
        elif field != "operator":
            self._finish(without=field == "choice" and self._choice() == "without")

    def _named(self) -> bool:
        """Whether a name is given; says so where none is."""
        if self._value("#operator").strip():
            return True
        self.say(_("Give a name or initials; it stands on each entry of the record."), "refused")
        self.set_focus(self.query_one("#operator"))
        return False

    def _after_secret(self) -> None:
        """No passphrase leads to the choice, where doing without one is said in words."""
        if not self._value("#secret"):
            self.set_focus(self.query_one("#choice"))
            self.say(_("Without a passphrase: ↓, then Enter. ↑ goes back to give one."), "info")
        elif unfit := self._desk.unfit(self._value("#secret")):
            self.say(unfit, "refused")
        else:
            self.set_focus(self.query_one("#again"))
            self.say(_("Now the same once more."), "info")

    def _finish(self, *, without: bool) -> None:
        """Keep name and passphrase, or say what is missing; nothing that was typed is lost."""
        if not self._named():
            return
        secret = None if without else self._value("#secret")
        if secret is not None:
            if unfit := self._desk.unfit(secret):
                self.say(unfit, "refused")
                self.set_focus(self.query_one("#secret"))
                return
            if secret != self._value("#again"):
                self.say(_("The two are not the same; type it once more."), "refused")
                self.query_one("#again", Input).value = ""
                self.set_focus(self.query_one("#again"))
                return
        name = self._value("#operator")
        self.palier.errands.send(
            Errand(lambda: self._desk.begin(name, secret), "desk", then=self._kept)
        )

    def _kept(self, outcome: Outcome) -> None:
        if outcome.ok:
            self.palier.entered(outcome)
        else:
            self.say(outcome.text, "refused")
