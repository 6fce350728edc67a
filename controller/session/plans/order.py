"""Owns the orders a hierarchy can be brought into; it brings none into an order by itself.

Variability is one of the strategies of inhibitory learning (Craske et al. 2014, Behaviour Research
and Therapy 58:10-23): rows are then not met from the easiest to the hardest. Which order is right
for whom is the therapist's to say. Not reviewed by a clinician.
"""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256
from itertools import count, pairwise

from controller.session.plans.entries import PlanRow

SEEDS = 2**31
"""A seed is a whole number from 0 to one less."""


class NothingToVary(ValueError):
    """All rows are predicted to distress alike: every order of them rises."""


def rising(rows: Sequence[PlanRow]) -> tuple[PlanRow, ...]:
    """From the least predicted distress to the greatest; equals stay as they were."""
    return tuple(sorted(rows, key=lambda row: row.distress))


def rises(rows: Sequence[PlanRow]) -> bool:
    """Whether no row is predicted to distress less than the one before."""
    return all(one.distress <= other.distress for one, other in pairwise(rows))


def varied(rows: Sequence[PlanRow], seed: int) -> tuple[PlanRow, ...]:
    """An order that does not rise throughout, drawn with `seed`.

    The same rows and the same seed give the same order, however the rows lay before, on every
    machine and in every version: rows are sorted by SHA-256 of seed, draw and place.

    Raises:
        NothingToVary: there are no two rows of different distress.
    """
    base = sorted(rows, key=lambda row: (row.distress, row.model_dump_json()))
    if len({row.distress for row in base}) < 2:
        raise NothingToVary
    for draw in count():
        lots = [_lot(seed, draw, place) for place in range(len(base))]
        places = sorted(range(len(base)), key=lots.__getitem__)
        drawn = tuple(base[n] for n in places)
        if not rises(drawn):
            return drawn
    raise AssertionError("counting never ends")


def _lot(seed: int, draw: int, place: int) -> bytes:
    return sha256(f"{seed} {draw} {place}".encode()).digest()
