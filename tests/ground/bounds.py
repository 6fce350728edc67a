"""How a promised time is held on a machine that does much else at once.

A try that came late because of what else runs here proves nothing against the promise, and one
that came in time keeps it. So what is tried again is tried while no other test runs, and the best
of three tries is held to the promised number. A promise that is kept once in three is no promise
all the same: where the first try was late, all three are made, the middle one has to come within
half of what is left to the ceiling, and none above the ceiling. So two of three may not be late by
much, nor any by far.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import nullcontext
from statistics import median

from quiet import alone

TRIES = 3


class _Taken:
    """What the tries took, in seconds."""

    def __init__(self, promised_s: float, each_s: float) -> None:
        self._promised_s = promised_s
        self._each_s = each_s
        self._tries: list[float] = []

    @property
    def next(self) -> int | None:
        """The number of the next try, or None when enough were made."""
        tries = self._tries
        enough = len(tries) == TRIES or (len(tries) == 1 and tries[0] <= self._promised_s)
        return None if enough else len(tries)

    def add(self, seconds: float) -> None:
        told = f"took {seconds:.2f} s, more than any try may: {self._each_s} s"
        assert seconds <= self._each_s, told
        self._tries.append(seconds)

    def judged(self) -> float:
        """Seconds of the best try, once best and middle one are judged."""
        tries, middle_s = self._tries, (self._promised_s + self._each_s) / 2
        assert min(tries) <= self._promised_s, f"promised in {self._promised_s} s; took {tries}"
        assert median(tries) <= middle_s, f"two of three are late: {tries}, over {middle_s} s"
        return min(tries)


def kept(attempt: Callable[[int], float], promised_s: float, each_s: float) -> float:
    """Try once, or three times where that was late; gives the seconds of the best try.

    Args:
        attempt: one try, given its number from 0; gives seconds.
        promised_s: what one of them has to keep.
        each_s: what every one of them has to keep.
    """
    taken = _Taken(promised_s, each_s)
    while (number := taken.next) is not None:
        with alone() if number else nullcontext():
            taken.add(attempt(number))
    return taken.judged()


async def kept_meanwhile(
    attempt: Callable[[int], Awaitable[float]], promised_s: float, each_s: float
) -> float:
    """The same for tries that wait for something."""
    taken = _Taken(promised_s, each_s)
    while (number := taken.next) is not None:
        if not number:
            taken.add(await attempt(number))
            continue
        quiet = alone()
        await asyncio.to_thread(quiet.__enter__)
        try:
            taken.add(await attempt(number))
        finally:
            await asyncio.to_thread(quiet.__exit__, None, None, None)
    return taken.judged()
