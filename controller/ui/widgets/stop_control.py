"""Owns the drawing of the stop control and its corner; knows not what stop does.

It stands at the top right of every screen and is the only solid red there is. The application
itself hears its keys and clicks in its corner, so that nothing that lies over it can take them.
"""

from __future__ import annotations

from textual.content import Content
from textual.geometry import Region, Size
from textual.reactive import reactive
from textual.widget import Widget

from controller.language import _
from controller.ui.bigtext import big
from controller.ui.maps import breadth

WIDTHS = {"tiny": 13, "narrow": 18, "normal": 22, "wide": 46}


def corner(size: Size) -> Region:
    """Where stop stands in a terminal of this size."""
    width = min(size.width, WIDTHS[breadth(size)])
    return Region(size.width - width, 0, width, min(3, size.height))


class StopControl(Widget):
    """The word and its keys."""

    asked: reactive[bool] = reactive(False)
    """A stop was sent and is not yet confirmed by the runtime."""

    def render(self) -> Content:
        """As large as the corner allows."""
        width, height = self.size.width, self.size.height
        word = _("STOP SENT") if self.asked else _("STOP")
        keys = _("Esc Esc")
        shape = big(f"■ {word}")
        if len(shape[0]) + len(keys) + 6 <= width and height >= 3:
            beside = ("F12", _("or"), keys)
            return Content("\n").join(
                Content(f"  {row}   {text}") for row, text in zip(shape, beside, strict=True)
            )
        rows = [Content.styled(f"■ {word}".center(width), "bold")]
        rows.append(Content("F12".center(width)))
        both = _("or {keys}").format(keys=keys)
        rows.append(Content((both if len(both) <= width else keys).center(width)))
        return Content("\n").join(rows[:height])
