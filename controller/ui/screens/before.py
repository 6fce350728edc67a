"""Owns the checklist of what is prepared once for a patient: screening, consent, settings.

It opens the form for each; what is missing is decided elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

from textual import events
from textual.app import ComposeResult
from textual.widgets import OptionList

from controller.clinic_files.parts import Words
from controller.language import _, language
from controller.session.before.entries import ScreeningAnswer
from controller.session.before.words import ACTIONS
from controller.session.now import Now, Outcome, PatientCard
from controller.ui.before_rows import Row, of_patient
from controller.ui.errands import Errand
from controller.ui.screens.ask_through import Asked, AskThroughScreen, Questions
from controller.ui.screens.base import Choice, Foot, TopBar, Way
from controller.ui.screens.checklist import ChecklistScreen
from controller.ui.screens.consent import ConsentScreen
from controller.ui.screens.set_patient import SetPatientScreen
from scenarios.api.manifest import Manifest

OPEN = "open"
"""The row that opens the session."""


class BeforeScreen(ChecklistScreen):
    """What has to be there before this patient is exposed; Enter opens a row."""

    def __init__(self, patient_id: str, scenario: Manifest | None = None) -> None:
        """With `scenario` the last row opens a session on it, once nothing is missing."""
        super().__init__()
        self._patient_id, self._scenario = patient_id, scenario

    @property
    def card(self) -> PatientCard | None:
        """The patient as the record has them."""
        return next((p for p in self.palier.patients() if p.id == self._patient_id), None)

    def rows_now(self) -> tuple[Row, ...]:
        """What is there and what is missing."""
        card, before = self.card, self.palier.lead.before
        if card is None:
            return ()
        missing = before.to_open(card)
        rows = of_patient(card, before.screening, missing)
        if self._scenario is None:
            return rows
        title = self._scenario.title.get(language())
        if missing:
            told = _("waits for the rows above")
            last = Row(OPEN, "optional", title, told, tuple(one.text for one in missing))
        else:
            last = Row(OPEN, "missing", title, _("Enter opens the session"))
        return (*rows, last)

    def compose(self) -> ComposeResult:
        """The rows, and the row in words."""
        card = self.card
        name = "" if card is None else card.pseudonym
        yield TopBar(_("Before: {patient}").format(patient=name), self._told())
        yield from self.body()
        yield Foot(
            Way("↑ ↓", _("another")),
            Way(_("Enter"), _("open it"), "enter"),
            Way(_("Esc"), _("back"), "back"),
            Way("F1", _("help"), "palier('help')"),
        )

    def _told(self) -> str:
        card = self.card
        missing = () if card is None else self.palier.lead.before.to_open(card)
        if not missing:
            return _("Nothing is missing for a session.")
        return _("Missing for a session: {n}.").format(n=len(missing))

    def show(self, now: Now) -> None:
        """The record may have changed."""
        self.query_one(TopBar).tell(self._told())
        self.renew()

    def on_key(self, event: events.Key) -> None:
        """Escape goes back."""
        if event.key == "escape":
            event.stop()
            self.action_back()

    def on_option_list_option_selected(self) -> None:
        """Enter opens the row."""
        self.action_enter()

    def action_enter(self) -> None:
        """Open the form of the row that is highlighted."""
        row, card = self.row(), self.card
        if row is None or card is None:
            return
        if row.id == "screening":
            self._screen(card)
        elif row.id in ("consent", "others"):
            self.palier.put_over(ConsentScreen(card.id, "session" if row.id == "consent" else None))
        elif row.id in ("settings", "anchors"):
            self.palier.put_over(SetPatientScreen(card, anchors=row.id == "anchors"))
        elif row.id == OPEN and self._scenario is not None:
            self._open(card, self._scenario)

    def _open(self, card: PatientCard, scenario: Manifest) -> None:
        missing = self.palier.lead.before.to_open(card)
        if missing:
            self.say(missing[0].text, "refused")
            return
        self.say(_("Opening the session…"), "info")
        call = partial(self.palier.lead.open_session, card.id, scenario.id)
        self.palier.errands.send(Errand(call, "scene"))

    def _screen(self, card: PatientCard) -> None:
        if self.palier.lead.before.screening is None:
            self.say(_("No protocol is in force here, and it has no screening."), "refused")
            return
        kept = self.palier.lead.before.kept(card.id)
        self.palier.put_over(AskThroughScreen(self._questions, self._save, kept, deals=True))

    def _questions(self) -> Questions:
        card, screening = self.card, self.palier.lead.before.screening
        if card is None or screening is None:
            return Questions("", "", ())
        spoken = language()
        still = card.screened if card.screened and card.screened.of(screening) else None
        held = {} if still is None else {one.item: one for one in still.said.answers}
        asked = []
        for item in screening.items:
            source = _("Source: {source}").format(source=item.source.of(spoken))
            more = (_(ACTIONS[item.action]), item.note.of(spoken), "", source)
            said = held.get(item.id)
            if said is None:
                asked.append(Asked(item.id, item.of(spoken), more))
            else:
                asked.append(Asked(item.id, item.of(spoken), more, said.yes, said.dealt, said.why))
        title = _("Screening: {patient}").format(patient=card.pseudonym)
        return Questions(title, screening.about.of(spoken), tuple(asked))

    def _save(self, asked: tuple[Asked, ...]) -> None:
        before = self.palier.lead.before
        screening = before.screening
        if screening is None:
            return
        words = {one.id: Words(en=one.en, fr=one.fr) for one in screening.items}
        answers = tuple(
            ScreeningAnswer(
                item=one.id,
                asked=words[one.id],
                yes=bool(one.yes),
                dealt=one.dealt if one.yes else None,
                why=one.why if one.dealt in ("cleared", "overridden") else "",
            )
            for one in asked
        )
        call = partial(before.answer_screening, self._patient_id, answers)
        self.palier.errands.send(Errand(call, "record", then=self._saved))

    def _saved(self, outcome: Outcome) -> None:
        """The questions go once their answers are durable; what was refused stays to be mended."""
        if outcome.ok:
            self.palier.lead.before.kept(self._patient_id).clear()
            if isinstance(self.app.screen, AskThroughScreen):
                self.app.screen.action_back()

    def choices(self) -> Iterable[Choice]:
        """Every row, by words."""
        for at, row in enumerate(self._rows):
            yield Choice(row.title, row.state, partial(self._choose, at))

    def _choose(self, at: int) -> None:
        self.query_one("#rows", OptionList).highlighted = at
        self.action_enter()
