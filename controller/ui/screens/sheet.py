"""Owns what the screens round a session's end share: one drawn page, a row that is chosen, keys.

Every row can be chosen by arrows, by mouse, and by Enter; it knows not what is on it.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from functools import partial

from textual import events
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from controller.language import _
from controller.session.now import Now, Outcome
from controller.ui.easing import eased, fainted
from controller.ui.errands import Errand
from controller.ui.screens.base import Foot, PalierScreen, TopBar, Way
from controller.ui.widgets.panel import clickable


class Drawn(Static):
    """A page of rows; what lies behind a cell is done by a click."""

    async def on_click(self, event: events.Click) -> None:
        """Do what lies behind the cell."""
        action = event.style.meta.get("does")
        if isinstance(action, str) and action:
            event.stop()
            await self.screen.run_action(action)


class Sheet(PalierScreen):
    """A page that is drawn anew whenever what it shows has changed."""

    AUTO_FOCUS = ""

    def __init__(self) -> None:
        super().__init__()
        self.chosen = 0
        """Which of its rows Enter is for."""
        self._drawn_as = ""

    # -- what a page says of itself

    def headline(self) -> str:
        """What stands at its head."""
        raise NotImplementedError

    def below(self, now: Now) -> str:
        """The quiet line under the title."""
        return ""

    def ways(self) -> tuple[Way, ...]:
        """The keys that are named at its foot."""
        raise NotImplementedError

    def rows(self, now: Now) -> int:
        """How many rows can be chosen."""
        return 0

    def draw(self, now: Now, width: int) -> Content:
        """The page."""
        raise NotImplementedError

    def enter(self) -> None:
        """Enter was pressed on the chosen row."""

    def typed(self, key: str, character: str) -> bool:
        """A key of the page's own; False leaves it to others."""
        return False

    def only_types(self, character: str) -> bool:
        """Whether a key only adds to a figure that Enter takes: that one may come twice at once."""
        return False

    def written(self, event: events.Key) -> bool:
        """Whether a key belongs to a line that is being written; the page is left alone then."""
        return False

    def leave(self) -> None:
        """Escape: back to the screen below."""
        self.action_back()

    # -- what all of them do

    def compose(self) -> ComposeResult:
        """Head, page, foot."""
        yield TopBar(self.headline(), "")
        with VerticalScroll(id="body", classes="-close", can_focus=False):
            yield Drawn(id="page", markup=False)
        yield Foot(*self.ways())

    def show(self, now: Now) -> None:
        """Draw it, where it would read differently."""
        self.chosen = max(0, min(self.chosen, self.rows(now) - 1))
        self.query_one(TopBar).tell(self.below(now))
        page = self.query_one("#page", Drawn)
        content = self.draw(now, max(20, self.query_one("#body").size.width - 4))
        if content.markup != self._drawn_as:
            self._drawn_as = content.markup
            page.update(content)

    def on_screen_resume(self) -> None:
        """Back from another screen: look again."""
        if self.ready:
            self.show(self.palier.lead.now())

    def again(self) -> None:
        """Draw it now."""
        if self.ready and self.is_mounted:
            self.show(self.palier.lead.now())

    def on_key(self, event: events.Key) -> None:
        """What eases first, then the page's own keys, arrows, Enter and Escape."""
        if event.time <= self.palier.stopped_at_s or fainted(self, event) or self.written(event):
            return
        if eased(self, event):
            self.again()
            return
        character = event.character or ""
        key = character.lower() if character.isprintable() and character else event.key
        if event.key in ("enter", "backspace", "space"):
            key = event.key
        event.stop()
        repeated = self.palier.doubled.is_repeat(key, event.time)
        if repeated and (len(key) == 1 or key == "enter") and not self.only_types(character):
            self._too_soon()
            return
        if self.typed(key, character):
            pass
        elif event.key in ("up", "down"):
            self.chosen += 1 if event.key == "down" else -1
        elif event.key in ("pageup", "pagedown"):
            body = self.query_one("#body", VerticalScroll)
            (body.scroll_page_up if event.key == "pageup" else body.scroll_page_down)(animate=False)
        elif event.key == "enter":
            self.enter()
        elif event.key == "escape":
            self.leave()
            return
        self.again()

    def _too_soon(self) -> None:
        """A key that is held or doubled answers once: what follows it was not seen."""
        told = _("Too soon after the same key: it did nothing. Wait a moment, then again.")
        self.say(told, "refused")

    def action_row(self, number: int) -> None:
        """A row was clicked: choose it, and do what Enter does; the half of a pair does nothing."""
        if self.palier.doubled.is_repeat("click", self.palier.clock()):
            return
        self.chosen = number
        self.enter()
        self.again()

    def action_key(self, key: str) -> None:
        """A key of the page was clicked."""
        if key == "enter":
            self.enter()
        else:
            self.typed(key, key)
        self.again()

    def send(
        self,
        call: Callable[[], Awaitable[Outcome]],
        then: Callable[[Outcome], None] | None = None,
    ) -> None:
        """Write to the record; drawn anew once it is answered."""

        def told(outcome: Outcome) -> None:
            if then is not None:
                then(outcome)
            self.again()

        self.palier.errands.send(Errand(call, "record", then=told))

    def recall(self) -> None:
        """Read what the patient answered in this session, also elsewhere."""
        self.send(partial(self.palier.lead.forms.recall))


def row(number: int, chosen: int, *parts: str | tuple[str, str] | Content) -> Content:
    """One row that can be chosen; ▸ marks the chosen one."""
    mark = ("▸ ", "bold $level") if number == chosen else ("  ", "")
    return clickable(Content.assemble(mark, *parts), f"row({number})")
