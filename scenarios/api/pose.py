"""Owns what a scenario may know of the patient's head, as data; knows no display and no consent.

It is coarse on purpose: what a scene needs to follow a gaze, and little that tells one person from
another.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

STEP_DEG = 5
"""Directions come in steps of so many degrees."""
STEP_M = 0.1
"""Places come in steps of so many metres."""
EYES_M = 1.6
"""Height of the eyes where nobody is tracked."""


@dataclass(frozen=True)
class Pose:
    """Where the patient's head is and which way it looks, in coarse steps.

    Example:
        >>> pose: Pose = scenario.pose
        >>> pose.heading, pose.pitch, pose.at
        (0.0, 0.0, (0.0, 0.0, 1.6))
    """

    heading: float = 0.0
    """Degrees to the left of ahead, as the patient was put there: -180 to 175 in steps of 5."""
    pitch: float = 0.0
    """Degrees above the horizon, -90 to 90 in steps of 5."""
    at: tuple[float, float, float] = (0.0, 0.0, EYES_M)
    """The eyes as seen from where the patient's feet were put: x to the right, y ahead, z up, in
    metres in steps of 0.1. Of who was put somewhere by `lie`: from 1.6 m below that place."""


class Gaze(Protocol):
    """The patient's gaze as the engine lends it to a running scenario."""

    @property
    def pose(self) -> Pose:
        """As it is in this tick."""
        ...

    @property
    def kept(self) -> bool:
        """Whether the patient agreed that their pose is kept; asking so reads no pose."""
        ...

    def meets(self, target: str) -> bool:
        """Whether the line of sight meets a target; `ScenarioError` where none is declared so."""
        ...


class StraightAhead:
    """The gaze of nobody: it looks straight ahead, and meets nothing."""

    @property
    def pose(self) -> Pose:
        """Always the same."""
        return Pose()

    @property
    def kept(self) -> bool:
        """Never."""
        return False

    def meets(self, target: str) -> bool:
        """Never."""
        return False


NOBODY: Gaze = StraightAhead()
