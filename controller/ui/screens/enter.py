"""Owns the question who sits here, at the start and while the console is locked.

It shows names of operators and nothing about patients; stop works on it as everywhere.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from controller.language import _
from controller.session.now import Now, Outcome
from controller.session.operators import ROLES, Person
from controller.session.tries import spoken
from controller.ui.errands import Errand
from controller.ui.keys import EASES, act_for, named, row
from controller.ui.ports import Desk
from controller.ui.screens.base import Foot, PalierScreen, TopBar, Way
from controller.ui.widgets.rows import Rows

LETS_GO_S = 20.0
"""So long without a key over an open session, and it goes: letters lead out again."""
TOGETHER_S = 1.5
"""Letters typed within this time of each other are the beginning of one name."""


class EnterScreen(PalierScreen):
    """Choose a name by arrows or its first letters, type the passphrase, Enter."""

    GUARDS: ClassVar[bool] = True

    def __init__(
        self,
        desk: Desk,
        before: Person | None = None,
        *,
        only: frozenset[str] | None = None,
        ease: Callable[[str], None] | None = None,
    ) -> None:
        """`before` is who sat here until it was locked; None at the start.

        `only`: it lies over the veil of an open session, and these operators may go on with it.
        `ease` does there, by name, an act that only makes it easier for the patient.
        """
        super().__init__()
        self._desk = desk
        self._before = before
        self._over_session = only is not None
        self._ease = ease
        self._people = tuple(one for one in desk.people() if only is None or one.operator in only)
        self._letters = ""
        self._typed_at_s = float("-inf")
        self._checking = False
        self._touched_at_s: float | None = None
        """When a key was pressed on it last; None before it is shown."""

    def compose(self) -> ComposeResult:
        """The names, the passphrase, and what there is to know."""
        below = _("Who leads?") if self._before is None else _("Locked. Who goes on?")
        yield TopBar("Palier", below)
        with Vertical(id="body", classes="-close"):
            yield Rows(
                *(Option(self._line(one), id=one.operator) for one in self._people),
                id="people",
                markup=False,
            )
            with Vertical(id="form"):
                yield Static(id="asked", classes="label")
                yield Input(id="secret", password=True, max_length=200, compact=True)
                yield Static(id="wait", markup=False)
        ways = [Way("↑ ↓", _("choose"))]
        if self._ease is not None:
            eases = [Way(named(act), _(row(act).word), f"ease('{act}')") for act in self._kept()]
            ways = [*eases, Way(_("A letter"), _("choose")), Way(_("Esc"), _("back"), "back")]
        yield Foot(
            *ways,
            Way(_("Enter"), _("go on"), "go_on"),
            Way(named("help"), _("help"), "palier('help')"),
            Way(named("quit"), _("leave"), "palier('quit')"),
        )

    @staticmethod
    def _kept() -> list[str]:
        """What eases by a key that is no letter: letters choose a name here."""
        return [act for act in EASES if len(row(act).letter()) > 1]

    @staticmethod
    def _line(one: Person) -> Content:
        return Content.assemble((one.name, "bold"), "  ", (_(ROLES[one.role]), "$quiet"))

    def on_mount(self) -> None:
        """Whoever sat here last, or the first name; where there is no choice, the passphrase."""
        box = self.query_one("#people", OptionList)
        box.border_title = _("OPERATORS")
        box.styles.height = min(len(self._people), 8) + 1
        names = [one.operator for one in self._people]
        known = self._before is not None and self._before.operator in names
        if names:
            box.highlighted = names.index(self._before.operator) if known and self._before else 0
        self._ask()
        chosen = self._chosen()
        here = chosen is not None and chosen.asked and not self._over_session
        if here and (known or len(names) == 1):
            self.query_one("#secret").focus()
        else:
            box.focus()

    def _chosen(self) -> Person | None:
        box = self.query_one("#people", OptionList)
        return None if box.highlighted is None else self._people[box.highlighted]

    def _ask(self) -> None:
        """The passphrase of whoever is chosen, or that there is none."""
        chosen, line = self._chosen(), self.query_one("#secret", Input)
        asked = chosen is not None and chosen.asked
        line.value = ""
        line.display = asked
        line.disabled = not asked
        told = _("Passphrase or PIN") if asked else _("No passphrase: Enter goes on.")
        self.query_one("#asked", Static).update(told)

    def show(self, now: Now) -> None:
        """How long to wait, and that somebody is at the patient's side.

        Over an open session it goes by itself once it is left alone.
        """
        clock_s = self.palier.clock()
        self._touched_at_s = clock_s if self._touched_at_s is None else self._touched_at_s
        alone = self._over_session and not self._checking
        if alone and clock_s - self._touched_at_s >= LETS_GO_S:
            self.action_back()
            return
        chosen = self._chosen()
        rest_s = 0.0 if chosen is None else self._desk.rest_s(chosen.operator)
        rows = []
        if rest_s > 0.0:
            told = _("The next try is possible in {time}.").format(time=spoken(rest_s))
            rows.append(Content.styled(told, "bold"))
        if self._over_session:
            told = _("The session goes on; Esc goes back to where letters lead out.")
            rows.append(Content.styled(f"▲ {told}", "$alert"))
        elif now.left is not None or now.session is not None:
            told = _("A session is open at the patient's side; F12 stops it from here too.")
            rows.append(Content.styled(f"▲ {told}", "$alert"))
        self.query_one("#wait", Static).update(Content("\n").join(rows))

    def on_option_list_option_highlighted(self) -> None:
        """Somebody else is chosen."""
        self._ask()
        self.palier.look()

    def on_option_list_option_selected(self) -> None:
        """Enter on a name: on to the passphrase, or in."""
        self.action_go_on()

    def on_input_submitted(self) -> None:
        """Enter behind the passphrase."""
        self.action_go_on()

    def on_key(self, event: events.Key) -> None:
        """Arrows choose from the passphrase too; letters choose from the list.

        Over an open session an arrow that eases does that instead.
        """
        self._touched_at_s = self.palier.clock()
        if self._eased(event):
            event.stop()
            event.prevent_default()
            return
        box, line = self.query_one("#people", OptionList), self.query_one("#secret", Input)
        if event.key == "escape" and self._over_session and not line.value:
            event.stop()
            self.action_back()
        elif event.key == "escape":
            event.stop()
            line.value = ""
            self.set_focus(box)
        elif line.has_focus and event.key in ("up", "down"):
            event.stop()
            event.prevent_default()
            box.action_cursor_up() if event.key == "up" else box.action_cursor_down()
            # The line of somebody without a passphrase cannot keep the focus.
            self.call_after_refresh(self._keep_focus)
        elif box.has_focus and (letter := event.character) and letter.isprintable():
            event.stop()
            self._find(letter.casefold(), event.time)

    def _eased(self, event: events.Key) -> bool:
        """Whether the key did what only makes it easier; a space is the passphrase's own."""
        act = act_for(event.key, event.character)
        typed = event.is_printable and self.query_one("#secret", Input).has_focus
        if self._ease is None or act not in self._kept() or typed:
            return False
        if event.time > self.palier.stopped_at_s:
            self._ease(act or "")
        return True

    def action_ease(self, act: str) -> None:
        """The same by the mouse."""
        if self._ease is not None:
            self._ease(act)

    def _keep_focus(self) -> None:
        line = self.query_one("#secret", Input)
        self.set_focus(self.query_one("#people") if line.disabled else line)

    def _find(self, letter: str, at_s: float) -> None:
        """Choose the next name that begins with what was typed."""
        together = at_s - self._typed_at_s <= TOGETHER_S
        self._typed_at_s = at_s
        tried = (self._letters + letter if together else letter, letter)
        box = self.query_one("#people", OptionList)
        for typed in tried:
            found = [
                n for n, one in enumerate(self._people) if one.name.casefold().startswith(typed)
            ]
            if found:
                self._letters = typed
                # The same letter once more goes on to the next of these names.
                here = box.highlighted
                again = together and typed == letter and here is not None and here in found
                box.highlighted = found[(found.index(here or 0) + 1) % len(found) if again else 0]
                return
        self._letters = ""

    def action_go_on(self) -> None:
        """To the passphrase, or try it."""
        chosen, line = self._chosen(), self.query_one("#secret", Input)
        if chosen is None or self._checking:
            return
        if chosen.asked and not line.value:
            self.set_focus(line)
            return
        typed, line.value = line.value, ""
        self._checking = True
        self.say(_("One moment…"), "info")
        call = self._desk.enter
        self.palier.errands.send(
            Errand(lambda: call(chosen.operator, typed), "desk", then=self._answered)
        )

    def _answered(self, outcome: Outcome) -> None:
        self._checking = False
        if outcome.ok:
            self.palier.entered(outcome)
        elif self.is_mounted:
            self.say(outcome.text, "refused")
