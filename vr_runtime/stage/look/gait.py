"""Owns how people walk: where they bend, and how far over one stride; knows neither clothes nor GL.

Lengths are a grown-up's of 1.75 m, for whom `tall` is 1; everybody else is that many times as
tall. A stride is two steps and always as long for the body, so that what walks faster steps more
often and no foot slides on the ground. Angles are in radians, forwards from hanging down.
"""

from __future__ import annotations

import math
from functools import cache

HIP_Z, KNEE_Z, ANKLE_Z = 0.905, 0.485, 0.085
SHOULDER_Z, ELBOW_Z = 1.41, 1.12
STRIDE = 1.28
"""Metres that a grown-up goes while each foot steps once."""
TRUNK, LEG, SKIRT, ARM, STIFF_ARM = 0, 1, 2, 3, 4
"""What a point of a walking figure belongs to: a skirt goes with the thighs alone, and a stiff arm
(with a stick, a bag) keeps its elbow."""
APART = 4
"""`motion.w` of a walking point is `APART` times what it belongs to, plus its side: -1 left to
1 right."""
SAMPLES = 32
"""Moments of a stride that the table of bends holds."""

STANCE = 0.62
"""Share of a stride for which a foot is on the ground, from the heel's touch on."""
HEEL, TOES = -0.055, 0.135
"""Where the foot rolls, from the ankle: about its heel first, about the ball of its toes last."""
_AHEAD = 0.325
"""How far before the body the flat foot comes down."""
_LOW, _BOB = -0.023, 0.019
_FLAT, _RISES = 0.13, 0.38
"""Shares of a stride at which the foot lies flat, and at which its heel leaves the ground."""
_STRUCK, _PUSHED = 0.32, -0.98
"""How the foot is pitched when the heel comes down, and when the toes leave."""
_LIFT = 0.05

Bends = tuple[float, float, float, float]
"""Angles of thigh, shank and foot of the right leg, and how much the body has risen."""


def bends(part: float) -> Bends:
    """How the right leg is bent at a part of a stride, 0 when its heel comes down to 1."""
    u = part % 1.0
    rise = _LOW - _BOB * math.cos(4.0 * math.pi * (u - 0.04))
    pitch = _pitch(u)
    if u < STANCE:
        forward, up = _ankle_on_ground(u, pitch)
    else:
        t = (u - STANCE) / (1.0 - STANCE)
        smooth = t * t * (3.0 - 2.0 * t)
        (f0, z0), (f1, z1) = _ankle_on_ground(STANCE, _PUSHED), _ankle_on_ground(0.0, _STRUCK)
        forward = f0 + (f1 - f0) * smooth
        up = z0 + (z1 - z0) * smooth + _LIFT * math.sin(math.pi * t) ** 2
    thigh, shank = _reach(forward, up - HIP_Z - rise)
    return thigh, shank, pitch, rise


@cache
def table() -> tuple[Bends, ...]:
    """`bends` at `SAMPLES` moments, evenly over a stride; between them they are mixed."""
    return tuple(bends(k / SAMPLES) for k in range(SAMPLES))


def _ease(t: float) -> float:
    held = min(1.0, max(0.0, t))
    return held * held * (3.0 - 2.0 * held)


def _pitch(u: float) -> float:
    if u < STANCE:
        down = _STRUCK * (1.0 - _ease(u / _FLAT))
        t = max(0.0, (u - _RISES) / (STANCE - _RISES))
        return down + _PUSHED * t * t
    return _PUSHED + (_STRUCK - _PUSHED) * _ease((u - STANCE) / (0.88 - STANCE))


def _ankle_on_ground(u: float, pitch: float) -> tuple[float, float]:
    """The ankle of a foot that rolls on the ground, from below the hip; forwards and up."""
    pivot = HEEL if pitch > 0.0 else TOES
    flat = _AHEAD - STRIDE * u
    f, z = -pivot, ANKLE_Z
    c, s = math.cos(pitch), math.sin(pitch)
    return flat + pivot + f * c - z * s, f * s + z * c


def _reach(forward: float, up: float) -> tuple[float, float]:
    """Angles of thigh and shank that bring the ankle there from the hip; the knee before both."""
    thigh, shank = HIP_Z - KNEE_Z, KNEE_Z - ANKLE_Z
    long = min(math.hypot(forward, up), 0.999 * (thigh + shank))
    towards = math.atan2(forward, -up)
    at_hip = math.acos((thigh**2 + long**2 - shank**2) / (2.0 * thigh * long))
    at_ankle = math.acos((shank**2 + long**2 - thigh**2) / (2.0 * shank * long))
    return towards + at_hip, towards - at_ankle
