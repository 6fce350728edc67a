"""Owns the form of how a patient takes part: language, hand, posture, safe place, own anchors."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from controller.language import _, mark
from controller.session.anchors import LONGEST_ANCHOR, VALUES, Anchor
from controller.session.at_rest import REFUGES
from controller.session.now import Outcome, PatientCard
from controller.session.taking_part import USUAL, TakingPart
from controller.ui.errands import Errand
from controller.ui.ports import Lead
from controller.ui.screens.base import Foot, PalierScreen, TopBar, Way
from controller.ui.widgets.rows import Rows
from vr_runtime.wire.acts import Refuge

CHOICES: dict[str, tuple[str, dict[str, str]]] = {
    "language": (
        mark("What the patient reads and hears"),
        {USUAL: mark("as all patients here"), "fr": mark("French"), "en": mark("English")},
    ),
    "hand": (mark("Hand"), {"right": mark("right hand"), "left": mark("left hand")}),
    "posture": (mark("Posture"), {"standing": mark("standing"), "seated": mark("seated")}),
    "safe_place": (
        mark("Safe place, as the patient chooses it"),
        {str(place): name for place, name in REFUGES.items()},
    ),
    "minor": (mark("A minor?"), {"no": mark("no"), "yes": mark("yes, a guardian consents")}),
}


class SetPatientScreen(PalierScreen):
    """Lists and five lines; Enter saves what was changed."""

    def __init__(self, card: PatientCard, *, anchors: bool) -> None:
        """With `anchors` the first of them is looked at, else the language."""
        super().__init__()
        self._card, self._first_anchor = card, anchors
        part = card.takes_part
        self._before = {
            "language": part.language or USUAL,
            "hand": part.hand or "right",
            "posture": part.posture or "standing",
            "safe_place": card.safe_place,
            "minor": "yes" if card.minor else "no",
        }
        self._words = dict.fromkeys(VALUES, "") | dict(card.anchors)

    def compose(self) -> ComposeResult:
        """The fields, one under the other."""
        yield TopBar(
            _("Settings: {patient}").format(patient=self._card.pseudonym),
            _("They hold from the next session on."),
        )
        with VerticalScroll(id="body", classes="-close", can_focus=False), Vertical(id="form"):
            for name, (title, options) in CHOICES.items():
                yield Static(_(title), classes="label")
                made = (Option(_(text), id=f"{name}-{key}") for key, text in options.items())
                yield Rows(*made, id=name, compact=True, classes=f"of-{len(options)}")
            for value in VALUES:
                told = _("{value} stands for, in the patient's own words").format(value=value)
                yield Static(told, classes="label")
                yield Input(
                    self._words[value], id=f"a{value}", max_length=LONGEST_ANCHOR, compact=True
                )
        yield Foot(
            Way(_("Tab"), _("next field"), "app.focus_next"),
            Way(_("Enter"), _("save"), "save"),
            Way(_("Esc"), _("back"), "back"),
        )

    def on_mount(self) -> None:
        """As it is set now."""
        for name, (_title, options) in CHOICES.items():
            box = self.query_one(f"#{name}", OptionList)
            box.highlighted = list(options).index(self._before[name])
        self.query_one("#a0" if self._first_anchor else "#language").focus()

    def on_key(self, event: events.Key) -> None:
        """Escape goes back; what was changed is not kept."""
        if event.key == "escape":
            event.stop()
            self.action_back()

    def on_option_list_option_selected(self) -> None:
        """Enter saves."""
        self.action_save()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter goes on to the next anchor, and saves in the last."""
        event.stop()
        at = VALUES.index(cast(Any, int((event.input.id or "a0")[1:])))
        if at + 1 < len(VALUES):
            self.set_focus(self.query_one(f"#a{VALUES[at + 1]}"))
        else:
            self.action_save()

    def action_save(self) -> None:
        """Save what was changed; with nothing changed, go back."""
        changes = self._changes()
        if not changes:
            self.action_back()
            return
        lead, patient = self.palier.lead, self._card.id
        self.palier.errands.send(
            Errand(lambda: _save(lead, patient, changes), "record", then=self._saved)
        )

    def _changes(self) -> list[dict[str, Any]]:
        after = {
            name: list(options)[self.query_one(f"#{name}", OptionList).highlighted or 0]
            for name, (_title, options) in CHOICES.items()
        }
        changed = {name: value for name, value in after.items() if value != self._before[name]}
        found: list[dict[str, Any]] = []
        part = {k: v for k, v in changed.items() if k in ("language", "hand", "posture")}
        if part:
            found.append({"takes_part": TakingPart.model_validate(part)})
        if "safe_place" in changed:
            found.append({"safe_place": cast(Refuge, changed["safe_place"])})
        if "minor" in changed:
            found.append({"minor": changed["minor"] == "yes"})
        for value in VALUES:
            words = " ".join(self.query_one(f"#a{value}", Input).value.split())
            if words != self._words[value]:
                found.append({"anchor": Anchor(value=cast(Any, value), words=words)})
        return found

    def _saved(self, outcome: Outcome) -> None:
        if outcome.ok:
            self.action_back()


async def _save(lead: Lead, patient: str, changes: Sequence[dict[str, Any]]) -> Outcome:
    """One after the other, up to the first that is refused."""
    outcome = Outcome(True, "")
    for change in changes:
        outcome = await lead.before.set_patient(patient, **change)
        if not outcome.ok:
            return outcome
    return outcome
