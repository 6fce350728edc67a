"""Owns the cards as things that are drawn: over a flat picture, and as a board in the room.

It is told what to write, and shows it over every view and over the veil. It knows neither session
nor device; where cards stand is `stacking`'s and `placing`'s.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from panda3d.core import (
    Camera,
    CardMaker,
    GraphicsOutput,
    Lens,
    NodePath,
    OrthographicLens,
    SamplerState,
    Texture,
    TransformState,
    TransparencyAttrib,
)
from PIL import Image

from vr_runtime.display.sight.cards import Card, Kind
from vr_runtime.display.sight.faces import drawn
from vr_runtime.display.sight.placing import AHEAD_M, BREADTH_M, EM_M, TOP_M
from vr_runtime.display.sight.stacking import broadest, em_of, stacked

ORDER: tuple[Kind, ...] = (
    "text",
    "countdown",
    "dial",
    "announcement",
    "task",
    "caption",
    "way_out",
    "notice",
)
"""On the board, from its upper edge down."""
BOARD_EM = 40
"""Pixels of an em on the board: more than a headset shows of it."""
GAP_M = 0.02
SORT = 20
"""Over the picture (0) and its veil (10)."""
FIRST, SOFT_S = 0.45, 0.25
"""A card begins so faintly and is whole after so many seconds: it does not jump at anybody."""


class _Shown:
    """One card that is drawn, and how much of it is there."""

    def __init__(self, card: Card, em: int, most: int, soft: bool, part: float = FIRST) -> None:
        image = drawn(card, em, most)
        self.card, self.size, self.soft = card, image.size, soft
        self.part = part
        maker = CardMaker(card.kind)
        maker.setFrame(0.0, 1.0, -1.0, 0.0)
        self.node = NodePath(maker.generate())
        self.node.setTexture(texture_of(image, soft=soft))
        self.node.setTransparency(TransparencyAttrib.MAlpha)
        self.node.setDepthTest(False)
        self.node.setDepthWrite(False)
        self._tint()

    def advance(self, dt: float) -> None:
        """Let `dt` seconds pass."""
        if self.part < 1.0:
            self.part = min(1.0, self.part + (1.0 - FIRST) * dt / SOFT_S)
            self._tint()

    def _tint(self) -> None:
        self.node.setColorScale(1.0, 1.0, 1.0, self.part)


class _Sheet:
    """Cards of one form, drawn anew where what stands on them has changed."""

    def __init__(self, name: str, *, soft: bool) -> None:
        self.root = NodePath(name)
        self.shown: dict[Kind, _Shown] = {}
        self._soft = soft

    def write(self, cards: Mapping[Kind, Card], em: int, most: int) -> bool:
        """Have these cards and no others; whether anything has changed."""
        changed = False
        for kind in [k for k in self.shown if k not in cards]:
            self.shown.pop(kind).node.removeNode()
            changed = True
        for kind, card in cards.items():
            old = self.shown.get(kind)
            if old is not None and old.card == card:
                continue
            # What changes on a card that is there already does not come up anew.
            part = FIRST if old is None else old.part
            self.shown[kind] = _Shown(card, em, most, self._soft, part)
            self.shown[kind].node.reparentTo(self.root)
            if old is not None:
                old.node.removeNode()
            changed = True
        return changed

    def clear(self) -> None:
        """Draw all anew: the picture has another size."""
        for shown in self.shown.values():
            shown.node.removeNode()
        self.shown.clear()

    def advance(self, dt: float) -> None:
        """Let `dt` seconds pass."""
        for shown in self.shown.values():
            shown.advance(dt)


class Flat:
    """Cards over a flat picture, drawn point for point in its own size."""

    def __init__(self) -> None:
        self._sheet = _Sheet("sight", soft=False)
        self._size = (0, 0)
        lens = OrthographicLens()
        lens.setFilmSize(2, 2)
        lens.setNearFar(-10, 10)
        self._camera = self._sheet.root.attachNewNode(Camera("sight", lens))

    def lay_into(self, output: GraphicsOutput) -> Callable[[], None]:
        """Let `output` show the cards over all; call what is given back before its pictures."""
        region = output.makeDisplayRegion()
        region.setSort(SORT)
        region.setCamera(self._camera)
        region.setActive(False)

        def renew() -> None:
            region.setActive(bool(self._sheet.shown))

        return renew

    def write(self, cards: Mapping[Kind, Card], size: tuple[int, int], dt: float) -> None:
        """Have these cards in a picture of this width and height; `dt` seconds have passed."""
        if size != self._size:
            self._size = size
            self._sheet.clear()
        self._sheet.advance(dt)
        if not self._sheet.write(cards, em_of(size), broadest(size)):
            return
        sizes = {kind: shown.size for kind, shown in self._sheet.shown.items()}
        for kind, (x, y) in stacked(sizes, size).items():
            wide, tall = sizes[kind]
            node = self._sheet.shown[kind].node
            node.setScale(2.0 * wide / size[0], 1.0, 2.0 * tall / size[1])
            node.setPos(2.0 * x / size[0] - 1.0, 0.0, 1.0 - 2.0 * y / size[1])


class Board:
    """Cards as a board in the room, for eyes that can turn to it: in a headset, in each eye."""

    def __init__(self, larger: float = 1.0) -> None:
        """`larger` makes all of it larger, for a flat screen, where a degree has fewer points."""
        self._larger = larger
        self._sheet = _Sheet("board", soft=True)
        self._stand = self._sheet.root
        self._world = NodePath("before the eyes")
        self._stand.reparentTo(self._world)
        self.dial: tuple[float, float] | None = None
        """Upper and lower edge of the dial, in metres from the eyes' height; None without one."""

    def lay_into(self, output: GraphicsOutput, lens: Lens) -> Callable[[TransformState], None]:
        """Let one eye, seen through `lens` in `output`, show the board over all else.

        Call what is given back before each picture, with where this eye is: metres and degrees from
        the middle between both eyes, in a room whose y is the patient's ahead and whose z is up.
        """
        camera = self._world.attachNewNode(Camera("eye", lens))
        region = output.makeDisplayRegion()
        region.setSort(SORT)
        region.setCamera(camera)
        region.setActive(False)

        def renew(eye: TransformState) -> None:
            camera.setTransform(eye)
            region.setActive(bool(self._sheet.shown))

        return renew

    def write(self, cards: Mapping[Kind, Card], yaw: float, dt: float) -> None:
        """Have these cards on a board at this yaw, in degrees; `dt` seconds have passed."""
        self._stand.setH(yaw)
        self._sheet.advance(dt)
        if not self._sheet.write(cards, BOARD_EM, round(BREADTH_M / EM_M * BOARD_EM)):
            return
        metre = self._larger * EM_M / BOARD_EM
        top = TOP_M
        self.dial = None
        for kind in (k for k in ORDER if k in self._sheet.shown):
            shown = self._sheet.shown[kind]
            wide, tall = shown.size[0] * metre, shown.size[1] * metre
            shown.node.setScale(wide, 1.0, tall)
            shown.node.setPos(-wide / 2, AHEAD_M, top)
            if kind == "dial":
                self.dial = (top, top - tall)
            top -= tall + GAP_M


def texture_of(image: Image.Image, *, soft: bool) -> Texture:
    """A picture as what is laid over others; `soft` where it is also seen smaller than it is."""
    texture = Texture("card")
    texture.setup2dTexture(image.width, image.height, Texture.TUnsignedByte, Texture.FRgba)
    # Panda3D keeps rows from below, and colours as blue, green, red.
    turned = image.transpose(Image.Transpose.FLIP_TOP_BOTTOM)
    red, green, blue, alpha = turned.split()
    texture.setRamImage(Image.merge("RGBA", (blue, green, red, alpha)).tobytes())
    texture.setMinfilter(SamplerState.FTLinearMipmapLinear if soft else SamplerState.FTLinear)
    texture.setMagfilter(SamplerState.FTLinear)
    texture.setWrapU(SamplerState.WMClamp)
    texture.setWrapV(SamplerState.WMClamp)
    return texture
