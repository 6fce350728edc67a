"""Owns the one line that the patient is shown over every view: that someone is watching.

It stands small and still at the lower edge, over the veil, so that it is read in a dark scene too,
and never in the middle of what is looked at. It knows neither who watches nor why.
"""

from __future__ import annotations

from panda3d.core import (
    Camera,
    CardMaker,
    GraphicsOutput,
    NodePath,
    OrthographicLens,
    SamplerState,
    Texture,
    TransparencyAttrib,
)
from PIL import Image, ImageDraw, ImageFont

from scenarios.api.manifest import Words

WATCHED = Words(fr="Quelqu'un regarde", en="Someone is watching")
"""Plain letters alone: the font that comes with Pillow has no accents."""
_LETTERS_PX = 44
"""Height of the letters as drawn; shown smaller, so that they stay sharp."""
_HEIGHT = 0.055
"""Height of the line as a part of the picture's height."""
_EDGE = 0.03
"""Distance from the lower edge, likewise."""


class Notice:
    """A line over the picture that is drawn only while it is shown."""

    def __init__(self, output: GraphicsOutput, language: str) -> None:
        """Lay the line over what `output` shows."""
        image = written(WATCHED.get(language))
        self._breadth = image.width / image.height
        root = NodePath("notice")
        maker = CardMaker("notice")
        maker.setFrame(-0.5, 0.5, 0.0, 1.0)
        self._card = root.attachNewNode(maker.generate())
        self._card.setTexture(texture_of(image))
        self._card.setTransparency(TransparencyAttrib.MAlpha)
        self._card.setDepthTest(False)
        self._card.setDepthWrite(False)
        flat = OrthographicLens()
        flat.setFilmSize(2, 2)
        flat.setNearFar(-10, 10)
        self._region = output.makeDisplayRegion()
        self._region.setSort(20)
        self._region.setCamera(root.attachNewNode(Camera("notice", flat)))
        self.shown = False

    @property
    def shown(self) -> bool:
        """Whether the next picture has the line."""
        return bool(self._region.isActive())

    @shown.setter
    def shown(self, shown: bool) -> None:
        self._region.setActive(shown)

    def shape(self, size: tuple[int, int]) -> None:
        """The picture has this width and height: the letters keep their shape."""
        tall = 2.0 * _HEIGHT
        wide = min(1.9, tall * self._breadth * size[1] / size[0])
        self._card.setScale(wide, 1.0, tall)
        self._card.setZ(-1.0 + 2.0 * _EDGE)


def written(text: str) -> Image.Image:
    """Light letters on a dim ground, readable on any picture."""
    font = ImageFont.load_default(_LETTERS_PX)
    left, top, right, bottom = font.getbbox(text)
    margin = _LETTERS_PX // 2
    size = (round(right - left) + 2 * margin, round(bottom - top) + margin)
    image = Image.new("RGBA", size, (20, 24, 28, 150))
    draw = ImageDraw.Draw(image)
    draw.text((margin - left, margin // 2 - top), text, font=font, fill=(232, 234, 236, 255))
    return image


def texture_of(image: Image.Image) -> Texture:
    """The picture, as the renderer takes it."""
    texture = Texture("notice")
    texture.setup2dTexture(image.width, image.height, Texture.TUnsignedByte, Texture.FRgba)
    # Panda3D keeps rows from below, and colours as blue, green, red.
    turned = image.transpose(Image.Transpose.FLIP_TOP_BOTTOM)
    red, green, blue, alpha = turned.split()
    texture.setRamImage(Image.merge("RGBA", (blue, green, red, alpha)).tobytes())
    texture.setMinfilter(SamplerState.FTLinearMipmapLinear)
    texture.setMagfilter(SamplerState.FTLinear)
    texture.setWrapU(SamplerState.WMClamp)
    texture.setWrapV(SamplerState.WMClamp)
    return texture
