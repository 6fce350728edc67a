"""Owns the display of a patient in a headset: both eyes, paced and placed by the headset.

The window beside shows the left eye and hears the keys of this machine. Knows no OpenXR.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Protocol, Unpack

from panda3d.core import NodePath

from vr_runtime.display.furniture import Furniture
from vr_runtime.display.graphics import Output
from vr_runtime.display.hand import Hand
from vr_runtime.display.headset.eyes import HeadEyes
from vr_runtime.display.headset.hand import HeadsetHand
from vr_runtime.display.headset.pictures import EyePictures
from vr_runtime.display.headset.session import Session
from vr_runtime.display.headset.sight import HeadSight
from vr_runtime.display.panda import PandaDisplay
from vr_runtime.display.sight.cards import Language
from vr_runtime.engine.ports import HeadsetFacts
from vr_runtime.wire.acts import Occurrence, View
from vr_runtime.wire.sight import Sight

RESTING_HZ = 30.0
"""Pictures a second for the window and the mirror while the headset asks for none."""


class Copies(Protocol):
    """Copies what was drawn into an image of the headset."""

    def copy(self, source: int, size: tuple[int, int], image: int, into: tuple[int, int]) -> None:
        """Fill the texture `image` (width and height `into`) with the texture `source`."""
        ...


class HeadsetDisplay(PandaDisplay):
    """A headset, as the engine sees any display."""

    def __init__(
        self,
        output: Output,
        session: Session,
        copier: Copies,
        *,
        window: Hand,
        clock: Callable[[], float],
        language: Language = "en",
        **furniture: Unpack[Furniture],
    ) -> None:
        """Show what `output` draws in the headset of `session`; `window` hears this machine."""
        self._session = session
        self._copier = copier
        self._fitted = session.fittings
        self._controllers = HeadsetHand(window, clock, session.pulse)
        super().__init__(
            "headset",
            output,
            hand=self._controllers,
            rate_hz=RESTING_HZ,
            clock=clock,
            language=language,
            **furniture,
        )
        self._fit()

    def _seen(
        self, worlds: Mapping[View, NodePath], output: Output, hand: Hand, language: Language
    ) -> tuple[HeadEyes, EyePictures, HeadSight]:
        port = self._session.port
        assert port is not None, "a display is opened on a session that is open"
        self._head = HeadEyes(worlds, floor=port.floor)
        self._pictures = EyePictures(output, self._head, port.sizes)
        return self._head, self._pictures, HeadSight(self._head, hand, language)

    def _fit(self) -> None:
        """Another session may want other sizes, and tell heights in another way."""
        port = self._session.port
        if port is not None:
            self._fitted = self._session.fittings
            self._head.floor(port.floor)
            self._pictures.fit(port.sizes, (port.hidden(0), port.hidden(1)))

    def due_s(self) -> float:
        """Seconds until the next picture: when the headset asks for it, else a few a second."""
        return self._session.due_s() if self._session.running else super().due_s()

    def draw(self, between: float) -> None:
        """Draw both eyes, `between` 0 and 1 of the way from the last tick to the next."""
        if self._session.fittings != self._fitted:
            self._fit()
        located = self._session.begin()
        if located is not None and located.eyes is not None:
            self._head.see(located.eyes, recentre=self._session.recentring())
        super().draw(between)
        self._session.end(self._paint)

    def lay(self, sight: Sight) -> None:
        """From the next picture on, have this before the patient's eyes, in every view."""
        if sight.centred > self._in_sight.sight.centred:
            self._session.recentre()
        super().lay(sight)

    def _paint(self, eye: int, image: int, size: tuple[int, int]) -> None:
        pictures = self._pictures
        self._copier.copy(pictures.number(eye), pictures.sizes[eye], image, size)

    def occurrences(self) -> list[Occurrence]:
        """What the patient pressed, and what befell; the headset is heard first."""
        self._session.look()
        self._controllers.hold(self._session.controls())
        return super().occurrences()

    def wanted_hz(self) -> float:
        """The headset's own rate; 0 while nobody sees it, or a processor draws."""
        shown = self._session.seen and self._session.running and not self.software
        return self._session.rate_hz if shown else 0.0

    def headset(self) -> HeadsetFacts | None:
        """What the headset says of itself at this moment."""
        return self._session.facts()

    def close(self) -> None:
        """End the session, then give window and sound back."""
        self._session.close()
        super().close()
