"""Owns the patient's view as the therapist sees it; asks nobody for it and stores nothing."""

from __future__ import annotations

from io import BytesIO
from typing import ClassVar

from PIL import Image, UnidentifiedImageError
from rich.segment import Segment
from textual.content import Content
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

from controller.language import _
from controller.session.now import Now
from controller.ui.lettering import cut, decimal
from controller.ui.possible import is_stale
from controller.ui.terminal_pictures import Graphics, resized
from controller.ui.widgets.half_blocks import greyed
from controller.ui.widgets.painters import asked, painter


class Mirror(Widget):
    """The newest picture, centred; only rows that changed are drawn again."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"mirror--empty"}

    def __init__(self, *, id: str, graphics: Graphics | None = None) -> None:
        """Show pictures with what the terminal has; None: in half blocks."""
        super().__init__(id=id)
        self._graphics = graphics
        self._painter = painter(graphics)
        self._rows: list[bytes] = []
        self._strips: list[Strip] = []
        self._columns = 0
        self._drawn: tuple[int, bool, tuple[int, int]] | None = None

    def on_resize(self) -> None:
        """Letters of another size: pixels fill other cells."""
        if self._graphics is not None:
            self._graphics = resized(self._graphics)
            self._painter = painter(self._graphics)
            self._rows, self._strips, self._drawn = [], [], None

    @property
    def hz(self) -> float:
        """Pictures a second worth asking for."""
        return self._painter.hz

    def wanted(self) -> tuple[int, int] | None:
        """Width and height in pixels to ask for, 16:9; None while unseen.

        At most 96 x 54 in half blocks, 640 x 360 where the terminal shows pixels.
        """
        cells = self._cells()
        return None if cells is None else asked(self._painter.pixels(*cells))

    def _cells(self) -> tuple[int, int] | None:
        """Columns and rows that the picture fills."""
        room = self.size
        if not self.display or room.width < 16 or room.height < 2:
            return None
        most = self._painter.most
        columns = min(room.width, most[0], room.height * 32 // 9)
        return columns, max(1, min(room.height, most[1], round(columns * 9 / 32)))

    def show(self, now: Now) -> None:
        """Take the newest picture; an old one loses its colour and says its age."""
        stale = is_stale(now)
        title = _("PATIENT'S VIEW")
        if stale:
            title += " · " + _("picture {age} s old").format(age=decimal(now.link.age_s))
        if self.border_title != Content(title).markup:
            self.border_title = Content(title).markup
        self.set_class(stale, "-stale")
        cells = self._cells()
        if now.picture is None or cells is None:
            if self._strips:
                self._rows, self._strips, self._drawn = [], [], None
                self.refresh()
            return
        number, jpeg = now.picture
        if (number, stale, cells) == self._drawn:
            return
        self._drawn = (number, stale, cells)
        size = self._painter.pixels(*cells)
        try:
            with Image.open(BytesIO(jpeg)) as image:
                rgb = image.convert("RGB").resize(size, Image.Resampling.BILINEAR).tobytes()
        except (UnidentifiedImageError, OSError):
            return  # a torn picture: the last whole one stays until the next
        self._take(greyed(rgb) if stale else rgb, cells)

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
        empty = self.get_component_rich_style("mirror--empty")
        if not self._strips:
            told = cut(_("No picture yet."), width) if y == self.size.height // 2 else ""
            return Strip([], 0).adjust_cell_length(width, empty) if not told else self._words(told)
        left, top = self._corner()
        if not top <= y < top + len(self._strips):
            return Strip.blank(width, empty)
        right = width - left - self._columns
        ground = Strip.blank(left, empty), Strip.blank(right, empty)
        return Strip.join([ground[0], self._strips[y - top], ground[1]])

    def _words(self, told: str) -> Strip:
        style = self.get_component_rich_style("mirror--empty")
        return Strip([Segment(told.center(self.size.width), style)], self.size.width)
