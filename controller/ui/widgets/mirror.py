"""Owns the patient's view as the therapist sees it; asks nobody for it and stores nothing."""

from __future__ import annotations

from io import BytesIO

from PIL import Image, UnidentifiedImageError
from textual.content import Content

from controller.language import _
from controller.session.now import Now
from controller.ui.lettering import decimal
from controller.ui.possible import is_stale
from controller.ui.terminal_pictures import Graphics
from controller.ui.widgets.framed import Framed
from controller.ui.widgets.half_blocks import greyed
from controller.ui.widgets.painters import asked


class Mirror(Framed):
    """The newest picture, centred."""

    def __init__(self, *, id: str, graphics: Graphics | None = None) -> None:
        """Show pictures with what the terminal has; None: in half blocks."""
        super().__init__(id=id, graphics=graphics)
        self._drawn: tuple[int, bool, tuple[int, int]] | None = None

    def _forget(self) -> None:
        super()._forget()
        self._drawn = None

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

    def empty(self) -> str:
        """Before the first picture came."""
        return _("No picture yet.")

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
                self._forget()
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
