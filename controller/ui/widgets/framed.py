"""Owns a picture in cells, centred in the room it has; knows not whose picture it is."""

from __future__ import annotations

import warnings
from io import BytesIO
from typing import ClassVar

from PIL import Image, ImageOps
from rich.segment import Segment
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

from controller.ui.lettering import cut
from controller.ui.terminal_pictures import Graphics, resized
from controller.ui.widgets.painters import painter

LARGEST_SIDE = 4096
"""Pixels of the longest side that is read: a small file can ask for any memory."""
FORMATS = ("JPEG", "PNG")


def opened(image: bytes, size: tuple[int, int]) -> bytes | None:
    """A picture as RGB of this size, with bars where its shape is another one.

    None where it is no whole JPEG or PNG, or one too large to be read.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(BytesIO(image), formats=FORMATS) as found:
                if max(found.size) > LARGEST_SIDE:
                    return None
                return ImageOps.pad(found.convert("RGB"), size, Image.Resampling.BOX).tobytes()
    except Exception:
        # Somebody else's bytes in somebody else's decoder: a broken picture raises what it likes
        # (SyntaxError, IndexError, struct.error …), and none of it may end the console.
        return None


class Framed(Widget):
    """A picture of 16:9; only rows that changed are drawn again."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"framed--empty"}

    def __init__(self, *, id: str, graphics: Graphics | None = None) -> None:
        """Show pictures with what the terminal has; None: in half blocks."""
        super().__init__(id=id)
        self._graphics = graphics
        self._painter = painter(graphics)
        self._rows: list[bytes] = []
        self._strips: list[Strip] = []
        self._columns = 0

    def on_resize(self) -> None:
        """Letters of another size: pixels fill other cells."""
        if self._graphics is not None:
            self._graphics = resized(self._graphics)
            self._painter = painter(self._graphics)
            self._forget()
        self.sized()

    def sized(self) -> None:
        """The room is another one now."""

    def empty(self) -> str:
        """What is said where no picture is."""
        return ""

    def _forget(self) -> None:
        self._rows, self._strips = [], []

    def _cells(self) -> tuple[int, int] | None:
        """Columns and rows that the picture fills; None where there is no room for one."""
        room = self.size
        if not self.display or room.width < 16 or room.height < 2:
            return None
        most = self._painter.most
        columns = min(room.width, most[0], room.height * 32 // 9)
        return columns, max(1, min(room.height, most[1], round(columns * 9 / 32)))

    def _take(self, rgb: bytes, cells: tuple[int, int]) -> None:
        """Cut the picture into rows and redraw the rows that changed."""
        columns = cells[0]
        rows = self._painter.rows(rgb, *cells)
        whole = columns != self._columns or len(rows) != len(self._rows)
        changed = [y for y, row in enumerate(rows) if whole or row != self._rows[y]]
        strips = [Strip.blank(0)] * len(rows) if whole else self._strips
        for y in changed:
            strips[y] = self._painter.strip(y, rows[y], columns)
        self._rows, self._strips, self._columns = rows, strips, columns
        if whole:
            self.refresh()
        elif changed:
            left, top = self._corner()
            self.refresh(*(Region(left, top + y, columns, 1) for y in changed))

    def _corner(self) -> tuple[int, int]:
        return (self.size.width - self._columns) // 2, (self.size.height - len(self._strips)) // 2

    def render_line(self, y: int) -> Strip:
        """A row of the picture, or of the empty ground around it."""
        width = self.size.width
        ground = self.get_component_rich_style("framed--empty")
        if not self._strips:
            told = cut(self.empty(), width) if y == self.size.height // 2 else ""
            return Strip([], 0).adjust_cell_length(width, ground) if not told else self._words(told)
        left, top = self._corner()
        if not top <= y < top + len(self._strips):
            return Strip.blank(width, ground)
        right = width - left - self._columns
        around = Strip.blank(left, ground), Strip.blank(right, ground)
        return Strip.join([around[0], self._strips[y - top], around[1]])

    def _words(self, told: str) -> Strip:
        style = self.get_component_rich_style("framed--empty")
        return Strip([Segment(told.center(self.size.width), style)], self.size.width)
