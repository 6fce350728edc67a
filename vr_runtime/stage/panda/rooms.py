"""Owns the places that always stand ready, neutral, safe and for practice; knows no scenario.

They are made before the first picture, never by an author's code, and never removed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from panda3d.core import NodePath, Texture

from vr_runtime.stage.look.lighting import Lighting, Weather, light
from vr_runtime.stage.look.sea import rise
from vr_runtime.stage.panda import evening_room, meadow, quiet_room, shore
from vr_runtime.stage.panda.kept import Arrays, KeptArrays
from vr_runtime.wire.acts import Refuge

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
"""How strongly the wind blows in the open, 0 to 1."""


def _all_open() -> Texture:
    """A map of shadows of a room: all openness is baked into its vertices."""
    texture = Texture("all open")
    texture.setup2dTexture(1, 1, Texture.TUnsignedByte, Texture.FRgb)
    texture.setRamImage(bytes((255, 255, 255)))
    return texture


class Room:
    """A place with its own light. Its time passes only while it is seen.

    All that stands in it hangs below one node, `place`, which may be shown once more elsewhere.
    """

    def __init__(self, root: NodePath, lighting: Lighting, weather: Weather) -> None:
        self.root = root
        self._lighting = lighting
        self.weather = weather
        """The light in which it is left to itself."""

    @property
    def place(self) -> NodePath:
        """All that stands in it, without its light and its sky."""
        return self.root.find(PLACE)

    def draw_with(self, *, streaks: int, leaves: float) -> None:
        """How much of what is many is drawn: streaks of rain, share of leaves (0 to 1)."""
        self._lighting.draw_with(streaks=streaks, leaves=leaves)

    def advance(self, dt: float) -> None:
        """`dt` seconds passed."""
        self._lighting.advance(dt)


PLACE = "place"


def _place(root: NodePath) -> NodePath:
    return root.attachNewNode(PLACE)


ROOMS_MADE: Mapping[str, Callable[[], Arrays]] = {
    "room/neutral": lambda: quiet_room.reckoned(),
    "room/meadow": lambda: meadow.grown(),
    "room/shore": lambda: shore.made(),
    "room/evening": lambda: evening_room.reckoned(),
}
"""What each room is made from, by the name it is kept under."""


def _brought(kept: KeptArrays, name: str) -> Arrays:
    return kept.bring(name, ROOMS_MADE[name])


def neutral_room(kept: KeptArrays) -> Room:
    """A quiet room with soft daylight: nothing in it asks for anything."""
    root = NodePath("neutral")
    lighting = light(root, INDOORS)
    root.setShaderInput("site", _all_open())
    quiet_room.furnish(root, _brought(kept, "room/neutral"))
    return Room(root, lighting, INDOORS)


def empty_neutral_room(neutral: Room) -> tuple[NodePath, Lighting]:
    """The neutral room once more, sharing all its faces, for what is to be hung into it."""
    root = NodePath("practice")
    lighting = light(root, INDOORS)
    root.setShaderInput("site", _all_open())
    for part in neutral.root.getChildren():
        part.instanceTo(root)
    return root, lighting


def _meadow(kept: KeptArrays) -> Room:
    root = NodePath("meadow")
    lighting = light(root, meadow.MORNING)
    lighting.wind(BREEZE)
    meadow.plant(_place(root), _brought(kept, "room/meadow"))
    return Room(root, lighting, meadow.MORNING)


def _shore(kept: KeptArrays) -> Room:
    root = NodePath("shore")
    lighting = light(root, shore.DUSK)
    lighting.wind(BREEZE)
    rise(root, 0.0)
    shore.lay(_place(root), _brought(kept, "room/shore"))
    return Room(root, lighting, shore.DUSK)


def _evening_room(kept: KeptArrays) -> Room:
    root = NodePath("evening room")
    lighting = light(root, evening_room.LAMPLIGHT)
    place = _place(root)
    place.setShaderInput("site", _all_open())
    evening_room.furnish(place, _brought(kept, "room/evening"))
    return Room(root, lighting, evening_room.LAMPLIGHT)


class SafePlaces:
    """All safe places, one of them this patient's. Each stands ready for the next picture."""

    def __init__(self, places: Mapping[Refuge, Room], first: Refuge = "meadow") -> None:
        self.root = NodePath("safe places")
        self._places = dict(places)
        for room in self._places.values():
            room.root.reparentTo(self.root)
            room.root.stash()
        self.chosen = first
        self._places[first].root.unstash()

    @property
    def names(self) -> tuple[Refuge, ...]:
        """Which there are."""
        return tuple(self._places)

    def room(self, name: Refuge) -> Room:
        """The one of this name."""
        return self._places[name]

    def roots(self) -> tuple[NodePath, ...]:
        """The roots of all of them, seen or not."""
        return tuple(room.root for room in self._places.values())

    def choose(self, name: Refuge) -> None:
        """Show this one from the next picture on."""
        if name != self.chosen:
            self._places[self.chosen].root.stash()
            self._places[name].root.unstash()
            self.chosen = name

    def draw_with(self, *, streaks: int, leaves: float) -> None:
        """How much of what is many is drawn: streaks of rain, share of leaves (0 to 1)."""
        for room in self._places.values():
            room.draw_with(streaks=streaks, leaves=leaves)

    def advance(self, dt: float) -> None:
        """`dt` seconds passed in the one that is shown."""
        self._places[self.chosen].advance(dt)


def safe_places(kept: KeptArrays) -> SafePlaces:
    """A meadow above a lake, a shore at dusk, a quiet room in the evening."""
    return SafePlaces({"meadow": _meadow(kept), "shore": _shore(kept), "room": _evening_room(kept)})
