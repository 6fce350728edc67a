"""Owns what is asked of a headset's driver, in our words; knows no OpenXR and no graphics."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from vr_runtime.display.headset.poses import Eye
from vr_runtime.display.headset.states import State


class Cause(StrEnum):
    """Why a headset cannot be had on this machine."""

    NO_EXTRA = "no_extra"
    NO_DRIVER = "no_driver"
    NO_OPENGL = "no_opengl"
    NO_HEADSET = "no_headset"
    NO_SCREEN = "no_screen"
    NOT_OPENED = "not_opened"
    HANGS = "hangs"


class HeadsetUnavailable(Exception):
    """No session with a headset can be begun; `cause` says why."""

    def __init__(self, cause: Cause, told: str = "") -> None:
        super().__init__(told or cause.value)
        self.cause = cause


class HeadsetGone(Exception):
    """The session that was there is lost; the message is the driver's own word for it."""


@dataclass(frozen=True)
class Changed:
    """The session has another state."""

    state: State


@dataclass(frozen=True)
class Worn:
    """The headset's own sensor: somebody has it on, or nobody."""

    present: bool


@dataclass(frozen=True)
class Recentred:
    """Somebody asked the driver for a new "ahead"."""


@dataclass(frozen=True)
class DriverEnds:
    """The driver itself is about to end."""


@dataclass(frozen=True)
class Refitted:
    """Another part of the pictures is hidden from now on."""


Event = Changed | Worn | Recentred | DriverEnds | Refitted


@dataclass(frozen=True)
class Frame:
    """The next picture, as the driver asks for it."""

    at: int
    """When it will be shown, by the driver's clock in nanoseconds."""
    period_s: float
    """Seconds from one picture to the next; 0 where the driver does not tell."""
    wanted: bool
    """Whether it will be shown at all."""


@dataclass(frozen=True)
class Located:
    """Both eyes at the moment when a picture will be shown; no eyes where they are not known."""

    eyes: tuple[Eye, Eye] | None
    tracked: bool
    """The direction is measured, not guessed."""
    placed: bool
    """So is the position."""


@dataclass(frozen=True)
class Controls:
    """What is pressed on the controllers; both hands are one."""

    leave: bool = False
    select: bool = False
    stick: tuple[float, float] = (0.0, 0.0)
    """To the right and upwards, -1 to 1."""


Triangles = tuple[tuple[tuple[float, float], ...], tuple[int, ...]]
"""Corners, to the right and upwards in parts of the distance, and three of them a triangle."""

Paint = Callable[[int, int, tuple[int, int]], None]
"""Fill an image of the driver: eye (0 is the left), its OpenGL name, its width and height."""


class Port(Protocol):
    """A session with a headset. Every call may raise `HeadsetGone`, and `leave` never does.

    All but `wait` are called from the thread that draws, while its graphics are current.
    """

    sizes: tuple[tuple[int, int], tuple[int, int]]
    """Width and height in pixels that each eye is to be drawn with."""
    floor: bool
    """Heights are measured from the floor; else from where the eyes were at the start."""
    name: str
    """The driver and the headset, for the log."""

    def events(self) -> list[Event]:
        """What befell since the last call, oldest first."""
        ...

    def begin(self) -> None:
        """The session is ready: pictures are exchanged from now on."""
        ...

    def end(self) -> None:
        """The session is stopping: no picture is exchanged from now on."""
        ...

    def wait(self) -> Frame:
        """Wait until the next picture should be begun. May take long; on a thread of its own."""
        ...

    def begin_picture(self) -> None:
        """The picture that was waited for is begun."""
        ...

    def locate(self, frame: Frame) -> Located:
        """Where the eyes will be when this picture is shown."""
        ...

    def end_picture(self, frame: Frame, eyes: tuple[Eye, Eye] | None, paint: Paint) -> None:
        """Hand the picture over, as seen from `eyes`; None: the headset shows nothing of ours."""
        ...

    def controls(self) -> Controls:
        """What is pressed now."""
        ...

    def pulse(self) -> None:
        """Let the hand that presses feel one short tick."""
        ...

    def hidden(self, eye: int) -> Triangles | None:
        """The part of an eye's picture that its glass never shows; None where it is not told."""
        ...

    def ask_to_end(self) -> None:
        """Ask the driver to bring the session to its end in order."""
        ...

    def leave(self) -> None:
        """Give everything back, whatever state it is in."""
        ...
