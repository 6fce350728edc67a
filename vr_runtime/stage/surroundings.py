"""Owns what is ground and place to a patient who stands: it changes behind a fade, never in view.

Knows no renderer. A world that glides past somebody who stands moves the eye as a vehicle does,
without a cabin to hold on to. What goes about beside the patient, traffic or a wall that comes
nearer, is none of it.
"""

from __future__ import annotations

import math
from collections.abc import Iterable

from scenarios.api.stage import Vec
from vr_runtime.stage.placed import Placed

GROUND_M = 10.0
"""A box at least so long and so broad may be the ground."""
BELOW_M = 1.2
"""Ground ends at most so far above the feet: a ceiling that comes down is none."""


def stirred(things: Iterable[Placed], feet: Vec) -> set[Placed]:
    """What was moved, turned or scaled since the last tick and carries ground or place along.

    Args:
        things: all that stands in the world.
        feet: where the patient's feet are in the world, in metres.
    """
    moved: set[Placed] = set()
    for thing in things:
        chain = _chain(thing)
        if any(each.stirred for each in chain) and _surrounds(thing, chain, feet):
            moved.update(each for each in chain if each.stirred)
    return moved


def _chain(thing: Placed) -> list[Placed]:
    """The thing and all that carries it."""
    chain = [thing]
    while (parent := chain[-1].parent) is not None:
        chain.append(parent)
    return chain


def _surrounds(thing: Placed, chain: list[Placed], feet: Vec) -> bool:
    if thing.is_place:
        return True
    if thing.box_size is None:
        return False
    long, broad, high = (
        abs(size * scale) for size, scale in zip(thing.box_size, thing.scale, strict=True)
    )
    if min(long, broad) < GROUND_M or sum(each.at[2] for each in chain) + high > feet[2] + BELOW_M:
        return False
    if len(chain) > 1:  # what is carried may lie anywhere: its carrier turns it
        return True
    reach = math.hypot(long, broad) / 2
    return any(math.dist(at[:2], feet[:2]) <= reach for at in (thing.at, thing.drawn(1.0).at))
