"""Owns how each card looks: calm, light on a dim ground, its letters as sharp as the picture.

Drawn at the size at which it is shown, in pixels of an em. Knows no renderer and no place.
"""

from __future__ import annotations

from PIL import Image, ImageDraw

from vr_runtime.display.sight.cards import Card, Count, Dial, Line, shown
from vr_runtime.stage.lettering import breadth, letters, line_height, readable, wrapped

GROUND = (17, 22, 27, 196)
DIAL_OPAQUE = 244
"""The dial is broad and hides what is written in the room behind it, as a guide's words."""
LIGHT = (236, 239, 240, 255)
QUIET = (186, 194, 199, 255)
TRACK = (96, 108, 116, 255)
MARK = (142, 196, 206, 255)
"""Of the dial's marker: neither the red of an alarm nor the amber of a warning."""
FINER = 4
"""Shapes are drawn so many times larger and made small again: their edges are soft."""
LEAST = 5
"""Pixels of the smallest letters: only a mirror has smaller ones."""
BROADEST = 30
"""Ems of a card at most."""
EDGE_EM = 2.2
"""From a side of the dial's card to the end of its scale."""
SIZES = {
    "way_out": 0.85,
    "text": 1.15,
    "announcement": 1.0,
    "task": 1.0,
    "caption": 1.0,
    "notice": 0.85,
}
"""Letters of each kind of line, as a part of an em."""

Colour = tuple[int, int, int, int]


def drawn(card: Card, em: int, most: int) -> Image.Image:
    """The card as a picture with transparency, at most `most` pixels broad."""
    most = min(most, BROADEST * em)
    if isinstance(card, Line):
        return _line(card, em, most)
    if isinstance(card, Count):
        return _count(card, em)
    return _dial(card, em, most)


def _ground(size: tuple[int, int], radius: float, opaque: int = GROUND[3]) -> Image.Image:
    large = Image.new("L", (size[0] * FINER, size[1] * FINER), 0)
    corner = (large.width - 1, large.height - 1)
    ImageDraw.Draw(large).rounded_rectangle((0, 0, *corner), radius * FINER, fill=opaque)
    image = Image.new("RGBA", size, (*GROUND[:3], 0))
    image.putalpha(large.resize(size, Image.Resampling.LANCZOS))
    return image


def _laid(image: Image.Image, colour: Colour, shape: Image.Image) -> None:
    """Lay a shape, drawn larger as a mask, over the image in this colour."""
    mask = shape.resize(image.size, Image.Resampling.LANCZOS)
    image.paste(Image.new("RGBA", image.size, colour), (0, 0), mask)


def _write(
    image: Image.Image, at: tuple[float, float], text: str, em: int, colour: Colour, anchor: str
) -> None:
    """Letters over the ground; both keep their own share of opacity."""
    mask = Image.new("L", image.size, 0)
    ImageDraw.Draw(mask).text(at, text, font=letters(em), fill=255, anchor=anchor)
    image.paste(Image.new("RGBA", image.size, colour), (0, 0), mask)


def _line(card: Line, em: int, most: int) -> Image.Image:
    size = max(LEAST, round(SIZES[card.kind] * em))
    across, down = round(0.7 * size), round(0.4 * size)
    lines = wrapped(readable(card.text), size, most - 2 * across)
    wide = max((breadth(line, size) for line in lines), default=0) + 2 * across
    tall = line_height(size) * max(1, len(lines)) + 2 * down
    image = _ground((wide, tall), 0.45 * size)
    for number, line in enumerate(lines):
        middle = down + line_height(size) * (number + 0.5)
        _write(image, (wide / 2, middle), line, size, LIGHT, "mm")
    return image


def _count(card: Count, em: int) -> Image.Image:
    small, large = em, round(2.4 * em)
    wide = max(breadth(card.text, small), breadth("10", large)) + 2 * em
    tall = round(0.7 * em + line_height(small) + 1.05 * large + 0.4 * em)
    image = _ground((wide, tall), 0.5 * em)
    first = 0.6 * em + line_height(small) / 2
    _write(image, (wide / 2, first), card.text, small, QUIET, "mm")
    second = first + line_height(small) / 2 + 0.55 * large
    _write(image, (wide / 2, second), str(card.number), large, LIGHT, "mm")
    return image


def _dial(card: Dial, em: int, most: int) -> Image.Image:
    small = max(LEAST, round(0.8 * em))
    wide, edge = most, round(EDGE_EM * em)
    hints = wrapped(readable(card.hint), small, wide - 2 * em)
    rows = (1.6 * em, 2.1 * em, 0.9 * em, line_height(small), line_height(small) * len(hints))
    tall = round(0.5 * em + sum(rows) + 0.9 * em)
    image = _ground((wide, tall), 0.5 * em, DIAL_OPAQUE)
    _write(image, (wide / 2, 0.5 * em + 0.8 * em), readable(card.question), em, LIGHT, "mm")
    track = 0.5 * em + 1.6 * em + 1.95 * em
    span = wide - 2 * edge
    _track(image, card, em, edge, track, span)
    numerals = track + 1.0 * em
    for at, word in card.anchors:
        x = edge + span * at / 100
        # The outermost words stay on the card.
        half = breadth(word, small) / 2
        x_word = min(max(x, half + 0.5 * em), wide - half - 0.5 * em)
        _write(image, (x, numerals), shown(at, card.scale), small, LIGHT, "mm")
        _write(image, (x_word, numerals + line_height(small)), word, small, QUIET, "mm")
    top = numerals + line_height(small) * 1.75
    for number, hint in enumerate(hints):
        middle = top + line_height(small) * (number + 0.45)
        _write(image, (wide / 2, middle), hint, small, QUIET, "mm")
    return image


def _track(image: Image.Image, card: Dial, em: int, edge: float, track: float, span: float) -> None:
    larger = (image.width * FINER, image.height * FINER)
    bar, half = Image.new("L", larger, 0), 0.14 * em * FINER
    pen = ImageDraw.Draw(bar)
    left, right, y = edge * FINER, (edge + span) * FINER, track * FINER
    pen.rounded_rectangle((left - half, y - half, right + half, y + half), half, fill=255)
    for tenth in range(11):
        x = left + (right - left) * tenth / 10
        high = (0.42 if tenth in (0, 5, 10) else 0.27) * em * FINER
        pen.rectangle((x - half / 3, y - high, x + half / 3, y + high), fill=255)
    _laid(image, TRACK, bar)
    if card.value is None:
        return
    x = left + (right - left) * card.value / 100
    mark = Image.new("L", larger, 0)
    pen = ImageDraw.Draw(mark)
    pen.rounded_rectangle((left - half, y - half, x, y + half), half, fill=255)
    wide = 0.46 * em * FINER
    pen.ellipse((x - wide, y - wide, x + wide, y + wide), fill=255)
    _laid(image, MARK, mark)
    if card.looked > 0:
        ring, wide = Image.new("L", larger, 0), 0.64 * em * FINER
        box = (x - wide, y - wide, x + wide, y + wide)
        turn = -90 + 360 * min(1.0, card.looked)
        ImageDraw.Draw(ring).arc(box, -90, turn, fill=255, width=round(0.14 * em * FINER))
        _laid(image, LIGHT, ring)
    figure = round(1.25 * em)
    at = (edge + span * card.value / 100, track - 1.35 * em)
    _write(image, at, shown(card.value, card.scale), figure, LIGHT, "mm")
