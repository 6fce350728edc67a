"""Owns a preview without a window: the picture, the panel and what is wrong, as one image."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PIL import Image

from vr_runtime.authoring.preview.panel import width_for

if TYPE_CHECKING:
    from vr_runtime.display.author.window import Input
    from vr_runtime.display.panda import PandaDisplay


class Composed:
    """What an author's window would show, in this size."""

    def __init__(self, size: tuple[int, int], *, hidden: bool = False) -> None:
        self.size = size
        self.hidden = hidden
        self._panel: Image.Image | None = None
        self._band: Image.Image | None = None

    @property
    def part(self) -> tuple[int, int]:
        """Width and height of the picture in it."""
        wide, high = self.size
        return (wide if self.hidden else wide - width_for(high)), high

    def hide(self, hidden: bool) -> None:
        """Show the picture alone, or the panel beside it."""
        self.hidden = hidden

    def panel(self, image: Image.Image) -> None:
        """Have this beside the picture."""
        self._panel = image

    def band(self, image: Image.Image | None) -> None:
        """Have this over the lower edge of the picture."""
        self._band = image

    def inputs(self) -> list[Input]:
        """Nobody presses anything."""
        return []

    def image(self, display: PandaDisplay) -> Image.Image:
        """The whole, with the picture drawn last."""
        whole = Image.new("RGB", self.size)
        part = self.part
        whole.paste(Image.frombytes("RGB", part, display.pixels(part)), (0, 0))
        if self._panel is not None and not self.hidden:
            whole.paste(self._panel, (part[0], 0))
        if self._band is not None:
            whole.paste(self._band, (0, part[1] - self._band.height))
        return whole
