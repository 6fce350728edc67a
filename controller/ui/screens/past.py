"""Owns the list of past sessions; Enter goes through one, R writes its report. It changes none."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from controller.language import _, language
from controller.session.now import HOW_ENDED, SessionCard
from controller.ui.errands import Errand
from controller.ui.lettering import decimal
from controller.ui.screens.base import Choice, Foot, PalierScreen, TopBar, Way
from controller.ui.screens.review import ReviewScreen
from controller.ui.widgets.bottom import Tone
from controller.ui.widgets.rows import Rows


class PastScreen(PalierScreen):
    """Sessions of the record, newest first."""

    def __init__(self) -> None:
        super().__init__()
        self._cards: list[SessionCard] = []
        self._looked = False

    def compose(self) -> ComposeResult:
        """The list, whole from its first picture on: a key may come with it."""
        self._cards = list(self.palier.lead.sessions())
        yield TopBar(_("Past sessions"), _("Newest first."))
        with Vertical(id="body", classes="-close"):
            box = Rows(*self._options(), id="past", markup=False)
            box.border_title = _("{count} SESSIONS").format(count=len(self._cards))
            if self._cards:
                box.highlighted = 0
            yield box
        yield Foot(
            Way(_("Enter"), _("go through it"), "open"),
            Way("R", _("write the report"), "report"),
            Way(_("Esc"), _("back"), "back"),
        )

    def on_mount(self) -> None:
        """That the list was looked at stands in the access log."""
        if self.palier.desk is not None and not self._looked:
            self._looked = True
            self.palier.desk.looked_at_sessions()
        if not self._cards:
            self.say(_("There is no session in the record yet."), "info")
        self.query_one("#past", OptionList).focus()

    def say(self, text: str, tone: Tone) -> None:
        """Say what became of an act; it may have changed how a session ended."""
        super().say(text, tone)
        if tone == "done":
            self._renew()

    def _renew(self) -> None:
        cards = list(self.palier.lead.sessions())
        if cards == self._cards:
            return
        self._cards = cards
        box = self.query_one("#past", OptionList)
        at = box.highlighted
        before = box.get_option_at_index(at).id if at is not None else None
        box.clear_options()
        box.add_options(self._options())
        box.border_title = _("{count} SESSIONS").format(count=len(cards))
        places = [n for n, card in enumerate(cards) if card.id == before]
        box.highlighted = places[0] if places else 0 if cards else None

    def _options(self) -> list[Option]:
        return [Option(self._card(card), id=card.id) for card in self._cards]

    @staticmethod
    def _card(card: SessionCard) -> Content:
        """One session in two lines."""
        told = _("{minutes} min · level {level} reached · ratings: {count} · {how}").format(
            minutes=decimal(card.minutes, 0),
            level=card.highest,
            count=card.ratings,
            how=_(HOW_ENDED[card.how]),
        )
        if card.simulated:
            told += " · " + _("simulated")
        opened = card.opened[:16].replace("T", " ") + " UTC"
        title = f"   {card.title.get(language())}   "
        return Content.assemble((card.pseudonym, "bold"), title, opened, "\n", told)

    def on_key(self, event: events.Key) -> None:
        """Escape goes back; Enter acts also before the list has taken the keyboard.

        While the list has it, Enter is the list's: an arrow before it has then moved the choice.
        """
        if event.key == "escape":
            event.stop()
            self.action_back()
        elif event.key == "enter" and not isinstance(self.focused, OptionList):
            event.stop()
            self.behind(self.action_open)
        elif (event.character or "").lower() == "r":
            event.stop()
            self.behind(self.action_report)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Go through this one."""
        if event.option_id is not None:
            self._open(event.option_id)

    def action_open(self) -> None:
        """Go through the highlighted session, row by row."""
        if at := self._at():
            self._open(at)

    def _open(self, session: str) -> None:
        self.palier.put_over(ReviewScreen(session))

    def _at(self) -> str:
        box = self.query_one("#past", OptionList)
        if box.highlighted is None or box.option_count == 0:
            return ""
        return box.get_option_at_index(box.highlighted).id or ""

    def action_report(self) -> None:
        """Write the report of the highlighted session."""
        if at := self._at():
            self._report(at)

    def _report(self, session: str) -> None:
        self.say(_("Writing the report…"), "info")
        self.palier.errands.send(Errand(partial(self.palier.lead.report, session), "record"))

    def choices(self) -> Iterable[Choice]:
        """Each session, and a report of each."""
        for card in self._cards:
            title = _("Session: {patient}, {date}").format(
                patient=card.pseudonym, date=card.opened[:10]
            )
            yield Choice(title, card.title.get(language()), partial(self._open, card.id))
            title = _("Report: {patient}, {date}").format(
                patient=card.pseudonym, date=card.opened[:10]
            )
            yield Choice(title, card.title.get(language()), partial(self._report, card.id))
