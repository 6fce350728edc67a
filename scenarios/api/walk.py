"""Owns how an author declares where a patient may go by own act; knows nothing of who lets them.

The patient goes, behind a fade, to marks on the ground that the therapist has opened: the one who
leads opens and closes, the one who is afraid decides to go.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from pydantic import ValidationError

from scenarios.api.contradictions import broken
from scenarios.api.errors import ScenarioError
from scenarios.api.graded import Graded
from scenarios.api.manifest import WalkSpec

Walked = Callable[[], float | None]
"""Where along the walk the patient is by own act, or by the engine's; None: where it starts."""


@dataclass(frozen=True, kw_only=True)
class Walk:
    """Marks along a way, and the two graded values that lead it; all in the same unit.

    Whenever `start` changes the patient is put there. From there they go by own act to any mark
    that is no harder than `reach`; where `reach` becomes less than where they are, they are brought
    back to the last mark that is open. `Scenario.walked` says where that is.

    Args:
        start: where the therapist puts the patient.
        reach: how far the therapist has opened the way.
        marks: 2 to 32 places along it, from the easiest to the hardest.

    Example:
        >>> place = Graded.steps({0: 0, 10: 8}, fr="place", en="place", unit="m")
        >>> reach = Graded.steps({0: 0, 10: 12}, fr="portée", en="reach", unit="m")
        >>> walk = Walk(start=place, reach=reach, marks=(0.0, 4.0, 8.0, 12.0))
        >>> walk.marks[1], walk.reach is reach
        (4.0, True)
    """

    start: Graded
    reach: Graded
    marks: tuple[float, ...]

    def spec(self) -> WalkSpec:
        """The declaration as data; raises `ScenarioError` when it contradicts itself."""
        for value in (self.start, self.reach):
            if not isinstance(value, Graded) or not value.name:
                raise ScenarioError("a walk names two graded values of this class")
        try:
            return WalkSpec(start=self.start.name, reach=self.reach.name, marks=self.marks)
        except ValidationError as error:
            raise ScenarioError("walk: {why}", why=broken(error, named=False)) from error


def nowhere() -> float | None:
    """Nobody has gone anywhere."""
    return None
