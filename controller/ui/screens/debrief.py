"""Owns the pages of typed words after a session: debrief and homework. They keep nothing.

What is typed lives with whoever leads the session until it is saved.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.widgets import Input, Static

from controller.language import _
from controller.session import suds
from controller.session.after.entries import LONGEST_LEARNED, LONGEST_LINE
from controller.session.after.unsaved import LABELS, PREFILLED
from controller.session.clinical import About
from controller.session.now import Outcome
from controller.ui.easing import fainted
from controller.ui.errands import Errand
from controller.ui.screens.base import Foot, PalierScreen, TopBar, Way

ABOUT: tuple[About, ...] = ("own_reaction", "event", "judgement")
"""As they are numbered on the page, from 1."""


@dataclass(frozen=True)
class Field:
    """One line to be typed."""

    name: str
    most: int = LONGEST_LINE

    @property
    def label(self) -> str:
        """What it asks for, marked for translation."""
        return LABELS[self.name]


class FieldsScreen(PalierScreen):
    """Some fields; Enter goes on to the next, and saves in the last one."""

    FIELDS: tuple[Field, ...] = ()

    def __init__(self) -> None:
        super().__init__()
        self._saving = False
        """It is being saved: a doubled Enter saves nothing twice."""

    def heading(self) -> tuple[str, str]:
        """Title, and the quiet line under it."""
        raise NotImplementedError

    async def save(self, typed: dict[str, str]) -> Outcome:
        """Keep what was typed."""
        raise NotImplementedError

    def compose(self) -> ComposeResult:
        """The fields, one under the other."""
        kept = self.palier.lead.after.typed()
        yield TopBar(*self.heading())
        with VerticalScroll(id="body", classes="-close", can_focus=False), Vertical(id="form"):
            for field in self.FIELDS:
                yield Static(_(field.label), classes="label")
                value = kept.get(field.name, "")
                yield Input(value, id=_id(field), max_length=field.most, compact=True)
        yield Foot(
            Way(_("Tab"), _("next field"), "app.focus_next"),
            Way(_("Enter"), _("go on, or save"), "go_on"),
            Way(_("Esc"), _("later; it stays"), "back"),
        )

    def on_mount(self) -> None:
        """Begin with the first."""
        self.query_one(f"#{_id(self.FIELDS[0])}").focus()

    def on_key(self, event: events.Key) -> None:
        """Escape goes back; what was typed stays."""
        if not fainted(self, event) and event.key == "escape":
            event.stop()
            self.action_back()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Kept with every letter."""
        for field in self.FIELDS:
            if _id(field) == event.input.id:
                self.palier.lead.after.typed()[field.name] = event.value

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """On to the next field, or save; held on, Enter does not open the page anew."""
        self.palier.doubled.is_repeat("enter", event.time)
        ids = [_id(field) for field in self.FIELDS]
        at = ids.index(event.input.id or ids[0])
        if at + 1 < len(ids):
            self.set_focus(self.query_one(f"#{ids[at + 1]}"))
        else:
            self.action_go_on()

    def action_go_on(self) -> None:
        """Save, once."""
        if self._saving:
            return
        self._saving = True
        typed = {f.name: self.query_one(f"#{_id(f)}", Input).value for f in self.FIELDS}
        self.palier.errands.send(Errand(lambda: self.save(typed), "record", then=self._saved))

    def _saved(self, outcome: Outcome) -> None:
        self._saving = False
        if outcome.ok:
            kept = self.palier.lead.after.typed()
            for name in (*(field.name for field in self.FIELDS), PREFILLED):
                kept.pop(name, None)
            self.action_back()


class HomeworkScreen(FieldsScreen):
    """What is to be practised until next time."""

    FIELDS = (
        Field("homework.what"),
        Field("homework.often"),
        Field("homework.until"),
    )

    def heading(self) -> tuple[str, str]:
        """What it is for."""
        return _("Homework"), _("Outside the sessions, until next time.")

    async def save(self, typed: dict[str, str]) -> Outcome:
        """The three lines."""
        return await self.palier.lead.after.homework(*typed.values())


class DebriefScreen(FieldsScreen):
    """What the patient learned, and what became of what was feared."""

    FIELDS = (
        Field("debrief.learned", LONGEST_LEARNED),
        Field("debrief.feared"),
        Field("debrief.about", 1),
        Field("debrief.came", 1),
        Field("debrief.likelihood", 3),
        Field("debrief.surprise", 3),
    )

    def heading(self) -> tuple[str, str]:
        """What it is for."""
        return _("Debrief"), _("Learned, and whether the feared outcome came.")

    def on_mount(self) -> None:
        """What was feared before is there already."""
        self.palier.errands.send(Errand(self._prefill, "record"))

    async def _prefill(self) -> Outcome:
        fears = await self.palier.lead.after.fears()
        field = self.query_one(f"#{_id(self.FIELDS[1])}", Input) if self.is_mounted else None
        if fears and field is not None and not field.value:
            self.palier.lead.after.typed()[PREFILLED] = fears[0]
            field.value = fears[0]
        return Outcome(True, "")

    async def save(self, typed: dict[str, str]) -> Outcome:
        """What was learned, then what became of the fear; each may stand alone."""
        learned, feared, about, came, likelihood, surprise = typed.values()
        after = self.palier.lead.after
        told: list[Callable[[], Awaitable[Outcome]]] = []
        if learned.strip() or not feared.strip():
            told.append(lambda: after.debrief(learned))
        if feared.strip():
            figures = [_whole(each) for each in (about, came, likelihood, surprise)]
            if any(isinstance(figure, str) for figure in figures):
                text = _("About, came, likelihood and surprise are figures, or empty.")
                return Outcome(False, text, "refused")
            chosen, happened, likely, how = figures
            if chosen not in (1, 2, 3):
                return Outcome(False, _("Say what the fear is about: 1, 2 or 3."), "refused")
            if happened not in (None, 0, 1):
                return Outcome(False, _("Say whether it came: 1 yes, 0 no, or nothing."), "refused")
            if any(isinstance(each, int) and each > 100 for each in (likely, how)):
                text = _("Likelihood and surprise are whole numbers from 0 to 100.")
                return Outcome(False, text, "refused")
            told.append(
                lambda: after.tested(
                    feared,
                    ABOUT[int(chosen) - 1],
                    None if happened is None else bool(happened),
                    likely,  # type: ignore[arg-type]
                    how,  # type: ignore[arg-type]
                )
            )
        outcome = Outcome(True, "")
        for each in told:
            outcome = await each()
            if not outcome.ok:
                return outcome
        return outcome


def _whole(typed: str) -> int | str | None:
    """A whole number, also by the unshifted row of AZERTY; None for nothing, else as typed."""
    digits = "".join(suds.as_digit(sign) or "?" for sign in typed.strip())
    if not digits:
        return None
    return int(digits) if digits.isdigit() else typed


def _id(field: Field) -> str:
    return field.name.replace(".", "-")
