"""Owns how a sign becomes something to draw: letters on a plate, in both languages.

Knows neither scene nor patient. Letters are laid out and drawn by a thread beside the pictures; the
plate is as large as the longer of both texts needs, so that a scene is the same in both.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from panda3d.core import NodePath, SamplerState, Texture
from PIL import Image, ImageDraw

from vr_runtime.language import Language
from vr_runtime.stage.lettering import breadth, letters, line_height, readable, wrapped
from vr_runtime.stage.look.dress import dress
from vr_runtime.stage.look.materials import material
from vr_runtime.stage.models.gltf import Part, Surface
from vr_runtime.stage.panda.boxes import box
from vr_runtime.stage.panda.own_models import clothe, geometry
from vr_runtime.stage.sign import Sign

EM = 128
"""Pixels of an em, where the texture has room: crisp from arm's length."""
CAPITAL = 0.729
"""Height of a capital, as a part of the em (DejaVu)."""
WIDEST = 2048
LEAST_EM = 20
MARGIN = 0.7
"""Plate around the letters, in ems."""
THICK = 0.02
"""Of the plate, in metres, and of thin ones a fifth of a letter."""
LIGHT, DARK = (247, 245, 240), (28, 29, 32)
"""Letters on dark plates, and on light ones; as displayed."""
DARK_PLATES = ("asphalt", "brick", "grass", "hedge", "soil")
"""Plates whose picture is dark though their tint is not."""


@dataclass(frozen=True)
class Lettered:
    """A sign as a node, with what it shows in each language."""

    node: NodePath
    shown: dict[Language, Texture]

    def speak(self, node: NodePath, language: Language) -> None:
        """Show the words of this language on a copy of the node."""
        node.find("**/letters").setShaderInput("own", self.shown[language])


def lettered(sign: Sign, anisotropy: int) -> Lettered:
    """The sign, its middle at the middle of its foot, read from where y is less."""
    em_m = sign.height / CAPITAL
    em = max(LEAST_EM, min(EM, int(WIDEST / (sign.width / em_m))))
    room = max(em, round((sign.width / em_m - 2 * MARGIN) * em))
    both: tuple[Language, ...] = ("fr", "en")
    lines = {each: _lines(sign.words.get(each), em, room) for each in both}
    count = max(len(each) for each in lines.values())
    while (count * line_height(em) + 2 * MARGIN * em) > WIDEST and em > LEAST_EM:
        em -= 4
        room = max(em, round((sign.width / em_m - 2 * MARGIN) * em))
        lines = {each: _lines(sign.words.get(each), em, room) for each in both}
        count = max(len(each) for each in lines.values())
    size = round(room + 2 * MARGIN * em), round(count * line_height(em) + 2 * MARGIN * em)
    wide, high = size[0] / em * em_m, size[1] / em * em_m
    light = sign.plate is None or _dark(sign.plate)
    shown = {
        each: _texture(text, em, size, light=light, edged=sign.plate is None, finely=anisotropy)
        for each, text in lines.items()
    }
    top = NodePath("sign")
    before = 0.0
    if sign.plate is not None:
        thick = min(THICK, sign.height / 5)
        plate = top.attachNewNode(box((wide, thick, high)))
        dress(plate, sign.plate)
        before = -thick / 2 - max(0.001, thick / 20)
    card = top.attachNewNode(geometry(_card(wide, high, before), "letters"))
    clothe(card, Surface(alpha="BLEND", roughness=1.0, metallic=0.0), shown["en"])
    card.setDepthOffset(1)
    return Lettered(top, shown)


def _lines(text: str, em: int, room: int) -> tuple[str, ...]:
    return tuple(line for part in text.splitlines() for line in wrapped(readable(part), em, room))


def _dark(plate: str) -> bool:
    worn = material(plate)
    return plate in DARK_PLATES or sum(worn.tint) / 3.0 < 0.6


def _texture(
    lines: tuple[str, ...],
    em: int,
    size: tuple[int, int],
    *,
    light: bool,
    edged: bool,
    finely: int,
) -> Texture:
    ink, edge = (LIGHT, DARK) if light else (DARK, LIGHT)
    # Where there are no letters it has their colour too: none of another shows at their edges.
    image = Image.new("RGBA", size, (*(edge if edged else ink), 0))
    pen = ImageDraw.Draw(image)
    top = (size[1] - len(lines) * line_height(em)) / 2
    for number, line in enumerate(lines):
        at = (size[0] - breadth(line, em)) / 2, top + number * line_height(em)
        stroke = max(1, em // 24) if edged else 0
        pen.text(
            at, line, font=letters(em), fill=(*ink, 255), stroke_width=stroke, stroke_fill=edge
        )
    pixels = np.asarray(image, dtype=np.uint8)
    texture = Texture("letters")
    texture.setup2dTexture(size[0], size[1], Texture.TUnsignedByte, Texture.FRgba)
    texture.setRamImage(np.ascontiguousarray(pixels[::-1][..., [2, 1, 0, 3]]))
    texture.setMinfilter(SamplerState.FTLinearMipmapLinear)
    texture.setMagfilter(SamplerState.FTLinear)
    texture.setWrapU(SamplerState.WMClamp)
    texture.setWrapV(SamplerState.WMClamp)
    texture.setAnisotropicDegree(finely)
    return texture


def _card(wide: float, high: float, before: float) -> Part:
    x = wide / 2
    corners = [(-x, before, 0), (x, before, 0), (x, before, high), (-x, before, high)]
    return Part(
        np.asarray(corners, dtype=np.float32),
        np.tile(np.asarray([(0, -1, 0)], dtype=np.float32), (4, 1)),
        np.asarray([(0, 1), (1, 1), (1, 0), (0, 0)], dtype=np.float32),
        np.ones((4, 3), dtype=np.float32),
        np.asarray([0, 1, 2, 0, 2, 3], dtype=np.uint32),
        Surface(),
    )
