"""Owns the skeletons of wasps and bees: where legs begin, how long bones are, where feet rest.

Knows neither skin nor renderer. Lengths are parts of the body's length, from the face to the end of
the abdomen. The body looks along y; z is 0 on what it stands on; places on the trunk are told from
its waist. The gait steps two groups of eight legs: the two that an insect has not go exactly with
its middle legs, so that what is left is the tripod gait (two legs of one side with the middle one
of the other: Wilson 1966, Annu. Rev. Entomol. 11). Limbs 8 and 9 are the feelers.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from vr_runtime.stage.models.animals.spider.plan import Limb, Place, Skeleton

DRAWN = (0, 1, 2, 4, 5, 6)
"""The legs that are there: front, middle and hind one at the right, then at the left."""
FEELERS = (8, 9)
FLYING: Mapping[int, Place] = MappingProxyType(
    {
        0: (0.10, 0.34, 0.07),
        1: (0.19, 0.10, 0.00),
        2: (0.12, -0.30, -0.06),
        3: (0.19, 0.10, 0.00),
        4: (-0.10, 0.34, 0.07),
        5: (-0.19, 0.10, 0.00),
        6: (-0.12, -0.30, -0.06),
        7: (-0.19, 0.10, 0.00),
    }
)
"""Where feet hang in flight: the front ones drawn up, the hind ones trailing."""


@dataclass(frozen=True)
class Build:
    """The proportions of a kind."""

    skeleton: Skeleton
    thorax: tuple[Place, Place]
    """Middle and half sizes, from the waist."""
    abdomen: tuple[tuple[float, float, float, float], ...]
    """From waist to tip: y, z of the middle, half width, half height."""
    wing: tuple[float, float]
    """Length and greatest breadth of the fore wing."""
    folded: tuple[float, float]
    """Breadth of the resting fore wing as a share, and how far it points aside, in degrees."""


def _skeleton(thick: tuple[float, float, float, float], height: float, stout: float) -> Skeleton:
    legs = (
        ((0.060, 0.285), (0.270, 0.500), (0.195, 0.185, 0.155)),
        ((0.072, 0.180), (0.430, 0.165), (0.205, 0.200, 0.170)),
        ((0.065, 0.085), (0.370, -0.330), (0.260, 0.275, 0.225)),
    )
    limbs: list[Limb] = []
    for sign in (1.0, -1.0):
        made = [
            Limb(
                (sign * hip[0], hip[1], -0.085 * stout),
                (sign * rest[0], rest[1], 0.0),
                bones,
                0.45,
            )
            for hip, rest, bones in legs
        ]
        limbs += [*made, made[1]]
    limbs += [
        Limb(
            (sign * 0.026, 0.432, 0.030),
            (sign * 0.150, 0.640, height + 0.045),
            (0.085, 0.125, 0.125),
            0.40,
        )
        for sign in (1.0, -1.0)
    ]
    head = ((0.0, 0.385, -0.025), (0.118, 0.052, 0.105))
    belly = ((0.0, -0.28, 0.0), (0.135, 0.29, 0.125))
    return Skeleton(tuple(limbs), height, head, belly, thick)


WASP = Build(
    _skeleton((0.0150, 0.0135, 0.0090, 0.0062), 0.225, 1.0),
    ((0.0, 0.185, 0.012), (0.117, 0.165, 0.122)),
    (
        (-0.005, 0.012, 0.020, 0.020),
        (-0.020, 0.014, 0.026, 0.030),
        (-0.045, 0.020, 0.075, 0.082),
        (-0.080, 0.020, 0.118, 0.116),
        (-0.150, 0.012, 0.138, 0.128),
        (-0.240, -0.002, 0.142, 0.128),
        (-0.340, -0.018, 0.132, 0.116),
        (-0.430, -0.036, 0.108, 0.094),
        (-0.505, -0.052, 0.072, 0.062),
        (-0.550, -0.062, 0.036, 0.032),
        (-0.575, -0.068, 0.010, 0.010),
    ),
    (0.74, 0.205),
    (0.50, 10.0),
)
"""A common wasp: a narrow waist, an abdomen cut off in front and pointed behind, wings that lie
folded lengthwise (Vespula vulgaris; workers are 11 to 14 mm long: Edwards 1980, Social Wasps)."""
HORNET = Build(
    _skeleton((0.0165, 0.0150, 0.0100, 0.0068), 0.225, 1.0),
    ((0.0, 0.180, 0.012), (0.125, 0.165, 0.126)),
    tuple((y, z, 1.07 * wide, 1.05 * high) for y, z, wide, high in WASP.abdomen),
    (0.72, 0.200),
    (0.50, 12.0),
)
"""A hornet (Vespa crabro; workers are 18 to 25 mm long)."""
BEE = Build(
    _skeleton((0.0190, 0.0165, 0.0130, 0.0075), 0.235, 1.15),
    ((0.0, 0.185, 0.016), (0.142, 0.165, 0.138)),
    (
        (-0.005, 0.008, 0.030, 0.030),
        (-0.020, 0.008, 0.070, 0.070),
        (-0.050, 0.008, 0.122, 0.116),
        (-0.110, 0.002, 0.156, 0.146),
        (-0.190, -0.006, 0.166, 0.152),
        (-0.280, -0.018, 0.160, 0.144),
        (-0.370, -0.034, 0.140, 0.122),
        (-0.450, -0.052, 0.106, 0.090),
        (-0.515, -0.068, 0.064, 0.054),
        (-0.550, -0.078, 0.030, 0.026),
        (-0.570, -0.084, 0.010, 0.010),
    ),
    (0.66, 0.225),
    (0.92, 24.0),
)
"""A honey bee (Apis mellifera; workers are 12 to 15 mm long): rounder, hairy, wings flat."""
BUILDS: Mapping[str, Build] = MappingProxyType({"wasp": WASP, "bee": BEE, "hornet": HORNET})
