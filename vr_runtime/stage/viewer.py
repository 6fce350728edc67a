"""Owns where the patient stands or rides, and the short fade that covers a change.

Knows no renderer. Only a vehicle moves a view that is seen; all else changes in the dark.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from scenarios.api.errors import ScenarioError
from scenarios.api.pose import EYES_M
from scenarios.api.stage import Vec
from scenarios.api.vehicle import Vehicle
from vr_runtime.flash.governor import Governor
from vr_runtime.stage.checked import number, shown, vector
from vr_runtime.stage.vehicle import Carriage

HALF_S = 0.1
"""Seconds of fading out, and of fading in again: 200 ms in all."""
REST_S = 1.0
"""Least seconds between the starts of two fades: two dark moments a second, kept up while a trial
rises through many places, would be what broadcasters call an extended failure (2 to 3 Hz for 5 s),
and leave no room for what flickers in the scene itself."""
COVER_REST_S = 3.0
"""Least seconds between two fades for nothing but a ground or place that a script moves."""
MOST_DOWN = 40.0
"""Degrees; lower, a level gaze would leave the picture of a flat screen."""
ALMOST = 1e-9
DARKEN_S, CLEAR_S = 0.5, 1.0
"""Seconds in which the edge of a moving view darkens wholly, and clears again."""


@dataclass(frozen=True)
class Footing:
    """Where the patient's feet are (metres) and which way is ahead (degrees)."""

    at: Vec = (0.0, 0.0, 0.0)
    heading: float = 0.0
    looking_down: float = 0.0
    """Degrees of the middle of a flat picture below the horizon, above it where less than 0; a
    headset does not ask."""
    pitch: float = 0.0
    roll: float = 0.0
    """Degrees by which the cabin of a vehicle tilts whoever rides, about the eyes."""
    carriage: Carriage | None = None
    """What the patient rides in; place and direction are then those within its cabin."""
    lying: bool = False
    """Whether the eyes are `EYES_M` above `at` whoever the patient is: they were put there."""

    def raised_m(self, eye_m: float) -> float:
        """Metres to lift a patient by whose eyes are `eye_m` above the floor of their own room."""
        return EYES_M - eye_m if self.lying else 0.0


class StandingViewer:
    """The patient in the scene. Wishes between two fades are joined: the newest is fulfilled."""

    def __init__(self, governor: Governor | None = None) -> None:
        """Stand in the middle of the world; fades are asked of `governor`."""
        self.footing = Footing()
        self.edge = 0.0
        """How strongly the edge of the view is darkened now, 0 to 1."""
        self._governor = Governor() if governor is None else governor
        self._own_time = governor is None
        self.seen = False
        """Whether the patient sees the scene now; unseen, a change needs no fade."""
        self._wanted = self.footing
        self._soon = False
        self.covering = False
        """Whether something waits for a dark moment, though the patient stays where they are."""
        self.dark = False
        """Whether this tick is the dark moment in which all that waited is fulfilled."""
        self._covered = COVER_REST_S
        self._fade: Literal["none", "out", "in"] = "none"
        self._passed = 0.0
        self._rested = REST_S

    def stand(self, at: Vec, *, heading: float = 0.0, looking_down: float = 0.0) -> None:
        """Put the patient's feet at `at` (metres), looking towards `heading` (degrees)."""
        self._wanted = Footing(
            vector("at", at),
            number("heading", heading, -1e6, 1e6),
            number("looking_down", looking_down, 0.0, MOST_DOWN),
        )
        if not self.seen:
            self.settle()

    def lie(
        self,
        at: Vec,
        *,
        heading: float = 0.0,
        looking_up: float = 0.0,
        on: Vehicle | None = None,
    ) -> None:
        """Put the patient's eyes at `at` (metres), looking towards `heading` (degrees).

        With `on` both are those within the cabin of a vehicle, which then carries who lies there.

        Raises:
            ScenarioError: as of `ride`.
        """
        x, y, z = vector("at", at)
        feet = (x, y, z - EYES_M)
        self._wanted = Footing(
            feet,
            number("heading", heading, -1e6, 1e6),
            -number("looking_up", looking_up, 0.0, MOST_DOWN),
            carriage=None if on is None else _boarded(on, feet),
            lying=True,
        )
        if not self.seen:
            self.settle()

    def ride(
        self,
        vehicle: Vehicle,
        *,
        at: Vec = (0.0, 0.0, 0.0),
        heading: float = 0.0,
        looking_down: float = 0.0,
    ) -> None:
        """Put the patient's feet into a vehicle, `at` (metres) and `heading` in its cabin's space.

        Raises:
            ScenarioError: it is no vehicle of this stage, or is gone, or `at` lies beside it.
        """
        seat = vector("at", at)
        self._wanted = Footing(
            seat,
            number("heading", heading, -1e6, 1e6),
            number("looking_down", looking_down, 0.0, MOST_DOWN),
            carriage=_boarded(vehicle, seat),
        )
        if not self.seen:
            self.settle()

    def drawn(self, between: float) -> Footing:
        """Where the feet are in the world, `between` 0 and 1 of the way between two ticks."""
        footing = self.footing
        if footing.carriage is None:
            return footing
        cabin = footing.carriage.cabin.drawn(between)
        # The cabin tilts about the eyes: feet below them are reckoned as if it stood level.
        x, y, z = footing.carriage.level_feet(cabin)
        return replace(
            footing,
            at=(x, y, z),
            heading=cabin.heading + footing.heading,
            pitch=cabin.pitch,
            roll=cabin.roll,
            carriage=None,
        )

    def settle(self) -> None:
        """Fulfil the wish at once, without a fade: nobody sees it."""
        self._take()
        self._fade, self._passed, self._rested = "none", 0.0, REST_S

    def rides(self, carriage: Carriage) -> bool:
        """Whether the patient rides in it, or is about to."""
        return carriage in (self.footing.carriage, self._wanted.carriage)

    def cover(self, *, soon: bool = False) -> None:
        """Ask for a dark moment in which something else than the patient's place may change.

        `soon` is for what a patient sees as another place: it waits no longer than that.
        """
        self.covering = True
        self._soon = self._soon or soon

    def _take(self) -> None:
        self.footing = self._wanted
        self.covering, self.dark, self._soon = False, True, False
        self._covered = 0.0
        if self.footing.carriage is not None:
            self.footing.carriage.seat = self.footing.at

    def _look_after_carriages(self) -> None:
        """Whoever rides in what is gone stands where it was."""
        riding, boarding = self.footing.carriage, self._wanted.carriage
        if riding is not None and riding.cabin.removed:
            self.footing = self.drawn(1.0)
        if boarding is not None and boarding.cabin.removed:
            self._wanted = self.footing

    def _follow_edge(self, dt: float) -> None:
        riding = self.footing.carriage
        wanted = riding.strength if riding is not None and self.seen else 0.0
        if wanted > self.edge:
            self.edge = min(wanted, self.edge + dt / DARKEN_S)
        else:
            self.edge = max(wanted, self.edge - dt / CLEAR_S)

    def forget(self) -> None:
        """The scenario is gone: back to the middle of the world."""
        self._wanted = Footing()
        self.settle()

    @property
    def waiting(self) -> bool:
        """True while a wish is not yet fulfilled."""
        return self._wanted != self.footing

    def advance(self, dt: float) -> None:
        """Let `dt` seconds pass."""
        if self._own_time:
            self._governor.advance(dt)
        self._look_after_carriages()
        self._follow_edge(dt)
        self.dark = False
        self._rested += dt
        self._covered += dt
        if self._fade == "none":
            rested = self._soon or self._covered >= COVER_REST_S - ALMOST
            covers = self.covering and rested
            if not (self.waiting or covers) or self._rested < REST_S - ALMOST:
                return
            boarding = self._wanted.carriage
            if self.waiting and boarding is not None and boarding.travels:
                return  # nobody is put into something that moves, or elsewhere in it
            if not self._governor.claim(2.0 * HALF_S):
                return
            self._fade, self._passed, self._rested = "out", 0.0, 0.0
            return
        self._passed += dt
        if self._passed < HALF_S - ALMOST:
            return
        if self._fade == "out":
            self._take()
            self._fade, self._passed = "in", self._passed - HALF_S
        else:
            self._fade, self._passed = "none", 0.0

    def brightness(self, ahead_s: float = 0.0) -> float:
        """How bright the picture is, 0 to 1, `ahead_s` seconds after the last tick.

        It looks ahead instead of lagging, so that the move itself happens in the dark picture.
        """
        part = min(1.0, max(0.0, (self._passed + ahead_s) / HALF_S))
        if self._fade == "out":
            return 1.0 - part
        return part if self._fade == "in" else 1.0


def _boarded(vehicle: Vehicle, seat: Vec) -> Carriage:
    """The vehicle, if it stands in this world and has this seat; raises `ScenarioError`."""
    if not isinstance(vehicle, Carriage) or vehicle.cabin.removed:
        raise ScenarioError("only a vehicle that stands in this world can be ridden")
    if not vehicle.seats(seat):
        raise ScenarioError(
            "whoever rides has the cabin around them: {at} lies beside it", at=shown(seat)
        )
    return vehicle
