"""Owns the question about a session that is open at the patient's side: continue, or close.

Nothing is led and nothing changes until it is answered: the patient's side holds and goes to the
safe place by itself. It changes nothing itself.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable
from functools import partial

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from controller.language import _
from controller.session.now import LeftOpen, Now, Outcome
from controller.ui.errands import Errand
from controller.ui.keys import named
from controller.ui.possible import is_stale, phase_of
from controller.ui.screens.base import Choice, Foot, PalierScreen, TopBar, Way
from controller.ui.ways_on import found, headed, ways_on
from controller.ui.widgets.rows import Rows


class LeftOpenScreen(PalierScreen):
    """What was found, where the patient is now, and the ways on."""

    def __init__(self, left: LeftOpen) -> None:
        super().__init__()
        self._left = left
        self._told: object = None

    @property
    def left(self) -> LeftOpen:
        """The session that is asked about, as it was seen last."""
        return self._left

    def compose(self) -> ComposeResult:
        """Title, where the patient is, who leads, and the ways."""
        title, below = headed(self._left)
        yield TopBar(title, below)
        with Vertical(id="body"):
            yield Static(id="found", markup=False)
            yield Static("")
            yield Rows(id="ways")
        yield Foot(
            Way("↑ ↓", _("choose")),
            Way(_("Enter"), _("do it"), "choose"),
            Way(named("help"), _("help"), "palier('help')"),
            Way(named("quit"), _("leave"), "palier('quit')"),
        )

    def on_mount(self) -> None:
        """The first way is what Enter does: it never ends anything."""
        self._offer()
        self.query_one("#ways").focus()

    def forget(self) -> None:
        """Where the patient is, is said anew."""
        self._told = None

    def _offer(self) -> None:
        box = self.query_one("#ways", OptionList)
        box.clear_options()
        box.add_options([Option(text, id=name) for name, text in ways_on(self._left)])
        box.highlighted = 0

    def show(self, now: Now) -> None:
        """Where the patient is now; the ways change when who leads does."""
        left = now.left
        if left is not None and left != self._left:
            self._left = left
            self._offer()
        facts = (phase_of(now), is_stale(now), now.state and now.state.reached, self._left)
        if facts != self._told:
            self._told = facts
            where, who = found(now, self._left)
            rows = (Content.styled(where, "bold"), Content(who))
            self.query_one("#found", Static).update(Content("\n").join(rows))

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Do as chosen."""
        self._choose(event.option_id or "")

    def action_choose(self) -> None:
        """As Enter: the way that is highlighted."""
        box = self.query_one("#ways", OptionList)
        if box.highlighted is not None:
            self._choose(box.get_option_at_index(box.highlighted).id or "")

    def _choose(self, way: str) -> None:
        lead, takeover = self.palier.lead, self._left.led_by is not None
        if way == "leave":
            lead.leave_left()
            self.palier.look()
            return
        calls: dict[str, Callable[[], Awaitable[Outcome]]] = {
            "continue": partial(lead.continue_left, takeover=takeover),
            "close": partial(lead.close_left, takeover=takeover),
        }
        self.say(_("One moment…"), "info")
        self.palier.errands.send(Errand(calls[way], "scene"))

    def choices(self) -> Iterable[Choice]:
        """The ways, and what every screen can."""
        for name, text in ways_on(self._left):
            yield Choice(text, "", partial(self._choose, name))
