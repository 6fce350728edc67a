"""Owns a scenario's picture on the console; knows neither scenario nor file."""

from __future__ import annotations

from controller.language import _
from controller.ui.terminal_pictures import Graphics
from controller.ui.widgets.framed import Framed, opened


class Thumbnail(Framed):
    """A picture that stays, or one sentence on why there is none."""

    def __init__(self, *, id: str, graphics: Graphics | None = None) -> None:
        """Show pictures with what the terminal has; None: in half blocks."""
        super().__init__(id=id, graphics=graphics)
        self._image = b""
        self._told = ""

    def hang(self, image: bytes, told: str) -> None:
        """Show this picture; where there is none, say `told`."""
        if (image, told) != (self._image, self._told):
            self._image, self._told = image, told
            self.set_class(not image, "-empty")
            self.sized()

    def sized(self) -> None:
        """Draw it for the room there is."""
        cells = self._cells()
        rgb = None
        if self._image and cells is not None:
            rgb = opened(self._image, self._painter.pixels(*cells))
        if rgb is None or cells is None:
            self._forget()
            self.refresh()
        else:
            self._take(rgb, cells)

    def empty(self) -> str:
        """Why no picture is here."""
        if not self._image:
            return self._told
        if self._cells() is None:
            return _("No room for the picture here.")
        return _("The picture cannot be read.")
