"""Owns the geometry between OpenXR and the scene; pure: knows neither driver nor renderer.

OpenXR: metres, x right, y up, z towards the viewer. The scene: metres, x right, y ahead, z up.
Turning both by the same quarter about x maps one to the other: (x, y, z) is (x, -z, y).
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import IntFlag

Vec3 = tuple[float, float, float]
Quat = tuple[float, float, float, float]
"""Real part first: w, x, y, z."""

FURTHEST_M = 1000.0
"""A head further than this from its origin is a fault of the driver, not a place."""
WIDEST = math.radians(89.0)
"""No side of an eye's field reaches this far from its axis."""


class Known(IntFlag):
    """What the driver knows of a pose, as OpenXR's view state flags."""

    ORIENTATION = 1
    POSITION = 2
    ORIENTATION_TRACKED = 4
    POSITION_TRACKED = 8


@dataclass(frozen=True)
class Pose:
    """A place and a direction in the scene's axes."""

    at: Vec3 = (0.0, 0.0, 0.0)
    turn: Quat = (1.0, 0.0, 0.0, 0.0)


@dataclass(frozen=True)
class Field:
    """How far one eye sees: radians from its axis; left and down are negative."""

    left: float
    right: float
    up: float
    down: float


@dataclass(frozen=True)
class Film:
    """A field as a lens takes it: in parts of the distance from the eye."""

    width: float
    height: float
    across: float
    """How far the middle of the picture lies to the right of the axis."""
    above: float
    """How far it lies above it."""


@dataclass(frozen=True)
class Eye:
    """One eye, as the driver foresees it for the moment when the picture is shown."""

    pose: Pose
    field: Field


@dataclass(frozen=True)
class Centre:
    """Where "here" and "ahead" are in the room: metres on the floor, degrees to the left."""

    x: float = 0.0
    y: float = 0.0
    heading: float = 0.0


def pose(position: Vec3, orientation: tuple[float, float, float, float]) -> Pose:
    """A pose as OpenXR tells it (orientation: x, y, z, w), in the scene's axes, of length 1.

    Raises:
        ValueError: it is no pose: not finite, or without direction, or out of all bounds.
    """
    x, y, z = position
    i, j, k, w = orientation
    length = math.sqrt(i * i + j * j + k * k + w * w)
    if not math.isfinite(length) or not 0.5 < length < 2.0:
        raise ValueError("the orientation has no direction")
    if not all(math.isfinite(v) and abs(v) <= FURTHEST_M for v in position):
        raise ValueError("the position is nowhere")
    return Pose((x, -z, y), (w / length, i / length, -k / length, j / length))


def field(left: float, right: float, up: float, down: float) -> Field:
    """How far an eye sees, as OpenXR tells it, in radians.

    Raises:
        ValueError: no picture can have this field.
    """
    for angle in (left, right, up, down):
        if not math.isfinite(angle) or abs(angle) > WIDEST:
            raise ValueError("the field has no bounds")
    if right - left < 0.01 or up - down < 0.01:
        raise ValueError("the field is empty")
    return Field(left, right, up, down)


def film(seen: Field) -> Film:
    """The field of one eye, which is not the same on both sides, as a lens takes it."""
    left, right = math.tan(seen.left), math.tan(seen.right)
    up, down = math.tan(seen.up), math.tan(seen.down)
    return Film(right - left, up - down, (right + left) / 2.0, (up + down) / 2.0)


def between(eyes: tuple[Eye, Eye]) -> Pose:
    """The head: in the middle between the eyes, turned as the left one is."""
    (a, b, c), (d, e, f) = eyes[0].pose.at, eyes[1].pose.at
    return Pose(((a + d) / 2.0, (b + e) / 2.0, (c + f) / 2.0), eyes[0].pose.turn)


def heading(turn: Quat) -> float:
    """Degrees to the left that this direction looks, seen from above.

    Straight up or down has no heading of its own: then it is where the top of the head points.
    """
    w, x, y, z = turn
    ahead_x, ahead_y = 2.0 * (x * y - w * z), 1.0 - 2.0 * (x * x + z * z)
    if math.hypot(ahead_x, ahead_y) < 0.05:
        up_x, up_y = 2.0 * (x * z + w * y), 2.0 * (y * z - w * x)
        down = 2.0 * (y * z + w * x) < 0.0
        ahead_x, ahead_y = (up_x, up_y) if down else (-up_x, -up_y)
    return math.degrees(math.atan2(-ahead_x, ahead_y))


def centred(head: Pose) -> Centre:
    """Let "here" and "ahead" be where this head is and looks; heights stay as they are."""
    return Centre(head.at[0], head.at[1], heading(head.turn))
