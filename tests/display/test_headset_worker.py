"""What a headset's driver lets wait is waited for aside, one thing at a time."""

from __future__ import annotations

import threading

import pytest

from vr_runtime.display.headset.worker import Threaded


def test_a_job_is_over_when_it_is_and_never_waited_for_unasked():
    worker: Threaded[int] = Threaded("test")
    assert not worker.busy
    assert worker.taken() is None
    go = threading.Event()
    worker.ask(lambda: 7 if go.wait(10.0) else 0)
    assert worker.busy
    assert worker.taken() is None
    assert worker.taken(0.01) is None
    go.set()
    over = worker.taken(10.0)
    assert over is not None and over.get() == 7
    assert not worker.busy
    assert worker.taken() is None, "it is told once"


def test_what_a_job_raises_is_raised_where_it_is_taken():
    worker: Threaded[int] = Threaded("test")
    worker.ask(lambda: 1 // 0)
    over = worker.taken(10.0)
    assert over is not None
    with pytest.raises(ZeroDivisionError):
        over.get()
    worker.ask(lambda: 3)
    over = worker.taken(10.0)
    assert over is not None and over.get() == 3, "the thread goes on"


def test_a_second_job_beside_the_first_is_a_fault_of_ours():
    worker: Threaded[bool] = Threaded("test")
    go = threading.Event()
    worker.ask(lambda: go.wait(10.0))
    with pytest.raises(AssertionError):
        worker.ask(lambda: True)
    go.set()
    assert worker.taken(10.0) is not None
