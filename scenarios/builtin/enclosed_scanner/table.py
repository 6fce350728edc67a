"""Owns the table of a scanner: where it is, what lies on it, and how it slides with the patient.

From level to level it is in another place behind a fade. In an event it slides in view: then one
that is a vehicle takes the place of the one that stands there, and carries whoever lies on it.
"""

from __future__ import annotations

from scenarios.api import Node, Stage, Steps, Vehicle

EYES_Z, OUTSIDE_Y = 1.035, 0.62
"""Eyes of who lies: their height, and where they are while the head is outside."""
SLIDES_M_S = 0.08
"""As slowly as tables of scanners go."""
READY_S, BOARDED_S = 0.2, 0.8
"""The table that slides stands ready for the first, in the same place, before the patient is put
on it behind a fade; the second is over when nobody sees any more that there were two."""
MOTOR_S = 4.0
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
        self._sled: Vehicle | None = None
        self._carries = self._outwards = False

    @property
    def slides(self) -> bool:
        """Whether the table is one that slides, or is about to."""
        return self._sled is not None

    def bring(self, y: float, dt: float) -> None:
        """Have it at `y`; one that slides takes what lies on it along, where it is by now."""
        if self._sled is None:
            self._couch.at = self.top.at = (0.0, y, 0.0)
            return
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
        sled.go_to((0.0, to, 0.0), speed=SLIDES_M_S, acceleration=0.2)
        heard = MOTOR_S
        while sled.moving:
            passed = yield
            heard += passed if sled.speed > 0.0 else 0.0
            if sled.speed > 0.0 and heard >= MOTOR_S:
                heard = 0.0
                motor.play()
        motor.stop()

    def stand(self) -> None:
        """No table slides: the one that stands is there again."""
        self._sled, self._carries, self._outwards = None, False, False
        self._couch.visible = True


def _wait(seconds: float) -> Steps:
    passed = 0.0
    while passed < seconds:
        passed += yield
