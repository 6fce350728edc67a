"""Owns what a scenario may do to the world, as protocols; knows no renderer.

Units: metres, degrees, seconds. Axes: x to the right, y ahead, z up. Volumes 0 to 1.
"""

from __future__ import annotations

from typing import Protocol

from scenarios.api.events import Steps

Vec = tuple[float, float, float]


class Node(Protocol):
    """Something that stands in the world."""

    at: Vec
    """Position in metres, in the space of its parent."""
    heading: float
    """Degrees about the vertical; 0 looks along y, positive turns to the left."""
    pitch: float
    """Degrees; positive looks up."""
    scale: Vec
    """Size along each axis, as a multiple of the size it was made with."""
    visible: bool

    def glide_to(self, target: Vec, *, seconds: float) -> Steps:
        """Move there at even speed; use it with `yield from` in an event."""
        ...

    def set(self, name: str, value: float) -> None:
        """Set what a model declares beside its place, as `("sway", 0.5)`; 0 to 1 each."""
        ...

    def remove(self) -> None:
        """Take it out of the world; doing so twice does nothing."""
        ...


class Sound(Protocol):
    """A sound in the world; the stage limits its loudness and eases its beginning."""

    volume: float
    rate: float
    """Speed of playing; 1 is as recorded."""
    at: Vec
    """Where it is heard from, in the space of its parent; without meaning for a bed."""

    def play(self) -> None:
        """Play once from the beginning."""
        ...

    def stop(self) -> None:
        """Fall silent."""
        ...


class Viewer(Protocol):
    """Where the patient is. Only the patient turns the head; a scene says where ahead is."""

    def stand(self, at: Vec, *, heading: float = 0.0, looking_down: float = 0.0) -> None:
        """Put the patient's feet there.

        Before a flat screen the middle of the picture then lies `looking_down` degrees below the
        horizon, 0 to 40, until the patient looks elsewhere: a flat picture shows much less below
        than a person sees who stands there. In a headset it changes nothing.

        The stage covers a change with a short fade (200 ms), so that nobody is dragged through
        the air. Calling it again with the same place does nothing: call it in `update`.
        """
        ...


class Stage(Protocol):
    """The world of a scenario. Everything made here is gone when the scenario ends."""

    viewer: Viewer

    def model(
        self,
        name: str,
        *,
        at: Vec = (0.0, 0.0, 0.0),
        heading: float = 0.0,
        parent: Node | None = None,
    ) -> Node:
        """Place a shipped model, as `"city/district"`.

        Raises:
            ScenarioError: no model has this name; the message gives the nearest one.
        """
        ...

    def box(
        self, size: Vec, *, material: str, at: Vec = (0.0, 0.0, 0.0), parent: Node | None = None
    ) -> Node:
        """Place a box, its `at` in the middle of its base.

        Raises:
            ScenarioError: no material has this name; the message gives the nearest one.
        """
        ...

    def sound(
        self,
        name: str,
        *,
        at: Vec | None = None,
        parent: Node | None = None,
        loop: bool = False,
        volume: float = 1.0,
    ) -> Sound:
        """A shipped sound, as `"wind/steady"`. Without `at` it is a bed heard from everywhere.

        A looping sound plays at once; any other waits for `play`.
        """
        ...

    def wind(self, strength: float) -> None:
        """How strongly what can sway sways, 0 to 1."""
        ...

    def clouds(self, share: float) -> None:
        """How clouded the sky is, 0 fair to 1 broken clouds; a change takes seconds, by itself."""
        ...

    def daylight(self, share: float) -> None:
        """1 noon, 0.5 late afternoon, 0.25 dusk, 0 night; a change takes seconds, by itself.

        Towards the night windows and street lamps of the shipped places are lit.
        """
        ...

    def rain(self, strength: float) -> None:
        """How strongly it rains, 0 to 1; a change takes seconds, by itself.

        Rain falls everywhere around the patient, also below a roof: use it out of doors. The
        ground gets wet within 20 s and dries within a minute.
        """
        ...

    def lamp(
        self, at: Vec, *, reach: float = 8.0, light: float = 1.0, parent: Node | None = None
    ) -> Node:
        """A lamp: warm light around a place, which is not seen itself. At most 8 at once.

        Args:
            at: in metres, in the space of its parent.
            reach: metres at which its light ends, 0.5 to 60.
            light: how bright, 0 to 1; later by `set("light", value)`, which takes up to 1.4 s.
            parent: what it goes along with.

        Raises:
            ScenarioError: there are 8 already.
        """
        ...

    def mark(self, text: str) -> None:
        """Put a marker into the record of the session (at most 80 characters, nothing personal)."""
        ...
