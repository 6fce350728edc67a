"""Owns the mirror of the patient's view: how the leading console wants it, and who is sent it.

It goes to the console in control, over that console's own connection, and to those who watch with
the patient's consent; nobody else is sent any. It is nowhere kept. It knows neither socket nor
engine.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from vr_runtime.engine.ports import Display
from vr_runtime.watching import Send, Watching
from vr_runtime.wire.messages import TOPIC_PICTURE, AskPictures, Picture

OBSERVERS_HZ = 2.0
"""Pictures a second for observers while the leading console asks for none."""
PICTURES = 5
"""Pictures the leading console may be sent after each of its heartbeats: what half a second brings.
They never pile up before a console that is silent, nor for long before an answer to it."""


@dataclass
class _Leading:
    """The mirror as the console in control asked for it."""

    route: bytes
    hz: float
    width: int
    height: int
    room: int = PICTURES


class Mirror:
    """Pictures of what the patient sees, for those who may have them."""

    def __init__(
        self,
        display: Display,
        send: Send,
        watching: Watching,
        consented: Callable[[], bool],
        boot: str,
    ) -> None:
        """Take pictures of this display; `consented` tells whether observers may have them."""
        self._display = display
        self._send = send
        self._watching = watching
        self._consented = consented
        self._boot = boot
        self._leading: _Leading | None = None
        self._number = 0

    def ask(self, route: bytes, act: AskPictures) -> None:
        """The console in control asks for it so, or no longer with 0 a second."""
        self._leading = _Leading(route, act.hz, act.width, act.height) if act.hz > 0 else None

    def heard(self, route: bytes) -> None:
        """The console in control was heard, on this connection: it may be sent some more."""
        if self._leading is not None:
            self._leading.route, self._leading.room = route, PICTURES

    def control_changed(self) -> None:
        """What another console had asked for is not for the one that leads now."""
        self._leading = None

    @property
    def _observers_see(self) -> bool:
        return self._consented() and self._watching.want_pictures

    @property
    def hz(self) -> float:
        """Pictures a second that are wanted; 0 for none."""
        leading = self._leading
        if leading is not None and leading.room > 0:
            return leading.hz
        return OBSERVERS_HZ if self._observers_see else 0.0

    def tell(self, tick: int) -> None:
        """Take one picture and send it."""
        leading = self._leading
        width, height = (192, 108) if leading is None else (leading.width, leading.height)
        jpeg = self._display.picture(width, height)
        if jpeg is None:
            return
        self._number += 1
        header = Picture(
            boot=self._boot, number=self._number, tick=tick, width=width, height=height
        )
        parts = (TOPIC_PICTURE, header.model_dump_json().encode(), jpeg)
        if leading is not None and leading.room > 0:
            leading.room -= 1
            self._send(leading.route, *parts)
        if self._observers_see:
            self._watching.tell(*parts, picture=True)
