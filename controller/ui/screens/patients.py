"""Owns the choice among many patients: find one, see the course, agree on a day, lock.

Enter goes back to the start with this patient chosen. It opens no session.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import partial
from typing import ClassVar, Literal

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from controller.language import _
from controller.session.check_digits import check_digits, found
from controller.session.glance import Glance
from controller.session.now import Now, Outcome, PatientCard
from controller.ui.at_a_glance import drawn
from controller.ui.errands import Errand
from controller.ui.screens.add_patient import AddPatientScreen
from controller.ui.screens.base import Choice, Foot, PalierScreen, TopBar, Way, Ways
from controller.ui.widgets.rows import Rows

Said = Literal["day", "lock", "unlock"]


class PatientsScreen(PalierScreen):
    """All patients of the record, or those that a typed line may mean.

    Args:
        chosen: called with the record's id of the patient that was chosen.
        begin_with: id of the patient highlighted first.
    """

    # Before the list, which would turn its own pages: patients are walked to by the arrows.
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("pagedown", "scroll", show=False, priority=True),
        Binding("pageup", "scroll(True)", show=False, priority=True),
    ]

    def __init__(self, chosen: partial[None], begin_with: str | None = None) -> None:
        super().__init__()
        self._chosen = chosen
        self._begin_with = begin_with
        self._shown: tuple[PatientCard, ...] = ()
        self._known: tuple[PatientCard, ...] | None = None
        self._glances: dict[str, Glance] = {}
        """What was read, by patient; forgotten when something is entered."""
        self._asked: set[str] = set()
        self._line_for: tuple[str, Said] | None = None
        """The patient for whom the line below was opened, and what is said on it."""

    def compose(self) -> ComposeResult:
        """Finding line and list at the left, the course at the right."""
        yield TopBar(_("Patients"), _("Compare the check digits with the patient's paper."))
        with Vertical(id="body", classes="-close"):
            with Horizontal(id="finding"):
                with Vertical(id="left"):
                    yield Input(id="find", placeholder=_("F: find a pseudonym"), compact=True)
                    yield Rows(id="found", markup=False)
                with VerticalScroll(id="course", can_focus=False):
                    yield Static(id="glance", markup=False)
            yield Input(id="line", compact=True)
        yield Foot(*self._ways())

    def _ways(self) -> tuple[Way, ...]:
        """What the keys do now: those of the line below while it is open."""
        if self._line_for is not None:
            does = {"day": _("save"), "lock": _("lock"), "unlock": _("allow use again")}
            return (
                Way(_("Enter"), does[self._line_for[1]], "enter"),
                Way(_("Esc"), _("leave it"), "leave_line"),
            )
        return (
            Way(_("Enter"), _("choose"), "choose"),
            Way("F", _("find"), "find"),
            Way("A", _("add"), "add"),
            Way("T", _("appointment"), "appoint"),
            Way("L", _("lock"), "lock"),
            Way(_("Page keys"), _("scroll"), "scroll"),
            Way(_("Esc"), _("back"), "back"),
        )

    def on_mount(self) -> None:
        """The list has the keyboard; the line below comes when it is wanted."""
        self.query_one("#course").border_title = _("THE COURSE AT A GLANCE")
        self.query_one("#line").display = False
        if self.palier.desk is not None:
            self.palier.desk.looked_at_sessions()
        self._fill()
        if not self._known:
            self.say(_("No patient yet: A adds one, by pseudonym."), "info")
        self.query_one("#found").focus()

    def forget(self) -> None:
        """The list is filled anew, with the same patient highlighted."""
        self._begin_with = self._at()
        self._known = None

    def show(self, now: Now) -> None:
        """Patients as the record has them."""
        self._fill()

    # -- the list

    def _fill(self) -> None:
        """Take over what changed, and keep what was highlighted."""
        known = self.palier.patients()
        typed = self.query_one("#find", Input).value
        names = set(found(typed, (one.pseudonym for one in known)))
        shown = tuple(one for one in known if one.pseudonym in names)
        if known == self._known and shown == self._shown:
            return
        box = self.query_one("#found", OptionList)
        kept = self._begin_with if self._known is None else self._at()
        self._known, self._shown = known, shown
        box.clear_options()
        box.add_options([Option(_line(one), id=one.id) for one in shown])
        ids = [one.id for one in shown]
        box.highlighted = None if not ids else ids.index(kept) if kept in ids else 0
        title = _("{count} OF {all} PATIENTS").format(count=len(shown), all=len(known))
        box.border_title = title
        self._look()

    def _at(self) -> str | None:
        box = self.query_one("#found", OptionList)
        if box.highlighted is None or box.option_count == 0:
            return None
        return box.get_option_at_index(box.highlighted).id

    def patient(self) -> PatientCard | None:
        """The patient that is highlighted."""
        name = self._at()
        return next((one for one in self._shown if one.id == name), None)

    def on_input_changed(self, event: Input.Changed) -> None:
        """What is typed narrows the list at once."""
        if event.input.id == "find":
            self._fill()
            if event.value and not self._shown:
                told = _("No patient of this pseudonym; check digits have to fit it.")
                self.say(told, "refused")
            else:
                self.say("", "info")

    def on_option_list_option_highlighted(self) -> None:
        """Another one is looked at."""
        self._look()

    # -- the course

    def _look(self) -> None:
        """Draw the course, and read it where it was not read yet."""
        card = self.patient()
        panel = self.query_one("#glance", Static)
        if card is None:
            panel.update("")
            return
        seen = self._glances.get(card.id)
        panel.update(drawn(card, seen, date.today(), panel.content_region.width))
        if seen is None and card.restricted is None and card.id not in self._asked:
            self._asked.add(card.id)
            self.run_worker(self._read(card.id))

    async def _read(self, patient: str) -> None:
        seen = await self.palier.lead.courses.glance(patient)
        self._asked.discard(patient)
        if isinstance(seen, str):
            self.say(seen, "alarm")
            return
        self._glances[patient] = seen
        self._look()

    # -- keys

    def on_key(self, event: events.Key) -> None:
        """Letters act while the list has the keyboard; a line being typed takes them first."""
        if event.key == "escape":
            event.stop()
            self._leave_line()
            return
        if isinstance(self.focused, Input):
            if self.focused.id == "find" and event.key == "down":
                event.stop()
                self.set_focus(self.query_one("#found"))
            return
        letter = (event.character or "").lower()
        todo = {"f": self.action_find, "t": self.action_appoint, "a": self.action_add}
        todo["l"] = self.action_lock
        if letter in todo:
            event.stop()
            # Finding is about no row, and what is typed behind F is to reach its line.
            todo[letter]() if letter == "f" else self.behind(todo[letter])

    def _leave_line(self) -> None:
        """Escape: out of the line below, then out of finding, then back to the start."""
        find = self.query_one("#find", Input)
        if self._line_for is not None:
            self.action_leave_line()
        elif find.value or self.focused is find:
            find.value = ""
            self.set_focus(self.query_one("#found"))
        else:
            self.action_back()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter on the finding line takes the one that was found; on the line below it saves."""
        if event.input.id == "find":
            self.set_focus(self.query_one("#found"))
            if len(self._shown) == 1:
                self.action_choose()
            return
        if self._line_for is None:
            return
        of = patient, said = self._line_for
        courses = self.palier.lead.courses
        call = {
            "day": partial(courses.appoint, patient, event.value),
            "lock": partial(courses.lock, patient, event.value),
            "unlock": partial(courses.unlock, patient),
        }[said]
        self.palier.errands.send(Errand(call, "record", then=partial(self._saved, of)))

    def _saved(self, of: tuple[str, Said], outcome: Outcome) -> None:
        """Its line goes once it is durable; one that was opened since stays as it is typed."""
        if not outcome.ok or not self.is_attached:
            return
        self._glances.pop(of[0], None)
        if self._line_for == of:
            self._close_line()
        self._fill()
        self._look()

    def _open_line(self, patient: str, said: Said, hint: str, told: str) -> None:
        self._line_for = patient, said
        line = self.query_one("#line", Input)
        line.placeholder = hint
        line.display = True
        self.query_one(Ways).tell(self._ways())
        self.set_focus(line)
        self.say(told, "info")

    def _close_line(self) -> None:
        self._line_for = None
        line = self.query_one("#line", Input)
        line.value = ""
        line.display = False
        self.query_one(Ways).tell(self._ways())
        self.set_focus(self.query_one("#found"))

    def action_leave_line(self) -> None:
        """Nothing of the line below is saved, and what it asked for is asked no longer."""
        self._close_line()
        self.say("", "info")

    async def action_enter(self) -> None:
        """As Enter on the line below."""
        await self.query_one("#line", Input).action_submit()

    def on_option_list_option_selected(self) -> None:
        """Enter on a patient."""
        self.action_choose()

    def action_choose(self) -> None:
        """Back to the start with this patient chosen."""
        card = self.patient()
        if card is None or not self.is_current:
            self.say(_("Choose a patient first."), "refused")
            return
        self.app.pop_screen()
        self._chosen(card.id)

    def action_scroll(self, back: bool = False) -> None:
        """The next page of the course, or the one before."""
        course = self.query_one("#course", VerticalScroll)
        (course.scroll_page_up if back else course.scroll_page_down)(animate=False)

    def action_find(self) -> None:
        """Type a part of a pseudonym, its check digits, or both."""
        self.set_focus(self.query_one("#find"))

    def action_appoint(self) -> None:
        """Type when this patient comes next; an empty line takes the appointment back."""
        card = self.patient()
        if card is None:
            self.say(_("Choose a patient first."), "refused")
            return
        told = _("{name} comes next: day, time, what about; Enter saves, empty for none.")
        told = told.format(name=card.pseudonym)
        self._open_line(card.id, "day", _("2026-12-24 14:30 what about"), told)

    def action_lock(self) -> None:
        """Keep this patient's data and use them no more, for a reason; once more allows it."""
        card = self.patient()
        if card is None:
            self.say(_("Choose a patient first."), "refused")
        elif card.restricted is not None:
            told = _("{name} is locked: Enter allows use again, Esc leaves it.")
            told = told.format(name=card.pseudonym)
            self._open_line(card.id, "unlock", _("Enter allows use again"), told)
        else:
            told = _("Lock {name}: no session, report or export. Why? Enter locks, Esc leaves it.")
            told = told.format(name=card.pseudonym)
            self._open_line(card.id, "lock", _("why"), told)

    def action_add(self) -> None:
        """Add a patient."""
        self.palier.put_over(AddPatientScreen())

    def on_resize(self) -> None:
        """Another width may set the figures elsewhere."""
        super().on_resize()
        if self.ready:
            self.call_after_refresh(self._look)

    def on_screen_resume(self) -> None:
        """A patient may have been added meanwhile."""
        if self.ready:
            self._fill()

    def choices(self) -> Iterable[Choice]:
        """What the letters do."""
        yield Choice(_("Find a patient"), "F", self.action_find)
        yield Choice(_("Next appointment"), "T", self.action_appoint)
        yield Choice(_("Add a patient"), _("By pseudonym; A."), self.action_add)
        yield Choice(_("Lock a patient, or allow use again"), "L", self.action_lock)


def _line(card: PatientCard) -> Content:
    """One patient in two lines: pseudonym with check digits, ceiling and last session."""
    last = card.last[:10] if card.last else _("no session yet")
    below = _("ceiling {level} · {last}").format(level=card.ceiling, last=last)
    if card.restricted is not None:
        below = f"▲ {_('restricted')} · {below}"
    digits = check_digits(card.pseudonym)
    return Content.assemble((card.pseudonym, "bold"), f"  {digits}", "\n", (below, "$quiet"))
