"""Owns what a patient may be asked to look at, and whether a line of sight meets it; no renderer.

A target is a ball that nobody sees. The gaze is known in steps alone, so that a target counts as
met where it may be: within half a step beside the line of sight.
"""

from __future__ import annotations

import math
from collections.abc import Callable

from scenarios.api.pose import STEP_DEG, Pose
from scenarios.api.stage import Vec
from vr_runtime.stage.checked import number
from vr_runtime.stage.placed import Placed
from vr_runtime.stage.viewer import Footing

SMALLEST_M, LARGEST_M = 0.05, 20.0
WITHIN_DEG = STEP_DEG / 2.0
"""Half a step: so far may the gaze be from what its steps say, to each side."""


class Target(Placed):
    """A place to look at, by its declared name."""

    __slots__ = ("name", "radius")

    def __init__(
        self,
        name: str,
        *,
        at: Vec,
        radius: float,
        parent: Placed | None,
        owner: str,
        forget: Callable[[Placed], None],
    ) -> None:
        """`at` in metres in the space of its parent; `radius` is held within 0.05 to 20 m."""
        super().__init__(
            at=at, heading=0.0, parent=parent, parameters=frozenset(), owner=owner, forget=forget
        )
        self.name = name
        self.radius = number("radius", radius, SMALLEST_M, LARGEST_M)
        self.made_of = f"target {name} {self.radius}"


def in_world(thing: Placed) -> Vec:
    """Where a thing is in the world as it was last asked for, in metres; tilts are left out."""
    at, carrier = thing.pose.at, thing.parent
    while carrier is not None:
        pose = carrier.pose
        x, y = _turned((at[0] * pose.scale[0], at[1] * pose.scale[1]), pose.heading)
        at = (pose.at[0] + x, pose.at[1] + y, pose.at[2] + at[2] * pose.scale[2])
        carrier = carrier.parent
    return at


def meets(pose: Pose, feet: Footing, target: Target) -> bool:
    """Whether the line of sight of a patient whose feet are there meets the target."""
    x, y = _turned(pose.at[:2], feet.heading)
    eye = (feet.at[0] + x, feet.at[1] + y, feet.at[2] + pose.at[2])
    middle = in_world(target)
    way = tuple(m - e for m, e in zip(middle, eye, strict=True))
    far = math.hypot(*way)
    if far <= target.radius:
        return True
    level = math.hypot(way[0], way[1])
    left = math.degrees(math.atan2(-way[0], way[1])) - feet.heading - pose.heading
    up = math.degrees(math.atan2(way[2], level)) - pose.pitch
    half = math.degrees(math.asin(target.radius / far))
    left = abs((left + 180.0) % 360.0 - 180.0) - WITHIN_DEG
    # Near the zenith a degree of heading is little on the sky.
    left = max(0.0, left) * math.cos(math.radians(pose.pitch))
    return math.hypot(left, max(0.0, abs(up) - WITHIN_DEG)) <= half


def _turned(along: tuple[float, ...], heading: float) -> tuple[float, float]:
    """A way on the ground, turned to the left by so many degrees."""
    cos, sin = math.cos(math.radians(heading)), math.sin(math.radians(heading))
    return along[0] * cos - along[1] * sin, along[0] * sin + along[1] * cos
