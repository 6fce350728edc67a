"""Owns what a scenario may ask of a vehicle, as a protocol; knows no renderer.

Units: metres, degrees, seconds. The stage keeps every limit of comfort, whatever is asked.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:  # the stage knows vehicles, and so imports this module
    from scenarios.api.stage import Vec


class Vehicle(Protocol):
    """Something with a visible cabin in which the patient may ride.

    It says that it will move before it does, by a sound and a line in the patient's view, and then
    waits for two seconds. Its speed changes in ramps of half a second, a second apart. While the
    therapist holds it stays where it is; what is left of the way is gone afterwards.

    Example:
        >>> deck = stage.box((2.0, 2.0, 0.1), material="steel")
        >>> lift: Vehicle = stage.vehicle(deck, fr="La nacelle monte.", en="The gondola rises.")
        >>> lift.go_to((0.0, 0.0, 12.0), heading=0.0, speed=1.5, acceleration=0.5, turning=5.0)
        >>> lift.at, lift.heading, lift.speed, lift.moving
        ((0.0, 0.0, 0.0), 0.0, 0.0, True)
        >>> lift.lean(pitch=2.0)
        >>> lift.rock(roll=1.0, sway=0.01, hertz=0.25)
        >>> lift.halt()
        >>> lift.moving
        False
    """

    @property
    def at(self) -> Vec:
        """Where its cabin is now, what sways left out."""
        ...

    @property
    def heading(self) -> float:
        """Degrees about the vertical, as it is now."""
        ...

    @property
    def speed(self) -> float:
        """Metres a second, as it is now."""
        ...

    @property
    def moving(self) -> bool:
        """Whether it travels, turns, or has said that it will."""
        ...

    def go_to(
        self,
        target: Vec,
        *,
        heading: float | None = None,
        speed: float = 1.0,
        acceleration: float = 1.0,
        turning: float = 15.0,
    ) -> None:
        """Travel there in a straight line, and stay; asking for the same again does nothing.

        Asked for another place on its way, it first comes to rest.

        Args:
            target: metres.
            heading: degrees to turn to meanwhile, the short way round; as now when left out.
            speed: highest, in metres a second, 0.05 to 14.
            acceleration: highest, in metres a second squared, 0.1 to 1.
            turning: highest, in degrees a second, 1 to 15.
        """
        ...

    def halt(self) -> None:
        """Come to rest, gently, and stay."""
        ...

    def lean(self, *, pitch: float = 0.0, roll: float = 0.0) -> None:
        """Lean by up to 6 degrees; it takes four seconds."""
        ...

    def rock(
        self, *, pitch: float = 0.0, roll: float = 0.0, sway: float = 0.0, hertz: float = 0.2
    ) -> None:
        """Rock in even waves, as a boat or a lift on its ropes.

        Args:
            pitch: degrees either way, with what leans at most 6.
            roll: the same about the long axis.
            sway: metres either way, at most 0.03.
            hertz: waves a second, at most 0.5.
        """
        ...
