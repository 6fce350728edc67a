"""Owns the page of a patient's fear hierarchy: rows in their order, the chosen one in words.

What is changed is kept with whoever leads until F9 saves it. B goes back to the start with the
chosen row proposed; it opens no session itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from random import SystemRandom

from textual import events
from textual.app import ComposeResult
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from controller.language import _
from controller.session.check_digits import check_digits
from controller.session.now import Now, Outcome, PatientCard
from controller.session.plans.entries import MOST_ROWS, PlanRow
from controller.session.plans.leading import HeldPlan, Plan
from controller.session.plans.order import SEEDS, NothingToVary, rising, varied
from controller.session.plans.rules import by_id
from controller.session.plans.words import lines, ordered
from controller.ui.errands import Errand
from controller.ui.screens.base import Choice, Foot, PalierScreen, TopBar, Way
from controller.ui.screens.plan_preview import PreviewScreen
from controller.ui.screens.plan_ready import ReadyScreen
from controller.ui.screens.plan_row import PlanRowScreen
from controller.ui.widgets.rows import Rows


class PlanScreen(PalierScreen):
    """The rows of one patient; F9 saves them as a new version."""

    def __init__(self, card: PatientCard, begin: Callable[[PlanRow], None] | None = None) -> None:
        """`begin` is called with the row that a session is to begin from."""
        super().__init__()
        self._begin_from = begin
        self._card = card
        self._begun = self._reading = self._sending = False
        self._doomed: int | None = None
        """The row that Enter deletes now."""
        self._letting = False
        """Whether Enter lets go now of what is not saved."""
        self._aside = False
        """Whether the rows as the record has them are looked at, beside what was changed."""
        self._told = ""

    def compose(self) -> ComposeResult:
        """The rows at the left, the chosen one in words beside them."""
        yield TopBar(self._title(), "")
        with Horizontal(id="body", classes="-close"):
            yield Rows(id="rows", classes="-one -even", markup=False)
            with VerticalScroll(id="beside", classes="-even"):
                yield Static(id="words", markup=False)
        yield Foot(
            Way("F9", _("save"), "save"),
            Way(_("Enter"), _("change it"), "enter"),
            # Short, and adding first: on a narrow screen there is room for four or six of them.
            Way("A", _("add"), "add"),
            Way("B", _("begin"), "begin"),
            Way("P", _("preview"), "preview"),
            Way("T", _("ready ones"), "take"),
            Way("D", _("delete"), "doom"),
            Way(_("Page keys"), _("move"), ""),
            Way("V", _("vary"), "vary"),
            Way(_("Tab"), _("read the row"), "app.focus_next"),
            Way("O", _("rising"), "rise"),
            Way("U", _("up"), "move(-1)"),
            Way("J", _("down"), "move(1)"),
            Way("N", _("as saved"), "aside"),
            Way("L", _("let changes go"), "let_go"),
            Way(_("Esc"), _("back"), "back"),
        )

    def _title(self) -> str:
        told = _("Fear hierarchy: {patient}  {digits}")
        name = self._card.pseudonym
        return told.format(patient=name, digits=check_digits(name))

    def on_mount(self) -> None:
        """What is kept and not saved yet comes first; else as the record has it."""
        self.query_one("#rows").focus()
        self._draw(self._at())
        if not self._begun:
            self._begun = True
            if self.palier.desk is not None:
                self.palier.desk.looked_at_hierarchy(self._card.id)
            self._read_now()

    def forget(self) -> None:
        """Everything is said anew; a question that is said no more is not answered by Enter."""
        self._told = ""
        self._doomed, self._letting = None, False

    def interrupted(self) -> None:
        """A key of the whole console came: it keeps what a question was about."""
        self._spare()

    def on_screen_suspend(self) -> None:
        """Another screen lies over this one: so does that."""
        self._spare()

    def show(self, now: Now) -> None:
        """Whether it is saved."""
        self._head()

    # -- what there is

    def _read_now(self) -> None:
        self._reading = True
        self.run_worker(self._read())

    async def _read(self) -> None:
        found = await self.palier.lead.plans.read(self._card.id)
        self._reading = False
        if not self.is_attached:
            return
        if found is None:
            told = _("The record cannot be read now; any letter of this page reads it again.")
            self.say(told, "alarm")
            return
        self._draw(self._at())
        if self._outrun():
            self._say_outrun()
        elif self._changed():
            self.say(_("These changes are not saved yet: F9 saves them."), "info")
        elif not found.plan.rows:
            self.say(_("No row yet: A writes one, T takes ready ones."), "info")

    def _held(self) -> HeldPlan | None:
        """As the record has it; None until it was read."""
        return self.palier.lead.plans.held(self._card.id)

    def plan(self) -> Plan:
        """The rows that are shown: saved or not, or as saved while those are looked at."""
        changed, held = self.palier.lead.plans.changed(self._card.id), self._held()
        if changed is not None and not self._aside:
            return changed
        return Plan() if held is None else held.plan

    def _changed(self) -> bool:
        return self.palier.lead.plans.changed(self._card.id) is not None

    def _saving(self) -> bool:
        return self._sending or self.palier.lead.plans.saving(self._card.id)

    def _outrun(self) -> bool:
        """Whether a version was saved elsewhere since the change that is kept began."""
        held = self._held()
        since = self.palier.lead.plans.since(self._card.id)
        return self._changed() and held is not None and held.versions > since

    def _say_outrun(self) -> None:
        held = self._held()
        if held is not None:
            text = _("Version {n} was saved elsewhere meanwhile, so yours was not: N shows it.")
            self.say(text.format(n=held.versions), "alarm")

    def _workable(self) -> bool:
        """Whether the rows that are shown can be changed; says why not."""
        if self._held() is None:
            if not self._reading:
                self._read_now()
            self.say(_("The record is being read; nothing was done: press the key again."), "info")
            return False
        if self._aside and self._changed():
            text = _("These are the rows as saved: N goes back to yours, L lets yours go.")
            self.say(text, "refused")
            return False
        return True

    def _set(self, rows: Iterable[PlanRow], at: int, seed: int | None = None) -> None:
        """Keep other rows, and look at this one of them."""
        plan, held = Plan(tuple(rows), seed), self._held()
        # On its way into the record is another: what is back as it was is a change of that one.
        same = held is not None and plan == held.plan and not self._saving()
        self.palier.lead.plans.change(self._card.id, None if same else plan)
        self._doomed, self._letting = None, False
        self._draw(at)
        # What was said was about the rows as they were; the head says that these are not saved.
        self.say("", "info")

    def _at(self) -> int:
        return self.query_one("#rows", OptionList).highlighted or 0

    # -- what is shown

    def _draw(self, at: int) -> None:
        box, rows = self.query_one("#rows", OptionList), self.plan().rows
        box.clear_options()
        box.add_options([Option(self._line(n, row)) for n, row in enumerate(rows)])
        box.highlighted = min(max(at, 0), len(rows) - 1) if rows else None
        self._head()
        self._describe()

    def _line(self, at: int, row: PlanRow) -> Content:
        high = row.level > self._card.ceiling
        return Content.assemble(
            (f"{at + 1:>2} ", "$quiet"),
            (f"{row.distress:>3}", "bold $distress"),
            (f" {'▲' if high else ' '}", "bold $alert"),
            (_("L{level}").format(level=row.level).ljust(4), "$level"),
            row.item,
        )

    def _head(self) -> None:
        """How many rows, in which order, and whether the record has them."""
        self._aside = self._aside and self._changed()
        plan, was = self.plan(), self._held()
        if self._saving():
            state = _("being saved…")
        elif self._aside and was is not None:
            text = _("▲ AS SAVED, version {n}: N goes back to yours")
            state = text.format(n=was.versions)
        elif self._outrun() and was is not None:
            text = _("▲ CHANGED, and version {n} was saved elsewhere: N shows it")
            state = text.format(n=was.versions)
        elif self._changed():
            state = _("▲ CHANGED, NOT SAVED: F9 saves")
        elif was is None:
            state = _("being read…")
        elif was.at:
            state = _("saved {day}, version {n}").format(day=was.at[:10], n=was.versions)
        else:
            state = _("none saved yet")
        parts = [state]
        if plan.rows:
            count = _("rows: {count} of {most}").format(count=len(plan.rows), most=MOST_ROWS)
            parts += [count, ordered(plan.rows, plan.seed)]
        told = " · ".join(parts)
        if told != self._told:
            self._told = told
            self.query_one(TopBar).tell(told)

    def _describe(self) -> None:
        panel, rows = self.query_one("#words", Static), self.plan().rows
        if not rows:
            parts = [
                Content(_("What this patient fears, row by row, from the easiest to the hardest.")),
                Content(""),
                Content(_("A row says what is met, how much distress the patient predicts, which "
                          "scenario and level show it, and what they fear will happen.")),
            ]  # fmt: skip
            panel.update(Content("\n").join(parts))
            return
        row = rows[min(self._at(), len(rows) - 1)]
        told = [Content.styled(row.item, "bold"), Content("")]
        if row.level > self._card.ceiling:
            text = _("▲ Above the ceiling of {ceiling}: no trial begins here before it is raised.")
            high = text.format(ceiling=self._card.ceiling)
            told += [Content.styled(high, "$alert"), Content("")]
        for head, words in lines(row, by_id(self.palier.lead.manifests())):
            told.append(Content.assemble((f"{head}  " if head else "", "$quiet"), words))
        panel.update(Content("\n").join(told))

    def on_option_list_option_highlighted(self) -> None:
        """Another row is looked at; what was to be deleted is kept."""
        if self._doomed is not None and self._doomed != self._at():
            self._spare()
        self._describe()

    # -- keys

    def on_key(self, event: events.Key) -> None:
        """Letters of this page; the list takes the arrows and Enter."""
        letter = (event.character or "").lower()
        todo: dict[str, Callable[[], None]] = {
            "f9": self.action_save,
            "b": self.action_begin,
            "p": self.action_preview,
            "a": self.action_add,
            "t": self.action_take,
            "d": self.action_doom,
            "delete": self.action_doom,
            "v": self.action_vary,
            "o": self.action_rise,
            "u": partial(self._move, -1),
            "j": partial(self._move, 1),
            # Before the list, which would turn its own pages.
            "pageup": partial(self._move, -1),
            "pagedown": partial(self._move, 1),
            "n": self.action_aside,
            "l": self.action_let_go,
            "escape": self.action_back,
        }
        act = todo.get(event.key) or todo.get(letter)
        listed = self.focused is self.query_one("#rows") and self.plan().rows
        if event.key == "enter" and not listed:
            act = self.action_enter
        if act is not None:
            event.stop()
        if event.key != "enter":
            act = partial(self._unless_asked, event.key, act)
        if act is not None:
            self.behind(act)

    def _unless_asked(self, key: str, act: Callable[[], None] | None) -> None:
        """Any key but Enter keeps what a question was about; the question's own do no more."""
        asked, again = self._asked(), act in (self.action_doom, self.action_let_go)
        self._spare()
        if act is not None and not (asked and (key == "escape" or again)):
            act()

    def _asked(self) -> bool:
        return self._doomed is not None or self._letting

    def _spare(self) -> None:
        if self._asked():
            told = _("The changes are kept.") if self._letting else _("The row is kept.")
            self._doomed, self._letting = None, False
            self.say(told, "info")

    def action_back(self) -> None:
        """Back; what is not saved is kept here, and that is said on the screen below."""
        super().action_back()
        if self._changed():
            told = _("The hierarchy of {name} is not saved yet; E goes on with it.")
            self.palier.call_after_refresh(self._say_below, told.format(name=self._card.pseudonym))

    def _say_below(self, told: str) -> None:
        if isinstance(self.palier.screen, PalierScreen):
            self.palier.screen.hear(told, "info")

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Enter deletes what was to be deleted, else changes the row it was pressed on."""
        self._enter(event.option_index)

    def action_enter(self) -> None:
        """Change the chosen row; with nothing there, write one."""
        self._enter(self._at())

    def _enter(self, at: int) -> None:
        if not self.is_current or not self._answered() or not self._workable():
            return
        rows = self.plan().rows
        if at < len(rows):
            self.palier.put_over(PlanRowScreen(self._card, partial(self._replace, at), rows[at]))
        elif not rows:
            self.action_add()

    def _answered(self) -> bool:
        """Do what was asked about; whether nothing was."""
        rows, doomed, letting = self.plan().rows, self._doomed, self._letting
        self._doomed, self._letting = None, False
        if letting and self._saving():
            self.say(_("It is being saved already."), "refused")
        elif letting:
            self.palier.lead.plans.change(self._card.id, None)
            self._aside = False
            self._draw(self._at())
            self.say(_("Let go: the rows are as they were saved."), "info")
        elif doomed is not None and doomed < len(rows):
            gone = rows[doomed]
            self._set((row for n, row in enumerate(rows) if n != doomed), doomed)
            told = _("Deleted: {item} F9 saves the rest.")
            self.say(told.format(item=gone.item), "info")
        else:
            return True
        return False

    def _replace(self, at: int, row: PlanRow) -> None:
        rows = list(self.plan().rows)
        rows[at : at + 1] = [row]
        seed = self.plan().seed
        self._set(rows, at, None if seed is None or not self._still_drawn(rows, seed) else seed)

    @staticmethod
    def _still_drawn(rows: list[PlanRow], seed: int) -> bool:
        """Whether these rows lie as this seed draws them."""
        try:
            return varied(rows, seed) == tuple(rows)
        except NothingToVary:
            return False

    def action_add(self) -> None:
        """Write a row by hand; it comes after the chosen one."""
        if not self._workable():
            return
        if not self.palier.lead.manifests():
            self.say(_("No scenario is known while the runtime is not heard."), "refused")
        elif self._has_room(1):
            self.palier.put_over(PlanRowScreen(self._card, self._insert))

    def _insert(self, row: PlanRow) -> None:
        rows = list(self.plan().rows)
        at = self._at() + 1 if rows else 0
        self._set([*rows[:at], row, *rows[at:]], at)

    def action_begin(self) -> None:
        """Back to the start with the row's scenario chosen; its level is offered at the trial."""
        rows = self.plan().rows
        if not self._workable() or not rows or self._begin_from is None:
            return
        row = rows[self._at()]
        if self._changed():
            self.say(_("First F9, which saves these changes; then B begins."), "refused")
        elif row.scenario not in by_id(self.palier.lead.manifests()):
            told = _("The scenario {name} is not known here now: no session can begin from it.")
            self.say(told.format(name=row.scenario), "refused")
        elif self.is_current:
            self.app.pop_screen()
            self._begin_from(row)

    def action_preview(self) -> None:
        """Look at what the chosen row shows, without the patient."""
        rows = self.plan().rows
        if self._held() is None:
            self._workable()
        elif rows:
            self.palier.put_over(PreviewScreen(self._card, rows[self._at()]))

    def action_take(self) -> None:
        """Take a ready hierarchy over as a whole, after the rows that are there."""
        if not self._workable():
            return
        if not self.palier.lead.manifests():
            self.say(_("No scenario is known while the runtime is not heard."), "refused")
        else:
            self.palier.put_over(ReadyScreen(self._append))

    def _append(self, more: tuple[PlanRow, ...]) -> None:
        rows = self.plan().rows
        new = tuple(row for row in more if row not in rows)
        if not new:
            self.say(_("These rows are all there already."), "refused")
        elif self._has_room(len(new)):
            self._set((*rows, *new), len(rows))
            told = _("Rows taken over: {count}. Change them with the patient; F9 saves.")
            self.say(told.format(count=len(new)), "info")

    def _has_room(self, count: int) -> bool:
        there = len(self.plan().rows)
        if there + count <= MOST_ROWS:
            return True
        text = _("A hierarchy has at most {most} rows; {there} are there: delete some first.")
        self.say(text.format(most=MOST_ROWS, there=there), "refused")
        return False

    def action_move(self, by: int) -> None:
        """The chosen row one place up or down; the order is then set by hand."""
        self.behind(partial(self._unless_asked, "", partial(self._move, by)))

    def _move(self, by: int) -> None:
        rows, at = list(self.plan().rows), self._at()
        if self._workable() and 0 <= at + by < len(rows):
            rows[at], rows[at + by] = rows[at + by], rows[at]
            self._set(rows, at + by)

    def action_doom(self) -> None:
        """Ask once whether the chosen row is to go."""
        rows = self.plan().rows
        if self._workable() and rows:
            self._doomed, self._letting = self._at(), False
            # The keys come first: on a narrow screen the end of the line is cut.
            told = _("Enter deletes, any other key keeps: “{item}”?")
            self.say(told.format(item=rows[self._doomed].item), "refused")

    def action_vary(self) -> None:
        """Draw an order that does not rise throughout, because it was asked for."""
        if not self._workable():
            return
        seed = SystemRandom().randrange(SEEDS)
        try:
            rows = varied(self.plan().rows, seed)
        except NothingToVary:
            told = _("There is nothing to vary: it takes two rows of different distress.")
            self.say(told, "refused")
            return
        self._set(rows, 0, seed)
        self.say(_("Drawn to vary, and not saved yet; O brings it into rising order."), "info")

    def action_rise(self) -> None:
        """From the least predicted distress to the greatest."""
        if self._workable() and self.plan().rows:
            self._set(rising(self.plan().rows), 0)

    def action_aside(self) -> None:
        """The rows as the record has them, or back to those that were changed."""
        if self._held() is None:
            self._workable()
        elif not self._changed():
            self.say(_("Nothing was changed since it was saved."), "info")
        else:
            self._aside = not self._aside
            if self._aside:
                self.palier.lead.plans.heed(self._card.id)
            self._draw(self._at())
            told = _("As saved; N goes back to yours, L lets yours go.")
            mine = _("Yours, not saved yet: F9 saves it as the version that holds.")
            self.say(told if self._aside else mine, "info")

    def action_let_go(self) -> None:
        """Ask once whether what is not saved is to go."""
        if not self._changed():
            self.say(_("Nothing was changed since it was saved."), "info")
        elif self._saving():
            self.say(_("It is being saved already."), "refused")
        else:
            self._doomed, self._letting = None, True
            told = _("Let go of all that is not saved here? Enter does, any other key keeps it.")
            self.say(told, "refused")

    # -- saving

    def action_save(self) -> None:
        """A new version into the record, once."""
        self._spare()
        if self._saving():
            return
        if not self._changed():
            self.say(_("Nothing was changed since it was saved."), "info")
            return
        if not self._workable():
            return
        if self._outrun():
            self._say_outrun()
            return
        self._sending = True
        plans, patient = self.palier.lead.plans, self._card.id
        save = partial(plans.save, patient, self.plan(), plans.since(patient))
        self.palier.errands.send(Errand(save, "record", then=self._saved))
        self._head()

    def _saved(self, outcome: Outcome) -> None:
        """The list as it holds now, or as it is changed since."""
        self._sending = False
        if self.is_attached:
            self._draw(self._at())

    def on_screen_resume(self) -> None:
        """Back from a form: scenarios may be known by now."""
        if self.ready:
            self._describe()

    def choices(self) -> Iterable[Choice]:
        """What the letters do."""
        yield Choice(_("Save the hierarchy"), "F9", self.action_save)
        title = _("Begin a session from the row")
        yield Choice(title, _("Its scenario is chosen, its level offered; B."), self.action_begin)
        told = _("Picture, level, settings and events, without the patient; P.")
        yield Choice(_("Preview of the row"), told, self.action_preview)
        yield Choice(_("Add a row"), _("By hand; A."), self.action_add)
        title = _("Take ready rows")
        yield Choice(title, _("A scenario's ready hierarchy as a whole; T."), self.action_take)
        yield Choice(_("Delete the row"), _("Asks once; D."), self.action_doom)
        title = _("Vary the order")
        yield Choice(title, _("An order that does not rise throughout; V."), self.action_vary)
        yield Choice(_("Rising order"), _("By predicted distress; O."), self.action_rise)
        title = _("The hierarchy as saved")
        yield Choice(title, _("Beside what was changed; N."), self.action_aside)
        yield Choice(_("Let changes go"), _("Asks once; L."), self.action_let_go)
