"""Owns the form for one row of a hierarchy; it saves nothing, F9 takes the row into the list."""

from __future__ import annotations

from collections.abc import Callable, MutableMapping

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from controller.language import _, language, listed, mark
from controller.session.now import PatientCard
from controller.session.plans.entries import LONGEST_DROPS, LONGEST_FEARED, LONGEST_ITEM, PlanRow
from controller.session.plans.rules import NotAPlan, by_id
from controller.session.plans.written import called_in, row_of, settings_of
from controller.ui.screens.base import Foot, PalierScreen, TopBar, Way
from controller.ui.widgets.rows import Rows

LINES: tuple[tuple[str, str, int], ...] = (
    ("item", mark("What the patient meets, in one sentence"), LONGEST_ITEM),
    ("distress", mark("Predicted distress, 0 to 100"), 3),
    ("level", mark("Level, 0 to 10"), 2),
    ("values", mark("Settings apart from the level, as height=12; empty for none"), 120),
    ("feared", mark("Feared outcome, in the patient's own words"), LONGEST_FEARED),
    ("likelihood", mark("How likely it seems, 0 to 100 %; empty where not asked"), 5),
    ("drops", mark("Safety behaviours to drop"), LONGEST_DROPS),
)
"""Name, heading and most characters of each line, in their order."""
AFTER_DISTRESS, AFTER_VALUES = "distress", "values"


class PlanRowScreen(PalierScreen):
    """Seven lines and two lists; Enter goes on, F9 takes the row."""

    def __init__(
        self,
        card: PatientCard,
        taken: Callable[[PlanRow], None],
        row: PlanRow | None = None,
    ) -> None:
        """`taken` is called with the row; `row` is the one that is changed, None for a new one."""
        super().__init__()
        self._card, self._taken, self._row = card, taken, row
        self._begun = False
        self._events: tuple[str, ...] = ()
        """Names of the events that were chosen."""
        self._of = ""
        """The scenario whose events these are."""

    def compose(self) -> ComposeResult:
        """The fields, one under the other."""
        yield TopBar(*self.headings())
        with VerticalScroll(id="body", classes="-close", can_focus=False), Vertical(id="form"):
            for name, heading, most in LINES:
                yield Static(_(heading), classes="label")
                yield Input(id=name, max_length=most, compact=True)
                if name == AFTER_DISTRESS:
                    yield Static(_("Scenario"), classes="label")
                    yield Rows(id="of", markup=False, compact=True)
                if name == AFTER_VALUES:
                    yield Static(id="known", classes="inset", markup=False)
                    yield Static(_("Events, by the space bar"), classes="label")
                    yield Rows(id="events", markup=False, compact=True)
        yield self.foot()

    def headings(self) -> tuple[str, str]:
        """Title, and the quiet line under it."""
        title = _("New row: {patient}") if self._row is None else _("Change the row: {patient}")
        told = _("F9 takes it into the list; the list is saved there.")
        return title.format(patient=self._card.pseudonym), told

    def foot(self) -> Foot:
        """What the keys do."""
        return Foot(
            Way("F9", _("take the row"), "take"),
            Way(_("Enter"), _("next field"), "app.focus_next"),
            Way(_("Esc"), _("back"), "back"),
        )

    def on_mount(self) -> None:
        """As it was typed so far, or as the row is."""
        known = by_id(self.palier.lead.manifests())
        row, spoken = self._row, language()
        names = [*known]
        if row is not None and row.scenario not in known:
            names.append(row.scenario)
        box = self.query_one("#of", OptionList)
        at = box.highlighted
        box.clear_options()
        for name in names:
            told = known[name].title.get(spoken) if name in known else name
            box.add_option(Option(told, id=name))
        if not self._begun:
            self._fill(names)
            self.query_one("#item").focus()
        else:
            box.highlighted = at
        self._begun = True
        self._offer()

    def _fill(self, names: list[str]) -> None:
        lines, chosen = self.first()
        for name, _heading, _most in LINES:
            self.query_one(f"#{name}", Input).value = lines.get(name, "")
        box = self.query_one("#of", OptionList)
        box.highlighted = names.index(chosen) if chosen in names else (0 if names else None)

    def first(self) -> tuple[dict[str, str], str]:
        """What stands in the lines at first, and the scenario that is chosen, if any."""
        row, kept = self._row, self._kept()
        if row is not None:
            lines = {
                "item": row.item,
                "distress": str(row.distress),
                "level": str(row.level),
                "values": settings_of(row, by_id(self.palier.lead.manifests())),
                "feared": row.feared,
                "likelihood": "" if row.likelihood is None else str(row.likelihood),
                "drops": row.drops,
            }
            return lines, row.scenario
        return dict(kept), kept.get("of", "")

    def _kept(self) -> MutableMapping[str, str]:
        """What is typed of a new row outlasts this form; of one that is changed it does not."""
        return {} if self._row is not None else self.palier.lead.plans.typed(self._card.id)

    def _scenario(self) -> str:
        box = self.query_one("#of", OptionList)
        if box.highlighted is None or not box.option_count:
            return ""
        return box.get_option_at_index(box.highlighted).id or ""

    def _offer(self) -> None:
        """Events and values of the scenario that is chosen."""
        name = self._scenario()
        if name != self._of:
            self._of, self._events = name, self._first_events(name)
            self._leave_out_unknown()
        scenario = by_id(self.palier.lead.manifests()).get(name)
        box = self.query_one("#events", OptionList)
        at = box.highlighted or 0
        box.clear_options()
        for spec in () if scenario is None else scenario.events:
            glyph, word = ("✓", _("yes")) if spec.name in self._events else ("○", _("no"))
            box.add_option(Option(f"{glyph} {word:<4} {spec.label.get(language())}", id=spec.name))
        box.highlighted = min(at, box.option_count - 1) if box.option_count else None
        told = (
            ""
            if scenario is None
            else " · ".join(
                f"{called_in(scenario, one)} {one.low:g}–{one.high:g}" for one in scenario.graded
            )
        )
        self.query_one("#known", Static).update(told)

    def _first_events(self, scenario: str) -> tuple[str, ...]:
        if self._row is not None:
            return self._row.events if self._row.scenario == scenario else ()
        kept = self._kept()
        return tuple(kept.get("events", "").split()) if kept.get("of") == scenario else ()

    def _leave_out_unknown(self) -> None:
        """What this scenario no longer has is in no list here, so nobody could leave it out."""
        scenario = by_id(self.palier.lead.manifests()).get(self._of)
        if scenario is None:
            return
        gone = [name for name in self._events if scenario.event(name) is None]
        if gone:
            self._events = tuple(name for name in self._events if name not in gone)
            text = _("{title} no longer has {events}: left out of this row.")
            title = scenario.title.get(language())
            self.hear(text.format(title=title, events=listed(gone)), "info")

    def _toggle(self) -> None:
        """The event that is looked at happens in this row, or does not."""
        box = self.query_one("#events", OptionList)
        if box.highlighted is None:
            return
        name = box.get_option_at_index(box.highlighted).id or ""
        rest = tuple(each for each in self._events if each != name)
        self._events = rest if name in self._events else (*self._events, name)
        self._offer()
        self._keep()

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """Another scenario has other events."""
        if event.option_list.id == "of" and self._begun and self._scenario() != self._of:
            self._offer()
            self._keep()

    def on_input_changed(self) -> None:
        """Kept with every letter."""
        self._keep()

    def _keep(self) -> None:
        if self._begun and self._row is None and self.is_attached:
            self._kept().update(self._lines(), of=self._scenario(), events=" ".join(self._events))

    def _lines(self) -> dict[str, str]:
        return {name: self.query_one(f"#{name}", Input).value for name, _h, _m in LINES}

    # -- keys

    def on_key(self, event: events.Key) -> None:
        """F9 takes the row, Escape leaves it; in a list space chooses and Enter goes on."""
        listed = isinstance(self.focused, OptionList)
        if event.key == "f9":
            event.stop()
            self.behind(self.action_take)
        elif event.key == "escape":
            event.stop()
            self.action_back()
        elif event.key == "enter" and listed:
            event.stop()
            self.focus_next()
        elif event.key == "space" and self.focused is self.query_one("#events"):
            event.stop()
            self.behind(self._toggle)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter goes on to the next field."""
        event.stop()
        self.focus_next()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """A click on an event chooses it, or not."""
        if event.option_list.id == "events":
            self._toggle()

    def action_take(self) -> None:
        """The row into the list, or what is wrong with it; nothing that was typed is lost."""
        if self._scenario() != self._of:  # The list moved on, and its word of it is on its way.
            self._offer()
        known = by_id(self.palier.lead.manifests())
        try:
            row = row_of(self._lines(), self._scenario(), self._events, known, self._row)
        except NotAPlan as error:
            self.say(str(error), "refused")
            where = {"scenario": "of"}.get(error.field, error.field)
            if where:
                self.set_focus(self.query_one(f"#{where}"))
            return
        if not self.is_current:
            return
        self.done(row)

    def done(self, row: PlanRow) -> None:
        """Back to the list, with the row."""
        self.close()
        self.app.pop_screen()
        self.app.call_after_refresh(self._taken, row)

    def close(self) -> None:
        """What was typed is in a row: what is torn down from here on is not kept any more."""
        self._kept().clear()
        self._begun = False
