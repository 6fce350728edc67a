"""Owns what in a scene stands for the patient's own way out; knows neither control nor picture.

The control itself is the patient's, outside of every scene: nothing here leads anywhere.
"""

from __future__ import annotations

from dataclasses import dataclass

from scenarios.api.manifest import Words
from vr_runtime.stage.placed import Placed

LONGEST_WORDS = 40
"""Most characters of what a patient does with it, in either language."""


@dataclass(frozen=True)
class WayOut:
    """A thing of the scene, the value that presses it, and what the patient does with it."""

    thing: Placed
    value: str
    words: Words

    def read(self, in_scene: bool) -> Words | None:
        """What the patient reads of it: in the scene only while it is seen there."""
        return self.words if self.seen or not in_scene else None

    @property
    def seen(self) -> bool:
        """Whether it is shown in the scene, and with it all that carries it."""
        each: Placed | None = self.thing
        while each is not None:
            if each.removed or not each.visible:
                return False
            each = each.parent
        return True
