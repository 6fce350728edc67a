"""Owns which level is the next one below, also while an earlier lowering is not answered yet.

It sends nothing and knows no screen.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from controller.language import _
from vr_runtime.wire.state import State


class Lowering:
    """Lowerings that were sent and are not answered."""

    def __init__(self) -> None:
        self._under_way: list[int] = []

    def level(self, state: State | None, to: int | None) -> int:
        """The level to ask for; below 0 where there is none.

        Args:
            state: what is known to be applied.
            to: a level that was named; None for one down from what is applied or asked.
        """
        if to is not None:
            return to
        applied = 0 if state is None else min(state.asked, state.reached) - 1
        return min([applied, *(max(0, level - 1) for level in self._under_way)])

    @contextmanager
    def to(self, level: int) -> Iterator[str]:
        """It is asked for, until the end of the block; gives what to say of it."""
        self._under_way.append(level)
        try:
            yield _("Level {level} asked.").format(level=level)
        finally:
            self._under_way.remove(level)
