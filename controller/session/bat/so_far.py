"""Owns where a behavioural approach test stands, from its entries in their order; writes nothing.

It knows neither screen, record nor runtime: what is applied is told elsewhere.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from controller.session.bat.entries import BatBegun, BatEnded, BatStep, HowEnded, What
from controller.session.document import Document

Stage = Literal["between", "offered", "gone", "over"]
"""`between`: the next step may be offered. `offered`: named, and the patient has not agreed yet.
`gone`: under way or there. `over`: no further step is offered; the test is still to be ended."""
_STAGES: dict[What, Stage] = {
    "offered": "offered",
    "gone": "gone",
    "arrived": "gone",
    "done": "between",
    "refused": "over",
    "ended": "over",
    "interrupted": "between",
}


@dataclass(frozen=True)
class BatSoFar:
    """A BAT that is under way."""

    steps: int
    number: int = 1
    """The step that is offered or under way, or that may be offered next."""
    stage: Stage = "between"
    score: int = 0
    """The highest step that was done."""
    arrived: int | None = None
    """Tick since which the step's level is applied; None while it is not."""
    how: HowEnded = "therapist"
    """How it will have ended when it is ended now."""

    def then(self, said: BatStep) -> BatSoFar:
        """The same once this was said."""
        stage = _STAGES[said.what]
        number, score, how = said.number, self.score, self.how
        if said.what == "done":
            score, number = said.number, said.number + 1
            if number > self.steps:
                stage, number, how = "over", self.steps, "all_done"
        elif said.what in ("refused", "ended"):
            how = "refused" if said.what == "refused" else "patient"
        arrived = said.tick if said.what == "arrived" else None
        return replace(self, number=number, stage=stage, score=score, arrived=arrived, how=how)


def then(before: BatSoFar | None, said: Document) -> BatSoFar | None:
    """Where a test stands once this entry was made; None while none is under way."""
    match said:
        case BatBegun(steps=steps):
            return BatSoFar(steps)
        case BatStep() if before is not None:
            return before.then(said)
        case BatEnded():
            return None
    return before
