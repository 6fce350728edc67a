"""Owns where a foot finds hold: the nearest place on what an animal walks on; knows no animal."""

from __future__ import annotations

from collections.abc import Sequence

from scenarios.api.animals import Solid
from scenarios.api.errors import ScenarioError
from vr_runtime.language import mark
from vr_runtime.stage.checked import TooMany, vector
from vr_runtime.stage.space import Vec

MOST_SOLIDS = 32
THINNEST_M = 1e-4
Box = tuple[Vec, Vec]


def solid_boxes(ground: Sequence[Solid]) -> tuple[Box, ...]:
    """What is walked on, checked; raises `ScenarioError` for what is no box."""
    if len(ground) > MOST_SOLIDS:
        raise TooMany("an animal walks on {n} solids at most; leave some out", n=MOST_SOLIDS)
    boxes = []
    for solid in ground:
        if not isinstance(solid, Solid):
            raise ScenarioError(mark("what an animal walks on is written as `Solid(low, high)`"))
        low, high = vector("low", solid.low), vector("high", solid.high)
        if min(h - b for b, h in zip(low, high, strict=True)) < THINNEST_M:
            raise ScenarioError(mark("of a solid, `high` lies above `low` along each axis"))
        boxes.append((low, high))
    return tuple(boxes)


def hold(boxes: Sequence[Box], wanted: Vec, *, plane: tuple[Vec, Vec]) -> Vec:
    """The place on any of the boxes nearest to `wanted`, in metres.

    Args:
        boxes: what is walked on; nothing for a plane without end.
        wanted: where the foot would go.
        plane: a place on the plane that is walked on where there are no boxes, and its normal.
    """
    if not boxes:
        at, up = plane
        off = sum((wanted[k] - at[k]) * up[k] for k in range(3))
        return (wanted[0] - up[0] * off, wanted[1] - up[1] * off, wanted[2] - up[2] * off)
    best, least = wanted, float("inf")
    within: Vec | None = None
    deepest = 0.0
    x, y, z = wanted
    # every foot asks this in every tick: written out, without calls
    for low, high in boxes:
        (x0, y0, z0), (x1, y1, z1) = low, high
        hx = x0 if x < x0 else (x1 if x > x1 else x)
        hy = y0 if y < y0 else (y1 if y > y1 else y)
        hz = z0 if z < z0 else (z1 if z > z1 else z)
        held = (hx, hy, hz)
        off = (x - hx) * (x - hx) + (y - hy) * (y - hy) + (z - hz) * (z - hz)
        if off == 0.0:
            out, deep = _out_of(low, high, wanted)
            if within is None or deep > deepest:
                within, deepest = out, deep
        elif off < least:
            best, least = held, off
    return best if within is None else within


def _out_of(low: Vec, high: Vec, place: Vec) -> tuple[Vec, float]:
    """The nearest place on the sides of the box around a place, and how far that is."""
    (x, y, z), (x0, y0, z0), (x1, y1, z1) = place, low, high
    ways = (x - x0, x1 - x, y - y0, y1 - y, z - z0, z1 - z)
    least = min(ways)
    side = ways.index(least)
    if side < 2:
        return (x0 if side == 0 else x1, y, z), least
    if side < 4:
        return (x, y0 if side == 2 else y1, z), least
    return (x, y, z0 if side == 4 else z1), least
