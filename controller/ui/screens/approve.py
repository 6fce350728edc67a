"""Owns the question whether a pack of scenarios is approved; one key approves, and no other."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import partial

from textual import events
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from controller.language import _, language, mark
from controller.session.declared import contraindications, motion
from controller.session.now import Outcome
from controller.ui.errands import Errand
from controller.ui.lettering import decimal
from controller.ui.screens.base import Choice, Foot, PalierScreen, TopBar, Way
from scenarios.api.manifest import Manifest
from vr_runtime.wire.packs import Grade, PackNote

_MEASURED: Mapping[Grade, str] = {
    "bronze": mark("Measured by its author: bronze."),
    "silver": mark("Measured by its author: silver."),
    "gold": mark("Measured by its author: gold."),
}


def grouped(digits: str) -> str:
    """Hex digits in groups of four, to be compared by eye."""
    return " ".join(digits[n : n + 4] for n in range(0, len(digits), 4))


def signature(note: PackNote) -> str:
    """Who signed a pack, in one sentence."""
    if note.signed_by is None:
        return _("Nobody signed it; its author is named here, and not proven.")
    if note.signer:
        text = _("Signed by {name}, whose key the patient's side knows:")
        return text.format(name=note.signer)
    return _("Signed by a key that the patient's side does not know:")


class ApproveScreen(PalierScreen):
    """All that is known of a pack; A approves it, Escape leaves it."""

    def __init__(self, note: PackNote, scenarios: Iterable[Manifest]) -> None:
        super().__init__()
        self._note = note
        self._scenarios = tuple(one for one in scenarios if one.id in note.scenarios)

    def compose(self) -> ComposeResult:
        """What it is, who made it, what it contains, and what approving means."""
        yield TopBar(_("Approve a pack?"), _("Once for each pack; it is recorded who did."))
        with VerticalScroll(id="body"):
            words = Content("\n").join(self._of_the_pack())
            yield Static(words, id="pack", classes="told", markup=False)
            for one in self._scenarios:
                title = (one.title.get(language()), "bold")
                heading = Content.assemble(title, f"  {one.id} {one.version}")
                yield Static(heading, classes="told", markup=False)
                words = Content("\n").join(self._of_a_scenario(one))
                yield Static(words, classes="told inset", markup=False)
            if self._note.grades:
                text = _("A grade is technical: it says nothing about clinical effect.")
                yield Static(Content.styled(text, "$quiet"), classes="told", markup=False)
        yield Foot(
            Way("A", _("approve"), "approve"),
            Way("↑ ↓", _("read on")),
            Way(_("Esc"), _("back, not approved"), "back"),
        )

    def on_mount(self) -> None:
        """Arrows read on."""
        self.query_one("#body").focus()

    def _of_the_pack(self) -> Iterable[Content]:
        note, spoken = self._note, language()
        yield Content.assemble((note.title.get(spoken), "bold"), f"  {note.name} {note.version}")
        yield Content(_("By {author}, {licence}").format(author=note.author, licence=note.licence))
        yield Content.styled(signature(note), "" if note.signer else "$alert")
        if note.signed_by is not None:
            yield Content(f"  {grouped(note.signed_by)}")
        text = _(
            "A scenario is a Python program of its author, and it is not sandboxed: it can read, "
            "change and send what this user of the patient's machine can. Approve what comes from "
            "people you trust. Limits, pause, stop and the safe place stay the engine's."
        )
        yield Content.styled(f"▲ {text}", "$alert")
        yield Content(_("Nothing of it has been run yet: below stands what it says of itself."))
        told = _("Files: {n}, {size} MB").format(n=note.files, size=decimal(note.size / 1e6, 1))
        yield Content(told)
        # Two lines of equal groups: a hash is compared with another, or not at all.
        yield Content.styled(_("Hash"), "$quiet")
        yield Content(f"  {grouped(note.sha256[:32])}")
        yield Content(f"  {grouped(note.sha256[32:])}")

    def _of_a_scenario(self, one: Manifest) -> Iterable[Content]:
        spoken = language()
        yield Content(one.summary.get(spoken))
        named = [contraindications(one), *(w.get(spoken) for w in one.warnings)]
        for played in (*one.events, *one.tasks):
            if played.warning is not None:
                told, warning = _("{event}: {warning}"), played.warning.get(spoken)
                named.append(told.format(event=played.label.get(spoken), warning=warning))
        for text in filter(None, named):
            yield Content.styled(f"▲ {text}", "$alert")
        if moved := motion(one):
            yield Content.styled(moved, "$quiet")
        grade = self._note.grade(one.id)
        told = _("Not measured.") if grade is None else _(_MEASURED[grade])
        yield Content.styled(told, "$quiet")

    def on_key(self, event: events.Key) -> None:
        """A approves, Escape goes back; Enter does nothing, lest it be pressed by habit."""
        if event.key == "escape":
            event.stop()
            self.action_back()
        elif (event.character or "").lower() == "a":
            event.stop()
            self.action_approve()

    def action_approve(self) -> None:
        """Record the approval; the screen goes once it is durable."""
        call = partial(self.palier.lead.packs.approve, self._note.sha256)
        self.palier.errands.send(Errand(call, "record", then=self._done))

    def _done(self, outcome: Outcome) -> None:
        if outcome.ok:
            self.action_back()

    def choices(self) -> Iterable[Choice]:
        """The same two, by words."""
        yield Choice(_("Approve this pack"), _("It is recorded who did; A."), self.action_approve)
        yield Choice(_("Back, not approved"), "", self.action_back)
