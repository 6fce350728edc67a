"""Owns the patient's pose as it enters the engine: in coarse steps, once a tick, in the scene.

Pose always moves the picture and may reach the scenario. Without the patient's consent it is
neither told nor kept; that a scenario has read it is told in any case, since such a session cannot
be shown again from its record. It knows no display.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

from scenarios.api.pose import STEP_DEG, STEP_M, Pose
from scenarios.api.stage import Vec
from vr_runtime.wire.happenings import Happening, PoseChanged, PoseRead

FARTHEST_M = 9.9
"""A head is no farther than this from where the patient was put."""


@dataclass(frozen=True)
class Head:
    """Where the patient's head is, as a display knows it, from what lies ahead of their feet."""

    heading: float = 0.0
    """Degrees to the left."""
    pitch: float = 0.0
    """Degrees above the horizon."""
    at: Vec = Pose.at
    """The eyes from the feet, in metres."""


def quantised(head: Head) -> Pose:
    """The pose in the steps that a scenario is given; straight ahead where it is no number."""
    if not all(map(math.isfinite, (head.heading, head.pitch, *head.at))):
        return Pose()
    turned = (head.heading + 180.0) % 360.0 - 180.0
    heading = _stepped(turned, STEP_DEG)
    x, y, z = (_stepped(min(FARTHEST_M, max(-FARTHEST_M, v)), STEP_M) for v in head.at)
    return Pose(
        heading=-180.0 if heading >= 180.0 else heading,
        pitch=_stepped(min(90.0, max(-90.0, head.pitch)), STEP_DEG),
        at=(x, y, z),
    )


def _stepped(value: float, step: float) -> float:
    # Without the sum a small negative value would read -0.0, which is another text.
    return round(math.floor(value / step + 0.5) * step, 3) + 0.0


class Sightline:
    """One session's pose, and who has been told of it."""

    def __init__(
        self,
        meets: Callable[[str, Pose], bool],
        tell: Callable[[Happening], None],
        *,
        kept: bool,
    ) -> None:
        """`meets` knows where targets are; `kept` is the patient's consent to their pose."""
        self._meets = meets
        self._tell = tell
        self._pose = Pose()
        self._told: Pose | None = None
        self._kept = kept
        self._just_read = False
        self._read_as: set[bool] = set()
        """Whether the pose was being kept, each time that differed, when the scenario read it."""

    @property
    def pose(self) -> Pose:
        """What the scenario is given in this tick; that it asked is noted."""
        self._just_read = True
        return self._pose

    def meets(self, target: str) -> bool:
        """Whether the line of sight meets a target of the scenario."""
        return self._meets(target, self.pose)

    @property
    def kept(self) -> bool:
        """Whether the pose is told and kept, with the patient's consent."""
        return self._kept

    @property
    def read(self) -> bool:
        """Whether the scenario has read it in this session."""
        return bool(self._read_as)

    def keep(self, kept: bool) -> None:
        """The patient's consent, given or withdrawn; it acts at once."""
        self._kept, self._told = kept, None

    def enter(self, head: Head) -> None:
        """The pose of the next tick in the scene; with consent each change is told."""
        self._pose = quantised(head)
        if self._kept and self._pose != self._told:
            self._told = self._pose
            heading, pitch, at = self._pose.heading, self._pose.pitch, self._pose.at
            self._tell(PoseChanged(heading=heading, pitch=pitch, at=at))

    def after_tick(self) -> None:
        """The scenario has had its tick: tell once that it read the pose, kept or not."""
        if self._just_read and self._kept not in self._read_as:
            self._read_as.add(self._kept)
            self._tell(PoseRead(kept=self._kept))
        self._just_read = False

    def facts(self) -> object:
        """What of it decides how the session goes on: nothing, until the scenario reads it."""
        pose = self._pose
        return [pose.heading, pose.pitch, list(pose.at)] if self.read else None
