"""The runtime's end of the pipe: it tells enough, and never waits for who listens."""

from __future__ import annotations

import fcntl
import os
import platform
import subprocess
import sys
from collections.abc import Iterator

import pytest

from vr_runtime.watch import beats
from vr_runtime.watch.beats import Doing, Leading, Said, Standing
from vr_runtime.watch.memory import (
    GIB,
    machine_bytes,
    resident_bytes,
    usual_limit,
)
from vr_runtime.watch.pulse import Pulse


class Clock:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


class Listener:
    def __init__(self) -> None:
        self.read, self.write = os.pipe()
        os.set_blocking(self.read, False)
        self._torn = b""

    def said(self) -> list[Said | None]:
        data = self._torn
        while True:
            try:
                more = os.read(self.read, 65536)
            except BlockingIOError:
                break
            if not more:
                break
            data += more
        *lines, self._torn = data.split(b"\n")
        return [beats.read(line) for line in lines]


@pytest.fixture
def listener() -> Iterator[Listener]:
    made = Listener()
    yield made
    os.close(made.read)


def test_a_loop_that_goes_round_is_heard_at_least_five_times_a_second(listener: Listener) -> None:
    clock = Clock()
    pulse = Pulse(listener.write, now=clock)
    for _ in range(300):
        pulse.beat()
        clock.now += 0.01
    assert 15 <= listener.said().count(Doing.LOOP) <= 31
    os.close(listener.write)


def test_an_authors_code_is_told_before_it_is_entered_and_when_it_is_left(
    listener: Listener,
) -> None:
    pulse = Pulse(listener.write)
    pulse.beat()
    listener.said()
    with pulse.within(Doing.SCENARIO):
        assert listener.said() == [Doing.SCENARIO]
    assert listener.said() == [Doing.LOOP]
    os.close(listener.write)


def test_what_takes_long_and_goes_on_is_said_again_and_not_as_the_loop(
    listener: Listener,
) -> None:
    clock = Clock()
    pulse = Pulse(listener.write, now=clock)
    with pulse.within(Doing.BUILDING):
        for _ in range(100):
            clock.now += 0.03
            pulse.goes_on()
        said = listener.said()
    assert set(said) == {Doing.BUILDING} and 20 <= len(said) <= 31
    os.close(listener.write)


def test_a_watchdog_that_does_not_read_is_never_waited_for_and_told_the_last_word_later(
    listener: Listener,
) -> None:
    fcntl.fcntl(listener.write, fcntl.F_SETPIPE_SZ, 4096)
    clock = Clock()
    pulse = Pulse(listener.write, now=clock)
    for number in range(1000):
        pulse.standing(f'{{"n": {number}}}')
    assert not pulse.watched
    listener.said()
    clock.now += 1.0
    pulse.beat()
    assert listener.said()[-1] == Standing('{"n": 999}')
    assert pulse.watched
    os.close(listener.write)


def test_a_watchdog_that_has_ended_is_missed_once(listener: Listener) -> None:
    missed: list[str] = []
    pulse = Pulse(listener.write, alone=lambda: missed.append("alone"))
    os.close(listener.read)
    for _ in range(3):
        with pulse.within(Doing.SCENARIO):
            pulse.standing("{}")
    assert not pulse.watched
    assert missed == ["alone"]
    listener.read = os.open(os.devnull, os.O_RDONLY)


def test_nobody_who_watches_is_told_nothing() -> None:
    pulse = Pulse(None)
    pulse.beat()
    with pulse.within(Doing.SCENARIO):
        pulse.standing("{}")
    assert not pulse.watched


def test_memory_is_told_by_the_system_or_not_at_all() -> None:
    assert resident_bytes(2**30) is None, "there is no such process"
    whole, limit = machine_bytes(), usual_limit()
    assert whole is not None and limit is not None
    assert 1 * GIB <= limit <= 8 * GIB
    here = resident_bytes(os.getpid())
    assert here is not None and 10_000_000 < here < whole


LARGE = """
import os
from vr_runtime.watch.memory import resident_bytes, settle_heap

assert settle_heap()
bytearray(24 * 1024**2)
held = [bytearray(16 * 1024**2) for _ in range(4)]
# What is allotted after them would keep their holes from the system.
after = [bytes(200_000) for _ in range(50)]
full = resident_bytes(os.getpid())
held.clear()
left = resident_bytes(os.getpid())
print(full - left)
assert len(after) == 50
"""


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="another library allots memory")
def test_a_large_block_that_was_freed_goes_back_although_a_larger_one_did_before() -> None:
    # In a process of its own: what other tests have left lying about is no part of it.
    told = subprocess.run([sys.executable, "-c", LARGE], capture_output=True, text=True, check=True)
    assert int(told.stdout) > 60 * 1024**2


SEGMENT = """
import ctypes
from vr_runtime.watch.memory import settle_heap
assert settle_heap() and settle_heap()
libc = ctypes.CDLL(None)
libc.sbrk.restype = ctypes.c_void_p
print(libc.sbrk(1 << 24) == ctypes.c_void_p(-1).value, len(bytes(10_000_000)))
"""


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="another library allots memory")
def test_two_allocators_never_grow_the_same_segment() -> None:
    told = subprocess.run(
        [sys.executable, "-c", SEGMENT], capture_output=True, text=True, check=True, timeout=30
    )
    assert told.stdout.split() == ["True", "10000000"]


def test_who_leads_is_told_at_once_and_said_again_to_a_watchdog_that_did_not_read(
    listener: Listener,
) -> None:
    fcntl.fcntl(listener.write, fcntl.F_SETPIPE_SZ, 4096)
    clock = Clock()
    pulse = Pulse(listener.write, now=clock)
    pulse.leading("one")
    assert listener.said() == [Leading("one")]
    for number in range(1000):
        pulse.standing(f"{number:>100}")
    two = f"{'two':>200}"
    pulse.leading(two)
    assert Leading(two) not in listener.said()
    clock.now += 1.0
    pulse.beat()
    assert listener.said().count(Leading(two)) == 1
    os.close(listener.write)
