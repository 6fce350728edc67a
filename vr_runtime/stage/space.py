"""Owns arithmetic with places and directions, and frames on a surface; knows no world."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

Vec = tuple[float, float, float]
UP: Vec = (0.0, 0.0, 1.0)


def dot(a: Vec, b: Vec) -> float:
    """The scalar product."""
    return a[0] * b[0] + a[1] * b[1] + a[2] * b[2]


def plus(a: Vec, b: Vec) -> Vec:
    """The sum."""
    return (a[0] + b[0], a[1] + b[1], a[2] + b[2])


def minus(a: Vec, b: Vec) -> Vec:
    """From `b` to `a`."""
    return (a[0] - b[0], a[1] - b[1], a[2] - b[2])


def times(a: Vec, k: float) -> Vec:
    """`a`, `k` times as long."""
    return (a[0] * k, a[1] * k, a[2] * k)


def along(a: Vec, way: Vec, k: float) -> Vec:
    """`k` times `way` on from `a`."""
    return (a[0] + way[0] * k, a[1] + way[1] * k, a[2] + way[2] * k)


def mix(a: Vec, b: Vec, part: float) -> Vec:
    """The point `part` (0 to 1) of the way from `a` to `b`."""
    return along(a, minus(b, a), part)


def cross(a: Vec, b: Vec) -> Vec:
    """The vector product."""
    return (a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0])


def length(a: Vec) -> float:
    """How long it is."""
    return math.sqrt(dot(a, a))


def unit(a: Vec, instead: Vec = UP) -> Vec:
    """The direction of `a`; `instead` where it has none."""
    long = length(a)
    return times(a, 1.0 / long) if long > 1e-9 else instead


def level(a: Vec, up: Vec) -> Vec:
    """What of `a` lies in the plane across `up`, a unit vector."""
    return along(a, up, -dot(a, up))


def ahead_on(up: Vec) -> Vec:
    """Where heading 0 looks on a surface: along y, and on what is steep, upwards."""
    if abs(up[2]) > 0.5:
        return unit(level((0.0, 1.0, 0.0), up), (0.0, 1.0, 0.0))
    return unit(level(UP, up), UP)


def turned(a: Vec, axis: Vec, radians: float) -> Vec:
    """`a` turned about a unit vector, to the left for whoever it points at (Rodrigues)."""
    c, s = math.cos(radians), math.sin(radians)
    w, k = cross(axis, a), dot(axis, a) * (1.0 - c)
    return (
        a[0] * c + w[0] * s + axis[0] * k,
        a[1] * c + w[1] * s + axis[1] * k,
        a[2] * c + w[2] * s + axis[2] * k,
    )


def angle_about(axis: Vec, a: Vec, b: Vec) -> float:
    """Radians by which `a` is turned about the unit vector `axis` to point as `b` does."""
    return math.atan2(dot(axis, cross(a, b)), dot(a, b))


@dataclass(frozen=True)
class Frame:
    """Where something stands on a surface: its place, where it looks, and off the surface."""

    at: Vec = (0.0, 0.0, 0.0)
    forward: Vec = (0.0, 1.0, 0.0)
    up: Vec = UP

    @property
    def right(self) -> Vec:
        """The third direction."""
        return cross(self.forward, self.up)

    def world(self, own: Vec) -> Vec:
        """A place given as right, forwards and up."""
        r, f, u = self.right, self.forward, self.up
        return (
            self.at[0] + r[0] * own[0] + f[0] * own[1] + u[0] * own[2],
            self.at[1] + r[1] * own[0] + f[1] * own[1] + u[1] * own[2],
            self.at[2] + r[2] * own[0] + f[2] * own[1] + u[2] * own[2],
        )

    def own(self, place: Vec) -> Vec:
        """The inverse of `world`."""
        return self.owns((place,), 1.0)[0]

    def owns(self, places: Iterable[Vec], unit_m: float) -> list[Vec]:
        """Many places as right, forwards and up, told in units of so many metres."""
        (ax, ay, az), k = self.at, 1.0 / unit_m
        (rx, ry, rz), (fx, fy, fz), (ux, uy, uz) = self.right, self.forward, self.up
        return [
            (
                ((x - ax) * rx + (y - ay) * ry + (z - az) * rz) * k,
                ((x - ax) * fx + (y - ay) * fy + (z - az) * fz) * k,
                ((x - ax) * ux + (y - ay) * uy + (z - az) * uz) * k,
            )
            for x, y, z in places
        ]

    def towards(self, to: Frame, part: float) -> Frame:
        """The frame `part` (0 to 1) of the way to another."""
        if part >= 1.0 or self == to:
            return to
        up = unit(mix(self.up, to.up, part), to.up)
        forward = unit(level(mix(self.forward, to.forward, part), up), to.forward)
        return Frame(mix(self.at, to.at, part), forward, up)


def framed(at: Vec, forward: Vec, up: Vec) -> Frame:
    """A frame with right angles, as near to what is asked for as it can be."""
    u = unit(up)
    return Frame(at, unit(level(forward, u), ahead_on(u)), u)
