"""Owns the level and the values that follow it: how fast they move, and what counts as a raise.

It knows nothing of phases, scenes or who asked.

The level is one number between 0 and 10. Every value that follows it lies exactly on its declared
curve, so the level moves only as fast as the slowest value may: up at most one level in two
seconds, down at most two levels a second, and never faster than a value's own rate allows.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from scenarios.api.manifest import LEVELS, GradedSpec, Manifest

UP_RATE = 0.5
"""Most levels per second upwards."""
DOWN_RATE = 2.0
"""Most levels per second downwards; never slower than up."""
_NEAR = 1e-9


@dataclass
class Apart:
    """A value that was set apart from the level."""

    target: float
    joining: bool = False
    """On its way back to the level's own value."""


def on_curve(spec: GradedSpec, level: float, reached: int) -> float:
    """The declared value at `level`; one that jumps has the value of the level `reached`."""
    if spec.jumps:
        return spec.by_level[reached]
    below = min(int(level), LEVELS - 2)
    part = level - below
    return spec.by_level[below] + part * (spec.by_level[below + 1] - spec.by_level[below])


class Ramp:
    """The level and its values, moved tick by tick."""

    def __init__(self, manifest: Manifest) -> None:
        self._specs = {spec.name: spec for spec in manifest.graded}
        self.values: dict[str, float] = {}
        self.reset()

    def reset(self) -> None:
        """Back to level 0 at once, nothing apart. Only where the scene is not seen."""
        self.asked = 0
        self.level = 0.0
        self.reached = 0
        self.parked = False
        self.apart: dict[str, Apart] = {}
        self.values.update({name: s.by_level[0] for name, s in self._specs.items()})

    def aim(self, level: int) -> None:
        """Ask for this level. Values apart that are harder than it go back to the level."""
        if level < self.asked or level < self.reached:
            for name, apart in self.apart.items():
                spec = self._specs[name]
                if spec.is_harder(apart.target, spec.by_level[level]):
                    apart.joining = True
        self.asked = level
        self.parked = False

    def limit(self, ceiling: int) -> None:
        """Nothing may stay harder than it is declared for this level: what is, eases to it."""
        if self.asked > ceiling or (self.parked and self.level > ceiling):
            self.aim(min(self.asked, ceiling))
        for name, apart in self.apart.items():
            hardest = self._specs[name].by_level[ceiling]
            if self._specs[name].is_harder(apart.target, hardest):
                apart.target = hardest

    def drop_rise(self) -> None:
        """Give up a rise under way and stay where it has come to, until `aim` or `release`."""
        if self.asked > self.level:
            self.asked = self.reached
            self.parked = self.level > self.asked
        for name, apart in self.apart.items():
            if self._specs[name].is_harder(self._target(name, apart), self.values[name]):
                apart.target = self.values[name]
                apart.joining = False

    def release(self) -> None:
        """End the stay of `drop_rise`: the level eases to the last one that was reached."""
        self.parked = False

    def target(self, name: str) -> float:
        """Where a value is heading."""
        apart = self.apart.get(name)
        if apart is not None and not apart.joining:
            return apart.target
        return self._specs[name].by_level[self.asked]

    def set_apart(self, name: str, value: float) -> None:
        """Set one value apart; it moves there at its own rate."""
        self.apart[name] = Apart(value)

    def rejoin(self, name: str) -> None:
        """Let a value follow the level again."""
        apart = self.apart.get(name)
        if apart is not None:
            apart.joining = True

    @property
    def moving(self) -> bool:
        """Whether the level or a value apart is still on its way."""
        if abs(self.level - self.asked) > _NEAR and not self.parked:
            return True
        return any(
            abs(self.values[name] - self._target(name, apart)) > _NEAR
            for name, apart in self.apart.items()
        )

    def _target(self, name: str, apart: Apart) -> float:
        if not apart.joining:
            return apart.target
        spec = self._specs[name]
        present, final = on_curve(spec, self.level, self.reached), spec.by_level[self.asked]
        # While the level still comes down its own value is harder than where it is going: a value
        # on its way back goes straight to the easier one and never up to meet the other.
        return final if spec.is_harder(present, final) else present

    def tick(self, dt: float, *, may_rise: bool) -> None:
        """Move by `dt` seconds. Without `may_rise` only what eases moves."""
        if self.asked > self.level:
            if may_rise:
                self._climb(dt)
        elif self.asked < self.level and not self.parked:
            self._descend(dt)
        for name, spec in self._specs.items():
            apart = self.apart.get(name)
            if apart is None:
                self.values[name] = on_curve(spec, self.level, self.reached)
            else:
                self._slew(name, spec, apart, dt, may_rise)

    def _climb(self, dt: float) -> None:
        self.level = self._arrived(min(float(self.asked), self._moved(dt, 1)))
        self.reached = max(self.reached, int(self.level + _NEAR))

    def _descend(self, dt: float) -> None:
        self.level = self._arrived(max(float(self.asked), self._moved(dt, -1)))
        self.reached = min(self.reached, math.ceil(self.level - _NEAR))

    def _arrived(self, level: float) -> float:
        """The level that was asked for, exactly, once only a rounding is left to it."""
        return float(self.asked) if abs(level - self.asked) <= _NEAR else level

    def _moved(self, dt: float, sign: int) -> float:
        """Where the level may be after `dt`; each piece between two levels has its own speed."""
        level, left = self.level, dt
        while left > _NEAR:
            edge = math.floor(level + _NEAR) + 1 if sign > 0 else math.ceil(level - _NEAR) - 1
            if not 0 <= edge < LEVELS:
                break
            speed = self._speed(min(edge, edge - sign), sign)
            needed = abs(edge - level) / speed
            if needed > left:
                return level + sign * speed * left
            level, left = float(edge), left - needed
        return level

    def _speed(self, below: int, sign: int) -> float:
        """Levels per second between the levels `below` and `below` + 1."""
        speed = UP_RATE if sign > 0 else DOWN_RATE
        for name, spec in self._specs.items():
            if spec.jumps or name in self.apart:
                continue
            slope = abs(spec.by_level[below + 1] - spec.by_level[below])
            if slope > 0:
                speed = min(speed, (spec.rate if sign > 0 else spec.ease_rate) / slope)
        return speed

    def _slew(self, name: str, spec: GradedSpec, apart: Apart, dt: float, may_rise: bool) -> None:
        value, target = self.values[name], self._target(name, apart)
        rises = spec.is_harder(target, value)
        if rises and not may_rise:
            return
        most = math.inf if spec.jumps else (spec.rate if rises else spec.ease_rate) * dt
        self.values[name] = (
            target if abs(target - value) <= most else (value + math.copysign(most, target - value))
        )
        met = abs(self.values[name] - on_curve(spec, self.level, self.reached)) <= _NEAR
        if apart.joining and met:
            del self.apart[name]
