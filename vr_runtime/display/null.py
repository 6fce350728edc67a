"""Owns the display that shows nothing, for lessons, checks and machines without graphics.

Knows no renderer.
"""

from __future__ import annotations

import math
from typing import Literal

from vr_runtime.engine.guide import Guide
from vr_runtime.engine.ports import HeadsetFacts, StagePort
from vr_runtime.engine.sightline import Head
from vr_runtime.stage.names import Names
from vr_runtime.stage.null import NullStage
from vr_runtime.wire.acts import Occurrence, Quality, Refuge, Skill, View
from vr_runtime.wire.sight import Sight
from vr_runtime.wire.state import DisplayState


class NullDisplay:
    """A display without pictures, sound or patient; its stage obeys every rule."""

    kind: Literal["null", "offscreen", "desktop", "headset"] = "null"
    software = False

    def __init__(self, names: Names) -> None:
        self.drawn: View | None = None
        self._stage = NullStage(names)
        self.stage: StagePort = self._stage
        self._quality: Quality = "full"
        self._watched = False
        self._volume_db = 0
        self.sight = Sight()

    def show(self, view: View) -> None:
        """Remember whether the scene would be seen: only then a change of place is faded."""
        seen = view is View.SCENE
        viewer = self._stage.inner.standing
        if viewer.seen and not seen:
            viewer.settle()
        viewer.seen = seen
        if not seen:
            self._stage.inner.spoken.hush()

    def tell_watched(self, watched: bool) -> None:
        """Nobody is there to be told; the state says it."""
        self._watched = watched

    def lay(self, sight: Sight) -> None:
        """Keep it: what a patient would read is known without a picture too."""
        self.sight = sight

    def due_s(self) -> float:
        """Never: no picture is drawn."""
        return math.inf

    def draw(self, between: float) -> None:
        """Draw nothing."""

    def occurrences(self) -> list[Occurrence]:
        """Nothing: there is neither window nor patient here."""
        return []

    def wanted_hz(self) -> float:
        """0: no picture is promised."""
        return 0.0

    def headset(self) -> HeadsetFacts | None:
        """None: there is no headset."""
        return None

    def head(self) -> Head:
        """Straight ahead: nobody is there to turn it."""
        return Head()

    def draw_with(self, quality: Quality) -> None:
        """Keep it, for the state alone: nothing is drawn."""
        self._quality = quality

    def sound_with(self, volume_db: int, tone: bool) -> None:
        """Keep the volume, for the state alone: nothing is heard, and no tone either."""
        self._volume_db = volume_db

    def accompany(self, refuge: Refuge, guide: Guide | None, practised: tuple[Skill, ...]) -> None:
        """Nobody is there to see it; the state of the engine says it."""

    def state(self) -> DisplayState:
        """No pictures, and no sound."""
        return DisplayState(
            kind=self.kind,
            pictures=0,
            fps=0.0,
            sound="none",
            quality=self._quality,
            watched=self._watched,
            volume_db=self._volume_db,
        )

    def picture(self, width: int, height: int) -> bytes | None:
        """None: nothing is drawn."""
        return None

    def close(self) -> None:
        """Nothing was taken."""
