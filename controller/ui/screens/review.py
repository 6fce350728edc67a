"""Owns the screen of one past session: its rows in order, its comparison, and later words on it.

It changes nothing: whatever is said here is a new entry, and both words stay to be read.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import partial

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from controller.language import _
from controller.session.now import Outcome
from controller.session.reviewed import KINDS, Compared, Kind, Reviewed, Told
from controller.ui.errands import Call, Errand
from controller.ui.later_words import LaterWord, correcting, following, outcomes
from controller.ui.lettering import cut, decimal
from controller.ui.retold_rows import legend, named, row
from controller.ui.screens.base import Choice, Foot, PalierScreen, TopBar, Way
from controller.ui.widgets.rows import Rows

LEAST_NAME = 12
"""Columns that the row has at least where it is named before what became of a word."""


class ReviewScreen(PalierScreen):
    """One past session.

    Args:
        session: the record's id of it.
    """

    def __init__(self, session: str) -> None:
        super().__init__()
        self._session = session
        self._seen: Reviewed | None = None
        self._kind: Kind | None = None
        """The kind that is shown; None for all."""
        self._rows: tuple[Told, ...] = ()
        self._comparing = False
        self._newest_of: int | None = None
        """The entry on which a word was just saved: it is shown once the rows are read anew."""
        self._word: LaterWord | None = None
        """What is being said of an entry."""
        self._about = ""
        """The row that it is about, by its time and its text."""
        self._sending = False
        """It is on its way to the record: nothing is sent twice, and none says it is not."""
        self._leaving = False
        """Escape was pressed while it is on its way: once more leaves the screen."""
        self._unread = False
        """It has to be read once somebody has said who they are."""

    def compose(self) -> ComposeResult:
        """What is to be known, the rows, the comparison in their place, and a line for words."""
        yield TopBar(_("A past session"), _("Reading the record…"))
        with Vertical(id="body", classes="-close"):
            yield Static(id="remarks", markup=False)
            yield Static(legend(), id="legend", markup=False)
            yield Rows(id="retold", markup=False)
            with VerticalScroll(id="comparison"):
                yield Static(id="compared", markup=False)
            yield Static(id="about", markup=False)
            yield Input(id="word", compact=True, select_on_focus=False)
        yield Foot(
            Way("F", _("kind"), "kind"),
            Way("C", _("compare"), "compare"),
            Way("A", _("correct"), "correct"),
            Way("U", _("follow-up"), "follow_up"),
            Way("R", _("report"), "report"),
            Way(_("Page keys"), _("scroll"), "scroll"),
            Way(_("Esc"), _("back"), "back"),
        )

    def on_mount(self) -> None:
        """The rows have the keyboard; the record is read beside the screen."""
        self.query_one("#comparison").border_title = _("COMPARED WITH EARLIER SESSIONS")
        self.query_one("#remarks").display = False
        self._show_parts()
        self._draw()
        self._focus()
        self._read_anew()

    def on_screen_resume(self) -> None:
        """What could not be read while it was asked who sits here is read for who said so."""
        if self._unread:
            self._read_anew()

    def _read_anew(self) -> None:
        """Read it beside the screen; not for nobody: that it was looked at is kept under a name."""
        self._unread = self.palier.asks_who()
        if not self._unread:
            self.run_worker(self._read())

    def forget(self) -> None:
        """Everything is read anew, in the language that is spoken now."""
        self._seen = None

    async def _read(self) -> None:
        seen = await self.palier.lead.reviews.read(self._session)
        if isinstance(seen, str):
            self.say(seen, "alarm")
            return
        self._seen = seen
        told = _("{patient} · {title} · {day} · {minutes} min").format(
            patient=seen.pseudonym,
            title=seen.title,
            day=seen.opened[:16].replace("T", " ") + " UTC",
            minutes=decimal(seen.lasted_s / 60, 0),
        )
        self.query_one(TopBar).tell(told)
        remarks = self.query_one("#remarks", Static)
        remarks.display = bool(seen.remarks)
        remarks.update(Content("\n").join(Content.styled(f"▲ {r}", "$alert") for r in seen.remarks))
        self.call_after_refresh(partial(self._draw, anew=True))

    # -- the rows

    def _draw(self, anew: bool = False) -> None:
        """All rows of the kind that is shown, with the same one highlighted.

        Read `anew` after a word was saved: then that word, unless another row was gone to since.
        """
        if not self.is_attached:
            return
        box = self.query_one("#retold", OptionList)
        columns = max(40, box.size.width - 1)
        seen, kept, meant = self._seen, self._at(), self._meant()
        every = () if seen is None else seen.rows
        self._rows = tuple(one for one in every if self._kind is None or self._kind in one.kinds)
        box.clear_options()
        box.add_options([Option(row(one, columns)) for one in self._rows])
        shown = _("all") if self._kind is None else _(KINDS[self._kind])
        box.border_title = _("{count} OF {all} ROWS · {kind}").format(
            count=len(self._rows), all=len(every), kind=shown
        )
        newest = None
        if anew:
            newest, self._newest_of = self._newest_of, None
        if self._rows:
            stays = meant is not None and meant.entry == newest
            box.highlighted = self._place(kept, newest if stays else None)
        self._compare(None if seen is None else seen.compared)

    def _place(self, kept: Told | None, newest: int | None) -> int:
        """Where the row is now that was highlighted, or the newest word on the entry `newest`."""
        entries = [one.entry for one in self._rows]
        if newest is not None and newest in entries:
            at = entries.index(newest)
            while at + 1 < len(self._rows) and self._rows[at + 1].later:
                at += 1
            return at
        if kept is None or kept in self._rows:
            return self._rows.index(kept) if kept is not None else 0
        # Its own words may be others now.
        return entries.index(kept.entry) if kept.entry is not None and kept.entry in entries else 0

    def _at(self) -> Told | None:
        """The row that is highlighted."""
        at = self.query_one("#retold", OptionList).highlighted
        return self._rows[at] if at is not None and at < len(self._rows) else None

    def _meant(self) -> Told | None:
        """The row that a later word would be about: of a later word, what it stands below."""
        at = self.query_one("#retold", OptionList).highlighted
        while at and at < len(self._rows) and self._rows[at].later:
            at -= 1
        return self._rows[at] if at is not None and at < len(self._rows) else None

    def _compare(self, found: Compared | None) -> None:
        """Each level with its figures and, below, what it is compared with."""
        if found is None:
            return
        lines = [Content(found.why_not)] if found.why_not else []
        for figures, told in found.rows:
            lines += [Content.styled(figures, "bold"), Content(f"    {told}"), Content("")]
        lines += [Content.styled(note, "$quiet") for note in found.notes]
        self.query_one("#compared", Static).update(Content("\n").join(lines))

    # -- keys

    def on_key(self, event: events.Key) -> None:
        """Letters act while no line is being typed; Escape goes one step back."""
        if event.key == "escape":
            event.stop()
            self.action_back()
            return
        letter = (event.character or "").lower()
        repeated = self.palier.doubled.is_repeat(letter or event.key, event.time)
        if self._sending:
            return
        if self._word is not None and self._word.step == "outcome":
            if letter in outcomes() and not repeated:
                event.stop()
                self._word.outcome = outcomes()[letter]
                self._go_on()
            return
        if isinstance(self.focused, Input):
            return
        todo = {
            "f": self.action_kind,
            "c": self.action_compare,
            "a": self.action_correct,
            "u": self.action_follow_up,
            "r": self.action_report,
        }
        if letter in todo:
            event.stop()
            if letter in "au":
                self.behind(todo[letter])
            elif not (letter == "r" and repeated):
                # Held on after it told how it is now, the letter writes no report.
                todo[letter]()

    def action_back(self) -> None:
        """Out of the line, then out of the comparison, then back to the list."""
        if self._sending and not self._leaving:
            self._leaving = True
            told = _("It is being saved; Esc again goes back without waiting for it.")
            self.say(told, "info")
            return
        if self._sending:
            super().action_back()
            return
        if self._word is not None:
            self._word = None
            self.say(_("Nothing was entered."), "info")
        elif self._comparing:
            self._comparing = False
        else:
            super().action_back()
            return
        self._show_parts()
        self._focus()

    def action_kind(self) -> None:
        """The next kind of which there are rows, and after the last all of them again."""
        there = {kind for one in (self._seen.rows if self._seen else ()) for kind in one.kinds}
        order = [None, *(kind for kind in KINDS if kind in there)]
        at = order.index(self._kind) if self._kind in order else 0
        self._kind = order[(at + 1) % len(order)]
        self._comparing = False
        self._show_parts()
        self._draw()
        self._focus()

    def action_compare(self) -> None:
        """The comparison in the place of the rows, or the rows again."""
        self._comparing = not self._comparing
        self._show_parts()
        self._focus()

    def action_scroll(self) -> None:
        """The next page of what is shown; after the last one the first again."""
        if self._comparing:
            page = self.query_one("#comparison", VerticalScroll)
            if page.scroll_offset.y >= page.max_scroll_y:
                page.scroll_home(animate=False)
            else:
                page.scroll_page_down(animate=False)
            return
        rows = self.query_one("#retold", OptionList)
        if rows.highlighted == rows.option_count - 1:
            rows.action_first()
        else:
            rows.action_page_down()  # type: ignore[no-untyped-call]

    def action_report(self) -> None:
        """Write the report of this session."""
        self.say(_("Writing the report…"), "info")
        call = partial(self.palier.lead.report, self._session)
        self.palier.errands.send(Errand(call, "record"))

    # -- later words

    def action_correct(self) -> None:
        """Say a later word on the entry of the highlighted row."""
        told = self._meant()
        self._put(
            told,
            None if told is None else correcting(told),
            _("Choose distress, a note, an adverse event or a fear to correct."),
        )

    def action_follow_up(self) -> None:
        """Say what became of the adverse event of the highlighted row."""
        told = self._meant()
        word = None if told is None else following(told)
        self._put(told, word, _("Choose the row of an adverse event first."))

    def _put(self, told: Told | None, word: LaterWord | None, otherwise: str) -> None:
        if self._seen is None or self._sending:
            return
        if self._word is not None:
            # Another word is being said: it is ended or left first, and nothing of it is lost.
            self.say(self._word.asks(), "info")
            self._focus()
            return
        if not self._seen.closed:
            self.say(_("Nothing can be entered about this session here."), "refused")
            return
        if word is None or told is None:
            self.say(otherwise, "refused")
            return
        self._about = named(told)
        self._comparing = False
        self._word = word
        self._ask()

    def _ask(self) -> None:
        """Put the next question."""
        word = self._word
        self._show_parts()
        if word is None:
            return
        line = self.query_one("#word", Input)
        line.value = word.text()
        line.cursor_position = len(line.value)
        self.say(word.asks(), "info")
        self._focus()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter on the line goes on, or saves."""
        event.stop()
        if self._word is not None and not self._sending:
            self._word.typed(event.value)
            self._go_on()

    def _go_on(self) -> None:
        word = self._word
        if word is None or self._sending:
            return
        if word.on():
            self._ask()
            return
        self._sending, self._leaving = True, False
        self.say(_("Saving…"), "info")
        call = partial(self._naming, self._about, self._call(word))
        self.palier.errands.send(Errand(call, "record", then=partial(self._saved, word)))

    async def _naming(self, about: str, call: Call) -> Outcome:
        """What became of it, beginning with the row that it is about."""
        outcome = await call()
        room = max(LEAST_NAME, self.app.size.width - len(outcome.text) - 6)
        told = _("{name}: {told}").format(name=cut(about, room), told=outcome.text)
        return replace(outcome, text=told) if outcome.ok else outcome

    def _call(self, word: LaterWord) -> Call:
        reviews, session = self.palier.lead.reviews, self._session
        if word.what == "mistaken":
            return partial(reviews.mistaken, session, word.entry, word.why)
        if word.what == "follow_up":
            return partial(
                reviews.follow_up, session, word.entry, word.said, word.outcome, word.again
            )
        return partial(reviews.correct, session, word.entry, word.said, word.why)

    def _saved(self, word: LaterWord, outcome: Outcome) -> None:
        """Saved: the rows are read anew. Refused: the first question again, nothing is lost."""
        self._sending = False
        if self._word is not word or not self.is_attached:
            return
        if not outcome.ok:
            word.step = "why" if word.what == "mistaken" else "said"
            self._ask()
            return
        self._word, self._newest_of = None, word.entry
        self._show_parts()
        self._focus()
        self._read_anew()

    # -- parts

    def _show_parts(self) -> None:
        self.query_one("#comparison").display = self._comparing
        self.query_one("#retold").display = not self._comparing
        self.query_one("#legend").display = not self._comparing
        word = self._word
        self.query_one("#word").display = word is not None and word.step != "outcome"
        about = self.query_one("#about", Static)
        about.display = word is not None
        about.update(Content.assemble((f" {self._about}", "bold")))

    def _focus(self) -> None:
        """The keyboard to the line, to nothing where a letter is asked for, or to what is shown."""
        word = self._word
        if word is not None:
            self.set_focus(None if word.step == "outcome" else self.query_one("#word"))
        else:
            self.query_one("#comparison" if self._comparing else "#retold").focus()

    def on_resize(self) -> None:
        """Another width breaks the rows elsewhere."""
        super().on_resize()
        if self.ready:
            self.call_after_refresh(self._draw)

    def choices(self) -> Iterable[Choice]:
        """What the letters do."""
        yield Choice(_("Next kind of rows"), "F", self.action_kind)
        yield Choice(_("Compare with earlier sessions"), "C", self.action_compare)
        yield Choice(_("Correct this entry"), "A", self.action_correct)
        yield Choice(_("Follow-up of an adverse event"), "U", self.action_follow_up)
        yield Choice(_("Write the report"), "R", self.action_report)
