"""Owns what all panels share: they keep what they show, and redraw it only when it changes.

It knows nothing of what any one of them shows.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from typing import Generic, TypeVar

from textual import events
from textual.content import Content
from textual.style import Style
from textual.widget import Widget

from controller.language import Language, language
from controller.session.now import Now

F = TypeVar("F", bound=Hashable)
T = TypeVar("T")


class Panel(Widget, Generic[F]):
    """One panel of the live screen.

    `facts` picks from a `Now` exactly what is drawn; equal facts are never drawn twice
    in one language.
    """

    def __init__(self, *, id: str) -> None:
        super().__init__(id=id)
        self._facts: F | None = None
        self._spoken: Language | None = None

    def facts(self, now: Now) -> F:
        """What is shown of `now`."""
        raise NotImplementedError

    def draw(self, facts: F) -> Content:
        """The facts in the room there is (`self.size`)."""
        raise NotImplementedError

    def heading(self, now: Now) -> Content | None:
        """The title above the panel; None leaves it as it is."""
        return None

    def show(self, now: Now) -> None:
        """Take the newest truth."""
        title = self.heading(now)
        if title is not None and str(title) != self._title_text():
            self.border_title = title.markup
        facts = self.facts(now)
        if facts != self._facts or self._spoken != language():
            self._facts, self._spoken = facts, language()
            self.refresh()

    async def on_click(self, event: events.Click) -> None:
        """Do what lies behind the cell."""
        action = event.style.meta.get("does")
        if isinstance(action, str):
            event.stop()
            await self.screen.run_action(action)

    def _title_text(self) -> str:
        return "" if self.border_title is None else Content.from_markup(self.border_title).plain

    def render(self) -> Content:
        """The facts drawn, or nothing before there are any."""
        return Content("") if self._facts is None else self.draw(self._facts)


def clickable(content: Content, action: str) -> Content:
    """The content, with an action of the screen behind every cell for the mouse.

    Not by the toolkit's own links, which would underline and recolour it.
    """
    return content.stylize(Style.from_meta({"does": action}))


def fitting(items: Sequence[T], height: int, weight: Callable[[T], int]) -> list[T]:
    """The items there is room for, in their order: where rows lack, the heaviest stay."""
    if len(items) <= height:
        return list(items)
    heaviest = sorted(range(len(items)), key=lambda at: -weight(items[at]))[: max(0, height)]
    return [items[at] for at in sorted(heaviest)]


def left_out(count: int, height: int) -> str:
    """How many rows there is no room for, to be told in the heading; "" where there is."""
    return f" · +{count - height}" if 0 < height < count else ""


def headed(word: str, keys: Sequence[str], more: str, width: int) -> Content:
    """A heading with its keys, the fullest telling of them first, as far as `width` has room.

    How many rows are left out is told before the keys are: it is never what is cut.
    """
    for told in (*(key for key in keys if key), ""):
        heading = word + (f" · {told}" if told else "") + more
        if len(heading) + 2 <= width:
            break
    return Content(heading)


def lines(rows: list[Content], height: int) -> Content:
    """As many rows as there is room for."""
    return Content("\n").join(rows[: max(0, height)])
