"""Control that was lost stays lost over the next start of that side, whoever is back first."""

from __future__ import annotations

import os
import signal

import pytest
from core import Core, core
from far_wire import far_wire
from runtime_process import RuntimeProcess

from vr_runtime.wire.acts import Phase

GRACE_S = 30.0


def in_control(console: Core) -> bool:
    return console.conductor.now().link.in_control


async def started_again(runtime: RuntimeProcess, watcher: Core) -> None:
    """The process that draws is killed, and the next one is heard."""
    state = watcher.look()
    assert state is not None
    os.kill(runtime.renders, signal.SIGKILL)

    def other() -> bool:
        now = watcher.look()
        return now is not None and now.boot != state.boot

    await watcher.until(other, "the next start")


@pytest.mark.fault("F15")
async def test_who_took_control_has_it_again_by_itself_and_who_lost_it_has_not(
    by_clock: RuntimeProcess,
) -> None:
    async with core(by_clock, grace_s=GRACE_S) as first, core(by_clock, name="second") as second:
        await first.lead_into(1)
        assert (await second.conductor.take_control()).ok
        await first.until(lambda: not in_control(first), "to be told")
        for _start in range(2):
            await started_again(by_clock, first)
            await second.until(lambda: in_control(second), "control again")
            assert not in_control(first) and first.phase is Phase.SAFE_PLACE
        assert (await first.conductor.raise_level()).code == "not_in_control"
        assert (await first.conductor.take_control()).ok, "its therapist may take it back"
        await second.until(lambda: not in_control(second), "to be told")


@pytest.mark.fault("F15")
async def test_who_lost_control_does_not_get_it_while_the_other_is_slower_to_come_back(
    by_clock: RuntimeProcess,
) -> None:
    with far_wire(by_clock.port) as wire:
        async with (
            core(by_clock, grace_s=GRACE_S) as first,
            core(by_clock, name="second", port=wire.port) as second,
        ):
            await first.lead_into(1)
            assert (await second.conductor.take_control()).ok
            await first.until(lambda: not in_control(first), "to be told")
            wire.cut()
            await started_again(by_clock, first)
            # Longer than it takes to be given control by itself: it asks five times a second.
            await first.for_s(1.5)
            state = first.look()
            assert state is not None and state.control.holder is None and not in_control(first)
            wire.mend()
            await second.until(lambda: in_control(second), "control again")
            assert not in_control(first)


@pytest.mark.fault("F15")
async def test_who_never_heard_that_control_was_taken_does_not_get_it_either(
    by_clock: RuntimeProcess,
) -> None:
    with far_wire(by_clock.port) as wire, far_wire(by_clock.port) as other:
        async with (
            core(by_clock, port=wire.port, grace_s=GRACE_S) as first,
            core(by_clock, name="second", port=other.port) as second,
            core(by_clock, name="second") as watcher,
        ):
            await first.lead_into(1)
            wire.cut()
            assert (await second.conductor.take_control()).ok
            assert in_control(first), "as far as it knows"
            other.cut()
            await started_again(by_clock, watcher)
            wire.mend()
            await first.until(lambda: not in_control(first), "to hear of the next start")
            await first.until(
                lambda: any("not in control" in told for told in first.notices), "the refusal"
            )
            state = watcher.look()
            assert state is not None and state.control.holder is None
            other.mend()
            await second.until(lambda: in_control(second), "control again")
            assert not in_control(first)
