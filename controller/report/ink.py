"""Owns the marks a chart is made of, as SVG text; knows nothing of sessions.

Lengths are in the chart's own units. Every text that enters is escaped here.
"""

from __future__ import annotations

from collections.abc import Iterable
from html import escape


def _n(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")


def _attributes(values: dict[str, str | float]) -> str:
    shown = (
        f'{name.rstrip("_").replace("_", "-")}="{_n(v) if isinstance(v, float) else escape(v)}"'
        for name, v in values.items()
    )
    return " ".join(shown)


def element(tag: str, inside: str = "", **values: str | float) -> str:
    """One element; `inside` is markup that is already safe. `class_` becomes `class`."""
    head = f"<{tag} {_attributes(values)}".rstrip()
    return f"{head}>{inside}</{tag}>" if inside else f"{head}/>"


def line(x1: float, y1: float, x2: float, y2: float, class_: str) -> str:
    """A straight line."""
    return element("line", x1=float(x1), y1=float(y1), x2=float(x2), y2=float(y2), class_=class_)


def circle(x: float, y: float, radius: float, class_: str) -> str:
    """A circle about a point."""
    return element("circle", cx=float(x), cy=float(y), r=float(radius), class_=class_)


def diamond(x: float, y: float, radius: float, class_: str) -> str:
    """A square on its corner about a point."""
    corners = ((x, y - radius), (x + radius, y), (x, y + radius), (x - radius, y))
    return element("polygon", points=_points(corners), class_=class_)


def box(x: float, y: float, width: float, height: float, class_: str) -> str:
    """A rectangle from its upper left corner."""
    return element(
        "rect",
        x=float(x),
        y=float(y),
        width=float(width),
        height=float(height),
        class_=class_,
    )


def path(points: Iterable[tuple[float, float]], class_: str) -> str:
    """A line through points."""
    return element("polyline", points=_points(points), class_=class_)


def area(points: Iterable[tuple[float, float]], class_: str) -> str:
    """A filled shape."""
    return element("polygon", points=_points(points), class_=class_)


def text(x: float, y: float, content: str, class_: str) -> str:
    """A line of text with its baseline at `y`."""
    return element("text", escape(content), x=float(x), y=float(y), class_=class_)


def width_of(content: str, size: float = 11.0) -> float:
    """About how wide a text is: enough to see whether it fits."""
    return len(content) * size * 0.56


def _points(points: Iterable[tuple[float, float]]) -> str:
    return " ".join(f"{_n(x)},{_n(y)}" for x, y in points)
