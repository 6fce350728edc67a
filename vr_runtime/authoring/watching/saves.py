"""Owns when a scenario's files were saved; knows nothing of what is in them."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from pathlib import Path

from vr_runtime.examination.source import MAIN, hierarchies_of

LOOK_S = 0.15
"""Seconds between two looks where the system does not tell of saves by itself."""
SETTLE_MS = 50
"""A save is often several changes, as a new file and its name: they are taken as one."""

GONE_S = 1.0
"""A file that is not there for so long is gone; for a moment an editor may have taken it away."""

Stamp = tuple[tuple[str, int, int], ...]


def stamp(path: Path) -> Stamp:
    """What changes when any of the files is saved: names, times, sizes."""
    try:
        return tuple(sorted(_stamps(path)))
    except OSError:
        # A folder went away while it was read.
        return ()


def _stamps(path: Path) -> Iterator[tuple[str, int, int]]:
    if path.is_dir():
        yield str(path), 0, 0
    for file in files(path):
        try:
            found = file.stat()
        except OSError:
            # An editor puts a new file in the place of the old one: for a moment there is none.
            continue
        yield str(file), found.st_mtime_ns, found.st_size


def files(path: Path) -> Iterator[Path]:
    """The files of a scenario, without what is hidden and what Python leaves behind."""
    if not path.is_dir():
        yield path
        if hierarchies_of(path).exists():
            yield hierarchies_of(path)
        return
    if not (path / MAIN).is_file():
        return  # no scenario, and it may be as large as a disk
    for file in path.rglob("*"):
        inside = file.relative_to(path).parts
        if not any(part == "__pycache__" or part.startswith(".") for part in inside):
            if file.is_file():
                yield file


class Saves:
    """Tells of saves, one call after the other."""

    def __init__(
        self,
        path: Path,
        *,
        told: bool | None = None,
        sleep: Callable[[float], None] = time.sleep,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Begin to look; `told` by the system, through watchfiles, where that is installed."""
        self._path = path
        self._last = stamp(path)
        self._sleep = sleep
        self._clock = clock
        self._there_s = clock()
        told = find_spec("watchfiles") is not None if told is None else told
        self._changes = self._by_the_system() if told else None

    def _by_the_system(self) -> Iterator[object]:
        import watchfiles

        # A file is replaced by many editors: its folder is what stays.
        folder = self._path if self._path.is_dir() else self._path.parent
        return watchfiles.watch(
            folder,
            watch_filter=None,
            recursive=self._path.is_dir(),
            debounce=SETTLE_MS,
            step=SETTLE_MS // 2,
            rust_timeout=round(LOOK_S * 1000),
            yield_on_timeout=True,
        )

    def wait(self) -> bool:
        """Wait a moment, at most about `LOOK_S`; whether something was saved, or went away."""
        if self._changes is None:
            self._sleep(LOOK_S)
        else:
            try:
                next(self._changes, None)
            except OSError:
                # The folder itself is gone, or the system watches enough already.
                self._changes = None
        now = stamp(self._path)
        if now:
            self._there_s = self._clock()
        if now == self._last or (not now and self._clock() - self._there_s < GONE_S):
            return False
        self._last = now
        return True
