"""Owns the light of a shipped place indoors, as it travels with its model; knows no single place.

What belongs to the place has its light in its vertices: it needs the same from everywhere. What is
put into it is lit as the place tells.
"""

from __future__ import annotations

import json
from collections.abc import Mapping

from panda3d.core import LVecBase3f, NodePath

LIGHT = "light within"
EVEN = {
    "sun_colour": (0.0, 0.0, 0.0),
    "sky_zenith": (1.32, 1.31, 1.285),
    "sky_horizon": (1.32, 1.31, 1.285),
    "ground_colour": (1.39, 1.37, 1.34),
}
"""From everywhere, as bright as full light in vertices is shown."""
Light = Mapping[str, tuple[float, float, float]]


def tell_light(root: NodePath, movers: Light) -> None:
    """Write the light on what is put into a place into its model, which is being made."""
    root.setTag(LIGHT, json.dumps({name: list(colour) for name, colour in movers.items()}))


def take_light_within(root: NodePath) -> None:
    """Give a place that was read the light of its vertices."""
    if root.hasTag(LIGHT):
        _shine(root, EVEN)


def lend_light(model: NodePath, holder: NodePath) -> None:
    """Have all that is put into a place in the light it tells; the place keeps its own."""
    if model.hasTag(LIGHT):
        _shine(holder, json.loads(model.getTag(LIGHT)))


def _shine(node: NodePath, light: Light) -> None:
    for name, colour in light.items():
        node.setShaderInput(name, LVecBase3f(*colour))
