"""Owns what a patient's own keyboard does, where the console is on another machine.

It knows no window: keys come by the names that windows give them.
"""

from __future__ import annotations

from vr_runtime.display.answering import Answering
from vr_runtime.display.controls import names
from vr_runtime.display.leave import LeaveControl

ARROWS = {"arrow_up": 1, "arrow_right": 1, "arrow_down": -1, "arrow_left": -1}
ROW = dict(zip("&é\"'(-è_çà", "1234567890", strict=True))
"""Digit meant by each character of the row that gives digits only with Shift."""


class Keyboard:
    """Keys become leaving and answering, by the table of controls."""

    def __init__(self, leave: LeaveControl, answering: Answering) -> None:
        self._leave = leave
        self._answering = answering

    def take(self, event: str, now: float) -> bool:
        """One key's event, with `-up` or `-repeat` at its end; False where it is none of these."""
        patient = self._answering.patient
        key = event.removesuffix("-up").removesuffix("-repeat")
        up, again = event.endswith("-up"), event.endswith("-repeat")
        if key in names("keyboard", "leave", patient):
            if up:
                self._leave.release(key, now)
            elif not again:
                self._leave.press(key, now)
            return True
        if key in names("keyboard", "rate", patient):
            if up:
                self._answering.release(key, now)
            elif not again:
                self._answering.press(key, now)
            return True
        values = names("keyboard", "value", patient)
        digit = ROW.get(key, key)
        if key in ARROWS and "arrows" in values:
            self._answering.turn(0 if up else ARROWS[key], now)
        elif digit in tuple("0123456789") and "digits" in values:
            if not up and not again:
                self._answering.digit(digit, now)
        else:
            return False
        return True
