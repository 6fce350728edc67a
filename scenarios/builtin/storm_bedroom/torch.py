"""Owns the torch of the bedroom: in the patient's hand, or upright beside the bed; knows no level.

In the hand it shines where the patient looks. That reads their pose, so it is in the hand only
while a task asks them to look, or where they agreed that their pose is kept; else it stands beside
the bed and lights the ceiling.
"""

from __future__ import annotations

import math

from scenarios.api import Scenario, Vec

FEET: Vec = (0.0, -1.15, 0.0)
EYES_M = 1.6
SOUTH_Y, NORTH_Y, HALF_X, HIGH_M = -2.2, 2.8, 2.15, 2.6
"""What the light of a torch falls on: the walls, floor and ceiling."""
STANDS, CEILING = (0.685, 2.445, 0.54), (0.685, 2.35, 2.20)
BACK_M, BRIGHT, REACH_M = 0.55, 0.11, 1.9
"""How far before what is lit the torch's light is put, how bright it is, and where it ends."""
FOLLOWS_PER_S, THERE_M = 4.0, 0.01
"""A hand follows the eyes within a third of a second."""


class Torch:
    """The torch, and the light it throws."""

    def __init__(self, room: Scenario) -> None:
        self._room, stage = room, room.stage
        self._body = stage.model("bedroom/torch", at=STANDS)
        self._light = stage.lamp(CEILING, reach=REACH_M, light=0.0)
        self.asked_for = False
        """Whether a task has put it into the patient's hand."""

    def shine(self, share: float, dt: float) -> None:
        """Let it shine at so much of its light, 0 to 1."""
        in_hand = self.asked_for or (share > 0.0 and self._room.pose_kept)
        self._body.visible = not in_hand
        self._light.set("light", BRIGHT * share)
        self._go(self._lit() if in_hand else CEILING, min(1.0, FOLLOWS_PER_S * dt))

    def lay_down(self) -> None:
        """Put it back beside the bed at once."""
        self.asked_for = False
        self._light.at = CEILING

    def point(self) -> None:
        """Turn it to where the patient looks at once."""
        self._light.at = self._lit()

    def _go(self, to: Vec, part: float) -> None:
        x, y, z = (b - a for a, b in zip(self._light.at, to, strict=True))
        if math.hypot(x, y, z) <= THERE_M:
            self._light.at = to
        else:
            at = self._light.at
            self._light.at = (at[0] + part * x, at[1] + part * y, at[2] + part * z)

    def _lit(self) -> Vec:
        """A little before what the patient looks at: where the light is put."""
        pose = self._room.pose
        turn, up = math.radians(pose.heading), math.radians(pose.pitch)
        eye = (FEET[0] + pose.at[0], FEET[1] + pose.at[1], pose.at[2] or EYES_M)
        way = (-math.sin(turn) * math.cos(up), math.cos(turn) * math.cos(up), math.sin(up))
        low, high = (-HALF_X, SOUTH_Y, 0.0), (HALF_X, NORTH_Y, HIGH_M)
        far = min(
            ((top if w > 0.0 else foot) - e) / w
            for e, w, foot, top in zip(eye, way, low, high, strict=True)
            if abs(w) > 1e-6
        )
        near = max(0.3, far - BACK_M)
        return (eye[0] + near * way[0], eye[1] + near * way[1], eye[2] + near * way[2])
