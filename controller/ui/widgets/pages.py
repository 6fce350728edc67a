"""Owns a long text to scroll through, laid out one piece in a turn; knows not what it says.

The loop that lays it out also hears stop, and tells the patient's side that the console is there:
no piece may keep either waiting.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from rich.console import Console, ConsoleOptions, RenderResult
from rich.markdown import CodeBlock, Heading, Markdown, TextElement
from rich.padding import Padding
from rich.style import Style
from rich.theme import Theme
from textual.geometry import Size
from textual.scroll_view import ScrollView
from textual.selection import Selection
from textual.strip import Strip
from textual.timer import Timer

TURN_S = 1 / 60
"""From one piece to the next: what waits in the loop is worked off in between."""
LARGEST = 6000
"""Most characters of a piece; so many take about 10 ms on an ordinary machine, at any width."""
LONGEST_LINE = 112
"""Cells: a line that is longer is hard to come back from."""
_MARGIN = 2
_INKS = ("heading", "key", "code", "rule")


def pieces(text: str) -> list[str]:
    """Markdown in its chapters, a long chapter in parts of `LARGEST` characters or less.

    A chapter is parted between blocks only; one block that is longer than that stays whole.
    """
    found: list[str] = []
    fenced = False
    for block in text.split("\n\n"):
        chapter = block.startswith(("# ", "## "))
        if not found or (not fenced and (chapter or len(found[-1]) + len(block) > LARGEST)):
            found.append(block)
        else:
            found[-1] += "\n\n" + block
        fenced ^= block.count("```") % 2 == 1
    return [piece for piece in found if piece.strip()]


class _Heading(Heading):
    """All headings begin at the left."""

    LEVEL_ALIGN: ClassVar = {}


class _Code(CodeBlock):
    """What is to be typed, in the theme's own colours."""

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        self.text.rstrip()
        yield Padding(self.text, (0, 2), style="markdown.code_block")

    def on_enter(self, context: object) -> None:
        TextElement.on_enter(self, context)  # type: ignore[arg-type]


class _Page(Markdown):
    elements: ClassVar = {
        **Markdown.elements,
        "heading_open": _Heading,
        "fence": _Code,
        "code_block": _Code,
    }


class Pages(ScrollView, can_focus=True):
    """Markdown in pieces; the first stands at once, the others follow one in a turn."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {f"pages--{ink}" for ink in _INKS}

    def __init__(self, parts: Sequence[str]) -> None:
        super().__init__()
        self._parts = tuple(parts)
        self._shown: list[Strip] = []
        self._made: list[Strip] = []
        self._next = 0
        self._coming: Timer | None = None
        self._laid_out_for: object = None

    def take_words(self, other: Pages) -> None:
        """The pieces of another; what stands is read until all of them are laid out."""
        self._parts, self._laid_out_for = other._parts, None
        self._lay_out()

    @property
    def whole(self) -> bool:
        """Whether all pieces stand."""
        return self._next == len(self._parts)

    def on_mount(self) -> None:
        """Another theme has other colours."""
        self.app.theme_changed_signal.subscribe(self, lambda _theme: self._lay_out())

    def on_resize(self) -> None:
        """Another width has other lines."""
        self._lay_out()

    def _lay_out(self) -> None:
        width = self._width()
        wanted = (width, self.app.theme)
        if width <= 2 * _MARGIN or wanted == self._laid_out_for:
            return
        self._laid_out_for = wanted
        self._made, self._next = [], 0
        if not self._shown:
            self._shown = self._made
        if self._coming is not None:
            self._coming.stop()
        self._turn()

    def _width(self) -> int:
        return min(LONGEST_LINE, self.scrollable_content_region.width)

    def _turn(self) -> None:
        """One piece more."""
        if not self.whole:
            self._made += self.lay_out_piece(self._parts[self._next])
            self._next += 1
            # Not by an interval: where the loop is late, two of its calls come in one turn.
            self._coming = self.set_timer(TURN_S, self._turn)
        anew = self._shown is not self._made
        if anew and not self.whole:
            return  # what was laid out for another width or theme is read until then
        share = self.scroll_y / max(1, len(self._shown))
        self._shown = self._made
        self.virtual_size = Size(self._width(), len(self._shown))
        if anew:
            self.scroll_to(y=round(share * len(self._shown)), animate=False)
        self.refresh()

    def lay_out_piece(self, piece: str) -> list[Strip]:
        """The lines of one piece, in the width and the colours there are now."""
        console = self.app.console
        width = self._width()
        page = Padding(_Page(piece), (0, _MARGIN, 1, _MARGIN))
        with console.use_theme(Theme(self._colours())):
            rows = console.render_lines(page, console.options.update(width=width, height=None))
        return [Strip(row, width) for row in rows]

    def _colours(self) -> dict[str, str | Style]:
        heading, key, code, rule = (
            self.get_component_rich_style(f"pages--{ink}", partial=True) for ink in _INKS
        )
        colours: dict[str, str | Style] = {f"markdown.h{level}": heading for level in range(1, 7)}
        for quiet in ("hr", "block_quote", "table.border", "item.bullet"):
            colours[f"markdown.{quiet}"] = rule
        colours |= {"markdown.table.header": heading, "markdown.strong": key}
        colours |= {"markdown.code": code, "markdown.code_block": code, "markdown.link": key}
        return colours

    # -- for the toolkit

    def render_line(self, y: int) -> Strip:
        """One row of what is seen."""
        _x, top = self.scroll_offset
        row, width, plain = top + y, self.size.width, self.rich_style
        if row >= len(self._shown):
            return Strip.blank(width, plain)
        strip = self._shown[row].apply_style(plain).crop_extend(0, width, plain)
        chosen = self.text_selection
        if chosen is not None and (span := chosen.get_span(row)) is not None:
            start, end = span[0], width if span[1] == -1 else span[1]
            mark = self.screen.get_component_rich_style("screen--selection")
            within = strip.crop(start, end).apply_style(mark)
            strip = Strip.join([strip.crop(0, start), within, strip.crop(end, width)])
        return strip.apply_offsets(0, row)

    def get_selection(self, selection: Selection) -> tuple[str, str] | None:
        """What was marked with the mouse, to be copied."""
        return selection.extract("\n".join(strip.text.rstrip() for strip in self._shown)), "\n"

    def selection_updated(self, selection: Selection | None) -> None:
        """Draw the mark anew."""
        self.refresh()
