"""Owns the skeletons of spiders: where legs begin, how long their bones are, where feet rest.

Knows neither skin nor renderer. Lengths are parts of the span, from the foot of a foreleg to the
farthest hind foot of an animal that rests; whoever shows one says how many metres that is. The body
looks along y; z is 0 on what it stands on. Places on the trunk are told from its waist.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

Place = tuple[float, float, float]
LEGS = 8
"""Right legs 0 to 3 from the front, left legs 4 to 7; palps follow as 8 (right) and 9 (left)."""
LIMBS = 10
GRADES = 5
"""Of realism: 1 is plainly a toy, 5 the animal as it is."""


@dataclass(frozen=True)
class Limb:
    """One leg or palp: a thigh, and a shin and a foot that are bent towards each other."""

    hip: Place
    """On the trunk, from the waist."""
    rest: Place
    """Where its tip is when the animal rests: a leg's on the ground, a palp's in the air."""
    bones: tuple[float, float, float]
    """Length of thigh, shin and foot."""
    bend: float
    """How much the foot is bent from the shin, in radians."""

    @property
    def lower(self) -> float:
        """From the knee straight to the tip; a bent shin and foot are as one bone."""
        _, b, c = self.bones
        return math.sqrt(b * b + c * c + 2.0 * b * c * math.cos(self.bend))

    @property
    def reach(self) -> float:
        """How far from the hip the tip can be."""
        return self.bones[0] + self.lower


@dataclass(frozen=True)
class Skeleton:
    """What a kind of spider walks with."""

    limbs: tuple[Limb, ...]
    """Eight legs, then two palps."""
    height: float
    """Of the waist above the ground."""
    head: tuple[Place, Place]
    """Middle and half sizes of the fore part, from the waist."""
    belly: tuple[Place, Place]
    """The same of the hind part."""
    thick: tuple[float, float, float, float]
    """Radius of a leg at hip, knee, heel and tip."""


@dataclass(frozen=True)
class _Leg:
    degrees: float
    """How far its rest lies from straight ahead."""
    far: float
    long: float


def _side(legs: tuple[_Leg, ...], ring: tuple[float, float, float], sign: float) -> list[Limb]:
    """The legs of one side; `ring` is where hips sit: half width, half length, middle."""
    wide, deep, middle = ring
    made = []
    for leg, at in zip(legs, (0.80, 0.28, -0.28, -0.80), strict=True):
        turn = math.radians(leg.degrees)
        rest = (sign * leg.far * math.sin(turn), middle + leg.far * math.cos(turn), 0.0)
        hip = (sign * wide * math.sqrt(1.0 - 0.55 * at * at), middle + deep * at, -0.008)
        bones = (0.335 * leg.long, 0.355 * leg.long, 0.31 * leg.long)
        made.append(Limb(hip, rest, bones, 0.42))
    return made


def _palps(head: tuple[Place, Place], long: float, height: float) -> list[Limb]:
    (_, y, _), (wide, deep, _) = head
    front = y + 0.86 * deep
    bones = (0.30 * long, 0.36 * long, 0.34 * long)
    return [
        Limb(
            (sign * 0.42 * wide, front, -0.012),
            (sign * (0.42 * wide + 0.016), front + 0.66 * long, 0.30 * height),
            bones,
            0.5,
        )
        for sign in (1.0, -1.0)
    ]


def _skeleton(
    legs: tuple[_Leg, ...],
    ring: tuple[float, float, float],
    head: tuple[Place, Place],
    belly: tuple[Place, Place],
    thick: tuple[float, float, float, float],
    height: float,
    palp: float,
) -> Skeleton:
    limbs = [*_side(legs, ring, 1.0), *_side(legs, ring, -1.0), *_palps(head, palp, height)]
    return Skeleton(tuple(limbs), height, head, belly, thick)


HOUSE = _skeleton(
    (_Leg(31, 0.50, 0.70), _Leg(60, 0.43, 0.61), _Leg(111, 0.36, 0.51), _Leg(151, 0.50, 0.68)),
    (0.035, 0.036, 0.050),
    ((0.0, 0.052, 0.0), (0.043, 0.060, 0.030)),
    ((0.0, -0.079, 0.010), (0.053, 0.080, 0.047)),
    (0.0122, 0.0098, 0.0068, 0.0034),
    0.088,
    0.125,
)
"""A house spider: slender, long legs."""
BIRD = _skeleton(
    (_Leg(30, 0.50, 0.69), _Leg(60, 0.43, 0.61), _Leg(112, 0.385, 0.56), _Leg(152, 0.50, 0.68)),
    (0.058, 0.056, 0.080),
    ((0.0, 0.085, 0.0), (0.070, 0.088, 0.040)),
    ((0.0, -0.108, 0.012), (0.082, 0.108, 0.072)),
    (0.0265, 0.0235, 0.0190, 0.0135),
    0.115,
    0.215,
)
"""A bird spider: heavy and hairy, thick legs with blunt feet."""
SKELETONS = {"house_spider": HOUSE, "bird_spider": BIRD}
