"""Owns the way of an animal over surfaces, and over the edge from one to the next; no animal.

Two planes that are not level with each other meet in a line; the way crosses it where it is
shortest (the two planes unfolded into one). In a hollow corner it is rounded, over an edge it is
not: there only the animal tilts, before and after.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from vr_runtime.stage.space import Vec, along, cross, dot, length, minus, mix, unit

ALIKE = 0.9995
"""Cosine from which two surfaces count as one."""


@dataclass(frozen=True)
class Way:
    """From one place to another, each on a surface of its own."""

    start: Vec
    end: Vec
    up_before: Vec
    up_after: Vec
    corner: Vec | None
    """Where the edge is crossed."""
    bend_m: float
    """How long before and after it the animal tilts."""
    hollow: bool

    @property
    def before_m(self) -> float:
        """Metres to the edge, or of the whole way."""
        return length(minus(self.end if self.corner is None else self.corner, self.start))

    @property
    def long_m(self) -> float:
        """Metres from end to end."""
        if self.corner is None:
            return self.before_m
        return self.before_m + length(minus(self.end, self.corner))

    def place(self, gone: float) -> Vec:
        """Where one is after so many metres."""
        if self.corner is None:
            return mix(self.start, self.end, min(1.0, gone / max(self.before_m, 1e-9)))
        edge = self.before_m
        after = max(self.long_m - edge, 1e-9)
        first = unit(minus(self.corner, self.start))
        second = unit(minus(self.end, self.corner))
        off = gone - edge
        bend = min(self.bend_m, edge, after)
        if self.hollow and abs(off) < bend:
            # a parabola that leaves both surfaces as it came
            t = 0.5 + 0.5 * off / bend
            a = along(self.corner, first, -bend * (1.0 - t))
            b = along(self.corner, second, bend * t)
            return mix(a, b, t)
        if off < 0.0:
            return along(self.corner, first, off)
        return mix(self.corner, self.end, min(1.0, off / after))

    def up(self, gone: float) -> Vec:
        """Away from the surface there; it turns about the edge."""
        if self.corner is None:
            part = gone / max(self.before_m, 1e-9)
        else:
            part = 0.5 + 0.5 * (gone - self.before_m) / max(self.bend_m, 1e-9)
        part = min(1.0, max(0.0, part))
        if part <= 0.0 or self.up_before == self.up_after:
            return self.up_before
        if part >= 1.0:
            return self.up_after
        angle = math.acos(min(1.0, max(-1.0, dot(self.up_before, self.up_after))))
        if angle < 1e-6:
            return self.up_after
        a = math.sin((1.0 - part) * angle) / math.sin(angle)
        b = math.sin(part * angle) / math.sin(angle)
        p, q = self.up_before, self.up_after
        return unit((a * p[0] + b * q[0], a * p[1] + b * q[1], a * p[2] + b * q[2]))

    def direction(self, gone: float) -> Vec:
        """Where the way leads there."""
        step = 0.02 * max(self.long_m, 1e-6)
        a, b = self.place(max(0.0, gone - step)), self.place(min(self.long_m, gone + step))
        return unit(minus(b, a), minus(self.end, self.start))


def way(start: Vec, up: Vec, end: Vec, end_up: Vec, bend_m: float) -> Way:
    """The way over one edge at most.

    Args:
        start: where it begins, on a surface with the normal `up`.
        up: of length 1.
        end: where it ends, on a surface with the normal `end_up`.
        end_up: of length 1, not against `up`.
        bend_m: see `Way.bend_m`.
    """
    if dot(up, end_up) > ALIKE:
        return Way(start, end, up, end_up, None, bend_m, False)
    line = unit(cross(up, end_up))
    # the corner, as the place on both planes nearest to the start
    across = unit(cross(line, up))
    rise = dot(across, end_up)
    on_both = along(start, across, dot(minus(end, start), end_up) / rise)
    d0 = abs(dot(minus(on_both, start), across))
    t1 = dot(minus(end, on_both), line)
    foot = along(on_both, line, t1)
    d1 = length(minus(end, foot))
    share = d0 / (d0 + d1) if d0 + d1 > 1e-9 else 0.5
    corner = along(on_both, line, t1 * share)
    hollow = dot(minus(end, corner), up) > 0.0
    return Way(start, end, up, end_up, corner, bend_m, hollow)
