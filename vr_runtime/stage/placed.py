"""Owns what stands in the world and how it moves from tick to tick; knows no renderer."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, replace

from scenarios.api.errors import ScenarioError
from scenarios.api.played import Steps
from scenarios.api.stage import Node, Vec
from vr_runtime.language import mark
from vr_runtime.stage.checked import TooMany, known, number, vector

JUMP_M = 0.5
"""A thing that moves farther in one tick (15 m/s) has jumped: it is not drawn on the way."""
ALMOST = 1e-9
MOST_UPON = 32
"""Most things one upon the other: a renderer goes through them one within the other."""


@dataclass(frozen=True)
class Pose:
    """Place, direction, size and visibility at one moment; metres and degrees."""

    at: Vec = (0.0, 0.0, 0.0)
    heading: float = 0.0
    pitch: float = 0.0
    roll: float = 0.0
    scale: Vec = (1.0, 1.0, 1.0)
    visible: bool = True

    def stands_as(self, other: Pose) -> bool:
        """Whether all is the same but, perhaps, whether it is seen."""
        # Asked of each thing, and of all that carries it, in every tick: nothing is made for it.
        return (
            self.at == other.at
            and self.scale == other.scale
            and (self.heading, self.pitch, self.roll) == (other.heading, other.pitch, other.roll)
        )

    def jumped(self, to: Pose) -> bool:
        """Whether the way to `to` is too far to be drawn as a movement."""
        return math.dist(self.at, to.at) > JUMP_M or self.visible != to.visible

    def towards(self, to: Pose, part: float) -> Pose:
        """The pose `part` (0 to 1) of the way to `to`, turning the short way round."""
        if self == to or part >= 1.0 or self.jumped(to):
            return to
        return Pose(
            at=blend(self.at, to.at, part),
            heading=_turned(self.heading, to.heading, part),
            pitch=_turned(self.pitch, to.pitch, part),
            roll=_turned(self.roll, to.roll, part),
            scale=blend(self.scale, to.scale, part),
            visible=to.visible,
        )


def blend(a: Vec, b: Vec, part: float) -> Vec:
    """The point `part` (0 to 1) of the way from `a` to `b`."""
    return (
        a[0] + (b[0] - a[0]) * part,
        a[1] + (b[1] - a[1]) * part,
        a[2] + (b[2] - a[2]) * part,
    )


def _turned(a: float, b: float, part: float) -> float:
    return a + ((b - a + 180.0) % 360.0 - 180.0) * part


class Placed:
    """A model or box in the world. The scenario changes it; pictures are drawn between ticks."""

    # A slip of the pen fails where it stands, instead of being kept and never looked at.
    __slots__ = (
        "_before",
        "_forget",
        "_now",
        "_parameters",
        "_parent",
        "_pose",
        "_size",
        "depth",
        "is_place",
        "is_sign",
        "made_of",
        "owner",
        "removed",
        "values",
    )

    def __init__(
        self,
        *,
        at: Vec,
        heading: float,
        parent: Placed | None,
        parameters: frozenset[str],
        owner: str,
        forget: Callable[[Placed], None],
        is_place: bool = False,
        size: Vec | None = None,
    ) -> None:
        self._parent = parent
        self.depth: int = 0 if parent is None else parent.depth + 1
        """On how many others it stands, one upon the other."""
        if self.depth > MOST_UPON:
            told = mark("more than {n} things that stand one upon the other")
            raise TooMany(told, n=MOST_UPON)
        self.owner = owner
        self.removed = False
        self.is_place = is_place
        """Whether it is a model that stands around the patient."""
        self._size = size
        self.is_sign = False
        """Whether it says something."""
        self.made_of = ""
        """What it was made as: a model's name, a box's material, a sign's words. It never changes,
        and tells apart what stands at the same place."""
        self.values: dict[str, float] = {}
        """What was `set`, by name."""
        self._parameters = parameters
        self._forget = forget
        self._pose = Pose(at=vector("at", at), heading=number("heading", heading, -1e6, 1e6))
        self._before = self._now = self._pose

    @property
    def parent(self) -> Placed | None:
        """What it stands on, as long as it stands: nothing can come to stand on itself."""
        return self._parent

    @parent.setter
    def parent(self, value: object) -> None:
        raise ScenarioError("the parent is given where a thing is made; make another to change it")

    @property
    def box_size(self) -> Vec | None:
        """Of a box, in metres as it was made; a model is as large as what it shows."""
        return self._size

    @property
    def size(self) -> object:
        """As `box_size`; an animal has a size of its own."""
        return self._size

    @size.setter
    def size(self, value: object) -> None:
        raise ScenarioError("the size is given where a box is made; change its `scale`")

    @property
    def at(self) -> Vec:
        """Position in metres, in the space of its parent."""
        return self._pose.at

    @at.setter
    def at(self, value: Vec) -> None:
        self._pose = replace(self._pose, at=vector("at", value))

    @property
    def heading(self) -> float:
        """Degrees about the vertical, positive to the left."""
        return self._pose.heading

    @heading.setter
    def heading(self, value: float) -> None:
        self._pose = replace(self._pose, heading=number("heading", value, -1e6, 1e6))

    @property
    def pitch(self) -> float:
        """Degrees, positive upwards."""
        return self._pose.pitch

    @pitch.setter
    def pitch(self, value: float) -> None:
        self._pose = replace(self._pose, pitch=number("pitch", value, -1e6, 1e6))

    @property
    def scale(self) -> Vec:
        """Size along each axis, as a multiple of the size it was made with."""
        return self._pose.scale

    @scale.setter
    def scale(self, value: Vec) -> None:
        self._pose = replace(self._pose, scale=vector("scale", value))

    @property
    def visible(self) -> bool:
        """Whether it is drawn."""
        return self._pose.visible

    @visible.setter
    def visible(self, value: bool) -> None:
        self._pose = replace(self._pose, visible=bool(value))

    @property
    def pose(self) -> Pose:
        """As it was last asked for."""
        return self._pose

    def carry(self, pose: Pose) -> None:
        """Take this pose, whatever a script asked for: its vehicle moves it."""
        self._pose = pose

    def glide_to(self, target: Vec, *, seconds: float) -> Steps:
        """Move there at even speed, one step a tick."""
        start, end = self.at, vector("target", target)
        span = number("seconds", seconds, 0.0, 3600.0)
        passed = 0.0
        while passed < span - ALMOST:
            passed += yield
            self.at = blend(start, end, min(1.0, passed / span))
        self.at = end

    def set(self, name: str, value: float) -> None:
        """Set a value the model declares, held within 0 and 1.

        Raises:
            ScenarioError: the model declares no such value; the message gives the nearest one.
        """
        known("value", name, self._parameters)
        self.values[name] = number(name, value, 0.0, 1.0)

    def remove(self) -> None:
        """Take it and all that stands on it out of the world; twice does nothing."""
        if not self.removed:
            self._forget(self)

    @property
    def stirred(self) -> bool:
        """Whether it was moved, turned or scaled since it was last remembered."""
        return self._pose is not self._now and not self._pose.stands_as(self._now)

    def advance(self, *, behind_a_fade: bool, held: bool = False) -> None:
        """A tick passed: remember the pose as the newest to draw.

        While the patient waits to be put elsewhere, a thing that jumps along is drawn at its old
        place until the dark moment, so that the floor never leaves before the feet. What is `held`
        waits for it in any case.
        """
        if held or (behind_a_fade and self._now.jumped(self._pose)):
            self._before = self._now
            return
        self._before, self._now = self._now, self._pose

    def drawn(self, between: float) -> Pose:
        """The pose to draw, `between` 0 and 1 of the way between the last two ticks."""
        return self._before.towards(self._now, between)

    @property
    def settled(self) -> bool:
        """True when the pose to draw is the same at every moment until the next tick."""
        return self._before == self._now


def standing(parent: Node | None) -> Placed | None:
    """`parent` as what it is; raises `ScenarioError` when it no longer stands in the world."""
    if parent is None:
        return None
    if not isinstance(parent, Placed) or parent.removed:
        raise ScenarioError("a parent must stand in this world; it was removed or is no node")
    return parent
