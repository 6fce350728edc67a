"""Owns the kind of entry on a safety behaviour; judges nothing and knows no screen.

A safety behaviour is what a patient does to feel safer and what keeps a fear from being tested, as
gripping a rail or closing the eyes. That one was in use or was dropped is noted, never enforced.
"""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from controller.language import language
from controller.session.document import Document
from scenarios.api.manifest import Words

LONGEST_BEHAVIOUR = 80
"""Characters of a safety behaviour's name."""


class SafetyBehaviour(Document):
    """The therapist noted at this moment that a safety behaviour is in use, or was dropped."""

    kind: Literal["safety_behaviour"] = "safety_behaviour"
    name: str = Field(min_length=1, max_length=LONGEST_BEHAVIOUR)
    names: Words | None = None
    """The same in each language, where it is one of a list; None for words of one's own."""
    used: bool
    """Whether it is in use from now on; False: it was dropped."""
    tick: int

    @property
    def shown(self) -> str:
        """Its name in the language that is spoken, where it has one there."""
        return self.name if self.names is None else self.names.get(language())
