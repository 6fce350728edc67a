"""Owns the form for a new patient: pseudonym, ceiling, scale, safe place. It asks for no name."""

from __future__ import annotations

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from controller.language import _
from controller.session.at_rest import REFUGES
from controller.session.documents import Scale
from controller.session.now import Outcome
from controller.ui.errands import Errand
from controller.ui.screens.base import Foot, PalierScreen, TopBar, Way
from controller.ui.widgets.rows import Rows

PLACES = tuple(REFUGES)
"""The first one is a patient's who chose none."""
SCALES: tuple[Scale, ...] = ("0-100", "0-10")


class AddPatientScreen(PalierScreen):
    """Four fields; Enter goes on from the pseudonym to the ceiling, and saves in any other."""

    def compose(self) -> ComposeResult:
        """The fields, one under the other."""
        yield TopBar(_("New patient"), _("By pseudonym; never by name."))
        with VerticalScroll(id="body", classes="-close", can_focus=False), Vertical(id="form"):
            yield Static(_("Pseudonym"), classes="label")
            yield Input(id="pseudonym", max_length=40, compact=True)
            yield Static(_("Ceiling, the highest level allowed, 0 to 10"), classes="label")
            yield Input("5", id="ceiling", max_length=2, compact=True)
            yield Static(_("Scale of distress"), classes="label")
            yield Rows(*(Option(s, id=f"s{s}") for s in SCALES), id="scale", compact=True)
            yield Static(_("Safe place, as the patient chooses it"), classes="label")
            places = (Option(_(name), id=place) for place, name in REFUGES.items())
            yield Rows(*places, id="refuge", compact=True)
        yield Foot(
            Way(_("Tab"), _("next field"), "app.focus_next"),
            Way(_("Enter"), _("go on"), "save"),
            Way(_("Esc"), _("back"), "back"),
        )

    def on_mount(self) -> None:
        """Begin with the pseudonym."""
        usual = self.palier.lead.now().usual_scale
        self.query_one("#scale", OptionList).highlighted = SCALES.index(usual)
        self.query_one("#refuge", OptionList).highlighted = 0
        self.query_one("#pseudonym").focus()

    def on_key(self, event: events.Key) -> None:
        """Escape goes back; what was typed is not kept."""
        if event.key == "escape":
            event.stop()
            self.action_back()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """From the pseudonym on to the ceiling, from there on to saving."""
        if event.input.id == "pseudonym" and event.value.strip():
            self.set_focus(self.query_one("#ceiling"))
        else:
            self.action_save()

    def on_option_list_option_selected(self) -> None:
        """Enter on a scale or a place saves."""
        self.action_save()

    def action_save(self) -> None:
        """Save, or say what is missing; nothing that was typed is lost."""
        pseudonym = self.query_one("#pseudonym", Input).value.strip()
        typed = self.query_one("#ceiling", Input).value.strip()
        if not pseudonym:
            self.say(_("Give a pseudonym, such as P-0417."), "refused")
            self.set_focus(self.query_one("#pseudonym"))
            return
        if not (typed.isascii() and typed.isdigit() and int(typed) <= 10):
            self.say(_("The ceiling is a whole number from 0 to 10."), "refused")
            self.set_focus(self.query_one("#ceiling"))
            return
        box = self.query_one("#scale", OptionList)
        scale = SCALES[box.highlighted or 0]
        place = PLACES[self.query_one("#refuge", OptionList).highlighted or 0]
        lead = self.palier.lead
        self.palier.errands.send(
            Errand(
                lambda: lead.add_patient(pseudonym, int(typed), scale, place),
                "record",
                then=self._saved,
            )
        )

    def _saved(self, outcome: Outcome) -> None:
        if outcome.ok:
            self.action_back()
