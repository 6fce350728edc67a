"""Owns the numbering of what happened, and the latest of it for consoles that missed some."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable

from vr_runtime.engine.engine import Fresh
from vr_runtime.wire.happenings import Happened
from vr_runtime.wire.messages import Missed

KEPT = 20_000
PER_ANSWER = 64


class News:
    """Numbers happenings from 1 without holes, for one start of the runtime."""

    def __init__(self, boot: str) -> None:
        self.boot = boot
        self.number = 0
        self._kept: deque[Happened] = deque(maxlen=KEPT)

    def take(self, fresh: Iterable[Fresh]) -> list[Happened]:
        """Number what happened, in this order."""
        numbered = []
        for one in fresh:
            self.number += 1
            numbered.append(
                Happened(
                    boot=self.boot,
                    number=self.number,
                    tick=one.tick,
                    session=one.session,
                    what=one.what,
                )
            )
        self._kept.extend(numbered)
        return numbered

    def reaches(self, number: int) -> bool:
        """Whether all that happened after `number` is still at hand here."""
        return not self._kept or self._kept[0].number <= number + 1

    def after(self, number: int) -> Missed:
        """What happened after `number`, oldest first, as much as one answer may carry."""
        first = self._kept[0].number if self._kept else self.number + 1
        lost_before = first - 1 if number < first - 1 else None
        start = max(0, number - first + 1)
        found = tuple(self._kept[i] for i in range(start, min(len(self._kept), start + PER_ANSWER)))
        return Missed(happened=found, lost_before=lost_before)
