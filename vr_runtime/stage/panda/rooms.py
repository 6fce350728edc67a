"""Owns the two places that always stand ready, neutral room and safe place; knows no scenario.

They are made before the first picture, never by an author's code, and never removed.
"""

from __future__ import annotations

from panda3d.core import NodePath, Texture

from vr_runtime.stage.look.lighting import Lighting, Weather, light
from vr_runtime.stage.panda import meadow, quiet_room
from vr_runtime.stage.panda.kept import KeptArrays

INDOORS = Weather(
    sun=(0.0, 0.0, 0.0),
    zenith=(1.32, 1.31, 1.285),
    horizon=(1.32, 1.31, 1.285),
    ground=(1.39, 1.37, 1.34),
    haze_per_m=0.005,
    sky=False,
)
"""The same light from everywhere: what makes the room is baked into its vertices."""

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

    def draw_with(self, *, streaks: int, leaves: float) -> None:
        """How much of what is many is drawn: streaks of rain, share of leaves (0 to 1)."""
        self._lighting.draw_with(streaks=streaks, leaves=leaves)

    def advance(self, dt: float) -> None:
        """`dt` seconds passed."""
        self._lighting.advance(dt)


def neutral_room(kept: KeptArrays) -> Room:
    """A quiet room with soft daylight: nothing in it asks for anything."""
    root = NodePath("neutral")
    lighting = light(root, INDOORS)
    root.setShaderInput("site", _all_open())
    quiet_room.furnish(root, kept.bring("room/neutral", quiet_room.reckoned))
    return Room(root, lighting)


def safe_place(kept: KeptArrays) -> Room:
    """A meadow above a lake on a mild morning."""
    root = NodePath("safe place")
    lighting = light(root, meadow.MORNING)
    lighting.wind(BREEZE)
    meadow.plant(root, kept.bring("room/meadow", meadow.grown))
    return Room(root, lighting)
