"""Owns where the glass lift is and how it comes to a floor: by travelling, or behind a fade.

It knows neither levels nor events.
"""

from __future__ import annotations

import math

from scenarios.api import Node, Stage, Steps, Vec, Vehicle

ATRIUM, FACADE = 0, 1
FRONT_Y, CABIN_Y, BASE_Z = -4.2, -2.78, 0.17
"""Where the wall with the mast is, where the lift's middle is, and its floor above the ground."""
HALL_Y = 1500.0
"""So far from the avenue is the hall: neither is seen from the other."""
STOREY_M = 3.0
TOP = 55
"""The highest floor to which the mast goes; a ride may go on above the highest that is set."""
READY_S, GONE_S = 0.2, 1.8
"""On another floor a lift is made ready for the first before whoever rides is put into it, behind
a fade; after the second the one they have left is gone."""
LONGEST_WAY_S = 26.0
"""Nobody waits longer for a floor that was chosen, nor rides longer one way."""

Place = tuple[int, float]
"""Atrium or facade, and the floor."""


def floor_at(place: Place) -> Vec:
    """Where the middle of the lift's floor is when it stands there."""
    where, floor = place
    return (0.0, CABIN_Y + (HALL_Y if where == ATRIUM else 0.0), BASE_Z + STOREY_M * floor)


class Ride:
    """The lift that carries the patient, and beside it one that was left behind a fade."""

    def __init__(self, stage: Stage) -> None:
        self._stage = stage
        self.led = False
        """Whether an event or a task leads it."""
        self.called = False
        """Whether it is to travel, or travels, to a floor that was chosen."""
        self.rises = True
        self.take((ATRIUM, 0.0))
        # two alike: however often one takes the other's place, as many stand there as before
        self._left, self._left_lift = self.cabin, self.lift
        self.take((ATRIUM, 0.0))
        self._left.visible = False
        self.wanted = self.at
        self._beside: tuple[float, ...] = ()

    def take(self, place: Place) -> None:
        """Have a lift stand there, in place of the one that stood elsewhere."""
        self.cabin: Node = self._stage.model("lift/gondola", at=floor_at(place))
        self.lift: Vehicle = self._stage.vehicle(
            self.cabin, fr="La cabine part.", en="The lift moves."
        )
        self.at, self._stood = place, 0.0

    @property
    def ready(self) -> bool:
        """Whether a patient may be put into it."""
        return self._stood >= READY_S

    @property
    def floor(self) -> float:
        """The floor at which it is now, also between two."""
        return (self.lift.at[2] - BASE_Z) / STOREY_M

    @property
    def shut(self) -> bool:
        """Whether its doors have to be shut: it travels, or is about to."""
        return self.led or self.called or self.lift.moving

    def forget(self) -> None:
        """Nobody leads it and no floor was chosen."""
        self.led = self.called = False
        self.rises = True

    def follow(
        self, dt: float, wanted: Place, beside: tuple[float, ...], *, speed: float, closed: bool
    ) -> bool:
        """Bring the lift that carries the patient where it is wanted; gives whether it arrives now.

        Where a floor alone was chosen it travels there, doors closed; where a level brought the
        floor, and much else with it, or the way would take long, another lift stands there already
        and the patient is put into it.

        Args:
            dt: seconds since the last time; 0 where nobody sees it.
            wanted: where it is to be.
            beside: what a level changes together with the floor.
            speed: metres a second.
            closed: whether its doors are.
        """
        self._stood += dt
        settled = self._stood >= GONE_S or dt == 0.0
        if settled:
            self._hide_left()
        if wanted != self.wanted:
            near = math.dist(self.lift.at, floor_at(wanted)) <= LONGEST_WAY_S * speed
            self.called = dt > 0.0 and beside == self._beside and near
            self.wanted = wanted
        self._beside = beside
        aside = math.dist(self.lift.at, floor_at(wanted)) > 1e-3
        if self.led or not (aside or self.called):
            return False
        if not self.called:
            if settled:
                self._cut(wanted, seen=dt > 0.0)
            return False
        if not aside and not self.lift.moving:
            self.called = False
            return True
        if closed:
            self.at, self.rises = wanted, floor_at(wanted)[2] > self.lift.at[2]
            self.lift.go_to(floor_at(wanted), speed=speed)
        return False

    def _cut(self, wanted: Place, *, seen: bool) -> None:
        """Another lift stands where it is wanted; the one that was left comes to rest."""
        self.lift.halt()
        self._left.remove()
        self._left, self._left_lift = self.cabin, self.lift
        self.take(wanted)
        self._left.visible = seen

    def _hide_left(self) -> None:
        """Out of sight; one that still travels is let go of, and another kept in its place."""
        if self._left_lift.moving and self._left.visible:
            self._left.remove()
            self._left = self._stage.model("lift/gondola", at=floor_at(self.at))
        self._left.visible = False

    # -- in events and tasks

    def led_by(self, steps: Steps) -> Steps:
        """Let steps lead it once it stands, for as long as no other floor is wanted."""
        while self.led or self.called or self.lift.moving:
            yield
        try:
            self.led = True
            next(steps)
            while self.wanted == self.at:
                passed = yield
                try:
                    steps.send(passed)
                except StopIteration:
                    return
        finally:
            steps.close()
            self.led = False
            self.lift.halt()

    def travel(self, to: Vec, speed: float) -> Steps:
        """Go there; over when it stands there."""
        self.rises = to[2] > self.lift.at[2]
        self.lift.go_to(to, speed=speed)
        yield
        while self.lift.moving:
            yield
