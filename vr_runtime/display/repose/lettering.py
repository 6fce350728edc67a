"""Owns how a few words for the patient become a picture; knows neither place nor meaning."""

from __future__ import annotations

from functools import cache

from PIL import Image, ImageDraw, ImageFont

from vr_runtime.assets import assets_dir

FONT = "fonts/DejaVuSansCondensed.ttf"
LARGE_PX, SMALL_PX = 64, 46
GROUND = (18, 22, 26, 165)
LIGHT, QUIET = (242, 240, 234, 255), (222, 220, 214, 255)


@cache
def _font(size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(assets_dir() / FONT), size)


def line_count(text: str) -> int:
    """How many lines the words take."""
    return text.count("\n") + 1


def written(text: str, below: str = "") -> Image.Image:
    """Light letters on a dim, rounded ground: `text` large, `below` smaller under it.

    Each may have several lines. The picture is as wide as its longest line needs.
    """
    parts = [(line, LARGE_PX, LIGHT) for line in text.split("\n")]
    parts += [(line, SMALL_PX, QUIET) for line in below.split("\n") if line]
    wide = max(_font(size).getlength(line) for line, size, _colour in parts)
    margin = 34
    high = sum(round(1.28 * size) for _line, size, _colour in parts)
    image = Image.new("RGBA", (round(wide) + 2 * margin, high + margin), (*GROUND[:3], 0))
    draw = ImageDraw.Draw(image)
    draw.rounded_rectangle((0, 0, image.width - 1, image.height - 1), 28, fill=GROUND)
    y = margin / 2
    for line, size, colour in parts:
        font = _font(size)
        draw.text(((image.width - font.getlength(line)) / 2, y), line, font=font, fill=colour)
        y += round(1.28 * size)
    return image
