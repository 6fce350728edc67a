"""Owns how a picture is drawn on paper, as lines and letters; knows neither sessions nor pages."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from fpdf import FPDF

from controller.report.ink import Box, Circle, Mark, Moved, Picture, Point, Shape, Stroke, Text
from controller.report.looks import HATCH, PATTERNS, Look, look
from controller.report.typeface import FAMILY, MM_PER_PT, readable

HALO, HALO_OPACITY = 1.0, 0.8
"""Letters that must read over lines stand on white, so far around them, in units of the picture.

Not an edge of each letter as in the page: it would write every word twice, for whoever copies or
is read the text.
"""
HATCH_WIDTH = 0.8
LEAST = 0.05
"""A band narrower than this, in mm, is not filled."""


def draw(paper: FPDF, picture: Picture, x: float, y: float, width: float) -> None:
    """Draw a picture with its upper left corner at (x, y), `width` mm wide."""
    _Hand(paper, x, y, width / picture.width).draw(picture)


class _Hand:
    """Draws marks: picture units to millimetres."""

    def __init__(self, paper: FPDF, x: float, y: float, scale: float) -> None:
        self._paper = paper
        self._x, self._y, self._scale = x, y, scale

    def draw(self, picture: Picture) -> None:
        """Lines and areas first, then the white that letters stand on, then points and letters.

        So a number reads over a line, and its white hides no point beside it.
        """
        texts = [mark for mark in picture.marks if isinstance(mark, Text)]
        for mark in picture.marks:
            if _is_ground(mark):
                self._any(mark)
        for text in texts:
            if look(text.look).halo:
                self._white(text, look(text.look))
        for mark in picture.marks:
            if not _is_ground(mark):
                self._any(mark)

    def _any(self, mark: Mark | Moved) -> None:
        if isinstance(mark, Moved):
            moved = _Hand(self._paper, *self._at((mark.x, mark.y)), self._scale)
            for one in mark.marks:
                moved._mark(one)
        else:
            self._mark(mark)

    def _at(self, point: Point) -> Point:
        return self._x + point[0] * self._scale, self._y + point[1] * self._scale

    def _mark(self, mark: Mark) -> None:
        like = look(mark.look)
        match mark:
            case Text():
                self._text(mark, like)
            case Box():
                self._box(mark, like)
            case Stroke(points=points):
                with self._pen(like):
                    self._paper.polyline([self._at(p) for p in points])
            case Shape(points=points):
                with self._pen(like):
                    self._paper.polygon([self._at(p) for p in points], style=_style(like))
            case Circle(x=x, y=y, radius=radius):
                with self._pen(like):
                    middle = self._at((x, y))
                    self._paper.circle(*middle, radius * self._scale, style=_style(like))

    @contextmanager
    def _pen(self, like: Look) -> Iterator[None]:
        """Colours, width and dashes of a look, and as they were afterwards."""
        paper = self._paper
        with paper.local_context(fill_opacity=like.fill_opacity):
            if like.fill is not None:
                paper.set_fill_color(like.fill)
            if like.stroke is not None:
                paper.set_draw_color(like.stroke)
                paper.set_line_width(like.stroke_width * self._scale)
            if like.dash is not None:
                dash, gap = (part * self._scale for part in like.dash)
                paper.set_dash_pattern(dash=dash, gap=gap)
            yield

    def _box(self, box: Box, like: Look) -> None:
        x, y = self._at((box.x, box.y))
        width, height = box.width * self._scale, box.height * self._scale
        if like.pattern is not None and width > LEAST:
            self._filled(like.pattern, x, y, width, height)
        style = _style(like)
        if style:
            with self._pen(like):
                self._paper.rect(x, y, width, height, style=style)

    def _filled(self, name: str, x: float, y: float, width: float, height: float) -> None:
        """Tint and pattern; the tiles hang together over the whole picture, as in the page."""
        paper, pattern = self._paper, PATTERNS[name]
        tile = pattern.tile * self._scale
        with paper.local_context(), paper.rect_clip(x, y, width, height):
            paper.set_fill_color(pattern.tint)
            paper.rect(x, y, width, height, style="F")
            paper.set_draw_color(HATCH)
            paper.set_fill_color(HATCH)
            paper.set_line_width(HATCH_WIDTH * self._scale)
            left = self._x + (x - self._x) // tile * tile
            top = self._y + (y - self._y) // tile * tile
            for column in range(int((x + width - left) / tile) + 1):
                for row in range(int((y + height - top) / tile) + 1):
                    at_x, at_y = left + column * tile, top + row * tile
                    for x1, y1, x2, y2 in pattern.lines:
                        k = self._scale
                        paper.line(at_x + x1 * k, at_y + y1 * k, at_x + x2 * k, at_y + y2 * k)
                    if pattern.dot:
                        radius = pattern.dot * self._scale
                        paper.circle(at_x + tile / 2, at_y + tile / 2, radius, style="F")

    def _placed(self, text: Text, like: Look) -> tuple[float, float, float]:
        """Set the letters; gives where a text begins, and how wide it is."""
        self._paper.set_font(FAMILY, "B" if like.bold else "", like.size * self._scale / MM_PER_PT)
        x, y = self._at((text.x, text.y))
        wide = self._paper.get_string_width(readable(text.content))
        return x - {"start": 0.0, "middle": wide / 2, "end": wide}[like.anchor], y, wide

    def _white(self, text: Text, like: Look) -> None:
        paper = self._paper
        x, y, wide = self._placed(text, like)
        edge, high = HALO * self._scale, 0.73 * like.size * self._scale
        with paper.local_context(fill_opacity=HALO_OPACITY):
            paper.set_fill_color("#ffffff")
            paper.rect(x - edge, y - high - edge, wide + 2 * edge, high + 2 * edge, style="F")

    def _text(self, text: Text, like: Look) -> None:
        x, y, _wide = self._placed(text, like)
        with self._paper.local_context():
            self._paper.set_text_color(like.fill or "#000000")
            self._paper.text(x, y, readable(text.content))


def _is_ground(mark: Mark | Moved) -> bool:
    """Whether a mark is a line or an area, and no point."""
    return isinstance(mark, Box | Stroke) or (
        isinstance(mark, Shape) and look(mark.look).stroke is None
    )


def _style(like: Look) -> str:
    """What is done to a shape: "F" fills, "D" draws its edge."""
    return ("D" if like.stroke else "") + ("F" if like.fill else "")
