"""Owns how a recorded line reaches the patient's ears: as a sound of the stage, so that view,
volume, mixing and the loss of a device hold for it as for any other.

It knows neither session nor command.
"""

from __future__ import annotations

from typing import Protocol

from scenarios.api.errors import ScenarioError
from vr_runtime.lines.fit import Fit
from vr_runtime.stage.heard import Heard
from vr_runtime.stage.own import OwnFile, OwnFiles, Word
from vr_runtime.stage.world_stage import WorldStage

OWNER = "recorded line"
"""To whom its sounds belong on the stage; no event is called so."""
FADED_S = 0.5
"""What was let fall silent is out of the way after this; its fade takes 30 ms."""


class Ears(Protocol):
    """Whoever hears."""

    def begin(self, fit: Fit) -> bool:
        """Let this be heard as soon as it can be; False where it cannot be."""
        ...

    def begun(self) -> bool:
        """Whether it is heard since."""
        ...

    def silence(self, now_s: float) -> None:
        """Fall silent at once, with no more than the fade of any sound."""
        ...

    def follow(self, now_s: float) -> None:
        """Time passed: what has fallen silent is taken away."""
        ...


class NoEars:
    """Nobody listens: a line is a clock of its length."""

    def begin(self, fit: Fit) -> bool:
        """It is as if it were heard."""
        return True

    def begun(self) -> bool:
        """At once."""
        return True

    def silence(self, now_s: float) -> None:
        """Nothing was heard."""

    def follow(self, now_s: float) -> None:
        """Nothing is to be taken away."""


class _OneFile(OwnFiles):
    """Own files of which there is one, wherever it lies."""

    def __init__(self, file: OwnFile) -> None:
        super().__init__(None)
        self._file = file

    def find(self, word: Word, name: object) -> OwnFile:
        """That one."""
        return self._file


class StageEars:
    """The patient before a display that can be heard."""

    def __init__(self, stage: WorldStage) -> None:
        self._stage = stage
        self._heard: Heard | None = None
        self._fading: list[tuple[Heard, float]] = []

    def begin(self, fit: Fit) -> bool:
        """Bring it in beside the pictures and play it; False while there are too many sounds."""
        world = self._stage.inner
        name = f"recorded line {fit.sha256[:16]}.wav"
        before = world.own
        world.own = _OneFile(OwnFile(name, fit.path, "sound", fit.sha256))
        try:
            with self._stage.owner(OWNER):
                heard = world.sound(name, volume=fit.volume)
        except ScenarioError:
            return False
        finally:
            world.own = before
        # What is spoken: beds give way to it.
        heard.line = True
        heard.play()
        self._heard = heard
        return True

    def begun(self) -> bool:
        """Whoever plays has taken the wish up: it is heard from that picture on."""
        return self._heard is not None and not self._heard.removed and not self._heard.wanted

    def silence(self, now_s: float) -> None:
        """From the next picture on; out of the scene all its sounds are silent already."""
        if self._heard is not None:
            self._heard.stop()
            self._fading.append((self._heard, now_s))
            self._heard = None

    def follow(self, now_s: float) -> None:
        """Take away what has faded."""
        while self._fading and now_s - self._fading[0][1] > FADED_S:
            self._fading.pop(0)[0].remove()
