"""The console dies, freezes, or starts again: what becomes of the patient, real processes."""

from __future__ import annotations

import signal
from collections.abc import Callable

import pytest
from console_process import heard, leading
from runtime_process import Client, RuntimeProcess, eventually
from safety import GRACE_S, how_soon, news, wait_for

from vr_runtime.wire import acts
from vr_runtime.wire.acts import Phase
from vr_runtime.wire.happenings import Applied
from vr_runtime.wire.refusals import Code
from vr_runtime.wire.version import TICKS_PER_SECOND

LEVEL = 1

Connect = Callable[..., Client]
Measured = Callable[[str, object], None]


@pytest.mark.fault("F1")
def test_a_killed_console_leads_to_hold_and_the_safe_place_and_the_session_stays_open(
    by_clock: RuntimeProcess, connect: Connect, record_property: Measured
) -> None:
    watcher = connect(by_clock, "second")
    with leading(by_clock, level=LEVEL, grace_s=GRACE_S) as console:
        session = watcher.state().session
        lost_at = watcher.state().tick
        console.kill()
        hold, safe = how_soon(watcher, lost_at)
    assert watcher.state().session == session is not None
    record_property("measured", f"{hold:.2f} s, {safe:.2f} s ({GRACE_S:g} s)")


@pytest.mark.fault("F2")
def test_a_frozen_console_is_replaced_and_when_it_wakes_it_leads_nothing_and_says_so(
    by_clock: RuntimeProcess, connect: Connect, record_property: Measured
) -> None:
    second = connect(by_clock, "second")
    with leading(by_clock, level=LEVEL, grace_s=GRACE_S) as console:
        lost_at = second.state().tick
        console.send_signal(signal.SIGSTOP)
        hold, safe = how_soon(second, lost_at)
        second.claim()
        second.beat()
        console.send_signal(signal.SIGCONT)
        assert heard(console, "notice", "second")
        assert heard(console, "raised") == {"raised": False, "code": Code.NOT_IN_CONTROL}
        after = second.state()
    assert (after.phase, after.control.holder) == (Phase.SAFE_PLACE, "second")
    record_property("measured", f"{hold:.2f} s, {safe:.2f} s ({GRACE_S:g} s)")


@pytest.mark.fault("F3")
def test_a_console_that_starts_again_finds_the_session_and_changes_nothing_until_told(
    by_clock: RuntimeProcess, connect: Connect
) -> None:
    watcher = connect(by_clock, "second")
    with leading(by_clock, level=LEVEL, grace_s=30.0) as console:
        console.kill()
        wait_for(watcher, Phase.HOLD)
    again = connect(by_clock)
    found = again.hello().state
    assert (found.phase, found.session is not None, found.reached) == (Phase.HOLD, True, LEVEL)
    again.claim()
    tick = again.state().tick

    def beaten_for_two_seconds() -> bool:
        again.beat()
        return again.state().tick > tick + 2 * TICKS_PER_SECOND

    eventually(beaten_for_two_seconds, "two seconds of heartbeats")
    assert again.state().phase is Phase.HOLD
    since = news(again, found.happened)
    entered = {h.what.act.kind for h in since if isinstance(h.what, Applied)}
    assert entered <= {"console_back"}, "nothing but the console's return entered the engine"
    again.session = found.session
    again.must(acts.Resume())
    assert again.hello().state.phase is Phase.EXPOSURE
