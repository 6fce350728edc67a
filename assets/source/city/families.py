"""Owns the families of facades: how each cuts its windows and what it wears; knows no geometry."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random
from typing import Literal

from city.plan import Style

Wearing = Literal[
    "shutters",
    "bays",
    "boxes",
    "awnings",
    "fins",
    "pilasters",
    "panels",
    "loggias",
    "coolers",
    "blinds",
    "iron",
    "bands",
]


@dataclass(frozen=True)
class Family:
    """One way of building; lengths in metres."""

    name: str
    style: Style
    spacing: float
    width: float
    low: float
    """Sill above the floor."""
    height: float
    depth: float
    wears: frozenset[Wearing] = frozenset()


def _f(
    name: str, style: Style, cut: tuple[float, float, float, float, float], *wears: Wearing
) -> Family:
    return Family(name, style, *cut, frozenset(wears))


FAMILIES: tuple[Family, ...] = (
    _f("haussmann", "stone", (2.7, 1.15, 0.45, 2.15, 0.28), "iron"),
    _f("palace", "stone", (3.3, 1.35, 0.55, 2.05, 0.34), "pilasters", "blinds"),
    _f("hotel", "stone", (2.9, 1.20, 0.40, 2.10, 0.26), "awnings", "boxes"),
    _f("terrace", "brick", (3.1, 1.40, 0.80, 1.55, 0.20), "boxes"),
    _f("warehouse", "brick", (3.9, 2.90, 0.60, 1.95, 0.24), "bands"),
    _f("deco", "brick", (2.7, 1.30, 0.70, 1.70, 0.22), "bays", "pilasters"),
    _f("shuttered", "plaster", (3.0, 1.15, 0.70, 1.70, 0.22), "shutters"),
    _f("southern", "plaster", (3.2, 1.25, 0.45, 2.05, 0.24), "shutters", "iron", "boxes"),
    _f("bow", "plaster", (2.8, 1.20, 0.75, 1.60, 0.22), "bays", "blinds"),
    _f("ribbon", "ribbon", (2.6, 2.44, 0.95, 1.50, 0.16), "blinds"),
    _f("loggia", "ribbon", (3.4, 2.90, 0.15, 2.35, 0.22), "loggias"),
    _f("curtain", "curtain", (2.2, 2.08, 0.35, 2.55, 0.10)),
    _f("fins", "curtain", (1.7, 1.50, 0.25, 2.65, 0.14), "fins", "blinds"),
    _f("frame", "concrete", (3.2, 2.00, 0.80, 1.70, 0.34), "coolers"),
    _f("panel", "concrete", (3.0, 1.70, 0.85, 1.55, 0.18), "panels", "blinds", "coolers"),
)
"""Every family; each style has at least two."""


def family_of(style: Style, seed: int) -> Family:
    """Which family a house of this style belongs to."""
    return Random(seed + 5).choice([each for each in FAMILIES if each.style == style])
