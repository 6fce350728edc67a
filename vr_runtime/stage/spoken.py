"""Owns the lines a scenario may let be spoken, and the caption of the one being spoken.

It knows neither how a line sounds nor how a caption is drawn. How long a line takes follows from
its text alone, so that a session goes on alike with a recording and without.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from scenarios.api.errors import ScenarioError
from scenarios.api.manifest import Manifest, Words
from vr_runtime.stage.checked import known
from vr_runtime.stage.heard import Heard

VOICE = "voice:"
"""What the name of a recording begins with, as `"voice:heights.balcony/hello"`."""
SHORTEST_S, BEFORE_S, LETTERS_PER_S = 3.0, 2.0, 10.0
"""Slow speech has 12 letters a second, and reading a caption is hardly slower."""


@dataclass
class Caption:
    """The words of the line being spoken."""

    name: str
    words: Words
    left_s: float
    """Seconds for which it stays."""


class Spoken:
    """The lines of one scenario."""

    def __init__(self) -> None:
        self.caption: Caption | None = None
        self.said: list[str] = []
        """Names of the lines begun since someone last asked, oldest first."""
        self._scenario = ""
        self._lines: Mapping[str, Words] = {}
        self._voice: Heard | None = None
        self._owner = ""

    def speak_for(self, manifest: Manifest) -> None:
        """From now on these lines may be spoken."""
        self.hush()
        self._scenario = manifest.id
        self._lines = {line.name: line.words for line in manifest.lines}

    def recording(self, name: str) -> str:
        """The name of this line's recording; raises `ScenarioError` with the nearest name."""
        if not self._lines:
            raise ScenarioError("this scenario declares no `lines` that could be spoken")
        known("line", name, self._lines)
        return f"{VOICE}{self._scenario}/{name}"

    def begin(self, name: str, voice: Heard, owner: str) -> float:
        """Let the line be spoken, in place of any other; gives the seconds it takes."""
        self.hush()
        words = self._lines[name]
        self.caption = Caption(name, words, length_s(words))
        self._voice, self._owner = voice, owner
        self.said.append(name)
        voice.play()
        return self.caption.left_s

    def advance(self, dt: float) -> None:
        """`dt` seconds pass."""
        if self.caption is not None:
            self.caption.left_s = max(0.0, self.caption.left_s - dt)
            if self.caption.left_s <= 0.0:
                self.hush()

    def over(self, owner: str) -> None:
        """What belongs to `owner` is gone."""
        if self.caption is not None and self._owner == owner:
            self.hush()

    def hush(self) -> None:
        """Nothing is spoken any more."""
        voice, self._voice, self.caption = self._voice, None, None
        if voice is not None:
            voice.remove()


def length_s(words: Words) -> float:
    """Seconds given to a line: for the longer of its two texts, and 3 at least."""
    letters = max(len(words.fr), len(words.en))
    return max(SHORTEST_S, BEFORE_S + letters / LETTERS_PER_S)
