"""Owns an author's window: the picture at the left, what lies beside and over it, mouse and keys.

The picture is an output of its own, so that it is drawn, and looked at for flashes, as a patient
would see it. It knows neither scenario nor what stands on the panel.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from panda3d.core import (
    ButtonThrower,
    Camera,
    CardMaker,
    DataGraphTraverser,
    MouseAndKeyboard,
    NodePath,
    OrthographicLens,
    SamplerState,
    Texture,
    WindowProperties,
)
from PIL import Image

from vr_runtime.display.answering import Answering
from vr_runtime.display.controls import Device
from vr_runtime.display.gaze import HeadLook
from vr_runtime.display.graphics import Output, thrown_events
from vr_runtime.display.sight.layer import texture_of
from vr_runtime.wire.acts import Occurrence, View, WindowClosed

CLOSE = "author-window-closing"
LEAST = (900, 500)
"""A window smaller than this shows a panel that cannot be read."""
WHEEL_PX = 40


@dataclass(frozen=True)
class Pressed:
    """The left button, at a place in the window; or the wheel, turned by so many pixels."""

    what: Literal["down", "move", "up", "wheel"]
    x: float
    y: float
    by: float = 0.0


Input = Pressed | str
"""What the mouse did, or the name of a key that went down."""


class AuthorWindow:
    """A window and the hand of an author before it; is the `hand` of the display in it."""

    def __init__(
        self, size: tuple[int, int], title: str, beside: Callable[[int], int], samples: int
    ) -> None:
        """Open the window; `beside` gives how wide the panel is in a window so high, in pixels.

        Raises:
            GraphicsUnavailable: the driver gave no window.
        """
        self.look = HeadLook()
        self.answering = Answering()
        self.closed = False
        self._beside = beside
        self._hidden = False
        self._inputs: list[Input] = []
        self._turning: tuple[float, float] | None = None
        self._held = False
        properties = WindowProperties(size=size)
        properties.setTitle(title)
        self.window = Output.window(properties, 1)
        self.window.main.setCloseRequestEvent(CLOSE)
        self._picture = Texture("picture")
        self._picture.setMagfilter(SamplerState.FTLinear)
        self._picture.setMinfilter(SamplerState.FTLinear)
        smooth = 1 if self.window.software else samples
        self.output = self.window.within(self._part(), self._picture, smooth)
        self._over = _Over(self.window)
        self._over.lay("picture", self._picture)
        self._placed = ((0, 0), (0, 0))
        self._data = NodePath("hand")
        keys = self._data.attachNewNode(MouseAndKeyboard(self.window.main, 0, "devices"))
        keys.attachNewNode(ButtonThrower("buttons"))
        self._reader = DataGraphTraverser()
        self._place()

    # -- what is shown

    @property
    def size(self) -> tuple[int, int]:
        """Width and height of the window in pixels."""
        wide, high = self.window.size
        return max(LEAST[0], wide), max(LEAST[1], high)

    def _part(self) -> tuple[int, int]:
        """Of the picture."""
        wide, high = self.size
        return (wide if self._hidden else wide - self._beside(high)), high

    def hide(self, hidden: bool) -> None:
        """Show the picture alone, or the panel beside it."""
        self._hidden = hidden
        self._place()

    @property
    def hidden(self) -> bool:
        """Whether the panel is hidden."""
        return self._hidden

    def panel(self, image: Image.Image) -> None:
        """From the next picture on, this stands beside the picture."""
        self._over.bring("panel", image)
        self._place(anew=True)

    def band(self, image: Image.Image | None) -> None:
        """From the next picture on, this lies over the lower edge of the picture; None: nothing."""
        self._over.bring("band", image)
        self._place(anew=True)

    def _place(self, *, anew: bool = False) -> None:
        """Follow the window's size."""
        size, part = self.size, self._part()
        if (size, part) == self._placed and not anew:
            return
        self._placed = (size, part)
        if self.output.size != part:
            self.output.main.setSize(*part)
        self._over.place("picture", (0, 0), part, size)
        if not self._hidden:
            self._over.place("panel", (part[0], 0), None, size)
        else:
            self._over.away("panel")
        self._over.place("band", (0, part[1]), None, size, from_below=True)

    # -- the hand

    def devices(self) -> tuple[Device, ...]:
        """The mouse."""
        return ("mouse",)

    def poll(self, dt: float) -> None:
        """Before a picture: read the devices; `dt` seconds passed since the last time."""
        self._reader.traverse(self._data.node())
        for event in thrown_events():
            self._thrown(event)
        self.closed = self.closed or not self.window.main.isValid()
        self._follow_pointer()
        self.look.advance(dt)
        self._place()

    def _thrown(self, event: str) -> None:
        here = self._pointer()
        if event == CLOSE:
            self.closed = True
        elif event == "mouse1":
            if here[0] < self._part()[0]:
                self._turning = here
            else:
                self._held = True
                self._inputs.append(Pressed("down", *here))
        elif event == "mouse1-up":
            self._turning = None
            if self._held:
                self._held = False
                self._inputs.append(Pressed("up", *here))
        elif event in ("wheel_up", "wheel_down"):
            by = -WHEEL_PX if event == "wheel_up" else WHEEL_PX
            self._inputs.append(Pressed("wheel", *here, by))
        elif not event.startswith(("raw-", "mouse", "wheel")) and not event.endswith("-up"):
            self._inputs.append(event.removesuffix("-repeat"))

    def _follow_pointer(self) -> None:
        here = self._pointer()
        if self._turning is not None:
            was, self._turning = self._turning, here
            high = self.size[1]
            self.look.drag((here[0] - was[0]) / high, (was[1] - here[1]) / high)
        elif self._held:
            self._inputs.append(Pressed("move", *here))

    def _pointer(self) -> tuple[float, float]:
        pointer = self.window.main.getPointer(0)
        return pointer.getX(), pointer.getY()

    def inputs(self) -> list[Input]:
        """What mouse and keys did since the last call; places count from the panel's corner."""
        taken, self._inputs = self._inputs, []
        corner = self._part()[0]
        return [
            Pressed(each.what, each.x - corner, each.y, each.by)
            if isinstance(each, Pressed)
            else each
            for each in taken
        ]

    def shown(self, view: View) -> None:
        """Whatever is shown, the author keeps the same controls."""

    def occurrences(self) -> list[Occurrence]:
        """The window was closed."""
        return [WindowClosed()] if self.closed else []

    def focused(self) -> bool:
        """Whether this window has the keyboard."""
        return bool(self.window.main.getProperties().getForeground())

    def seen(self) -> bool:
        """Whether it is on the screen."""
        return not self.window.main.getProperties().getMinimized()

    def close(self) -> None:
        """Give the window back, after the picture in it."""
        self.window.close()


class _Over:
    """Pictures laid out over a window, in its pixels from the upper left corner."""

    def __init__(self, window: Output) -> None:
        self._root = NodePath("over")
        self._cards: dict[str, NodePath] = {}
        self._images: dict[str, tuple[int, int]] = {}
        lens = OrthographicLens()
        lens.setFilmSize(2, 2)
        lens.setNearFar(-10, 10)
        region = window.main.makeDisplayRegion()
        region.setCamera(self._root.attachNewNode(Camera("over", lens)))
        window.main.setClearColorActive(True)
        window.main.setClearColor((0.09, 0.11, 0.13, 1.0))

    def lay(self, name: str, texture: Texture) -> None:
        """Have a card that shows this texture."""
        maker = CardMaker(name)
        maker.setFrame(0.0, 1.0, -1.0, 0.0)
        card = self._root.attachNewNode(maker.generate())
        card.setTexture(texture)
        card.setDepthTest(False)
        card.setDepthWrite(False)
        card.setBin("fixed", {"picture": 0, "panel": 1, "band": 2}[name])
        self._cards[name] = card

    def bring(self, name: str, image: Image.Image | None) -> None:
        """Have a card that shows this image, or none."""
        if image is None:
            self.away(name)
            self._images.pop(name, None)
            return
        texture = texture_of(image.convert("RGBA"), soft=False)
        if name not in self._cards:
            self.lay(name, texture)
        self._cards[name].setTexture(texture, 1)
        self._images[name] = image.size

    def place(
        self,
        name: str,
        at: tuple[float, float],
        size: tuple[int, int] | None,
        window: tuple[int, int],
        *,
        from_below: bool = False,
    ) -> None:
        """Put a card there, as large as its image if no size is given."""
        card, size = self._cards.get(name), size or self._images.get(name)
        if card is None or size is None:
            return
        y = at[1] - size[1] if from_below else at[1]
        card.show()
        card.setScale(2.0 * size[0] / window[0], 1.0, 2.0 * size[1] / window[1])
        card.setPos(2.0 * at[0] / window[0] - 1.0, 0.0, 1.0 - 2.0 * y / window[1])

    def away(self, name: str) -> None:
        """Do not show it."""
        if name in self._cards:
            self._cards[name].hide()
