"""Owns the table of a scanner: where it is, what lies on it, and how it slides with the patient.

From level to level it is in another place behind a fade. In an event it slides in view: then one
that is a vehicle takes the place of the one that stands there, and carries whoever lies on it.
One event at a time leads it, and no longer than it is set to be where it then was.
"""

from __future__ import annotations

import math

from scenarios.api import Node, Stage, Steps, Vehicle

EYES_Z, OUTSIDE_Y = 1.035, 0.62
"""Eyes of who lies: their height, and where they are while the head is outside."""
SLIDES_M_S = 0.08
"""As slowly as tables of scanners go."""
READY_S, BOARDED_S = 0.2, 0.8
"""The table that slides stands ready for the first, in the same place, before the patient is put
on it behind a fade; the second is over when nobody sees any more that there were two."""
THERE_M, SAME_M = 1e-3, 1e-6
"""So near to where it slides it has come to rest there."""
HALTED_S = 2.5
"""Longer than a table says that it will slide: one that stands longer on its way is held."""
LONGEST_S = 80.0
"""How long an event may wait for the table and lead it; what is held is not counted."""
RESTED_S, MOTOR_S = 0.1, 4.0
"""How long the motor is heard from one beginning; then it is begun anew."""
UP_OUT, UP_IN, LESS_A_METRE, UP_SLIDING = 6.0, 30.0, 15.0, 16.0
"""Degrees by which a flat picture looks up outside, at the opening, and less for each metre in:
the edge of the tube is in it, and later its roof. While the table slides it is the last."""


class Table:
    """The table with what lies on it."""

    def __init__(self, stage: Stage, room: Node) -> None:
        """Outside of the tube, with nobody on it."""
        self._stage = stage
        self._couch = stage.model("scanner/couch", at=(0.0, OUTSIDE_Y, 0.0), parent=room)
        self.top = stage.model("scanner/patient", at=(0.0, OUTSIDE_Y, 0.0), parent=room)
        """Whoever lies there; what goes along with them stands on this."""
        self._set_to, self._easier = OUTSIDE_Y, False
        self._leaders = 0
        self.rest()

    def rest(self) -> None:
        """Nobody leads it: the one that stands is there again, where it is set to be."""
        self._leader = 0
        self._sled: Vehicle | None = None
        self._slides_to: float | None = None
        self._carries = self._outwards = self._outside = False
        self._stood_s = 0.0
        self._couch.visible = True

    @property
    def slides(self) -> bool:
        """Whether the table is one that slides, or is about to."""
        return self._sled is not None

    def bring(self, y: float, dt: float, *, easier: bool = False) -> None:
        """Have it where it is set to be; one that slides takes what lies on it along.

        Args:
            y: where it is set to be.
            dt: seconds since the last time.
            easier: whether something else is set easier, and cannot be shown while it slides.
        """
        self._set_to, self._easier = y, easier
        if self._sled is None:
            place = (0.0, OUTSIDE_Y if self._outside else y, 0.0)
            # one that slid there stands a hair's breadth beside it: that is no other place
            for thing in (self._couch, self.top):
                if math.dist(thing.at, place) > SAME_M:
                    thing.at = place
            return
        stands = self._slides_to is not None and self._sled.speed == 0.0
        self._stood_s = self._stood_s + dt if stands else 0.0
        at, ahead = self._sled.at[1], self._sled.speed * dt
        self._couch.at = (0.0, at, 0.0)
        # the table moves after this: what lies on it is not to be behind by a tick
        self.top.at = (0.0, at + (ahead if self._outwards else -ahead), 0.0)

    def lie(self, lower: float) -> None:
        """Put the patient onto it, eyes lower by so many metres."""
        if self._sled is not None and self._carries:
            eyes = (0.0, 0.0, EYES_Z - lower)
            self._stage.viewer.lie(eyes, looking_up=UP_SLIDING, on=self._sled)
            return
        y = self._couch.at[1]
        up = UP_IN + LESS_A_METRE * y if y < 0.0 else UP_OUT
        self._stage.viewer.lie((0.0, y, EYES_Z - lower), looking_up=up)

    # -- in an event

    def led_by(self, steps: Steps) -> Steps:
        """Let steps lead it once nobody else does, until it is set to be elsewhere.

        Before they have put the patient on one that slides it may be set deeper: then that is
        where they find it. Less deep ends them also then, and whatever they would have begun.
        """
        deepest, passed_s, mine = self._set_to, 0.0, 0
        try:
            while passed_s < LONGEST_S:
                if mine == 0 and self._leader == 0:
                    self._leaders += 1
                    mine = self._leader = self._leaders
                    next(steps)
                passed = yield
                passed_s += passed if self._stood_s <= HALTED_S else 0.0
                aboard = mine != 0 and self._sled is not None
                deepest = deepest if aboard else min(deepest, self._set_to)
                if self._set_to != deepest or (aboard and self._easier):
                    return
                if mine != 0:
                    try:
                        steps.send(passed)
                    except StopIteration:
                        return
        finally:
            steps.close()
            if mine != 0 and mine == self._leader:
                self.rest()

    def leave_tube(self) -> None:
        """Have it outside, behind a fade, until it slides."""
        self._outside = True

    def board(self) -> Steps:
        """Have one that slides where the table stands, with the patient on it, behind a fade."""
        model = self._stage.model("scanner/couch", at=self._couch.at)
        self._sled = self._stage.vehicle(
            model, fr="La table glisse lentement.", en="The table slides slowly."
        )
        yield from _wait(READY_S)
        self._carries = True
        yield from _wait(BOARDED_S)
        self._couch.visible = False

    def slide(self, to: float) -> Steps:
        """Slide to `to`, as slowly as tables do, with its motor heard."""
        sled = self._sled
        assert sled is not None, "it has been boarded"
        self._outwards = to > sled.at[1]
        motor = self._stage.sound("scanner/table", at=(0.0, 1.6, 0.6), volume=0.7)
        heard, self._slides_to = MOTOR_S, to
        while abs(sled.at[1] - to) > THERE_M or sled.moving:
            # to one that was halted meanwhile it is said anew
            sled.go_to((0.0, to, 0.0), speed=SLIDES_M_S, acceleration=0.2)
            passed = yield
            heard += passed if sled.speed > 0.0 else 0.0
            if sled.speed > 0.0 and heard >= MOTOR_S:
                heard = 0.0
                motor.play()
        self._slides_to = None
        motor.stop()
        # what stands for it has come to rest as well before the patient is put back onto it
        yield from _wait(RESTED_S)


def _wait(seconds: float) -> Steps:
    passed = 0.0
    while passed < seconds:
        passed += yield
