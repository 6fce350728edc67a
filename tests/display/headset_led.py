"""A session with a fake headset, led by a test: its clock is told, and waits end when it says."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Generic, TypeVar

from fake_xr import FakeXr, Record

from vr_runtime.display.headset.finding import find
from vr_runtime.display.headset.openxr import OpenXr
from vr_runtime.display.headset.port import Frame, Port
from vr_runtime.display.headset.session import Session
from vr_runtime.display.headset.worker import Over

T = TypeVar("T")


class LedWorker(Generic[T]):
    """Does a job when it is looked at, unless it is told to hang."""

    def __init__(self, under_way: Callable[[bool], None] = lambda _now: None) -> None:
        self.hangs = False
        self._job: Callable[[], T] | None = None
        self._under_way = under_way

    @property
    def busy(self) -> bool:
        return self._job is not None

    def ask(self, job: Callable[[], T]) -> None:
        assert self._job is None
        self._job = job
        self._under_way(True)

    def taken(self, within_s: float = 0.0) -> Over[T] | None:
        if self._job is None or self.hangs:
            return None
        job, self._job = self._job, None
        self._under_way(False)
        try:
            return Over(job(), None)
        except Exception as error:
            return Over(None, error)


class Led:
    """The session, the fake behind it, and the time."""

    def __init__(self, xr: FakeXr | None = None) -> None:
        self.xr = FakeXr() if xr is None else xr
        self.now = 100.0
        self.painted: list[tuple[int, int, tuple[int, int]]] = []
        self.waiter: LedWorker[Frame] = LedWorker(self._waiting)
        self.reacher: LedWorker[Callable[[], Port]] = LedWorker()
        self.session = Session(
            self.reach()(),
            self.reach,
            waiter=self.waiter,
            reacher=self.reacher,
            clock=lambda: self.now,
        )

    def _waiting(self, now: bool) -> None:
        self.xr.waiting = now

    def reach(self) -> Callable[[], Port]:
        return partial(OpenXr, find(self.xr), lambda _xr, _instance, _egl: Record())

    def paint(self, eye: int, image: int, size: tuple[int, int]) -> None:
        self.painted.append((eye, image, size))

    def round(self) -> None:
        """One round of the main loop, 11 ms long."""
        self.session.look()
        self.session.facts()
        if self.session.due_s() <= 0.0 or not self.session.running:
            self.session.begin()
            self.session.end(self.paint)
        self.now += 0.011
