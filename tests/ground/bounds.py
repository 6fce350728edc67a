"""How a promised time is held on a machine that does much else at once.

A try that came late because of what else runs here proves nothing against the promise, and one
that came in time keeps it. So the best of a few tries is held to the promised number, and each of
them to a generous one, so that nothing that only sometimes comes is taken for kept.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable

TRIES = 3


def kept(attempt: Callable[[int], float], promised_s: float, each_s: float) -> float:
    """Try until one try is within `promised_s`, at most three times; gives the seconds it took.

    Args:
        attempt: one try, given its number from 0; gives seconds.
        promised_s: what one of them has to keep.
        each_s: what every one of them has to keep.
    """
    taken: list[float] = []
    while not taken or min(taken) > promised_s:
        assert len(taken) < TRIES, f"promised within {promised_s} s; took {taken}"
        taken.append(_each(attempt(len(taken)), each_s))
    return min(taken)


async def kept_meanwhile(
    attempt: Callable[[int], Awaitable[float]], promised_s: float, each_s: float
) -> float:
    """The same for tries that wait for something."""
    taken: list[float] = []
    while not taken or min(taken) > promised_s:
        assert len(taken) < TRIES, f"promised within {promised_s} s; took {taken}"
        taken.append(_each(await attempt(len(taken)), each_s))
    return min(taken)


def _each(seconds: float, each_s: float) -> float:
    assert seconds <= each_s, f"took {seconds:.2f} s, more than any try may: {each_s} s"
    return seconds
