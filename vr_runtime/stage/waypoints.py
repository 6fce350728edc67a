"""Owns the rings of a walk on the ground: which are seen, which the eyes rest on; no renderer.

Which of them are open is said by the engine; whether somebody may go there is decided there alone.
"""

from __future__ import annotations

import math

from scenarios.api.errors import ScenarioError
from scenarios.api.manifest import WalkSpec
from scenarios.api.pose import Pose
from scenarios.api.stage import Vec
from vr_runtime.stage.placed import Placed
from vr_runtime.stage.viewer import Footing

RING = "walk/ring"
"""The model of each of them."""
HERE_M = 0.6
"""Who stands so near to a ring stands on it."""
WITHIN_DEG = 5.0
"""A ring counts as looked at from so far beside its middle; the nearest of several does."""
FARTHEST_M = 30.0


class Waypoints:
    """The rings of one scenario."""

    def __init__(self) -> None:
        self.open: frozenset[int] = frozenset()
        """Numbers of the marks that are open."""
        self.faced: int | None = None
        """The one that the eyes rest on, as the last picture was seen."""
        self._count = 0
        self._laid: dict[int, Placed] = {}

    def declare(self, walk: WalkSpec | None) -> None:
        """From now on there are so many marks as this walk has, none of them laid or open."""
        self.open, self.faced = frozenset(), None
        self._count = 0 if walk is None else len(walk.marks)
        self._laid.clear()

    def lay(self, number: int, ring: Placed) -> Placed:
        """Let `ring` be the mark of this number.

        Raises:
            ScenarioError: there is no such mark, or it is laid already.
        """
        told = None
        if isinstance(number, bool) or number not in range(self._count):
            told = ScenarioError(
                "no mark {number}: the declared walk has {n}, from 0 on",
                number=number,
                n=self._count,
            )
        elif number in self._laid and not self._laid[number].removed:
            told = ScenarioError(
                "mark {number} is laid already; move it by its `at`", number=number
            )
        if told is not None:
            ring.remove()
            raise told
        self._laid[number] = ring
        ring.visible = False
        return ring

    def follow(self, feet: Vec) -> None:
        """Show those that are open, but for the one on which the patient stands."""
        for number, ring in self._laid.items():
            if not ring.removed:
                ring.visible = number in self.open and math.dist(ring.at, feet) > HERE_M
                ring.values["lit"] = 1.0 if number == self.faced else 0.0

    def look(self, head: Pose | None, feet: Footing) -> int | None:
        """The ring that is looked at by a head there, None for nobody; it is remembered."""
        self.faced = None
        if head is None:
            return None
        nearest = WITHIN_DEG
        for number, ring in self._laid.items():
            if ring.removed or not ring.visible:
                continue
            off = _beside(head, feet, ring.at)
            if off < nearest:
                self.faced, nearest = number, off
        return self.faced


def _beside(head: Pose, feet: Footing, at: Vec) -> float:
    """Degrees between the line of sight and a place; inf where it is too far."""
    turn = math.radians(feet.heading)
    x, y, z = head.at
    eye = (
        feet.at[0] + x * math.cos(turn) - y * math.sin(turn),
        feet.at[1] + x * math.sin(turn) + y * math.cos(turn),
        feet.at[2] + z,
    )
    way = [a - e for a, e in zip(at, eye, strict=True)]
    far = math.hypot(*way)
    if not 0.0 < far < FARTHEST_M:
        return math.inf
    heading, pitch = math.radians(feet.heading + head.heading), math.radians(head.pitch)
    sight = (
        -math.sin(heading) * math.cos(pitch),
        math.cos(heading) * math.cos(pitch),
        math.sin(pitch),
    )
    along = sum(s * w for s, w in zip(sight, way, strict=True)) / far
    return math.degrees(math.acos(max(-1.0, min(1.0, along))))
