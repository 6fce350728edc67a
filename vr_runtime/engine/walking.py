"""Owns where a patient goes by own act, along a declared walk: only where it is open.

How far it is open is a graded value, and so the therapist's alone to raise. It knows neither phase
nor stage, and moves nobody: the scenario is told where the patient is to stand.
"""

from __future__ import annotations

from collections.abc import Mapping

from scenarios.api.manifest import Manifest


class Walking:
    """One session's walk; with none declared nobody ever goes anywhere."""

    def __init__(self, manifest: Manifest, values: Mapping[str, float]) -> None:
        """`values` are the applied ones, kept up to date by the engine."""
        self._walk = manifest.walk
        self._values = values
        self._reach = None if self._walk is None else manifest.value(self._walk.reach)
        self._gone: int | None = None
        """Number of the mark that the patient went to; None: where the therapist put them."""
        self._put: float | None = None

    @property
    def open(self) -> frozenset[int]:
        """Numbers of the marks that are open."""
        walk, reach = self._walk, self._reach
        if walk is None or reach is None:
            return frozenset()
        limit = self._values[walk.reach]
        return frozenset(n for n, mark in enumerate(walk.marks) if not reach.is_harder(mark, limit))

    def at(self) -> float | None:
        """Where the patient is along the walk; None: where the therapist put them."""
        walk, reach = self._walk, self._reach
        if walk is None or reach is None:
            return None
        if self._gone is not None:
            return walk.marks[self._gone]
        put = self._values[walk.start]
        if reach.is_harder(put, self._values[walk.reach]):
            back = walk.marks[max(self.open, default=0)]
            return back if reach.is_harder(put, back) else None
        return None

    def stands(self) -> tuple[str, float] | None:
        """The value that says how far it is open, and where along it the patient stands."""
        if self._walk is None:
            return None
        at = self.at()
        return self._walk.reach, self._values[self._walk.start] if at is None else at

    def may_go(self, mark: int) -> bool:
        """Whether this mark is open."""
        return mark in self.open

    def go(self, mark: int) -> None:
        """The patient went there."""
        if mark in self.open:
            self._gone = mark

    def follow(self) -> None:
        """A tick: a new place to start from wins, and no mark is kept that has been closed."""
        if self._walk is None:
            return
        put = self._values[self._walk.start]
        if put != self._put:
            self._put, self._gone = put, None
        if self._gone is not None and self._gone not in self.open:
            self._gone = max((n for n in self.open if n <= self._gone), default=None)

    def leave(self) -> None:
        """The scene was left: the patient begins again where they are put."""
        self._gone = None

    def facts(self) -> object:
        """What of it decides how the session goes on; nothing where no walk is declared."""
        return None if self._walk is None else [self._gone, repr(self._put)]
