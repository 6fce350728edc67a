"""Owns a file that says when each stop came in and what each picture showed; for measuring alone.

It decides nothing and knows no session: without a file it does nothing.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Mapping
from pathlib import Path

from vr_runtime.wire.acts import Phase, View

WRITTEN_AT_ONCE = 256


class Trace:
    """Lines of JSON in the order of what happened, times in nanoseconds of the monotonic clock.

    `{"stop": ns, "came": ns, "phase": p}` when a stop was read, before anything was done about it,
    and since when it could have been read;
    `{"picture": n, "view": v, "begun": ns, "ended": ns}` for each picture drawn.
    """

    def __init__(
        self, path: Path | None = None, now_ns: Callable[[], int] = time.monotonic_ns
    ) -> None:
        """Add to this file, where one is named."""
        self._path = path
        self._now_ns = now_ns
        self._lines: list[str] = []
        self._pictures = 0

    @property
    def kept(self) -> bool:
        """Whether anything is written at all."""
        return self._path is not None

    def stop(self, phase: Phase, came_ns: int | None = None) -> None:
        """A stop was read in this phase; it could have been since `came_ns`, if that is known."""
        read = self._now_ns()
        came = read if came_ns is None else min(came_ns, read)
        self._keep({"stop": read, "came": came, "phase": phase.value})

    def picture(self, draw: Callable[[], View | None]) -> None:
        """Draw one picture by `draw`, which gives the view that it shows."""
        begun = self._now_ns()
        view = draw()
        if view is not None:
            self._pictures += 1
            ended = self._now_ns()
            told = {"picture": self._pictures, "view": view.value, "begun": begun, "ended": ended}
            self._keep(told)

    def _keep(self, told: Mapping[str, object]) -> None:
        if self._path is None:
            return
        self._lines.append(json.dumps(told))
        if len(self._lines) >= WRITTEN_AT_ONCE:
            self.close()

    def close(self) -> None:
        """Write what is not yet written."""
        if self._path is None or not self._lines:
            return
        with self._path.open("a", encoding="utf-8") as file:
            file.write("\n".join(self._lines) + "\n")
        self._lines.clear()
