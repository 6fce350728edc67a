"""Owns how trunk, palps and lifted feet of a spider are held: in rest, in acts, on a thread.

Lengths are in spans, angles in radians. It draws nothing and moves no foot that stands.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field

from vr_runtime.stage.models.animals.spider.plan import LEGS, LIMBS, Skeleton
from vr_runtime.stage.space import Vec, mix

Four = tuple[float, float, float, float]
RAISED_RAD = 0.62
"""How far the fore part is raised in a threat."""
RAISES_S = 0.35


@dataclass(frozen=True)
class Held:
    """How an animal is held at one moment, beside its planted feet."""

    lifted: dict[int, Vec] = field(default_factory=dict)
    """Feet in the air, in the animal's own space."""
    trunk: Four = (0.0, 0.0, 0.0, 0.0)
    """The waist's place, and how far the fore part is raised."""
    sway: Four = (0.0, 0.0, 0.0, 0.0)
    palps: tuple[Vec, Vec] = ((0.0, 0.0, 0.0), (0.0, 0.0, 0.0))


def eased(part: float) -> float:
    """0 to 1 without a jerk."""
    t = min(1.0, max(0.0, part))
    return t * t * (3.0 - 2.0 * t)


def acted(name: str, passed_s: float, span_s: float) -> float:
    """How far an act is on, 0 to 1: it comes and goes within `RAISES_S`."""
    ramp = min(RAISES_S, span_s / 2.0)
    if name == "groom":
        ramp = min(0.2, span_s / 2.0)
    return eased(min(passed_s, span_s - passed_s) / max(ramp, 1e-6))


def held(
    bones: Skeleton,
    own_tips: Sequence[Vec],
    *,
    act: str,
    on: float,
    passed_s: float,
    leg: int,
    breath: float,
    hanging: float,
) -> Held:
    """How a spider is held.

    Args:
        bones: its skeleton.
        own_tips: where its feet are, in its own space.
        act: what it does; "" for nothing.
        on: how far it does it, 0 to 1.
        passed_s: seconds since it began.
        leg: which leg taps.
        breath: where in a breath it is, radians; what moves in rest follows it.
        hanging: how far it hangs on a thread, 0 to 1.
    """
    lifted: dict[int, Vec] = {}
    raised, lower = 0.0, 0.0
    palps = [bones.limbs[k].rest for k in (LEGS, LEGS + 1)]
    palps = [_moved(p, (0.0, 0.0, 0.006 * math.sin(breath + 1.9 * k))) for k, p in enumerate(palps)]
    if act == "rear":
        raised = RAISED_RAD * on
        shake = 0.010 * math.sin(9.0 * passed_s) * on
        for side, first in ((1.0, 0), (-1.0, 4)):
            lifted[first] = mix(own_tips[first], (side * 0.24, 0.30, 0.60 + shake), on)
            lifted[first + 1] = mix(own_tips[first + 1], (side * 0.40, 0.20, 0.42 - shake), on)
        palps = [_moved(p, (math.copysign(0.03, p[0]) * on, -0.01 * on, 0.13 * on)) for p in palps]
        lower = -0.15 * on
    elif act == "tap":
        beat = abs(math.sin(5.2 * passed_s))
        rest = bones.limbs[leg].rest
        up = (rest[0] * 0.95, rest[1] + 0.05, 0.06 + 0.10 * beat)
        lifted[leg] = mix(own_tips[leg], up, on)
    elif act == "groom":
        for k in (0, 1):
            rub = math.sin(7.0 * passed_s + math.pi * k)
            palps[k] = _moved(
                palps[k], (-palps[k][0] * 0.4 * on, 0.012 * rub * on, (0.012 + 0.018 * rub) * on)
            )
    x = sum(tip[0] - limb.rest[0] for tip, limb in zip(own_tips, bones.limbs, strict=False)) / LEGS
    y = sum(tip[1] - limb.rest[1] for tip, limb in zip(own_tips, bones.limbs, strict=False)) / LEGS
    z = sum(tip[2] for tip in own_tips) / LEGS
    high = bones.height * (1.0 + 0.02 * math.sin(breath) + lower) + 0.25 * max(-0.1, min(0.1, z))
    if hanging > 0.0:
        for number in range(LEGS):
            rest = bones.limbs[number].rest
            sway = 0.012 * math.sin(breath * 1.3 + number)
            drawn_in = (rest[0] * 0.62, rest[1] * 0.80 + 0.02, 0.03 + 0.05 * (number % 2) + sway)
            lifted[number] = mix(own_tips[number], drawn_in, hanging)
    return Held(
        lifted,
        (0.22 * _within(x), 0.22 * _within(y), high, raised),
        (0.0, 0.10 * _within(x), 0.02 * math.sin(breath + 0.7) - 0.25 * raised, 0.0),
        (palps[0], palps[1]),
    )


def _moved(a: Vec, by: Vec) -> Vec:
    return (a[0] + by[0], a[1] + by[1], a[2] + by[2])


def _within(shift: float) -> float:
    return min(0.2, max(-0.2, shift))


assert LIMBS == LEGS + 2, "eight legs and two palps"
