"""Owns the questions by which a later word on a past entry is put together; sends nothing.

Each answer is kept until the word is saved, so that a refusal loses nothing that was typed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from controller.language import _
from controller.session.clinical import OutcomeOf
from controller.session.clinical_words import OUTCOMES
from controller.session.reviewed import Told
from controller.ui.keys import letters, safe_letters

Step = Literal["said", "why", "outcome", "again"]
ORDER: tuple[OutcomeOf, ...] = ("recovered", "recovering", "not_recovered", "unknown")


@dataclass
class LaterWord:
    """What is being said of one entry, and what is asked next."""

    entry: int
    what: Literal["rating", "note", "mistaken", "follow_up"]
    step: Step
    said: str = ""
    why: str = ""
    outcome: OutcomeOf = "unknown"
    again: str = ""

    def typed(self, text: str) -> None:
        """Take what was typed for this step."""
        if self.step == "said":
            self.said = text
        elif self.step == "why":
            self.why = text
        elif self.step == "again":
            self.again = text

    def text(self) -> str:
        """What was typed for this step so far."""
        return {"said": self.said, "why": self.why, "again": self.again}.get(self.step, "")

    def on(self) -> bool:
        """Go on to the next question; False where nothing more is asked."""
        after: dict[tuple[str, Step], Step] = {
            ("rating", "said"): "why",
            ("follow_up", "said"): "outcome",
        }
        if self.what == "follow_up" and self.step == "outcome" and self.outcome != "recovered":
            self.step = "again"
            return True
        step = after.get((self.what, self.step))
        if step is None:
            return False
        self.step = step
        return True

    def asks(self) -> str:
        """The question in one sentence."""
        match self.what, self.step:
            case "rating", "said":
                return _("What was the rating, 0 to 100? Enter goes on, Esc leaves it.")
            case "rating", "why":
                return _("Why is it corrected? Enter saves, Esc leaves it.")
            case "note", _step:
                return _("The note as it reads from now on; Enter saves, Esc leaves it.")
            case "mistaken", _step:
                return _("Why was it noted by mistake? Enter saves, Esc leaves it.")
            case "follow_up", "said":
                return _("What was found when it was looked at again? Enter goes on.")
            case "follow_up", "outcome":
                named = " · ".join(
                    f"{key.upper()} {_(OUTCOMES[one])}" for key, one in outcomes().items()
                )
                return _("Now: {letters}").format(letters=named)
        return _("When is it looked at again? Empty for never; Enter saves.")


def outcomes() -> dict[str, OutcomeOf]:
    """Outcomes by their letters in the language that is spoken."""
    keys = letters(tuple(_(OUTCOMES[one]) for one in ORDER), safe_letters())
    return dict(zip(keys, ORDER, strict=True))


def correcting(told: Told) -> LaterWord | None:
    """The word that corrects this row; None where it is not corrected from here."""
    if told.entry is None or told.of is None:
        return None
    match told.of:
        case "rating":
            return LaterWord(told.entry, "rating", "said")
        case "note":
            return LaterWord(told.entry, "note", "said", said=told.held)
    return LaterWord(told.entry, "mistaken", "why")


def following(told: Told) -> LaterWord | None:
    """The word that tells what became of this row; None where it is no adverse event."""
    if told.entry is None or told.of != "adverse":
        return None
    return LaterWord(told.entry, "follow_up", "said")
