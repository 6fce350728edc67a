"""Owns the names of the surface pictures and their sizes; knows neither pixels nor shaders."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

PANES = tuple(f"pane{n}" for n in range(12))
SHOPS = tuple(f"shop{n}" for n in range(6))
FACADES = (
    "facade_stone",
    "facade_brick",
    "facade_plaster",
    "facade_ribbon",
    "facade_curtain",
    "facade_concrete",
    "facade_deco",
    "facade_loft",
    "facade_loggia",
    "facade_panel",
)

METRES: Mapping[str, float] = MappingProxyType(
    {
        "plain": 1.0,
        "concrete": 3.0,
        "plaster": 3.0,
        "stone": 2.4,
        "brick": 1.8,
        "asphalt": 4.0,
        "paving": 2.4,
        "gravel": 4.0,
        "zinc": 1.8,
        "wood": 0.96,
        "grass": 2.5,
        "fabric": 0.4,
        "steel": 0.8,
        "tile": 1.2,
        "soil": 2.0,
        "leaf": 1.0,
        "smudge": 1.5,
        "hedge": 1.0,
        **dict.fromkeys((*PANES, *SHOPS), 1.0),
        **dict.fromkeys(FACADES, 12.8),
        "rock": 9.0,
        "lock": 1.0,
        "turf": 1.0,
        "pelt": 0.22,
        "brushed": 0.3,
    }
)
"""Metres covered by one repetition of each picture; pictures that fill what they lie on have 1."""

LAYERS: tuple[str, ...] = tuple(METRES)
"""The pictures in the order in which they lie in the texture array."""

FACADE_CELL_M = 3.2
"""Width and height in metres of one window's share of a facade picture (4 by 4 of them)."""


def layer(name: str) -> int:
    """The place of the picture `name` in the texture array; raises `KeyError` for a wrong name."""
    try:
        return LAYERS.index(name)
    except ValueError:
        raise KeyError(name) from None
