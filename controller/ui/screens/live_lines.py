"""Owns the one line of the live screen that words are typed on: notes, texts, and what is feared.

It knows not what the session is; what was typed stays until it is saved. Stop acts from within it,
and Escape gives every key back to the session.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable
from typing import Literal

from textual.widgets import Input

from controller.language import _
from controller.session.now import Now, Outcome
from controller.session.remarks import remarks
from controller.session.safety.entries import LONGEST_BEHAVIOUR
from controller.ui.asking import ENTER, Act, Asking, Taken
from controller.ui.asking_expected import SayFeared, SayLearned
from controller.ui.asking_remark import ReadyRemarks
from controller.ui.asking_safety import SaySafety
from controller.ui.line_offers import LineOffer, offered_lines
from controller.ui.maps import too_small
from controller.ui.proposals import Proposals
from controller.ui.screens.base import PalierScreen
from controller.ui.stop_keys import HeldKey
from controller.ui.widgets.bottom import KeyLine, Tone
from vr_runtime.wire.sight import LONGEST_TEXT

Written = SayFeared | SayLearned | SaySafety
"""Questions that are answered on the line."""
Writing = Literal["note", "text", "feared", "learned", "safety"]
MOST_LETTERS: dict[Writing, int] = {
    "note": 4000,
    "text": LONGEST_TEXT,
    "feared": 400,
    "learned": 1000,
    "safety": LONGEST_BEHAVIOUR,
}
PLAIN: tuple[Writing, ...] = ("note", "text")
"""Lines that an act opens; the others belong to a question."""


class LiveLines(PalierScreen):
    """The part of the live screen that is written on."""

    _now: Now
    _asking: Asking | None

    def __init__(self) -> None:
        super().__init__()
        self._writing: Writing | None = None
        self._drafts: dict[Writing, str] = dict.fromkeys(MOST_LETTERS, "")
        self._proposals = Proposals()
        self._offered: tuple[LineOffer, ...] = ()
        """The recorded lines among the ready words of the open note."""
        self._entered = HeldKey()
        self._unseen: str | None = None
        """What the line read as an Enter opened it; None where another key did."""

    @abstractmethod
    def _arrange(self) -> None: ...

    @abstractmethod
    def _ask(self, asking: Asking | None) -> None: ...

    @abstractmethod
    def _follow(self, taken: Taken) -> None: ...

    @abstractmethod
    def _send(
        self,
        act: Act,
        *,
        record: bool = False,
        eases: bool = False,
        then: Callable[[Outcome], None] | None = None,
    ) -> None: ...

    def _planned(self, taken: Taken) -> Taken:
        """What comes of words, with what is known of them beside."""
        return taken

    def _keep_line(self, text: str) -> None:
        """What a question's line reads so far."""

    @abstractmethod
    def say(self, text: str, tone: Tone) -> None:
        """On the line for it."""

    def _write(self, writing: Writing | None) -> None:
        """Begin or leave a line; what was written stays until it is saved."""
        if not self.query("#writing"):
            return
        line = self.query_one("#writing", Input)
        if self._writing is not None:
            self._drafts[self._writing] = line.value
        self._writing = writing
        if writing is not None:
            line.value, line.max_length = self._drafts[writing], MOST_LETTERS[writing]
            line.cursor_position = len(line.value)
            self._proposals = Proposals(self._all_ready() if writing == "note" else ())
            self._entered.is_repeat("enter", self.palier.clock())
            self._label_line()
        keys = self.query_one(KeyLine)
        keys.writing = writing or ""
        self._arrange()
        line.display = writing is not None and not too_small(self.app.size)
        line.disabled = not line.display
        if line.display:
            # At once, not when the loop comes round: the next key belongs to the note already.
            self.set_focus(line)
        else:
            self._writing = None
            keys.writing = ""
            self.set_focus(None)
            if isinstance(self._asking, ReadyRemarks):
                self._ask(None)

    def _all_ready(self) -> tuple[str, ...]:
        """What the arrows choose from: a line that is heard, to be ended, comes first."""
        ends = tuple(line.text for line in self._offered if line.ends)
        others = tuple(line.text for line in self._offered if not line.ends)
        return (*ends, *self._ready(), *others)

    def _ready(self) -> tuple[str, ...]:
        """The clinic's ready remarks, or the usual ones."""
        return remarks(self.palier.lead.after.protocol)

    def _lines(self) -> tuple[LineOffer, ...]:
        """The recorded lines that may be chosen beside the remarks."""
        return offered_lines(self._now, self.palier.lead.lines.there)

    def _write_note(self) -> None:
        """A note; ready remarks and recorded lines are named where no question is open."""
        self._offered = self._lines()
        self._write("note")
        if self._writing == "note" and self._asking is None:
            names = tuple(line.text if line.ends else line.name for line in self._offered)
            self._ask(ReadyRemarks(self._ready(), names))

    def _label_line(self) -> None:
        """What is to be written on the line."""
        told = {
            "text": _("What the patient is to read, then Enter; empty takes it away."),
            "feared": _("In the patient's words, then Enter."),
            "learned": _("In the patient's words, then Enter; empty saves without."),
            "safety": _("The safety behaviour, then Enter."),
        }
        label = told.get(self._writing or "", _("Write the note, then Enter."))
        self.query_one("#writing", Input).placeholder = label

    def _typed_on_line(self, key: str) -> None:
        """A key that the line itself has no use for: Escape leaves it, the arrows propose."""
        if key == "escape":
            self._write(None)
            if isinstance(self._asking, Written):
                self._ask(None)
        elif key in ("up", "down"):
            self._propose(1 if key == "down" else -1)

    def _propose(self, by: int) -> None:
        """Put the next of the ready words into the line, to be saved or written on."""
        line = self.query_one("#writing", Input)
        found = self._proposals.turn(line.value, by)
        if found is not None:
            line.value = found
            line.cursor_position = len(found)
        elif self._proposals.texts:
            self.say(_("No ready words begin like this; what you typed stays."), "info")

    def _click_line(self, key: str) -> None:
        """A key of a question's line was clicked."""
        if key == "down":
            self._propose(1)
        elif key == "escape":
            self._typed_on_line(key)
        elif key == ENTER:
            self.call_later(self.query_one("#writing", Input).action_submit)

    def on_input_changed(self, event: Input.Changed) -> None:
        """What a question's line reads is kept with every letter."""
        if self._writing is not None and self._writing not in PLAIN:
            self._drafts[self._writing] = event.value
            self._keep_line(event.value)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Send the note or the text; one that was refused comes back into its line."""
        text, written = event.value.strip(), self._writing or "note"
        held = self._entered.is_repeat("enter", self.palier.clock())
        if isinstance(self._asking, Written) and written == self._asking.line:
            if held and event.value == self._unseen:
                return  # The Enter that opened the line, held or doubled: it saves nothing unseen.
            taken = self._asking.written(text, self._now)
            if taken.then is not self._asking:
                self._write(None)
            self._follow(self._planned(taken))
            return
        self._write(None)
        self._drafts[written] = ""

        def keep(outcome: Outcome) -> None:
            if not outcome.ok and not self._drafts[written]:
                self._drafts[written] = text

        if written == "text" and text:
            self._send(lambda lead: lead.eyes.show_text(text), then=keep)
        elif written == "text" and self._now.state is not None and self._now.state.sight.text:
            self._send(lambda lead: lead.eyes.take_away("text"))
        elif written == "note" and (line := self._chosen(text)) is not None:
            self._send(line.act(), eases=line.ends)
        elif written == "note" and text:
            self._send(lambda lead: lead.note(text), record=True, then=keep)

    def _chosen(self, text: str) -> LineOffer | None:
        """The recorded line that was chosen and not written on; a note of it is none."""
        return next((line for line in self._offered if line.text == text), None)
