"""Owns the page of the therapist's note: a draft until its author validates it; it keeps nothing.

What is typed lives with whoever leads the session with every letter, and goes to the record as a
draft every few seconds and whenever the page is left.
"""

from __future__ import annotations

from textual import events
from textual.app import ComposeResult
from textual.widgets import Static, TextArea

from controller.language import _
from controller.session.now import Now, Outcome
from controller.ui.easing import fainted
from controller.ui.errands import Errand
from controller.ui.screens.base import Foot, PalierScreen, TopBar, Way

DRAFT_EVERY_S = 10.0
"""What is typed is in the record at the latest after so long."""
KEPT = "note"


class NoteScreen(PalierScreen):
    """A page to write on; F9 and then Enter validate."""

    def __init__(self) -> None:
        super().__init__()
        self._asking = False
        self._began = False
        self._session: str | None = None
        """The session it is about: what comes late goes into no other."""

    def compose(self) -> ComposeResult:
        """The text, and the question whether to validate."""
        lead = self.palier.lead
        now = lead.now()
        self._session, after = now.session, now.after
        note = "" if after.note is None else after.note.text
        text = lead.after.typed().get(KEPT) or after.draft or note
        yield TopBar(_("Therapist's note"), "")
        yield TextArea(text, id="body", classes="-close", show_line_numbers=False, soft_wrap=True)
        yield Static("", id="validate", markup=False)
        yield Foot(
            Way("F9", _("validate"), "ask"),
            Way(_("Esc"), _("leave; the draft is kept"), "back_or_write"),
        )

    def on_mount(self) -> None:
        """Write at the end of what is there; said anew in another language, go on as it was."""
        if self._began:
            return
        self._began = True
        area = self.query_one(TextArea)
        area.move_cursor(area.document.end)
        area.focus()
        self.set_interval(DRAFT_EVERY_S, self._draft)

    def on_unmount(self) -> None:
        """Left, or taken away by a stop: the draft goes to the record."""
        self._draft()

    def show(self, now: Now) -> None:
        """Whether it is a draft, and whose it will be."""
        note = now.after.note
        same = note is not None and note.text == self._text().strip()
        if same:
            told = _("Validated.")
        elif note is not None:
            told = _("Changed since it was validated: validate again to correct it.")
        else:
            told = _("Draft: it is nobody's statement before it is validated.")
        self.query_one(TopBar).tell(told)

    def _text(self) -> str:
        return self.query_one(TextArea).text

    def on_text_area_changed(self) -> None:
        """Kept with every letter."""
        if self._its_own():
            self.palier.lead.after.typed()[KEPT] = self._text()

    def _its_own(self) -> bool:
        """Whether its session is still the open one; once sealed, the seal has kept the draft."""
        return self.palier.lead.now().session == self._session

    def _draft(self) -> None:
        """Send it to the record as it is, where it is another than the last one."""
        text = self.palier.lead.after.typed().get(KEPT)
        if text and self._its_own():
            lead = self.palier.lead
            self.palier.errands.send(Errand(lambda: lead.after.draft_note(text), "record"))

    # -- keys

    def on_key(self, event: events.Key) -> None:
        """F9 asks, Enter validates, Escape goes on writing or leaves."""
        if fainted(self, event):
            return
        if event.key == "f9":
            event.stop()
            self.action_ask()
        elif event.key == "escape":
            event.stop()
            self.action_back_or_write()
        elif event.key == "enter" and self._asking:
            event.stop()
            # Held on, it does not open the page anew.
            self.palier.doubled.is_repeat("enter", event.time)
            self._validate()

    def action_ask(self) -> None:
        """Ask whether whoever sits here stands for it."""
        self._ask(True)

    def _ask(self, asking: bool) -> None:
        self._asking = asking
        area, line = self.query_one(TextArea), self.query_one("#validate", Static)
        area.read_only = asking
        self.set_focus(None if asking else area)
        told = _("Validate this note under the name {name}? Enter validates, Esc goes on writing.")
        line.update(told.format(name=self._author()) if asking else "")

    def _author(self) -> str:
        desk = self.palier.desk
        present = None if desk is None else desk.present
        return "–" if present is None else present.name

    def action_back_or_write(self) -> None:
        """From the question back to writing; from writing back to the page before."""
        if self._asking:
            self._ask(False)
        else:
            self.action_back()

    def _validate(self) -> None:
        text, lead = self._text(), self.palier.lead
        self._ask(False)
        call = Errand(lambda: lead.after.validate_note(text), "record", then=self._validated)
        self.palier.errands.send(call)

    def _validated(self, outcome: Outcome) -> None:
        if outcome.ok:
            self.palier.lead.after.typed().pop(KEPT, None)
            if self.is_current:
                self.action_back()
