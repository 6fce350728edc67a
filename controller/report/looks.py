"""Owns what the marks of a picture look like; knows neither what they mean nor any file format.

One table for page and print. Where the names of a mark name several looks, later ones add to and
replace earlier ones. Each band has a tint and a pattern of its own, so that it reads in black and
white. Lengths are in the picture's own units.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal

INK, SOFT, FAINT, HAIR = "#17242d", "#52626d", "#7b8993", "#e8edef"
DEEP, WARN, STEEL, WHITE = "#0f5a66", "#7a3b12", "#5b6f7c", "#ffffff"
HATCH = "#a9b2b8"
"""Of the patterns: dark enough to be seen on the lightest printer, light enough to read over."""

Anchor = Literal["start", "middle", "end"]


@dataclass(frozen=True)
class Look:
    """How one mark looks; a colour of None draws nothing."""

    fill: str | None = None
    fill_opacity: float = 1.0
    stroke: str | None = None
    stroke_width: float = 1.0
    dash: tuple[float, float] | None = None
    size: float = 11.0
    bold: bool = False
    anchor: Anchor = "start"
    halo: bool = False
    """A white edge around letters, so that they read over lines."""
    pattern: str | None = None
    """Name of what fills it, see `PATTERNS`."""


@dataclass(frozen=True)
class Pattern:
    """A tile of lines or dots on a tint, repeated."""

    tile: float
    tint: str
    lines: tuple[tuple[float, float, float, float], ...] = ()
    dot: float = 0.0
    """Radius of a dot in the middle of the tile."""


PATTERNS: Mapping[str, Pattern] = {
    "hold": Pattern(7, "#f7f0e0", lines=((0, 7, 7, 0),)),
    "pause": Pattern(6, "#eef1f4", lines=((0, 3, 6, 3),)),
    "safe_place": Pattern(7, "#eaf4ec", dot=1.0),
    "stopped": Pattern(7, "#f6ebe8", lines=((0, 0, 7, 7), (0, 7, 7, 0))),
}

LOOKS: Mapping[str, Mapping[str, Any]] = {
    "label": {"fill": SOFT},
    "title": {"fill": INK, "size": 11.5, "bold": True},
    "right": {"anchor": "end"},
    "middle": {"anchor": "middle"},
    "band-name": {"fill": INK, "anchor": "middle"},
    "value": {"fill": INK, "anchor": "middle", "halo": True},
    "beside": {"anchor": "start"},
    "event-name": {"fill": SOFT, "halo": True},
    "level": {"fill": SOFT},
    "peak": {"size": 13.0, "bold": True},
    "grid": {"stroke": HAIR},
    "axis": {"stroke": FAINT},
    "distress": {"stroke": DEEP, "stroke_width": 2.25},
    "rating": {"fill": DEEP, "stroke": WHITE, "stroke_width": 1.5},
    "apart": {"fill": WHITE, "stroke": DEEP, "stroke_width": 1.75},
    "missing": {"fill": WHITE, "stroke": INK, "stroke_width": 1.5, "dash": (2, 1.5)},
    "corrected": {"stroke": DEEP},
    "level-line": {"stroke": STEEL, "stroke_width": 1.5},
    "level-fill": {"fill": STEEL, "fill_opacity": 0.16},
    "event": {"stroke": FAINT, "dash": (1, 3)},
    "event-dot": {"fill": INK},
    "unheard": {"stroke": WARN, "stroke_width": 4.0},
    "gap": {"stroke": WARN, "stroke_width": 1.5, "dash": (5, 3)},
    "fall": {"stroke": FAINT, "stroke_width": 1.5},
    "step": {"fill": STEEL, "fill_opacity": 0.3, "stroke": STEEL, "stroke_width": 1.25},
    "thin": {"stroke_width": 1.25},
    "simulated": {"fill": WHITE, "fill_opacity": 1.0, "dash": (3, 2)},
    **{f"band-{name}": {"pattern": name} for name in PATTERNS},
    "swatch": {"stroke": FAINT, "stroke_width": 0.75},
}


def look(names: str) -> Look:
    """What a mark that bears these names looks like; a name without a look changes nothing."""
    found = Look()
    for name in names.split():
        found = replace(found, **LOOKS.get(name, {}))
    return found


def css(name: str) -> str:
    """The declarations of one look, for an SVG in a page."""
    said = LOOKS[name]
    told = []
    for key, declared in (
        ("pattern", "fill: url(#band-{})"),
        ("fill", "fill: {}"),
        ("fill_opacity", "fill-opacity: {:g}"),
        ("stroke", "stroke: {}"),
        ("stroke_width", "stroke-width: {:g}"),
        ("size", "font-size: {:g}px"),
        ("anchor", "text-anchor: {}"),
    ):
        if key in said:
            told.append(declared.format(said[key]))
    if "dash" in said:
        told.append("stroke-dasharray: {:g} {:g}".format(*said["dash"]))
    if "bold" in said:
        told.append("font-weight: 600")
    if "halo" in said:
        told.append("paint-order: stroke; stroke: #fff; stroke-width: 2.5px")
    return "; ".join(told)


def stylesheet() -> str:
    """The rules of all looks, for pictures of class `chart`."""
    rules = [
        f".chart text {{ font-size: {Look().size:g}px; fill: {SOFT}; }}",
        ".chart polyline, .chart polygon, .chart rect, .chart circle { fill: none; "
        "stroke-linejoin: round; }",
        f".chart .hatch {{ stroke: {HATCH}; stroke-width: .8; fill: none; }}",
        f".chart .dot {{ fill: {HATCH}; }}",
        *(f".chart .tint-{name} {{ fill: {p.tint}; }}" for name, p in PATTERNS.items()),
        *(f".chart .{name} {{ {css(name)}; }}" for name in LOOKS),
    ]
    return "\n".join(rules)
