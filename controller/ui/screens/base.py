"""Owns what all screens of the console share: told the truth, they show it; stop is on each."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, cast

from textual import events
from textual.app import ComposeResult
from textual.compose import compose
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Input, OptionList, Static

from controller.language import _
from controller.session.now import Now
from controller.ui.keys import named
from controller.ui.maps import breadth
from controller.ui.spoken_anew import take_over
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

    def look(self, now: Now) -> None:
        """Show the newest truth, and on stop whether it was sent and is not confirmed yet."""
        for control in self.query(StopControl):
            control.asked = now.stop_asked
        self.show(now)

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

    def behind(self, act: Callable[[], None]) -> None:
        """Do this behind the keys that came before, while this screen is still there.

        The toolkit lets an arrow act later than a letter that was pressed after it, which would
        be about the row that was left already.
        """
        self.app.call_later(lambda: act() if self.is_current else None)

    def interrupted(self) -> None:
        """A key of the whole console was pressed here, which this screen is not given."""

    def action_back(self) -> None:
        """Back to the screen below; a key that comes late never takes another screen away."""
        if self.is_current:
            self.app.pop_screen()

    def action_palier(self, act: str) -> None:
        """What every screen can: help, colours, palette, leaving."""
        self.palier.act(act)

    def about(self) -> str:
        """What F1 says of this screen before all else, in Markdown: its name and its keys."""
        stop = _("Stop, at once, on every screen; nothing is asked before.")
        rows = [f"| **F12**, **{_('Esc Esc')}** | {stop} |"]
        for ways in self.query(Ways):
            rows += [f"| **{way.key}** | {way.text} |" for way in ways.ways]
        titles = [bar.title for bar in self.query(TopBar)]
        head = [f"# {title}" for title in titles] or [f"# {_('This screen')}"]
        table = [f"| {_('Key')} | {_('What it does')} |", "|---|---|", *rows]
        return "\n".join([*head, "", *table])

    def choices(self) -> Iterable[Choice]:
        """What the command palette offers here."""
        return ()

    # -- another language

    def speak_anew(self) -> None:
        """Say everything on it in the language that is spoken now; what was typed stays."""
        if not self.ready:
            self.call_after_refresh(self.speak_anew)
            return
        if not self.is_attached:
            return
        kept = _Typed.on(self)
        take_over(list(self.children), compose(self))
        self.forget()
        self.on_mount()
        kept.give_back(self)

    def forget(self) -> None:
        """Let go of what is remembered as said already: it is said anew."""

    def on_resize(self) -> None:
        """The size's name is a class of the style sheet."""
        self.set_classes([f"-{breadth(self.app.size)}"])


@dataclass(frozen=True)
class _Typed:
    """What was typed and chosen on a screen, and which field had the keyboard."""

    lines: tuple[tuple[str, str, int, bool], ...]
    """Name, what was typed, where the cursor is, and whether the line is shown."""
    lists: tuple[tuple[str, int | None], ...]
    focus: str | None

    @classmethod
    def on(cls, screen: Screen[None]) -> _Typed:
        """As it stands now; fields without a name are not kept."""
        lines = tuple(
            (i.id, i.value, i.cursor_position, i.display) for i in screen.query(Input) if i.id
        )
        lists = tuple((box.id, box.highlighted) for box in screen.query(OptionList) if box.id)
        return cls(lines, lists, None if screen.focused is None else screen.focused.id)

    def give_back(self, screen: Screen[None]) -> None:
        """Into the fields of the same names, where they are there again."""
        for name, at in self.lists:
            for box in screen.query(f"#{name}").results(OptionList):
                if at is not None and at < box.option_count:
                    box.highlighted = at
        for name, value, at, shown in self.lines:
            for line in screen.query(f"#{name}").results(Input):
                line.value, line.cursor_position, line.display = value, at, shown
        if self.focus is not None:
            for field in screen.query(f"#{self.focus}"):
                field.focus()


class TopBar(Horizontal):
    """The head of every screen but the live one: where one is, and stop in its corner."""

    def __init__(self, title: str, below: str = "") -> None:
        super().__init__(id="top")
        self._words = title, below
        self._remark = ""

    @property
    def title(self) -> str:
        """Where one is."""
        return self._words[0]

    def compose(self) -> ComposeResult:
        """The title in words, stop at the right."""
        yield Static(self._drawn(), id="where", markup=False)
        yield StopControl(id="stop")

    def take_words(self, other: TopBar) -> None:
        """The title and the sentence of another."""
        self._words = other._words
        self.query_one("#where", Static).update(self._drawn())
        self.query_one(StopControl).refresh()

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


HELP = "palier('help')"
STAYS = ("back", "go_on", HELP)
"""Ways that are named however little room there is."""


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

    def take_words(self, other: Foot) -> None:
        """The ways of another."""
        self._ways = other._ways
        self.query_one(Ways).tell(self._ways)


class Ways(Static):
    """The keys of a screen; each can be clicked. Where room lacks, the first named stay, and how
    many are left out is told.
    """

    def __init__(self, ways: tuple[Way, ...]) -> None:
        self.ways = ways
        super().__init__(id="hints", markup=False)

    def tell(self, ways: tuple[Way, ...]) -> None:
        """Other ones."""
        self.ways = ways
        self.on_resize()

    def on_resize(self) -> None:
        """Another width has room for others."""
        self.update(Content("").join(self._fitting(self.size.width)))

    def _fitting(self, width: int) -> list[Content]:
        """Those there is room for, in their order; the way back and help stay, as F1 tells all."""
        drawn = [self._drawn(way) for way in self.ways]
        if sum(each.cell_length for each in drawn) <= width:
            return drawn
        drawn = [self._drawn(way, gap=" ") for way in self.ways]
        if sum(each.cell_length for each in drawn) <= width:
            return drawn
        stays = [way.action in STAYS for way in self.ways]
        key = "" if HELP in (way.action for way in self.ways) else f": {named('help')}"
        room = (
            width
            - len(f" +{len(drawn)}{key}")
            - sum(each.cell_length for each, kept in zip(drawn, stays, strict=True) if kept)
        )
        for at, each in enumerate(drawn):
            if not stays[at] and each.cell_length <= room:
                stays[at], room = True, room - each.cell_length
        kept = [each for each, kept in zip(drawn, stays, strict=True) if kept]
        return [*kept, Content.styled(f" +{len(drawn) - len(kept)}{key}", "$quiet")]

    @staticmethod
    def _drawn(way: Way, gap: str = "  ") -> Content:
        told = Content.assemble(" ", (way.key, "bold $level"), " ", way.text, gap)
        return clickable(told, way.action)

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
