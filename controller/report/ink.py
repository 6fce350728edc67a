"""Owns the marks a picture is made of; knows neither sessions nor how a mark is put on paper.

Lengths are in the picture's own units, y goes down. A mark bears the names of its look; `looks`
says what each of them is like.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

Point = tuple[float, float]


@dataclass(frozen=True)
class Stroke:
    """A line through points."""

    points: tuple[Point, ...]
    look: str


@dataclass(frozen=True)
class Shape:
    """A closed shape through points."""

    points: tuple[Point, ...]
    look: str


@dataclass(frozen=True)
class Box:
    """A rectangle from its upper left corner."""

    x: float
    y: float
    width: float
    height: float
    look: str


@dataclass(frozen=True)
class Circle:
    """A circle about a point."""

    x: float
    y: float
    radius: float
    look: str


@dataclass(frozen=True)
class Text:
    """A line of text with its baseline at `y`."""

    x: float
    y: float
    content: str
    look: str


Mark = Stroke | Shape | Box | Circle | Text


@dataclass(frozen=True)
class Moved:
    """Marks that belong together, about a point of their own: an entry of a legend."""

    x: float
    y: float
    marks: tuple[Mark, ...]


@dataclass(frozen=True)
class Picture:
    """A whole picture, with what it shows for who cannot see it."""

    name: str
    """Unique on its page; names its parts."""
    title: str
    described: str
    width: float
    height: float
    marks: tuple[Mark | Moved, ...]


def line(x1: float, y1: float, x2: float, y2: float, look: str) -> Stroke:
    """A straight line."""
    return Stroke(((x1, y1), (x2, y2)), look)


def path(points: Iterable[Point], look: str) -> Stroke:
    """A line through points."""
    return Stroke(tuple(points), look)


def area(points: Iterable[Point], look: str) -> Shape:
    """A filled shape."""
    return Shape(tuple(points), look)


def diamond(x: float, y: float, radius: float, look: str) -> Shape:
    """A square on its corner about a point."""
    corners = ((x, y - radius), (x + radius, y), (x, y + radius), (x - radius, y))
    return Shape(corners, look)


def width_of(content: str, size: float = 11.0) -> float:
    """About how wide a text is: enough to see whether it fits."""
    return len(content) * size * 0.56
