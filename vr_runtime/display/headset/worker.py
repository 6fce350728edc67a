"""Owns one thread for what a headset's driver may let wait for long; knows no driver.

The loop that hears stops never waits for a driver: it looks here whether the wait is over.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from queue import Empty, SimpleQueue
from typing import Generic, Protocol, TypeVar

T = TypeVar("T")


class Over(Generic[T]):
    """A job that has ended: its value, or what it raised."""

    def __init__(self, value: T | None, raised: Exception | None) -> None:
        self._value = value
        self._raised = raised

    def get(self) -> T:
        """The value, or raise what the job raised."""
        if self._raised is not None:
            raise self._raised
        return self._value  # type: ignore[return-value]


class Worker(Protocol[T]):
    """One job at a time."""

    @property
    def busy(self) -> bool:
        """A job is under way, or over and not yet taken."""
        ...

    def ask(self, job: Callable[[], T]) -> None:
        """Begin a job; only while not busy."""
        ...

    def taken(self, within_s: float = 0.0) -> Over[T] | None:
        """What the job came to, once, waiting at most so long; None while it is under way."""
        ...


class Threaded(Generic[T]):
    """Jobs on a thread that never holds up the end of the program."""

    def __init__(self, name: str) -> None:
        self._jobs: SimpleQueue[Callable[[], T]] = SimpleQueue()
        self._over: SimpleQueue[Over[T]] = SimpleQueue()
        self._under_way = False
        threading.Thread(target=self._work, name=name, daemon=True).start()

    @property
    def busy(self) -> bool:
        """A job is under way, or over and not yet taken."""
        return self._under_way

    def ask(self, job: Callable[[], T]) -> None:
        """Begin a job; only while not busy."""
        assert not self._under_way, "one job at a time"
        self._under_way = True
        self._jobs.put(job)

    def taken(self, within_s: float = 0.0) -> Over[T] | None:
        """What the job came to, once, waiting at most so long; None while it is under way."""
        if not self._under_way:
            return None
        try:
            over = self._over.get(timeout=within_s) if within_s > 0 else self._over.get_nowait()
        except Empty:
            return None
        self._under_way = False
        return over

    def _work(self) -> None:
        while True:
            job = self._jobs.get()
            try:
                self._over.put(Over(job(), None))
            except Exception as error:
                self._over.put(Over(None, error))
