"""Owns how often it is told that something was refused; it refuses nothing itself.

Each refusal is answered. What is kept of it in the record and on disk is bounded: whoever is
refused without end is told of in numbers.
"""

from __future__ import annotations

from collections import Counter

from scenarios.api.manifest import InterlockSpec
from vr_runtime.wire.happenings import RefusedTo
from vr_runtime.wire.refusals import Code
from vr_runtime.wire.version import TICKS_PER_SECOND

WINDOW = 10 * TICKS_PER_SECOND
"""Ticks from the first refusal of a console until those that were only counted are told."""
SINGLY = 10
"""So many of one console are told one by one in this time: more than hands on a keyboard make."""


class Refusals:
    """What has been refused lately, by the name of the console."""

    def __init__(self) -> None:
        self._since: dict[str, int] = {}
        self._told: Counter[str] = Counter()
        self._counted: dict[str, Counter[tuple[Code, str]]] = {}

    def take(
        self, code: Code, act: str, by: str, tick: int, interlock: InterlockSpec | None = None
    ) -> RefusedTo | None:
        """One more refusal; gives what to tell of it now, or None when it is only counted."""
        self._since.setdefault(by, tick)
        self._told[by] += 1
        if self._told[by] <= SINGLY:
            return RefusedTo(code=code, act=act, by=by, interlock=interlock)
        self._counted.setdefault(by, Counter())[code, act] += 1
        return None

    def due(self, tick: int) -> list[RefusedTo]:
        """What was only counted and is to be told now."""
        found: list[RefusedTo] = []
        for by in [by for by, since in self._since.items() if tick >= since + WINDOW]:
            counted = self._counted.pop(by, Counter())
            found += [
                RefusedTo(code=code, act=act, by=by, times=times)
                for (code, act), times in counted.items()
            ]
            del self._since[by], self._told[by]
        return found
