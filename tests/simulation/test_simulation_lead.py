"""The scripted therapist keeps to the speed that was asked for, from the moment it was asked."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from controller.simulation.lead import AutoLead
from vr_runtime.wire.acts import Phase
from vr_runtime.wire.version import TICKS_PER_SECOND


class Clockwork:
    """A clock that goes on by sleep alone, and a link that grants every tick."""

    def __init__(self) -> None:
        self.now_s = 100.0
        self.granted = 0

    async def sleep(self, seconds: float) -> None:
        self.now_s += seconds

    async def beat(self) -> None:
        """Heard."""

    async def grant(self, ticks: int) -> Any:
        self.granted += ticks
        return SimpleNamespace(events=(), level=0.0, phase=Phase.READY)

    def now(self) -> None:
        """Nothing is looked at."""

    def advance(self, *_told: object) -> None:
        """Nothing is felt."""


@pytest.mark.parametrize(
    ("started_s", "session_s", "took_s"),
    [
        (0.0, 300.0, 10.0),
        (6.0, 300.0, 4.0),
        # What was lost is more than there is: nothing is waited for.
        (20.0, 300.0, 0.0),
        (20.0, 900.0, 10.0),
    ],
)
async def test_what_starting_took_is_caught_up(
    started_s: float, session_s: float, took_s: float
) -> None:
    clockwork: Any = Clockwork()
    lead = AutoLead(
        clockwork,
        clockwork,
        clockwork,
        speed=30.0,
        now=lambda: clockwork.now_s,
        sleep=clockwork.sleep,
        began_s=clockwork.now_s - started_s,
    )
    before_s = clockwork.now_s
    await lead._pass(session_s)
    assert clockwork.granted == session_s * TICKS_PER_SECOND
    assert clockwork.now_s - before_s == pytest.approx(took_s)
