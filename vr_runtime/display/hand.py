"""Owns what a display needs of the patient's hands; knows no device."""

from __future__ import annotations

from typing import Protocol

from vr_runtime.display.answering import Answering
from vr_runtime.display.controls import Device
from vr_runtime.display.gaze import HeadLook
from vr_runtime.wire.acts import Occurrence, View


class Hand(Protocol):
    """Mouse, keys and gamepad of a patient before a screen."""

    look: HeadLook
    answering: Answering
    """What the patient chooses on the dial; told of each sight before the devices are read."""

    def devices(self) -> tuple[Device, ...]:
        """What the patient has in hand now, the one to be named first before the others."""
        ...

    def poll(self, dt: float) -> None:
        """Before a picture: read the devices; `dt` seconds passed since the last time."""
        ...

    def shown(self, view: View) -> None:
        """The display shows this view from now on."""
        ...

    def occurrences(self) -> list[Occurrence]:
        """What was pressed, and what befell the window, since the last call."""
        ...

    def focused(self) -> bool:
        """Whether the patient's window has the keyboard."""
        ...

    def seen(self) -> bool:
        """Whether the picture can be seen, as far as this system tells."""
        ...

    def close(self) -> None:
        """Give back what was taken beside the output itself, which is gone by then."""
        ...


class NoHand:
    """Nobody sits before the picture: pictures without a window."""

    def __init__(self) -> None:
        self.look = HeadLook()
        self.answering = Answering()

    def devices(self) -> tuple[Device, ...]:
        """As for a patient before a screen, so that the picture shows what they would read."""
        return ("mouse",)

    def poll(self, dt: float) -> None:
        """Let a turn that was asked for go on."""
        self.look.advance(dt)

    def shown(self, view: View) -> None:
        """Nobody presses anything."""

    def occurrences(self) -> list[Occurrence]:
        """Nothing was pressed."""
        return []

    def focused(self) -> bool:
        """There is no window."""
        return False

    def seen(self) -> bool:
        """By the console's mirror, at any time."""
        return True

    def close(self) -> None:
        """Nothing was taken."""
