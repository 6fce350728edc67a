"""Owns the patient's view as the therapist sees it; asks nobody for it and stores nothing."""

from __future__ import annotations

from io import BytesIO
from typing import ClassVar

from PIL import Image, UnidentifiedImageError
from rich.segment import Segment
from textual.content import Content
from textual.geometry import Region, Size
from textual.strip import Strip
from textual.widget import Widget

from controller.language import _
from controller.session.now import Now
from controller.ui.lettering import cut, decimal
from controller.ui.possible import is_stale
from controller.ui.widgets.half_blocks import MASK, HalfBlocks, greyed

LARGEST = Size(96, 27)


class Mirror(Widget):
    """The newest picture, centred; only rows that changed are drawn again."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"mirror--empty"}

    def __init__(self, *, id: str) -> None:
        super().__init__(id=id)
        self._blocks = HalfBlocks()
        self._rows: list[bytes] = []
        self._strips: list[Strip] = []
        self._columns = 0
        self._drawn: tuple[int, bool, tuple[int, int]] | None = None

    def wanted(self) -> tuple[int, int] | None:
        """Width and height in pixels to ask for, 16:9, at most 96 x 54; None while unseen."""
        room = self.size
        if not self.display or room.width < 16 or room.height < 2:
            return None
        columns = min(room.width, LARGEST.width, room.height * 32 // 9)
        return columns, 2 * max(1, min(room.height, round(columns * 9 / 32)))

    def show(self, now: Now) -> None:
        """Take the newest picture; an old one loses its colour and says its age."""
        stale = is_stale(now)
        title = _("PATIENT'S VIEW")
        if stale:
            title += " · " + _("picture {age} s old").format(age=decimal(now.link.age_s))
        if self.border_title != Content(title).markup:
            self.border_title = Content(title).markup
        self.set_class(stale, "-stale")
        size = self.wanted()
        if now.picture is None or size is None:
            if self._strips:
                self._rows, self._strips, self._drawn = [], [], None
                self.refresh()
            return
        number, jpeg = now.picture
        if (number, stale, size) == self._drawn:
            return
        self._drawn = (number, stale, size)
        try:
            with Image.open(BytesIO(jpeg)) as image:
                rgb = image.convert("RGB").resize(size, Image.Resampling.BILINEAR).tobytes()
        except (UnidentifiedImageError, OSError):
            return  # a torn picture: the last whole one stays until the next
        self._take(greyed(rgb) if stale else rgb, size)

    def _take(self, rgb: bytes, size: tuple[int, int]) -> None:
        """Cut the picture into rows and redraw the rows that changed."""
        columns, height = size
        rgb = rgb.translate(MASK)
        stride = columns * 3
        rows = [rgb[y * stride : (y + 2) * stride] for y in range(0, height, 2)]
        whole = columns != self._columns or len(rows) != len(self._rows)
        changed = [y for y, row in enumerate(rows) if whole or row != self._rows[y]]
        strips = [Strip.blank(0)] * len(rows) if whole else self._strips
        for y in changed:
            strips[y] = self._blocks.strip(rows[y][:stride], rows[y][stride:])
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
