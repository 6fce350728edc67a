"""Owns going through questions one after the other: one key for each answer, a reason for a yes.

The screening and the questions about today are asked by it. It sends nothing itself.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from textual import events
from textual.app import ComposeResult
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from controller.language import _
from controller.session.before.entries import LONGEST_WHY, Dealt
from controller.session.before.leading import Kept
from controller.session.before.words import DEALT
from controller.ui.screens.base import Foot, PalierScreen, TopBar, Way
from controller.ui.stop_keys import PacedKey
from controller.ui.widgets.rows import Rows

YES = ("y", "o")
"""Yes and oui, in either language: O is no other answer."""
BY_LETTER: dict[str, Dealt] = {"c": "cleared", "g": "overridden", "w": "open"}


@dataclass(frozen=True)
class Asked:
    """One question, and what is answered so far."""

    id: str
    text: str
    more: tuple[str, ...] = ()
    """What a yes leads to, the protocol's note, and its source."""
    yes: bool | None = None
    """None while it is not answered."""
    dealt: Dealt | None = None
    why: str = ""

    def word(self, *, deals: bool) -> str:
        """The answer in a word; a yes that waits says so."""
        if self.yes is None:
            return "–"
        if not self.yes:
            return _("no")
        if deals and self.dealt is not None:
            return _("yes, {dealt}").format(dealt=_(DEALT[self.dealt]))
        return _("yes")

    def settled(self, *, deals: bool) -> bool:
        """Whether nothing more has to be said of it before it is saved."""
        if not self.yes:
            return self.yes is not None
        return self.dealt is not None if deals else bool(self.why)


@dataclass(frozen=True)
class Questions:
    """What is asked, in the language spoken now."""

    title: str
    below: str
    asked: tuple[Asked, ...]


class AskThroughScreen(PalierScreen):
    """Every question in turn; N answers no and goes on, Y or O yes.

    A key that is held answers one question and no more. Answers that are not saved yet outlast a
    stop, and leaving the screen.
    """

    def __init__(
        self,
        ask: Callable[[], Questions],
        save: Callable[[tuple[Asked, ...]], None],
        kept: Kept,
        *,
        deals: bool,
    ) -> None:
        """`ask` says the questions in the language spoken, `save` is given all answers.

        `kept` takes each answer as it is given. With `deals` a yes is cleared, overridden or left
        open; without it a yes needs the reason to go on.
        """
        super().__init__()
        self._ask, self._save_them, self._kept, self._deals = ask, save, kept, deals
        self._held = PacedKey()
        self._saying = ask()
        self._asked = self._with_kept()
        self._dealing: Dealt | None = None
        """What the words that are being written are for."""

    def compose(self) -> ComposeResult:
        """The questions, the one that is asked in words, and a line for a reason."""
        yield TopBar(self._saying.title, self._saying.below)
        with Horizontal(id="body", classes="-close"):
            yield Rows(*self._options(), id="rows", classes="-one", markup=False)
            with VerticalScroll(id="beside", can_focus=False):
                yield Static(id="words", markup=False)
        yield Input(id="why", compact=True, max_length=LONGEST_WHY)
        yield Foot(
            Way("N", _("no"), "no"),
            Way(_("Y or O"), _("yes"), "yes"),
            Way("↑ ↓", _("another")),
            Way(_("Enter"), _("save"), "save"),
            Way(_("Esc"), _("back"), "back"),
        )

    def on_mount(self) -> None:
        """From the first question that has no answer."""
        self.query_one("#why").display = False
        box = self.query_one("#rows", OptionList)
        box.highlighted = self._next(0) or 0
        box.focus()
        self._describe()

    def speak_anew(self) -> None:
        """The questions too are said in the language that is spoken now."""
        self._saying = self._ask()
        self._asked = self._with_kept()
        super().speak_anew()

    def _with_kept(self) -> list[Asked]:
        """The questions with the answers that were given and are not saved yet."""
        found = []
        for one in self._saying.asked:
            yes, dealt, why = self._kept.get(one.id, (one.yes, one.dealt, one.why))
            found.append(replace(one, yes=yes, dealt=dealt, why=why))
        return found

    # -- what is shown

    def _options(self) -> list[Option]:
        return [Option(self._drawn(one), id=one.id) for one in self._asked]

    def _drawn(self, one: Asked) -> Content:
        glyph, style = "○", "bold"
        if one.yes is not None:
            waits = one.yes and (not one.settled(deals=self._deals) or one.dealt == "open")
            glyph, style = ("▲", "bold $alert") if waits else ("✓", "$level")
        word = "–" if one.yes is None else _("yes") if one.yes else _("no")
        return Content.assemble((f"{glyph} {word:<4} ", style), one.text)

    def _describe(self) -> None:
        one = self._here()
        parts = [Content.styled(one.text, "bold"), Content("")]
        parts += [Content(line) for line in one.more if line]
        if one.yes:
            parts += [Content(""), Content.styled(one.word(deals=self._deals), "bold")]
            parts += [Content(one.why)] if one.why else []
            if self._deals and not self.query_one("#why").display:
                parts += [Content(""), *self._ways_to_deal()]
        self.query_one("#words", Static).update(Content("\n").join(parts))

    @staticmethod
    def _ways_to_deal() -> list[Content]:
        return [
            Content.assemble((" C ", "bold $level"), _("cleared: by whom, and what was agreed")),
            Content.assemble((" G ", "bold $level"), _("go ahead all the same, and say why")),
            Content.assemble((" W ", "bold $level"), _("wait: no session before it is dealt with")),
        ]

    def _here(self) -> Asked:
        return self._asked[self.query_one("#rows", OptionList).highlighted or 0]

    def on_option_list_option_highlighted(self) -> None:
        """Another question is looked at."""
        self._describe()

    def on_option_list_option_selected(self) -> None:
        """Enter saves, once everything is answered."""
        self.action_save()

    # -- answers

    def on_key(self, event: events.Key) -> None:
        """Letters answer; in the line for a reason they are its own."""
        letter = (event.character or "").lower()
        if event.key == "escape":
            if self.query_one("#why").display:
                self._close_line()
            else:
                self.action_back()
        elif self.query_one("#why").display:
            return
        elif letter in ("n", *YES) and self._held.is_repeat(letter, event.time):
            self.say(_("One press answers one question: let the key go first."), "info")
        elif letter == "n":
            self.behind(self.action_no)
        elif letter in YES:
            self.behind(self.action_yes)
        elif self._deals and letter in BY_LETTER:
            self.behind(lambda: self._deal(BY_LETTER[letter]))
        else:
            return
        event.stop()

    def action_no(self) -> None:
        """No; on to the next that has no answer."""
        self._answer(replace(self._here(), yes=False, dealt=None, why=""))
        self._go_on()

    def action_yes(self) -> None:
        """Yes; it is asked what became of it, or why the session goes on."""
        one = self._here()
        self._answer(one if one.yes else replace(one, yes=True, dealt=None, why=""))
        if self._deals:
            self.say(_("Yes: C cleared, G go ahead and say why, W wait."), "info")
        else:
            self._write(_("Why does the session go on? Then Enter."))

    def _deal(self, dealt: Dealt) -> None:
        if not self._here().yes:
            return
        self._dealing = dealt
        if dealt == "open":
            self._answer(replace(self._here(), dealt="open", why=""))
            self._go_on()
        elif dealt == "cleared":
            self._write(_("Who cleared it, and what was agreed? Then Enter."))
        else:
            self._write(_("Why is it gone ahead with all the same? Then Enter."))

    def _write(self, asks: str) -> None:
        line = self.query_one("#why", Input)
        line.value, line.placeholder, line.display = self._here().why, asks, True
        self.set_focus(line)
        self.say(asks, "info")
        self._describe()

    def _close_line(self) -> None:
        self.query_one("#why").display = False
        self.set_focus(self.query_one("#rows"))
        self._describe()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """The reason is there; on to the next question."""
        event.stop()
        why = " ".join(event.value.split())
        if not why:
            self.say(_("Say it in a few words; Esc leaves the line."), "refused")
            return
        dealt = self._dealing if self._deals else None
        self._answer(replace(self._here(), dealt=dealt, why=why))
        self._close_line()
        self._go_on()

    def _answer(self, one: Asked) -> None:
        box = self.query_one("#rows", OptionList)
        at = box.highlighted or 0
        self._asked[at] = one
        self._kept[one.id] = one.yes, one.dealt, one.why
        box.replace_option_prompt_at_index(at, self._drawn(one))
        self._describe()

    def _next(self, after: int) -> int | None:
        order = [*range(after, len(self._asked)), *range(after)]
        return next((n for n in order if not self._asked[n].settled(deals=self._deals)), None)

    def _go_on(self) -> None:
        box = self.query_one("#rows", OptionList)
        at = self._next((box.highlighted or 0) + 1)
        if at is None:
            self.say(_("Everything is answered: Enter saves."), "done")
        else:
            box.highlighted = at

    def action_save(self) -> None:
        """Hand all answers over, or go to what is missing."""
        at = self._next(0)
        if at is None:
            self._save_them(tuple(self._asked))
            return
        self.query_one("#rows", OptionList).highlighted = at
        if self._asked[at].yes:
            self.say(_("This yes waits for a word."), "refused")
        else:
            self.say(_("This question has no answer yet."), "refused")
