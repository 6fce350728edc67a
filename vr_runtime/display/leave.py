"""Owns what the patient's leave control and the runtime's stop keys mean; knows no device.

The same few lines serve the right mouse button, a gamepad and a headset.
"""

from __future__ import annotations

from vr_runtime.wire.acts import PatientLeft, PatientStopped, View

HOLD_S = 1.5
"""Seconds after which holding the control is a stop."""
BOUNCE_S = 0.08
"""A worn switch opens and closes again within this; that is no second press."""
TWICE_S = 0.6
"""Two Esc within this are a stop."""


class LeaveControl:
    """One press leaves for the safe place; again there, or held, it stops."""

    def __init__(self) -> None:
        self._down: set[str] = set()
        self._since = 0.0
        self._released = float("-inf")
        self._stopped = False
        self._view = View.NEUTRAL
        self._news: list[PatientLeft | PatientStopped] = []

    def shown(self, view: View) -> None:
        """The display shows `view` from now on: told before the devices are read again."""
        self._view = view

    def press(self, source: str, now_s: float) -> None:
        """A control (`source`, as "mouse") went down. Two of them at once are one control."""
        pressed_already = bool(self._down)
        self._down.add(source)
        if pressed_already:
            return
        if now_s - self._released < BOUNCE_S:
            return
        self._since, self._stopped = now_s, False
        # Earlier presses are not counted: one of them may have led nowhere, before a session began.
        if self._view is View.SAFE_PLACE:
            self._stop()
        else:
            self._news.append(PatientLeft())

    def release(self, source: str, now_s: float) -> None:
        """A control went up, or its device was taken away."""
        if source in self._down:
            self._news.extend(self._held(now_s))
            self._down.discard(source)
            self._released = now_s

    def news(self, now_s: float) -> list[PatientLeft | PatientStopped]:
        """What the patient asked for since the last call, oldest first."""
        self._news.extend(self._held(now_s))
        taken, self._news = self._news, []
        return taken

    def _held(self, now_s: float) -> list[PatientLeft | PatientStopped]:
        if self._down and not self._stopped and now_s - self._since >= HOLD_S:
            self._stopped = True
            return [PatientStopped()]
        return []

    def _stop(self) -> None:
        self._stopped = True
        self._news.append(PatientStopped())


class StopKeys:
    """F12 stops; so do two Esc within 0.6 s."""

    def __init__(self) -> None:
        self._escape = float("-inf")

    def press(self, key: str, now_s: float) -> bool:
        """Whether this key press (time by the event, in seconds) is a stop."""
        if key == "f12":
            return True
        if key != "escape":
            self._escape = float("-inf")
            return False
        twice = now_s - self._escape <= TWICE_S
        self._escape = float("-inf") if twice else now_s
        return twice
