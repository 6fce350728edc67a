"""Owns when a screening that was answered still holds for the questions of a protocol."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass

from controller.protocol.model import Screening
from controller.session.before.entries import ScreeningAnswer, ScreeningAnswered

OF_A_MINOR = ("minor", "under_13")
"""Questions, by their names in a protocol, whose yes says that the patient is a minor."""


@dataclass(frozen=True)
class Screened:
    """The last screening of a patient."""

    at: str
    """UTC, ISO 8601."""
    said: ScreeningAnswered

    @property
    def open(self) -> tuple[ScreeningAnswer, ...]:
        """Answers that were a yes and that nothing was done about yet."""
        return tuple(one for one in self.said.answers if one.dealt == "open")

    @property
    def yes(self) -> tuple[ScreeningAnswer, ...]:
        """Answers that were a yes."""
        return tuple(one for one in self.said.answers if one.yes)

    @property
    def minor(self) -> bool:
        """Whether it says that the patient is a minor: no clearance makes anybody of age."""
        return any(one.item in OF_A_MINOR for one in self.yes)

    def of(self, screening: Screening) -> bool:
        """Whether it was asked by just these questions."""
        return self.said.items == fingerprint(screening)


def fingerprint(screening: Screening) -> str:
    """SHA-256 of the questions, their order and what a yes leads to."""
    asked = [[one.id, one.en, one.fr, one.action] for one in screening.items]
    return hashlib.sha256(json.dumps(asked, ensure_ascii=False).encode()).hexdigest()
