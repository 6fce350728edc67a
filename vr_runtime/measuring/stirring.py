"""Owns which things of a world change so that they might flash, when, and where they stand.

It looks at what is asked of things, tick by tick, and at no picture: what comes and goes, turns
back and forth, turns fast or passes close by might flash; what changes once does not. Lamps,
darkness and sky are left to the governor. What shines or moves within a model or a film is not
seen here.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from scenarios.api.stage import Vec
from vr_runtime.stage.placed import Placed, Pose
from vr_runtime.stage.viewer import Footing
from vr_runtime.stage.world import World
from vr_runtime.wire.version import TICKS_PER_SECOND

EYE_M = 1.6
SWING_M, SWING_SCALE, SWING_DEG, SWING_VALUE = 0.05, 0.05, 5.0, 0.05
"""What moves, grows, turns or is `set` back by less is as good as still."""
FAR_M = 150.0
"""Things farther away are too small."""
SPINS_DEG, CLOSE_M, PASSES_M = 3.0, 15.0, 0.17
"""Degrees that something turns in a tick, or metres that it moves nearer than the second: as 90
degrees and 5 metres in a second, so fast that it may flash without turning back."""
AGAIN = TICKS_PER_SECOND // 4
"""What turns or passes so fast is told again after so many ticks."""
LEAST, MARGIN = 2, TICKS_PER_SECOND // 3
"""Changes of a direction within a second from which it is looked at, and ticks before and after."""
STEP_LEFT, STEP_UP, UP_MOST, DOWN_MOST, OVERHEAD = 45, 30, 75, -80, 60
"""Directions are taken together in steps of so many degrees, as far as a head may be turned; what
is higher or lower than the last stands overhead or below, wherever ahead is."""

View = tuple[int, int]
"""Degrees to the left of ahead, and above what the scenario calls looking ahead."""
AHEAD: View = (0, 0)


@dataclass
class _Fact:
    """One number of a thing: which way it last went, and how far."""

    way: int
    least: float
    extreme: float

    def turned_back(self, value: float) -> bool:
        """Whether it now goes the other way than before by what counts."""
        gone = value - self.extreme
        if gone * self.way > 0.0:
            self.extreme = value
            return False
        if abs(gone) < self.least:
            return False
        turned, self.way, self.extreme = self.way != 0, 1 if gone > 0.0 else -1, value
        return turned


@dataclass
class _Thing:
    placed: Placed
    pose: Pose
    values: dict[str, float]
    at: Vec
    shown: bool
    facts: dict[str, _Fact] = field(default_factory=dict)
    told: int = -AGAIN


class Stirring:
    """What of one world might flash."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._tick = 0
        self._things: dict[int, _Thing] = {}
        self._changes: dict[View, list[int]] = defaultdict(list)
        """Ticks at which something changed in a direction."""

    def begin(self) -> None:
        """A part of the way begins: count its ticks from here."""
        self._tick = 0
        self._changes = defaultdict(list)

    def take(self) -> None:
        """A tick passed."""
        self._tick += 1
        feet = self._world.standing.drawn(1.0)
        # What was built stands there before anybody sees it.
        built = not self._things
        there = set()
        for placed in self._world.placed:
            there.add(id(placed))
            known = self._things.get(id(placed))
            if known is None:
                self._things[id(placed)] = new = _known(placed)
                if new.shown and not built:
                    self._change(new, feet)
                continue
            if known.pose is placed.pose and known.values == placed.values:
                continue
            if self._stirs(known):
                self._change(known, feet)
        for gone in self._things.keys() - there:
            old = self._things.pop(gone)
            if old.shown:
                self._change(old, feet)

    def views(self) -> dict[int, tuple[View, ...]]:
        """Of this part so far, the ticks at which something might flash, and where it is seen."""
        looks: dict[int, set[View]] = defaultdict(set)
        for view, ticks in self._changes.items():
            for begins, ends in zip(ticks, ticks[LEAST - 1 :], strict=False):
                if ends - begins < TICKS_PER_SECOND:
                    for tick in range(begins - MARGIN, ends + MARGIN):
                        looks[tick].add(view)
        return {tick: tuple(sorted(views)) for tick, views in looks.items()}

    def _stirs(self, thing: _Thing) -> bool:
        placed, was = thing.placed, thing.pose
        shown = placed.pose.visible
        thing.pose, thing.values = placed.pose, dict(placed.values)
        before, thing.at = thing.at, _at(placed)
        came, thing.shown = shown is not thing.shown, shown
        if came or not shown:
            return came
        turned = False
        for name, least, value in _numbers(thing):
            fact = thing.facts.setdefault(name, _Fact(0, least, value))
            turned = fact.turned_back(value) or turned
        spun = abs((placed.pose.heading - was.heading + 180.0) % 360.0 - 180.0)
        fast = spun >= SPINS_DEG or math.dist(before, thing.at) >= PASSES_M
        close = spun >= SPINS_DEG or math.dist(thing.at, self._world.standing.footing.at) < CLOSE_M
        if fast and close and self._tick - thing.told >= AGAIN:
            thing.told = self._tick
            return True
        return turned

    def _change(self, thing: _Thing, feet: Footing) -> None:
        if math.dist(thing.at, feet.at) <= FAR_M:
            ticks = self._changes[direction(thing.at, feet)]
            # What changes at once is one change of what is seen there.
            if ticks[-1:] != [self._tick]:
                ticks.append(self._tick)


def direction(at: Vec, feet: Footing) -> View:
    """Where a head is to be turned to see what stands there, in steps of 45 and 30 degrees."""
    x, y, z = (a - b for a, b in zip(at, feet.at, strict=True))
    up = math.degrees(math.atan2(z - EYE_M, math.hypot(x, y)))
    if abs(up) >= OVERHEAD:
        return 0, UP_MOST if up > 0.0 else DOWN_MOST
    left = (math.degrees(math.atan2(-x, y)) - feet.heading + 180.0) % 360.0 - 180.0
    aside = round(left / STEP_LEFT) * STEP_LEFT % 360
    pitch = round((up + feet.looking_down) / STEP_UP) * STEP_UP
    return aside - 360 if aside > 180 else aside, min(UP_MOST, max(DOWN_MOST, pitch))


def _known(placed: Placed) -> _Thing:
    pose = placed.pose
    return _Thing(placed, pose, dict(placed.values), _at(placed), pose.visible)


def _at(placed: Placed) -> Vec:
    """Where a thing stands in the world, as far as headings and sizes of what it stands on tell."""
    x, y, z = placed.pose.at
    on = placed.parent
    while on is not None:
        turn, pose = math.radians(on.pose.heading), on.pose
        x, y, z = (part * size for part, size in zip((x, y, z), pose.scale, strict=True))
        aside, ahead = math.cos(turn), math.sin(turn)
        x, y = x * aside - y * ahead, x * ahead + y * aside
        x, y, z = x + pose.at[0], y + pose.at[1], z + pose.at[2]
        on = on.parent
    return x, y, z


def _numbers(thing: _Thing) -> Iterator[tuple[str, float, float]]:
    pose = thing.pose
    for axis, at, size in zip("xyz", thing.at, pose.scale, strict=True):
        yield axis, SWING_M, at
        yield f"scale {axis}", SWING_SCALE * max(0.1, abs(size)), size
    yield "heading", SWING_DEG, pose.heading
    yield "pitch", SWING_DEG, pose.pitch
    yield "roll", SWING_DEG, pose.roll
    for name, value in thing.values.items():
        yield f"set {name}", SWING_VALUE, value
