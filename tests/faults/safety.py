"""How soon a patient was made safe after a console was lost, by the runtime's own ticks."""

from __future__ import annotations

from runtime_process import Client, eventually

from vr_runtime.wire.acts import Phase
from vr_runtime.wire.happenings import Happened, PhaseChanged
from vr_runtime.wire.messages import AskMissed, Missed
from vr_runtime.wire.version import TICKS_PER_SECOND

GRACE_S = 1.0
"""What the tests give as the clinic's grace."""
SOON_S = 1.5
"""Hold within so long, the safe place within so long of the grace after it."""


def changes(client: Client) -> dict[str, int]:
    """The ticks at which the phase changed last, by cause."""
    return {h.what.cause: h.tick for h in news(client) if isinstance(h.what, PhaseChanged)}


def news(client: Client, after: int = 0) -> list[Happened]:
    """All that happened after this number."""
    found: list[Happened] = []
    while True:
        answer = client.ask(AskMissed(after=after)).answer
        assert isinstance(answer, Missed)
        if not answer.happened:
            return found
        found += answer.happened
        after = found[-1].number


def wait_for(client: Client, phase: Phase) -> None:
    eventually(lambda: client.state().phase is phase, f"the phase {phase}")


def how_soon(client: Client, lost_at: int) -> tuple[float, float]:
    """Seconds, by the runtime's ticks, from the loss to the hold and to the safe place."""
    wait_for(client, Phase.SAFE_PLACE)
    ticks = changes(client)
    hold = (ticks["console_lost"] - lost_at) / TICKS_PER_SECOND
    safe = (ticks["grace_over"] - lost_at) / TICKS_PER_SECOND
    assert hold <= SOON_S
    assert safe <= GRACE_S + SOON_S
    return hold, safe
