"""Owns how gamepads are read for a patient: by the table of controls, whatever their maker.

It decides nothing: what is pressed goes to the leave control, the answering or the look.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from panda3d.core import GamepadButton, InputDevice

from vr_runtime.display.answering import Answering
from vr_runtime.display.controls import names
from vr_runtime.display.gaze import HeadLook
from vr_runtime.display.leave import LeaveControl
from vr_runtime.wire.sight import PatientSettings

DEGREES_S = 70.0
"""Turning by a stick at its end, in degrees a second."""
REST = 0.15
"""A stick nearer to its middle than this is left alone."""
PULLED = 0.5
"""A trigger pulled so far is down."""

_AXES = {
    "left": (InputDevice.Axis.left_x, InputDevice.Axis.left_y),
    "right": (InputDevice.Axis.right_x, InputDevice.Axis.right_y),
}


@dataclass(frozen=True)
class Pad:
    """How one gamepad stands now."""

    down: frozenset[str] = frozenset()
    """Buttons and triggers that are down, by the names of the table."""
    sticks: dict[str, tuple[float, float]] = field(default_factory=dict)
    """Right and up are positive, -1 to 1, by the names of the table."""
    cross: int = 0
    """-1 left or down, 1 right or up, 0 neither."""


def read(device: InputDevice) -> Pad:
    """How this gamepad stands now."""
    buttons = {
        "face_a": GamepadButton.faceA(),
        "face_b": GamepadButton.faceB(),
        "lshoulder": GamepadButton.lshoulder(),
        "left_trigger": GamepadButton.ltrigger(),
        "right_trigger": GamepadButton.rtrigger(),
    }
    down = {name for name, button in buttons.items() if device.findButton(button).pressed}
    for side in _AXES:
        axis = getattr(InputDevice.Axis, f"{side}_trigger")
        if device.findAxis(axis).value > PULLED:
            down.add(f"{side}_trigger")
    sticks = {
        f"{side}_stick": (device.findAxis(x).value, device.findAxis(y).value)
        for side, (x, y) in _AXES.items()
    }
    more = any(
        device.findButton(b).pressed for b in (GamepadButton.dpadRight(), GamepadButton.dpadUp())
    )
    less = any(
        device.findButton(b).pressed for b in (GamepadButton.dpadLeft(), GamepadButton.dpadDown())
    )
    return Pad(frozenset(down), sticks, int(more) - int(less))


class Gamepads:
    """All gamepads of one patient, from one reading to the next."""

    def __init__(self, leave: LeaveControl, answering: Answering, look: HeadLook) -> None:
        """What is pressed goes to these."""
        self._leave = leave
        self._answering = answering
        self._look = look
        self._before: list[Pad] = []
        self._down: set[tuple[str, str]] = set()

    @property
    def there(self) -> bool:
        """Whether one was connected at the last reading."""
        return bool(self._before)

    def take(self, pads: list[Pad], patient: PatientSettings, now: float, dt: float) -> None:
        """They stand so now, `dt` seconds after the last reading."""
        leaves, rates = names("gamepad", "leave", patient), names("gamepad", "rate", patient)
        down = {
            (name, f"gamepad {number} {name}")
            for number, pad in enumerate(pads)
            for name in pad.down & (leaves | rates)
        }
        for name, source in sorted(down - self._down):
            if name in leaves:
                self._leave.press(source, now)
            else:
                self._answering.press(source, now)
        for _name, source in sorted(self._down - down):
            # Given to both: what a control means may have changed while it was down.
            self._leave.release(source, now)
            if int(source.split()[1]) < len(pads):
                self._answering.release(source, now)
            else:
                self._answering.lost(source)
        self._down = down
        for number, pad in enumerate(pads):
            before = self._before[number] if number < len(self._before) else Pad()
            self._turn(pad, before, patient, now, dt)
        self._before = pads

    def _turn(self, pad: Pad, before: Pad, patient: PatientSettings, now: float, dt: float) -> None:
        values = names("gamepad", "value", patient)
        looks = names("gamepad", "look", patient)
        if pad.cross and pad.cross != before.cross and "cross" in values:
            self._answering.turn(pad.cross, now)
        for name, (across, up) in pad.sticks.items():
            if self._answering.open and name in values:
                self._answering.push(across, dt, now)
            elif name in looks and max(abs(across), abs(up)) > REST:
                self._look.turn(-across * DEGREES_S * dt, up * DEGREES_S * dt)
