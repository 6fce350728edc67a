"""Owns what in a scene stands for the patient's own way out; knows neither control nor picture.

The control itself is the patient's, outside of every scene: nothing here leads anywhere.
"""

from __future__ import annotations

from dataclasses import dataclass

from scenarios.api.errors import ScenarioError
from scenarios.api.manifest import Words
from vr_runtime.language import mark
from vr_runtime.stage.checked import says
from vr_runtime.stage.placed import Placed

LONGEST_WORDS = 40
"""Most characters of what a patient does with it, in either language."""
LEAVES_BY = mark(
    "a way out says in French and in English what the patient does, in at most {n} characters each"
)


def words_of(fr: object, en: object) -> Words:
    """What a patient does, on one line; raises `ScenarioError` where a language says nothing."""
    lines = [" ".join(text.split()) if isinstance(text, str) else "" for text in (fr, en)]
    # what has no letter, as a space without a width, would leave a gap before the control's name
    if not all(says(line, LONGEST_WORDS) and any(map(str.isalpha, line)) for line in lines):
        raise ScenarioError(LEAVES_BY, n=LONGEST_WORDS)
    return Words(fr=lines[0], en=lines[1])


@dataclass(frozen=True)
class WayOut:
    """A thing of the scene, the value that presses it, and what the patient does with it."""

    thing: Placed
    value: str
    words: Words

    def read(self, in_scene: bool) -> Words | None:
        """What the patient reads of it: in the scene while seen, elsewhere while it stands."""
        there = self.seen if in_scene else not self.thing.removed
        return self.words if there else None

    @property
    def seen(self) -> bool:
        """Whether it is shown in the scene, and with it all that carries it."""
        each: Placed | None = self.thing
        while each is not None:
            if each.removed or not each.visible:
                return False
            each = each.parent
        return True
