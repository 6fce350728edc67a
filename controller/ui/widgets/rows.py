"""Owns a list to choose from whose chosen row is read as well as the others.

Quiet words keep their own ink everywhere; on the cursor it would be near the ground they lie on.
"""

from __future__ import annotations

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
        return Strip(inked, strip.cell_length)
