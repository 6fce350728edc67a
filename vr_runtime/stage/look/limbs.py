"""Owns how a leg of three bones reaches for where its tip shall be; knows neither animals nor GL.

The bend between shin and foot is given, so that both are as one bone, and what is left is a
triangle of two bones with known sides (law of cosines). The knee lies above the line from hip to
tip, a little outwards. `chunks.limbs` holds the same formulas for the graphics card.
"""

from __future__ import annotations

import math

from vr_runtime.stage.space import Vec, along, cross, dot, length, level, minus, plus, times, unit

OUTWARDS = 0.25
"""How far the direction in which a knee rises leans away from the trunk."""
STRETCHED = 0.9999
"""Share of its length beyond which a leg is drawn no straighter."""


def bent(
    hip: Vec, tip: Vec, bones: tuple[float, float, float], bend: float, outwards: Vec
) -> tuple[Vec, Vec, Vec]:
    """Knee, heel and tip of a leg; the tip is short of `tip` where the bones do not reach it.

    Args:
        hip: where the leg begins, in a space in which z is up; any unit of length.
        tip: where the leg shall end.
        bones: lengths of thigh, shin and foot.
        bend: of the foot from the shin, in radians.
        outwards: level and of length 1: away from the trunk.
    """
    a, b, c = bones
    lower = math.sqrt(b * b + c * c + 2.0 * b * c * math.cos(bend))
    way = minus(tip, hip)
    far = length(way)
    e = unit(way)
    held = min(max(far, abs(a - lower) + 1e-4), STRETCHED * (a + lower))
    u = unit(level((OUTWARDS * outwards[0], OUTWARDS * outwards[1], 1.0), e))
    cos = min(1.0, max(-1.0, (a * a + held * held - lower * lower) / (2.0 * a * held)))
    sin = math.sqrt(max(0.0, 1.0 - cos * cos))
    knee = along(hip, plus(times(e, cos), times(u, sin)), a)
    end = along(hip, e, held)
    straight = times(minus(end, knee), 1.0 / lower)
    above = cross(cross(e, u), straight)
    beta = math.atan2(c * math.sin(bend), b + c * math.cos(bend))
    shin = plus(times(straight, math.cos(beta)), times(above, math.sin(beta)))
    assert abs(dot(e, u)) < 1e-6, "the knee rises across the line from hip to tip"
    return knee, along(knee, shin, b), end
