"""Owns what is slow in an author's code: in which function, and whether the rest can be waited for.

It times no tick itself and knows no scenario.
"""

from __future__ import annotations

import cProfile
import linecache
from collections import deque
from collections.abc import Callable
from types import CodeType

from vr_runtime.engine.budget import SOFT_S
from vr_runtime.language import _, filled
from vr_runtime.measuring.limits import SHARE_S, TICK_S
from vr_runtime.measuring.outcome import Finding, Spot

WINDOW_TICKS = 100
AFFORDED_S = 0.005
"""Seconds of the author's code in a tick, on average, beyond which no way is walked to its end: all
that is measured is some ten thousand ticks without pictures, and more with them."""
SHARE_TICKS, FORGIVEN = 40, 4
LOOKS, LOOK_TICKS = 3, 15
"""So often, for so many ticks, it is looked at where the time goes; looking makes ticks slower."""


class Busiest:
    """In which of the author's functions the time goes, once ticks are slow.

    It looks from the thread that runs the scenario: another thread would make that one wait.
    """

    def __init__(self, files: Callable[[str], bool]) -> None:
        """`files` knows the author's own."""
        self._files = files
        self._recent: deque[float] = deque(maxlen=LOOK_TICKS)
        self._took: dict[CodeType, float] = {}
        self._looks = 0
        self._profile: cProfile.Profile | None = None

    def ticked(self, took_s: float) -> None:
        """A tick passed in which the author's code took so many seconds."""
        self._recent.append(took_s)
        if len(self._recent) < LOOK_TICKS:
            return
        if self._profile is not None:
            self.end()
        elif self._looks < LOOKS and sum(self._recent) > SOFT_S * LOOK_TICKS:
            self._looks += 1
            self._recent.clear()
            self._profile = cProfile.Profile()
            self._profile.enable()

    def end(self) -> None:
        """Look no longer, and keep what was seen."""
        profile, self._profile = self._profile, None
        self._recent.clear()
        if profile is None:
            return
        profile.disable()
        for entry in profile.getstats():
            if isinstance(entry.code, CodeType) and self._is_theirs(entry.code):
                theirs = [c for c in entry.calls or () if self._is_theirs(c.code)]
                took = entry.totaltime - sum(call.totaltime for call in theirs)
                self._took[entry.code] = self._took.get(entry.code, 0.0) + took

    def spot(self) -> Spot:
        """The function that took most, without those of the author's it calls; else an empty spot.

        What it asks of the stage and of Python is its own.
        """
        for code in sorted(self._took, key=lambda each: -self._took[each]):
            return Spot(file=code.co_filename, line=_begins(code), name=code.co_name)
        return Spot()

    def _is_theirs(self, code: CodeType | str) -> bool:
        return isinstance(code, CodeType) and self._files(code.co_filename)


def _begins(code: CodeType) -> int:
    """The line of its `def`, which a decorator may stand before."""
    lines = linecache.getlines(code.co_filename)
    for number in range(code.co_firstlineno, len(lines) + 1):
        if lines[number - 1].lstrip().startswith(("def ", "async def ")):
            return number
        if "lambda" in lines[number - 1]:
            break
    return code.co_firstlineno


class Pace:
    """Whether an author's code is so slow that it is not measured to its end."""

    def __init__(self) -> None:
        self._took: deque[float] = deque(maxlen=WINDOW_TICKS)

    def late(self, took_s: float) -> bool:
        """A tick passed in which the author's code took so many seconds.

        True where a session would end it: some ticks that were far too long, or a share of each
        for long. A few may be the machine's own fault, however they were timed.
        """
        self._took.append(took_s)
        lately = sorted(list(self._took)[-SHARE_TICKS:])[:-FORGIVEN]
        far = any(each > TICK_S for each in lately)
        return far or (
            len(lately) == SHARE_TICKS - FORGIVEN and sum(lately) > SHARE_S * len(lately)
        )

    @property
    def too_slow(self) -> float | None:
        """Seconds of each of the last ticks where measuring so many cannot be waited for."""
        each = sum(self._took) / WINDOW_TICKS
        return each if len(self._took) == WINDOW_TICKS and each > AFFORDED_S else None


def too_slow(each_s: float, spot: Spot) -> Finding:
    """PS200 for a walk that was ended early, as its ticks are too slow."""
    told = _("It was measured no further: its ticks take {n:.0f} ms each, most of it in `{name}`.")
    hint = _("a tick has 2 ms; make things once in `build`, and change only what changes")
    name = spot.name or "update"
    there = spot if spot.line else Spot(name=name)
    return Finding(
        code="PS200", spot=there, message=filled(told, n=each_s * 1000.0, name=name), hint=hint
    )
