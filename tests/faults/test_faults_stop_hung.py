"""A stop while the loop of pictures hangs, or while the watchdog is dead or hung, real processes.

The consoles are the real core on real sockets, the terminal is a real one.
"""

from __future__ import annotations

import json
import os
import pty
import signal
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
from bounds import kept_meanwhile
from core import Core, core
from leading import silenced, until
from runtime_process import RuntimeProcess, running

from vr_runtime.wire.acts import Phase, View
from vr_runtime.wire.happenings import PhaseChanged

Tell = Callable[[str, object], None]

pytestmark = pytest.mark.timeout(90)

HUNG_STOPPED_S = 1.5 + 4.0
"""A hang is judged within 1.5 s and the next start is there within 4 s: then it has stopped."""
STOPPED_S = 0.5
"""From the key to the console's own sight of it, by a link on the same machine."""

IN_A_SHELL = """
import fcntl, signal, subprocess, sys, termios
fcntl.ioctl(0, termios.TIOCSCTTY, 0)
child = subprocess.Popen(sys.argv[1:])
while True:
    signal.pause()
"""
"""Like a shell: whoever leads the terminal stays when the watchdog dies."""


def watchdog_of(runtime: RuntimeProcess) -> int:
    """The process beside the one that draws."""
    return int(json.loads(runtime.announced.read_text())["pid"])


@contextmanager
def woken_after(pid: int) -> Iterator[None]:
    try:
        yield
    finally:
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGCONT)


async def stopped_after(lead: Core) -> float:
    """Stop; gives the seconds until the console sees it applied."""
    began = time.monotonic()
    await lead.conductor.stop()
    await lead.until(lambda: lead.phase is Phase.STOPPED, "the stop", 25.0)
    return time.monotonic() - began


@pytest.mark.fault("F5")
async def test_a_stop_while_the_picture_hangs_is_in_force_as_soon_as_there_is_one_again(
    by_clock: RuntimeProcess, record_property: Tell
) -> None:
    async with core(by_clock, grace_s=30.0) as lead:
        await lead.lead_into(1)

        async def attempt(number: int) -> float:
            if number:
                await lead.until(lambda: lead.conductor.now().link.in_control, "control")
                await lead.begin(1)
            state = lead.look()
            assert state is not None and state.view is View.SCENE
            os.kill(by_clock.renders, signal.SIGSTOP)
            took_s = await stopped_after(lead)
            after = lead.look()
            assert after is not None and after.boot != state.boot
            assert (after.view, after.trial_open) == (View.NEUTRAL, False)
            await lead.until(
                lambda: any(news.boot == after.boot for news in lead.news()), "its news"
            )
            changed = [
                n.what.after
                for n in lead.news()
                if n.boot == after.boot and isinstance(n.what, PhaseChanged)
            ]
            assert Phase.EXPOSURE not in changed, "never into the scene"
            return took_s

        took_s = await kept_meanwhile(attempt, HUNG_STOPPED_S, each_s=15.0)
        await lead.for_s(1.0)
        assert lead.phase is Phase.STOPPED, "and it stays"
    record_property("measured", f"stop in a hang {took_s:.2f} s")


@pytest.mark.fault("F4")
@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGSTOP], ids=["dead", "hung"])
async def test_a_stop_needs_no_watchdog(
    by_clock: RuntimeProcess, record_property: Tell, how: signal.Signals
) -> None:
    watchdog = watchdog_of(by_clock)
    with woken_after(watchdog):
        async with core(by_clock, grace_s=30.0) as lead:
            await lead.lead_into(1)
            os.kill(watchdog, how)

            async def attempt(number: int) -> float:
                if number:
                    await lead.begin(1)
                return await stopped_after(lead)

            took_s = await kept_meanwhile(attempt, STOPPED_S, each_s=5.0)
            state = lead.look()
            assert state is not None and state.view is View.NEUTRAL
            # Nobody hears the pulse: by then the pipe may be full, and the loop goes on.
            await lead.for_s(1.0)
            assert lead.conductor.now().link.state == "live"
    name = {signal.SIGKILL: "dead", signal.SIGSTOP: "hung"}[how]
    record_property("measured", f"stop with the watchdog {name} {took_s:.2f} s")


@contextmanager
def in_a_terminal(folder: Path) -> Iterator[tuple[RuntimeProcess, int]]:
    """A runtime started by hand in a terminal, and what types there."""
    ours, theirs = pty.openpty()
    try:
        with running(folder, inside=(sys.executable, "-c", IN_A_SHELL), stdin=theirs) as runtime:
            yield runtime, ours
    finally:
        os.close(ours)
        os.close(theirs)


@pytest.mark.fault("F4")
@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGSTOP], ids=["dead", "hung"])
def test_the_runtimes_own_terminal_stops_without_watchdog_and_console(
    tmp_path: Path, how: signal.Signals
) -> None:
    with in_a_terminal(tmp_path) as (runtime, keyboard):
        with silenced(runtime, signal.SIGKILL) as watching:
            os.kill(watchdog_of(runtime), how)
            os.write(keyboard, b"\x1b\x1b")
            stopped = until(watching, lambda s: s.phase is Phase.STOPPED, "the stop")
            assert (stopped.cause, stopped.view) == ("runtime_key_stop", View.NEUTRAL)


@pytest.mark.fault("F5")
def test_a_stop_typed_in_the_runtimes_own_terminal_while_it_hangs_is_not_forgotten(
    tmp_path: Path,
) -> None:
    with in_a_terminal(tmp_path) as (runtime, keyboard):
        with silenced(runtime, signal.SIGKILL) as watching:
            boot = watching.state().boot
            os.kill(runtime.renders, signal.SIGSTOP)
            os.write(keyboard, b"\x1b\x1b")
            stopped = until(watching, lambda s: s.phase is Phase.STOPPED, "the stop")
            assert (stopped.cause, stopped.view) == ("runtime_key_stop", View.NEUTRAL)
            assert stopped.boot != boot
