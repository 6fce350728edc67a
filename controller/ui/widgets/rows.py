"""Owns a list to choose from whose chosen row is read as well as the others, and signed.

Quiet words keep their own ink everywhere; on the cursor it would be near the ground they lie on.
"""

from __future__ import annotations

from rich.color import Color
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip
from textual.widgets import OptionList


class Rows(OptionList):
    """The toolkit's list; on the cursor everything is written in the cursor's own ink."""

    def render_line(self, y: int) -> Strip:
        """One row of cells; those on the cursor in one ink."""
        strip = super().render_line(y)
        cursor = self.get_component_rich_style("option-list--option-highlighted")
        ground, ink = cursor.bgcolor, Style(color=cursor.color)
        if ground is None:
            return strip
        inked = [
            Segment(text, style + ink, control)
            if style is not None and style.bgcolor == ground
            else Segment(text, style, control)
            for text, style, control in strip
        ]
        drawn = Strip(inked, strip.cell_length)
        above = super().render_line(y - 1) if y else Strip([])
        if not self._of_a_form or not _lies_on(ground, strip) or _lies_on(ground, above):
            return drawn
        # In the room that a form's lists leave before each row, on its first line.
        sign = Segment("▸", Style(color=cursor.color, bgcolor=ground, bold=True))
        return Strip([sign, *drawn.crop(1)], strip.cell_length)

    @property
    def _of_a_form(self) -> bool:
        """Whether it is a list among the fields of a form, or of questions."""
        return self.compact or self.has_class("-one")


def _lies_on(ground: Color, strip: Strip) -> bool:
    return any(style is not None and style.bgcolor == ground for _text, style, _control in strip)
