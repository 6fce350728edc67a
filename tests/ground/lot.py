"""Which shipped scenarios an ordinary run draws: some by lot, each day others; long: all."""

from __future__ import annotations

import datetime
import random
from collections.abc import Sequence

import pytest
from _pytest.mark import ParameterSet

MOST = 4
"""Drawing one without a graphics card takes a quarter of a minute, and there are many."""
TODAY = datetime.datetime.now(tz=datetime.UTC).toordinal()
"""By which scenarios, levels and events are drawn: each day others."""
PART_OR_WHOLE = [
    pytest.param(TODAY, id="part"),
    pytest.param(None, id="whole", marks=pytest.mark.long),
]
"""A lot for `check`: two levels and one event are drawn, or in the long form all."""


def by_lot(ids: Sequence[str]) -> list[ParameterSet]:
    """Each as a parameter; those that are not drawn today are `long`."""
    drawn = random.Random(TODAY).sample(sorted(ids), min(MOST, len(ids)))
    long = pytest.mark.long
    return [pytest.param(id, marks=() if id in drawn else long) for id in ids]
