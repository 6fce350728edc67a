"""Owns how a picture becomes SVG text; knows neither sessions nor pages.

Every text that enters is escaped here.
"""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from controller.report.ink import Box, Circle, Mark, Moved, Picture, Point, Shape, Stroke, Text
from controller.report.looks import PATTERNS, Pattern, look


def svg(picture: Picture) -> str:
    """The SVG element; its looks are in the page's stylesheet, see `looks.stylesheet`."""
    title, described = f"{picture.name}-title", f"{picture.name}-desc"
    parts = [
        _element("title", escape(picture.title), id=title),
        _element("desc", escape(picture.described), id=described),
        *([_patterns()] if _has_bands(picture) else []),
        *(_any(mark) for mark in picture.marks),
    ]
    return _element(
        "svg",
        "\n".join(parts),
        viewBox=f"0 0 {picture.width:g} {picture.height:g}",
        role="img",
        aria_labelledby=f"{title} {described}",
        class_="chart",
    )


def _has_bands(picture: Picture) -> bool:
    return any(isinstance(m, Box) and look(m.look).pattern for m in picture.marks)


def _patterns() -> str:
    """The definitions that bands are filled with."""
    inside = "\n".join(_pattern(name, pattern) for name, pattern in PATTERNS.items())
    return f"<defs>\n{inside}\n</defs>"


def _pattern(name: str, pattern: Pattern) -> str:
    tile = f"{pattern.tile:g}"
    parts = [_element("rect", width=tile, height=tile, class_=f"tint-{name}")]
    parts += [
        _element("path", d=f"M{x1:g} {y1:g} {x2:g} {y2:g}", class_="hatch")
        for x1, y1, x2, y2 in pattern.lines
    ]
    if pattern.dot:
        half = f"{pattern.tile / 2:g}"
        parts.append(_element("circle", cx=half, cy=half, r=f"{pattern.dot:g}", class_="dot"))
    return _element(
        "pattern",
        "".join(parts),
        id=f"band-{name}",
        width=tile,
        height=tile,
        patternUnits="userSpaceOnUse",
    )


def _any(mark: Mark | Moved) -> str:
    if isinstance(mark, Moved):
        inside = "".join(_mark(one) for one in mark.marks)
        return _element("g", inside, transform=f"translate({mark.x:.1f} {mark.y:.1f})")
    return _mark(mark)


def _mark(mark: Mark) -> str:
    match mark:
        case Stroke(points=points, look=names):
            return _element("polyline", points=_points(points), class_=names)
        case Shape(points=points, look=names):
            return _element("polygon", points=_points(points), class_=names)
        case Box(x=x, y=y, width=width, height=height, look=names):
            return _element("rect", x=x, y=y, width=width, height=height, class_=names)
        case Circle(x=x, y=y, radius=radius, look=names):
            return _element("circle", cx=x, cy=y, r=radius, class_=names)
        case Text(x=x, y=y, content=content, look=names):
            return _element("text", escape(content), x=x, y=y, class_=names)


def _element(tag: str, inside: str = "", **values: str | float) -> str:
    """One element; `inside` is markup that is already safe. `class_` becomes `class`."""
    shown = (
        f'{name.rstrip("_").replace("_", "-")}="{escape(v) if isinstance(v, str) else _n(v)}"'
        for name, v in values.items()
    )
    head = f"<{tag} {' '.join(shown)}".rstrip()
    return f"{head}>{inside}</{tag}>" if inside else f"{head}/>"


def _n(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")


def _points(points: Iterable[Point]) -> str:
    return " ".join(f"{_n(x)},{_n(y)}" for x, y in points)
