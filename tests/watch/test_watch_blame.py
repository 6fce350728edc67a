"""Who is blamed for an end is who was at fault when it was judged, whatever is written after."""

from __future__ import annotations

import sys

import pytest

from vr_runtime.watch.beats import Again, Doing, Opened, Said, Standing, line
from vr_runtime.watch.judge import Watched
from vr_runtime.watchdog import Watchdog, _next

SAYS = """
import os, signal, sys
before, after = (bytes.fromhex(text) for text in sys.argv[1:])
signal.signal(signal.SIGUSR2, lambda *_: os.write(1, after))
signal.alarm(30)
os.write(1, before)
while True:
    signal.pause()
"""
OPENED = Opened("tcp://127.0.0.1:5600", "null", software=False)


def next_start(monkeypatch: pytest.MonkeyPatch, before: list[Said], after: list[Said]) -> Again:
    """What is told after a process that said this, fell silent, and said that while being ended."""
    watchdog = Watchdog([], in_step=False, memory_limit=2**40)
    told = [b"".join(line(one) for one in said).hex() for said in (before, after)]
    monkeypatch.setattr(watchdog, "_command", lambda *_: [sys.executable, "-c", SAYS, *told])
    watched = Watched(in_step=False)
    over = watchdog._one_start(watched, None, just_open=False)
    assert over.why == "hung"
    return _next(over.why, watched, None, blamed=over.blamed)


def test_a_loop_that_hung_is_not_the_scenarios_fault_though_its_code_is_entered_after(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    facts = Standing('{"session": 1}')
    told = next_start(monkeypatch, [OPENED, facts, Doing.LOOP], [Doing.SCENARIO])
    assert (told.why, told.blamed) == ("hung", False)


def test_a_scenario_that_hung_stays_to_blame_though_the_loop_comes_round_after(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    facts = Standing('{"session": 1}')
    told = next_start(monkeypatch, [OPENED, facts, Doing.SCENARIO], [Doing.LOOP])
    assert (told.why, told.blamed) == ("hung", True)
