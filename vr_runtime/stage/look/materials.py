"""Owns what each material is made of, as data; knows no renderer, so that checks may read it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

Kind = Literal[
    "surface",
    "layered",
    "foliage",
    "cloth",
    "walker",
    "vehicle",
    "driving",
    "falling",
    "vehicle_mover",
    "glass",
    "shade",
    "mover",
    "skinned",
    "limbed",
    "limbed_shade",
    "boned",
    "boned_shade",
    "water",
    "stream",
    "rope",
    "grating",
    "glow",
    "baked",
    "dimmed",
    "own",
]


@dataclass(frozen=True)
class Material:
    """How a surface takes light.

    A "surface" is mapped by its own place in metres, so that any geometry with normals may wear
    it: boxes need no texture coordinates. The other kinds belong to shipped models, whose
    vertices say which picture they show ("layered") and how they move ("foliage", "cloth",
    "walker"; "rope" where it hangs free; "skinned" by their joints, "limbed" by where their feet
    are, "boned" by bones told for each picture). What goes about ("mover", "skinned", "limbed",
    "boned") is lit as the place is where it stands.
    Vehicles have lacquer and panes, whether they stand ("vehicle"), travel as traffic does
    ("driving") or go about as movers do ("vehicle_mover"). What is "falling" begins again above
    when it is down. A "stream" runs along x; a "grating" lies level, its bars across y. What is
    "dimmed" holds a second light beside its own, and its value says how much of its own is left.
    """

    kind: Kind = "surface"
    picture: str = "plain"
    tint: tuple[float, float, float] = (1.0, 1.0, 1.0)
    """Colour as displayed, 0 to 1, multiplied with picture and vertex colour."""
    gloss: float = 0.0
    """Added to what the picture says: 0 matt, 1 a mirror seen from the side."""
    clear: float = 0.0
    """For glass: how little of its own colour it adds, 0 frosted to 1 clear."""


_TABLE: Mapping[str, Material] = MappingProxyType(
    {
        "plain": Material(),
        "concrete": Material(picture="concrete", tint=(0.80, 0.79, 0.77)),
        "plaster": Material(picture="plaster", tint=(0.93, 0.91, 0.87)),
        "stone": Material(picture="stone", tint=(0.88, 0.84, 0.77)),
        "brick": Material(picture="brick"),
        "asphalt": Material(picture="asphalt"),
        "paving": Material(picture="paving"),
        "gravel": Material(picture="gravel"),
        "zinc": Material(picture="zinc"),
        "wood": Material(picture="wood", gloss=0.03),
        "dark_wood": Material(picture="wood", tint=(0.55, 0.47, 0.42), gloss=0.05),
        "grass": Material(picture="grass"),
        "soil": Material(picture="soil"),
        "hedge": Material(picture="hedge"),
        "fabric": Material(picture="fabric"),
        "carpet": Material(picture="fabric", tint=(0.52, 0.50, 0.50)),
        "tile": Material(picture="tile", gloss=0.10),
        "steel": Material(picture="steel"),
        "dark_metal": Material(picture="steel", tint=(0.32, 0.33, 0.35)),
        "white_paint": Material(picture="plaster", tint=(0.97, 0.97, 0.95), gloss=0.03),
        "black": Material(tint=(0.10, 0.10, 0.11)),
        "glass": Material(kind="glass", picture="smudge", tint=(0.72, 0.84, 0.82), clear=0.94),
        "frosted_glass": Material(
            kind="glass", picture="smudge", tint=(0.90, 0.94, 0.94), clear=0.25
        ),
        "layered": Material(kind="layered"),
        "foliage": Material(kind="foliage", picture="leaf"),
        "cloth": Material(kind="cloth", picture="fabric"),
        "walker": Material(kind="walker"),
        "vehicle": Material(kind="vehicle"),
        "driving": Material(kind="driving"),
        "falling": Material(kind="falling"),
        "vehicle_mover": Material(kind="vehicle_mover"),
        "shade": Material(kind="shade"),
        "mover": Material(kind="mover"),
        "limbed": Material(kind="limbed"),
        "limbed_shade": Material(kind="limbed_shade"),
        "boned": Material(kind="boned"),
        "boned_shade": Material(kind="boned_shade"),
        "skin": Material(kind="skinned"),
        "water": Material(kind="water", tint=(0.14, 0.24, 0.25)),
        "stream": Material(kind="stream", tint=(0.20, 0.32, 0.29)),
        "rope": Material(kind="rope"),
        "grating": Material(kind="grating", picture="steel", tint=(0.62, 0.64, 0.66)),
        "glow": Material(kind="glow"),
        "baked": Material(kind="baked"),
        "dimmed": Material(kind="dimmed"),
    }
)

MATERIALS: tuple[str, ...] = tuple(_TABLE)
"""The names that `dress` and `Stage.box` take."""


def material(name: str) -> Material:
    """What `name` is made of; raises `KeyError` for a name not in `MATERIALS`."""
    return _TABLE[name]
