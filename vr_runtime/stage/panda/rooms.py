"""Owns the two places that always stand ready, neutral room and safe place; knows no scenario.

They are made before the first picture, never by an author's code, and never removed.
"""

from __future__ import annotations

from panda3d.core import NodePath, Texture

from vr_runtime.stage.look.lighting import Lighting, Weather, light
from vr_runtime.stage.panda import meadow, quiet_room

INDOORS = Weather(
    sun=(0.0, 0.0, 0.0),
    zenith=(1.32, 1.31, 1.285),
    horizon=(1.32, 1.31, 1.285),
    ground=(1.39, 1.37, 1.34),
    haze_per_m=0.0,
    sky=False,
)
"""The same light from everywhere: what makes the room is baked into its vertices."""

MORNING = Weather(
    sun=(2.25, 1.95, 1.5),
    zenith=(0.17, 0.35, 0.74),
    horizon=(0.74, 0.80, 0.86),
    ground=(0.17, 0.19, 0.13),
    haze_per_m=0.0010,
    haze_falloff_per_m=0.004,
    overcast=0.40,
)
BREEZE = 0.22
"""How strongly the wind blows in the safe place, 0 to 1."""


def _all_open() -> Texture:
    """A map of shadows of a room: all openness is baked into its vertices."""
    texture = Texture("all open")
    texture.setup2dTexture(1, 1, Texture.TUnsignedByte, Texture.FRgb)
    texture.setRamImage(bytes((255, 255, 255)))
    return texture


class Room:
    """A place with its own light. Its time passes only while it is seen."""

    def __init__(self, root: NodePath, lighting: Lighting) -> None:
        self.root = root
        self._lighting = lighting

    def advance(self, dt: float) -> None:
        """`dt` seconds passed."""
        self._lighting.advance(dt)


def neutral_room() -> Room:
    """A quiet room with soft daylight: nothing in it asks for anything."""
    root = NodePath("neutral")
    lighting = light(root, INDOORS)
    root.setShaderInput("site", _all_open())
    quiet_room.furnish(root)
    return Room(root, lighting)


def safe_place() -> Room:
    """A meadow above a lake on a mild morning."""
    root = NodePath("safe place")
    lighting = light(root, MORNING)
    lighting.wind(BREEZE)
    meadow.plant(root)
    return Room(root, lighting)
