"""Owns the patient's window on a desktop: mouse, gamepad and keys become looking and leaving.

Knows neither picture nor session.
"""

from __future__ import annotations

import sys
from collections.abc import Callable

from panda3d.core import (
    ButtonThrower,
    DataGraphTraverser,
    MouseAndKeyboard,
    NodePath,
    WindowProperties,
)

from scenarios.api.manifest import Words
from vr_runtime.display.answering import Answering
from vr_runtime.display.controls import Device, names
from vr_runtime.display.gamepad import Gamepads, read
from vr_runtime.display.gaze import HeadLook
from vr_runtime.display.graphics import SAMPLES, Output, gamepads, thrown_events
from vr_runtime.display.keyboard import Keyboard
from vr_runtime.display.leave import LeaveControl, StopKeys
from vr_runtime.display.x11 import X11Frame
from vr_runtime.wire.acts import Occurrence, RuntimeKeyStop, View, WindowClosed

TITLE = "Palier"
CLOSE = "patient-window-closing"
WHEEL = {"wheel_up": 1, "wheel_down": -1}
STILL = 0.012
"""A button moved by less, as a part of the picture's height, was pressed and drew nothing."""
NO_MONITOR = Words(
    fr="L'écran {number} n'existe pas ici ({count} trouvés) : choisissez un numéro, compté de 0.",
    en="There is no monitor {number} here ({count} found): choose a number counted from 0.",
)


class NoSuchMonitor(Exception):
    """The monitor asked for is not there; the message says how many there are."""


class PatientWindow:
    """A window and the hand of the patient before it."""

    def __init__(
        self,
        monitor: int | None,
        size: tuple[int, int],
        console_elsewhere: bool,
        clock: Callable[[], float],
        language: str,
        samples: int = SAMPLES,
    ) -> None:
        """Open the window; see `choose.open_display` for what the arguments mean.

        Raises:
            NoSuchMonitor: there is no monitor of this number.
            GraphicsUnavailable: the driver gave no window.
        """
        self.look = HeadLook()
        self.answering = Answering()
        self._clock = clock
        self._leave = LeaveControl()
        self._stop = StopKeys()
        self._keyboard = Keyboard(self._leave, self.answering) if console_elsewhere else None
        self._pads = Gamepads(self._leave, self.answering, self.look)
        self._found: list[Occurrence] = []
        self._dragged_from: tuple[float, float] | None = None
        self._pressed_at: tuple[float, float] | None = None
        self._read_before = (0.0, 0.0)
        """Where the pointer was when the devices were read last."""
        self._frame = _framed(monitor, size, console_elsewhere, clock, language)
        self.output = Output.window(_properties(self._frame, size), samples)
        self.output.main.setCloseRequestEvent(CLOSE)
        self._data = NodePath("hand")
        keys = self._data.attachNewNode(MouseAndKeyboard(self.output.main, 0, "devices"))
        keys.attachNewNode(ButtonThrower("buttons"))
        self._reader = DataGraphTraverser()
        if self._frame is not None:
            self._frame.show()

    def devices(self) -> tuple[Device, ...]:
        """The mouse, and what else there is."""
        more: list[Device] = ["gamepad"] if self._pads.there else []
        if self._keyboard is not None:
            more.append("keyboard")
        return ("mouse", *more)

    def poll(self, dt: float) -> None:
        """Read the devices; `dt` seconds passed since the last time."""
        now = self._clock()
        self._read(now)
        self._drag()
        patient = self.answering.patient
        self._pads.take([read(pad) for pad in gamepads()], patient, now, dt)
        self.look.advance(dt)

    def _read(self, now: float) -> None:
        self._reader.traverse(self._data.node())
        for event in thrown_events():
            self._thrown(event, now)
        self._read_before = self._pointer()
        if self._frame is not None:
            self._frame_news(self._frame, now)

    def _thrown(self, event: str, now: float) -> None:
        name, up = event.removesuffix("-up"), event.endswith("-up")
        if event == CLOSE:
            self._found.append(WindowClosed())
        elif name in names("mouse", "leave", self.answering.patient):
            self._pressed_or_released(name, up, now)
        elif name in names("mouse", "look", self.answering.patient):
            self._look(up, now)
        elif name in WHEEL:
            self.answering.turn(0 if up else WHEEL[name], now)
        elif not event.startswith(("raw-", "mouse", "wheel")):
            self._key(event, now)

    def _look(self, up: bool, now: float) -> None:
        """The button that looks around when it is drawn, and answers where it is not."""
        here = self._pointer()
        if up:
            self._tell_if_drawn(here)
            self.answering.release("mouse", now)
        else:
            self.answering.press("mouse", now)
        self._dragged_from = None if up else here
        # Where it is told once for a whole reading: a drag within one would look like a press.
        self._pressed_at = None if up else self._read_before

    def _tell_if_drawn(self, here: tuple[float, float]) -> None:
        began = self._pressed_at or here
        if max(abs(here[0] - began[0]), abs(here[1] - began[1])) > STILL:
            self.answering.moved("mouse")

    def _frame_news(self, frame: X11Frame, now: float) -> None:
        for news in frame.news():
            if news == "closed":
                frame.hide()
                self._found.append(WindowClosed())
            else:
                self._key(news, now)
        if frame.size != self.output.size:
            wanted = WindowProperties()
            wanted.setSize(*frame.size)
            self.output.main.requestProperties(wanted)

    def _key(self, key: str, now: float) -> None:
        if self._keyboard is not None and self._keyboard.take(key, now):
            return
        if not key.endswith(("-up", "-repeat")) and self._stop.press(key, now):
            self._found.append(RuntimeKeyStop())

    def _pressed_or_released(self, source: str, up: bool, now: float) -> None:
        if up:
            self._leave.release(source, now)
        else:
            self._leave.press(source, now)

    def _pointer(self) -> tuple[float, float]:
        pointer = self.output.main.getPointer(0)
        high = self.output.size[1]
        return pointer.getX() / high, pointer.getY() / high

    def _drag(self) -> None:
        if self._dragged_from is None:
            return
        now = self._pointer()
        was, self._dragged_from = self._dragged_from, now
        self._tell_if_drawn(now)
        self.look.drag(now[0] - was[0], was[1] - now[1])

    def shown(self, view: View) -> None:
        """The display shows this view; a window that was closed comes back for a new start."""
        self._leave.shown(view)
        if self._frame is not None and view is not View.NEUTRAL:
            self._frame.show()

    def occurrences(self) -> list[Occurrence]:
        """What was pressed and what befell the window up to now, since the last call, in order."""
        self.output.hear()
        self._read(self._clock())
        now = self._clock()
        taken = [*self._found, *self._leave.news(now), *self.answering.news(now)]
        self._found.clear()
        return taken

    def focused(self) -> bool:
        """Whether the patient's window has the keyboard."""
        if self._frame is None:
            return bool(self.output.main.getProperties().getForeground())
        handle = self.output.main.getWindowHandle()
        return self._frame.focused(int(handle.getIntHandle()))

    def seen(self) -> bool:
        """Whether it is on the screen and not covered whole; some systems tell only the first."""
        if self._frame is None:
            return not self.output.main.getProperties().getMinimized()
        return self._frame.seen

    def close(self) -> None:
        """Give the frame back, after the picture in it."""
        if self._frame is not None:
            self._frame.close()
            self._frame = None


def _framed(
    monitor: int | None,
    size: tuple[int, int],
    console_elsewhere: bool,
    clock: Callable[[], float],
    language: str,
) -> X11Frame | None:
    if not sys.platform.startswith("linux"):
        return None
    frame = X11Frame(TITLE, size, keyboard=console_elsewhere, clock=clock)
    if monitor is not None:
        places = frame.monitors()
        if not 0 <= monitor < len(places):
            frame.close()
            told = NO_MONITOR.get(language).format(number=monitor, count=len(places))
            raise NoSuchMonitor(told)
        frame.fill(places[monitor])
    return frame


def _properties(frame: X11Frame | None, size: tuple[int, int]) -> WindowProperties:
    properties = WindowProperties(size=frame.size if frame is not None else size)
    properties.setTitle(TITLE)
    if frame is None:
        properties.setForeground(False)
    else:
        properties.setOrigin(0, 0)
        properties.setParentWindow(frame.id)
    return properties
