"""Owns what all screens of the console share: told the truth, they show it; stop is on each."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, cast

from textual import events
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from controller.session.now import Now
from controller.ui.maps import breadth
from controller.ui.widgets.bottom import Tone
from controller.ui.widgets.panel import clickable
from controller.ui.widgets.stop_control import StopControl

if TYPE_CHECKING:
    from controller.ui.app import PalierApp


@dataclass(frozen=True)
class Choice:
    """One line of the command palette."""

    title: str
    help: str
    run: Callable[[], object]


class PalierScreen(Screen[None]):
    """A screen that shows a `Now`, says sentences and offers commands."""

    GUARDS: ClassVar[bool] = False
    """Whether it asks who sits here: nothing about patients is shown over it, or said on it."""

    def __init__(self) -> None:
        super().__init__()
        self.ready = False
        """Whether everything on it stands, so that it can be told the truth."""
        self._came_early: tuple[str, Tone] | None = None

    def on_mount(self) -> None:
        """Its parts mount by themselves; once they are drawn the truth may come."""
        self.call_after_refresh(self._begin)

    def _begin(self) -> None:
        self.ready = True
        if self._came_early is not None:
            self.say(*self._came_early)
        self.palier.look()

    @property
    def palier(self) -> PalierApp:
        """The application, by its own type."""
        return cast("PalierApp", self.app)

    def show(self, now: Now) -> None:
        """Show the newest truth."""

    def hear(self, text: str, tone: Tone) -> None:
        """Say what became of an act, as soon as there is a line to say it on."""
        if self.ready:
            self.say(text, tone)
        else:
            self._came_early = (text, tone)

    def say(self, text: str, tone: Tone) -> None:
        """Say what became of an act."""
        for line in self.query(Say):
            line.tell(text, tone)

    def action_back(self) -> None:
        """Back to the screen below; a key that comes late never takes another screen away."""
        if self.is_current:
            self.app.pop_screen()

    def action_palier(self, act: str) -> None:
        """What every screen can: help, colours, palette, leaving."""
        self.palier.act(act)

    def choices(self) -> Iterable[Choice]:
        """What the command palette offers here."""
        return ()

    def on_resize(self) -> None:
        """The size's name is a class of the style sheet."""
        self.set_classes([f"-{breadth(self.app.size)}"])


class TopBar(Horizontal):
    """The head of every screen but the live one: where one is, and stop in its corner."""

    def __init__(self, title: str, below: str = "") -> None:
        super().__init__(id="top")
        self._words = title, below
        self._remark = ""

    def compose(self) -> ComposeResult:
        """The title in words, stop at the right."""
        yield Static(self._drawn(), id="where", markup=False)
        yield StopControl(id="stop")

    def remark(self, text: str) -> None:
        """Say one more thing below, quietly and for as long as the screen is there."""
        if text != self._remark:
            self._remark = text
            self.query_one("#where", Static).update(self._drawn())

    def tell(self, below: str) -> None:
        """Another sentence under the title."""
        title, before = self._words
        if below != before:
            self._words = title, below
            self.query_one("#where", Static).update(self._drawn())

    def _drawn(self) -> Content:
        title, below = self._words
        more = ("\n", (self._remark, "$quiet")) if self._remark else ()
        return Content.assemble((title, "bold"), "\n", (below, "$quiet"), *more)


@dataclass(frozen=True)
class Way:
    """One way on from a screen: its key, what it does, and its action for the mouse."""

    key: str
    text: str
    action: str = ""


class Foot(Vertical):
    """The last two rows of every screen but the live one: what was said, and the ways on."""

    def __init__(self, *ways: Way) -> None:
        super().__init__(id="foot")
        self._ways = ways

    def compose(self) -> ComposeResult:
        """The sentence above the keys."""
        yield Say(id="say")
        yield Ways(self._ways)


class Ways(Static):
    """The keys of a screen; each can be clicked."""

    def __init__(self, ways: tuple[Way, ...]) -> None:
        parts = [
            clickable(
                Content.assemble(" ", (way.key, "bold $level"), " ", way.text, "  "), way.action
            )
            for way in ways
        ]
        super().__init__(Content("").join(parts), id="hints", markup=False)

    async def on_click(self, event: events.Click) -> None:
        """Do what lies behind the cell."""
        action = event.style.meta.get("does")
        if isinstance(action, str) and action:
            event.stop()
            await self.screen.run_action(action)


class Say(Static):
    """A line for one sentence."""

    def tell(self, text: str, tone: Tone) -> None:
        """Say it, louder where it was refused."""
        glyph = {"done": "✓", "info": "·", "refused": "×", "alarm": "▲"}[tone]
        style = "bold $alert" if tone in ("refused", "alarm") else "$level"
        self.update(Content.assemble((f" {glyph} ", style), text) if text else Content(""))
