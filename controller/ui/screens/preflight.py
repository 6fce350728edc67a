"""Owns the checklist of a session before its first trial: today's state, checks, the way out.

The ways out are rehearsed with the patient and told by the patient's side; none is ticked here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from typing import TYPE_CHECKING, ClassVar, cast, get_args

from textual import events
from textual.app import ComposeResult
from textual.widgets import Input, OptionList

from controller.language import _
from controller.session.before.entries import LONGEST_WHY, Check, TodayItem
from controller.session.before.words import TODAY
from controller.session.now import Now, Outcome
from controller.ui.before_rows import Row, baseline, of_session
from controller.ui.errands import Errand
from controller.ui.keys import act_for
from controller.ui.keys import row as key_row
from controller.ui.possible import phase_of, why_not
from controller.ui.screens.ask_through import Asked, AskThroughScreen, Questions
from controller.ui.screens.base import Choice, Foot, TopBar, Way
from controller.ui.screens.checklist import ChecklistScreen
from controller.ui.screens.consent import ConsentScreen
from controller.ui.screens.forms import FormsScreen
from controller.ui.stop_words import patients_stop
from controller.ui.widgets.phase_bar import GLYPHS, WORDS

if TYPE_CHECKING:
    from controller.session.now import PatientCard

CHECKS: tuple[Check, ...] = get_args(Check)
BASELINE, BEGIN = "baseline", "begin"


class PreflightScreen(ChecklistScreen):
    """What is asked and checked before the first trial; the session goes on behind it.

    Enter does a row and nothing else: the trial's level is named by the key that begins trials, and
    begun by Enter, so that no one key that is held or pressed twice exposes anybody.
    """

    GOES_ON: ClassVar[bool] = False

    def __init__(self, now: Now, begin: Callable[[], None]) -> None:
        """`begin` names the level of the first trial, once nothing is missing."""
        super().__init__()
        self._now, self._begin_trial = now, begin
        self._left_out: str | None = None
        """The row that the reason being written is for."""

    def rows_now(self) -> tuple[Row, ...]:
        """What is asked and checked, and the way on."""
        before = self._now.before
        if before is None:
            return ()
        lead, now = self.palier.lead, self._now
        rows = of_session(before, now.state, patients_stop(lead.after.protocol))
        offered = lead.forms.offered("baseline")
        answered = sum(one.when == "baseline" for one in now.forms)
        # Last: nothing waits for it, and a small screen has room for what does.
        last = baseline(min(answered, len(offered)), len(offered), now.sickness)
        if before.missing:
            told = _("waits for the rows above")
            texts = tuple(one.text for one in before.missing)
            return (*rows, Row(BEGIN, "optional", _("The first trial"), told, texts), last)
        told = _("{key} names its level").format(key=key_row("begin").name())
        return (*rows, Row(BEGIN, "missing", _("The first trial"), told), last)

    def compose(self) -> ComposeResult:
        """The rows, the row in words, and a line for a reason."""
        yield TopBar(_("Before the first trial"), self._told())
        yield from self.body()
        yield Input(id="why", compact=True, max_length=LONGEST_WHY)
        safe = key_row("safe_place")
        yield Foot(
            Way(_("Enter"), _("done"), "enter"),
            Way("W", _("leave out"), "leave_out"),
            Way(safe.name(), _(safe.brief), "safe_place"),
            Way("T", _("tone"), "tone"),
            Way("V", _("the way out"), "way_out"),
            Way(key_row("begin").name(), _("first trial"), "begin"),
            Way(_("Esc"), _("back"), "back"),
        )

    def on_mount(self) -> None:
        """The line for a reason comes when it is needed."""
        super().on_mount()
        self.query_one("#why").display = False

    def _told(self) -> str:
        phase, before = phase_of(self._now), self._now.before
        told = f"{self._now.pseudonym} · {GLYPHS[phase]} {_(WORDS[phase])}"
        if before is None:
            return told
        return told + " · " + _("missing: {n}").format(n=len(before.missing))

    def show(self, now: Now) -> None:
        """What the patient's side tells counts at once; a trial that runs needs no checklist."""
        self._now = now
        if now.before is None:
            if self.is_current:
                self.action_back()
            return
        self.query_one(TopBar).tell(self._told())
        self.renew()

    # -- keys

    def on_key(self, event: events.Key) -> None:
        """What leads out first; then letters of this screen. A line for a reason keeps its own."""
        letter = (event.character or "").lower()
        act, writing = act_for(event.key, event.character), self.query_one("#why").display
        if act == "safe_place" and not (writing and event.is_printable):
            self.action_safe_place()
        elif event.key == "escape":
            if writing:
                self._close_line()
            else:
                self.action_back()
        elif writing:
            return
        elif act == "begin":
            self.action_begin()
        elif letter == "w":
            self.behind(self.action_leave_out)
        elif letter == "t":
            self.action_tone()
        elif letter == "v":
            self.action_way_out()
        else:
            return
        event.stop()

    def on_option_list_option_selected(self) -> None:
        """Enter does the row; while a reason is being written a click on a row does nothing."""
        if not self.query_one("#why").display:
            self.action_enter()

    def action_enter(self) -> None:
        """Ask about today, or say that a check is done."""
        row, before = self.row(), self._now.before
        if row is None or before is None:
            return
        if row.id == "today":
            self._ask_today()
        elif row.id == "consent":
            self._note_consent()
        elif row.id == BASELINE:
            self.palier.put_over(FormsScreen("baseline"))
        elif row.id == BEGIN:
            told = _("{key} names the level of the first trial.")
            told = told.format(key=key_row("begin").name())
            self.say(before.missing[0].text if before.missing else told, "refused")
        elif row.mark == "done":
            self.say(_("This is done; ↓ goes on to the next."), "info")
        elif row.id in CHECKS:
            call = partial(self.palier.lead.before.check, row.id)
            self.palier.errands.send(Errand(call, "record"))

    def action_begin(self) -> None:
        """Name the level of the first trial, once nothing is missing; Enter begins it there."""
        before = self._now.before
        if before is not None and before.missing:
            self.say(before.missing[0].text, "refused")
        elif before is not None:
            self.action_back()
            self._begin_trial()

    def action_leave_out(self) -> None:
        """Leave the check out, and say why."""
        row = self.row()
        if row is None or row.id not in CHECKS:
            self.say(_("Only a check can be left out."), "refused")
            return
        self._left_out = row.id
        line, asks = self.query_one("#why", Input), _("Why is it left out? Then Enter.")
        line.value, line.placeholder, line.display = "", asks, True
        self.set_focus(line)
        self.say(asks, "info")

    def _close_line(self) -> None:
        self.query_one("#why").display = False
        self.set_focus(self.query_one("#rows"))

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """The reason is there."""
        event.stop()
        check, why = self._left_out, " ".join(event.value.split())
        if not why:
            self.say(_("Say it in a few words; Esc leaves the line."), "refused")
            return
        self._close_line()
        if check is not None:
            call = partial(self.palier.lead.before.check, cast(Check, check), why)
            self.palier.errands.send(Errand(call, "record"))

    def action_safe_place(self) -> None:
        """The patient's safe place, at once, by the key that leads there in every session."""
        refused = why_not("safe_place", self._now)
        if refused is not None:
            self.say(refused, "refused")
            return
        self.palier.errands.send(Errand(self.palier.lead.safe_place, "scene", eases=True))

    def action_tone(self) -> None:
        """Play the calibration tone, or end it."""
        state = self._now.state
        playing = state is not None and state.display.tone
        lead = self.palier.lead
        self.palier.errands.send(Errand(lead.stop_tone if playing else lead.play_tone, "scene"))

    def action_way_out(self) -> None:
        """Let the patient read which control leads out."""
        self.palier.errands.send(Errand(self.palier.lead.eyes.show_way_out, "scene"))

    # -- forms

    def _ask_today(self) -> None:
        kept = self.palier.lead.before.kept("today")
        ask = AskThroughScreen(self._today, self._save, kept, deals=False)
        self.palier.put_over(ask)

    def _today(self) -> Questions:
        before = self._now.before
        said = (
            {}
            if before is None or before.today is None
            else {one.item: one for one in before.today.answers}
        )
        asked = []
        for item, text in TODAY.items():
            held = said.get(item)
            if held is None:
                asked.append(Asked(item, _(text)))
            else:
                asked.append(Asked(item, _(text), (), held.yes, None, held.why))
        title = _("Today: {patient}").format(patient=self._now.pseudonym)
        below = _("A yes is no verdict: whoever goes on writes down why.")
        return Questions(title, below, tuple(asked))

    def _save(self, asked: tuple[Asked, ...]) -> None:
        answers = tuple((cast(TodayItem, one.id), bool(one.yes), one.why) for one in asked)
        call = partial(self.palier.lead.before.answer_today, answers)
        self.palier.errands.send(Errand(call, "record", then=self._saved))

    def _saved(self, outcome: Outcome) -> None:
        if outcome.ok:
            self.palier.lead.before.kept("today").clear()
            if isinstance(self.app.screen, AskThroughScreen):
                self.app.screen.action_back()

    def _note_consent(self) -> None:
        card = self._card()
        if card is not None:
            self.palier.put_over(ConsentScreen(card.id, "session"))

    def _card(self) -> PatientCard | None:
        cards = self.palier.lead.patients()
        return next((one for one in cards if one.pseudonym == self._now.pseudonym), None)

    def choices(self) -> Iterable[Choice]:
        """Every row, by words."""
        for at, row in enumerate(self._rows):
            yield Choice(row.title, row.state, partial(self._choose, at))

    def _choose(self, at: int) -> None:
        self.query_one("#rows", OptionList).highlighted = at
        self.action_enter()
