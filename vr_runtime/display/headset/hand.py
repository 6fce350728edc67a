"""Owns what a patient in a headset can do by hand; knows no driver and no picture."""

from __future__ import annotations

from collections.abc import Callable

from vr_runtime.display.answering import Answering
from vr_runtime.display.controls import Device
from vr_runtime.display.gaze import HeadLook
from vr_runtime.display.hand import Hand
from vr_runtime.display.headset.port import Controls
from vr_runtime.display.leave import LeaveControl
from vr_runtime.wire.acts import Occurrence, View

STEP_DEGREES = 30.0
"""One push of the stick turns by this at once: turning smoothly makes ill."""
PUSHED, LET_GO = 0.7, 0.4


class SteppedLook(HeadLook):
    """The head turns the view by itself; the stick adds whole steps."""

    def advance(self, dt: float) -> None:
        """Follow every step at once, whatever time passed."""
        self.yaw, self.pitch = self._yaw_wanted, 0.0


class HeadsetHand:
    """Controllers, and the keys and buttons of the window beside them.

    The mouse of that window belongs to whoever helps: it never turns the patient's view.
    """

    def __init__(self, window: Hand, clock: Callable[[], float], pulse: Callable[[], None]) -> None:
        """Add controllers to `window`; `pulse` lets the hand feel that leaving was heard."""
        self.look: HeadLook = SteppedLook()
        self.answering = Answering()
        self._window = window
        self._clock = clock
        self._pulse = pulse
        self._leave = LeaveControl()
        self._held = Controls()
        self._pushed = False

    def hold(self, controls: Controls) -> None:
        """The controllers stand like this now."""
        was, self._held = self._held, controls
        if controls.leave and not was.leave:
            self._leave.press("controller", self._clock())
            self._pulse()
        elif was.leave and not controls.leave:
            self._leave.release("controller", self._clock())
        now = self._clock()
        if controls.select and not was.select:
            self.answering.press("controller", now)
        elif was.select and not controls.select:
            self.answering.release("controller", now)
        across = controls.stick[0]
        if self.answering.open:
            # While a dial waits the stick chooses on it and turns nothing.
            self._pushed = self._pushed or abs(across) >= LET_GO
            return
        if not self._pushed and abs(across) >= PUSHED:
            self._pushed = True
            self.look.turn(-STEP_DEGREES if across > 0 else STEP_DEGREES, 0.0)
        elif abs(across) <= LET_GO:
            self._pushed = False

    def devices(self) -> tuple[Device, ...]:
        """Controllers, or hands that stand in for them."""
        return ("headset",)

    def poll(self, dt: float) -> None:
        """Before a picture: read the window; `dt` seconds passed since the last time."""
        self._window.poll(dt)
        before = self.answering.value
        self.answering.push(self._held.stick[0], dt, self._clock())
        if self.answering.value != before:
            self._pulse()
        self.look.advance(dt)

    def shown(self, view: View) -> None:
        """The display shows this view from now on."""
        self._leave.shown(view)
        self._window.shown(view)

    def occurrences(self) -> list[Occurrence]:
        """What was pressed, and what befell the window, since the last call."""
        now = self._clock()
        return [*self._window.occurrences(), *self._leave.news(now), *self.answering.news(now)]

    def focused(self) -> bool:
        """Whether the window has the keyboard."""
        return self._window.focused()

    def seen(self) -> bool:
        """The patient looks at the headset, not at the window."""
        return True

    def close(self) -> None:
        """Give back what the window took."""
        self._window.close()
