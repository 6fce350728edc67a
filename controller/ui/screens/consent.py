"""Owns the form that notes a consent: to what, which wording, by whom; or its taking back."""

from __future__ import annotations

from functools import partial
from typing import get_args

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from controller.language import _, mark
from controller.session.before.words import CONSENTS
from controller.session.keeping import Consenting, ConsentTo
from controller.session.now import Now, Outcome, PatientCard
from controller.ui.errands import Errand
from controller.ui.keys import act_for
from controller.ui.possible import why_not
from controller.ui.screens.base import Foot, PalierScreen, TopBar, Way
from controller.ui.widgets.rows import Rows

STREAMS: tuple[ConsentTo, ...] = get_args(ConsentTo)
LABELS = {
    "streams": mark("What for"),
    "version": mark("Version or date of the wording that was read"),
    "by": mark("Who consents, and how"),
}
WAYS: tuple[tuple[Consenting, bool, str], ...] = (
    ("patient", True, mark("by the patient, signed")),
    ("patient", False, mark("by the patient, said before a witness")),
    ("guardian", True, mark("by a guardian, signed; the minor agrees")),
    ("guardian", False, mark("by a guardian, said before a witness; the minor agrees")),
)
LEADS_OUT = ("pause", "safe_place")
"""What acts here by its letter while a session is open."""


class ConsentScreen(PalierScreen):
    """Three fields; Enter goes on through them, F9 saves once the wording was looked at."""

    def __init__(self, patient_id: str, to: ConsentTo | None) -> None:
        """`to` is chosen first; None for the first that is not exposure itself."""
        super().__init__()
        self._patient_id, self._to = patient_id, to or STREAMS[1]
        self._cards: tuple[PatientCard, ...] = ()
        self._offered = ""
        """The version that was put there; another one was typed."""
        self._looked = False
        """Whether the version that stands there was looked at."""

    @property
    def card(self) -> PatientCard | None:
        """The patient as the record has them."""
        return next((p for p in self.palier.patients() if p.id == self._patient_id), None)

    def compose(self) -> ComposeResult:
        """What is consented to, the wording, and who consents."""
        card = self.card
        name = "" if card is None else card.pseudonym
        yield TopBar(
            _("Consent: {patient}").format(patient=name),
            _("As the paper says; the paper stays with the clinic."),
        )
        with VerticalScroll(id="body", classes="-close", can_focus=False), Vertical(id="form"):
            yield Static(id="for-streams", classes="label")
            yield Rows(*self._options(), id="streams", compact=True, markup=False)
            yield Static(id="for-version", classes="label")
            yield Input(id="version", max_length=80, compact=True)
            yield Static(id="for-by", classes="label")
            ways = (Option(_(text), id=f"w{at}") for at, (_by, _signed, text) in enumerate(WAYS))
            yield Rows(*ways, id="by", compact=True)
        yield Foot(
            Way(_("Enter"), _("go on"), "go_on"),
            Way("F9", _("save"), "save"),
            Way(_("Tab"), _("next field"), "app.focus_next"),
            Way("T", _("taken back"), "take_back"),
            Way(_("Esc"), _("back"), "back"),
        )

    def on_mount(self) -> None:
        """What is asked for stands first; the wording of its last consent is offered."""
        card = self.card
        streams, by = self.query_one("#streams", OptionList), self.query_one("#by", OptionList)
        streams.highlighted = STREAMS.index(self._to)
        by.highlighted = 2 if card is not None and card.needs_guardian else 0
        self._offer()
        self.set_focus(streams)
        self._mark()

    def _last_version(self) -> str:
        """Of the wording that was read last for the same, by the same: patients or guardians."""
        to, (by, _signed, _text) = self._chosen(), self._way()
        consents = [one for card in self.palier.patients() for one in card.consents]
        given = [one for one in consents if one.to == to and one.by == by]
        return max(given, key=lambda one: one.given).version if given else ""

    def _offer(self) -> None:
        """Put the last version there, unless another was typed; it is to be looked at anew."""
        line = self.query_one("#version", Input)
        if line.value == self._offered and (last := self._last_version()) != self._offered:
            self._offered = line.value = last
            self._looked = line.has_focus

    def on_option_list_option_highlighted(self) -> None:
        """Something else is consented to, or by somebody else: its own wording."""
        if self.query("#by"):
            self._offer()

    def on_descendant_focus(self) -> None:
        """The wording is looked at; a sign stands before what the next key is for."""
        self._looked = self._looked or isinstance(self.focused, Input)
        self._mark()

    def _mark(self) -> None:
        here = None if self.focused is None else self.focused.id
        for name, text in LABELS.items():
            mark_here = "▸" if name == here else " "
            self.query_one(f"#for-{name}", Static).update(f"{mark_here} {_(text)}")

    def _options(self) -> list[Option]:
        card, found = self.card, []
        for name in STREAMS:
            held = None if card is None else card.consent(name)
            glyph = "·" if held is None else "✓"
            told = _("not noted") if held is None else f"{held.given[:10]} · {held.version}"
            drawn = Content.assemble(f"{glyph} ", _(CONSENTS[name]), (f"  {told}", "$quiet"))
            found.append(Option(drawn, id=name))
        return found

    def show(self, now: Now) -> None:
        """A consent that was noted stands in the list."""
        cards = self.palier.patients()
        if cards != self._cards:
            self._cards = cards
            box = self.query_one("#streams", OptionList)
            for at, option in enumerate(self._options()):
                box.replace_option_prompt_at_index(at, option.prompt)

    def on_key(self, event: events.Key) -> None:
        """F9 saves, T takes back what is highlighted, Escape goes back.

        In a session pause and safe place act here too.
        """
        typing = isinstance(self.focused, Input)
        act = None if typing else act_for(event.key, event.character)
        if event.key == "escape":
            self.action_back()
        elif event.key == "f9":
            self.action_save()
        elif act in LEADS_OUT and self.palier.lead.now().session is not None:
            if event.time > self.palier.stopped_at_s:
                self._lead_out(act or "")
        elif not typing and (event.character or "").lower() == "t":
            self.behind(self.action_take_back)
        else:
            return
        event.stop()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """From what it is for on to the wording; behind who consents all is said once more."""
        if event.option_list.id == "streams":
            self.set_focus(self.query_one("#version"))
        else:
            self._read_back()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """From the wording on to who consents."""
        event.stop()
        if event.value.strip():
            self.set_focus(self.query_one("#by"))
        else:
            self._ask_version()

    def action_go_on(self) -> None:
        """As Enter in the field that has the focus."""
        order = ("streams", "version", "by")
        here = self.focused.id if self.focused is not None else None
        if here in order[:2]:
            self.set_focus(self.query_one(f"#{order[order.index(here) + 1]}"))
        else:
            self._read_back()

    def _chosen(self) -> ConsentTo:
        return STREAMS[self.query_one("#streams", OptionList).highlighted or 0]

    def _way(self) -> tuple[Consenting, bool, str]:
        return WAYS[self.query_one("#by", OptionList).highlighted or 0]

    def _ask_version(self) -> None:
        self.set_focus(self.query_one("#version"))
        text = _("Name the version of the wording that was read, in 1 to 80 characters.")
        self.say(text, "refused")

    def _read_back(self) -> None:
        """Everything in one sentence, and the key that saves it."""
        version = self.query_one("#version", Input).value.strip()
        if not version:
            self._ask_version()
            return
        told = _("F9 saves: {what} · {version} · {who}.")
        what, who = _(CONSENTS[self._chosen()]), _(self._way()[2])
        self.say(told.format(what=what, version=version, who=who), "info")

    def action_save(self) -> None:
        """Save it, once there is a version and somebody has looked at it."""
        by, signed, _text = self._way()
        version = self.query_one("#version", Input).value
        if not version.strip():
            self._ask_version()
            return
        if not self._looked:
            self.set_focus(self.query_one("#version"))
            self.say(_("Compare the version with the paper; F9 then saves."), "refused")
            return
        call = partial(
            self.palier.lead.before.consent,
            self._patient_id,
            self._chosen(),
            version,
            by=by,
            assent=by == "guardian",
            signed=signed,
        )
        self.palier.errands.send(Errand(call, "record", then=self._saved))

    def _saved(self, outcome: Outcome) -> None:
        if outcome.ok:
            self.action_back()

    def _lead_out(self, act: str) -> None:
        refused = why_not(act, self.palier.lead.now())
        if refused is not None:
            self.say(refused, "refused")
            return
        lead = self.palier.lead
        call = lead.pause if act == "pause" else lead.safe_place
        self.palier.errands.send(Errand(call, "scene", eases=True))

    def action_take_back(self) -> None:
        """It is not consented to any more, whether or not it was noted here."""
        card = self.card
        by: Consenting = "guardian" if card and card.needs_guardian else "patient"
        call = partial(self.palier.lead.before.withdraw, self._patient_id, self._chosen(), by)
        self.palier.errands.send(Errand(call, "record"))
