"""What the opening waits for: it goes on being told, and what fails is a fault at once."""

from __future__ import annotations

from concurrent.futures import Future
from types import SimpleNamespace
from typing import Any

import pytest

from vr_runtime import opening
from vr_runtime.loader import Library


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opening, "AWAITED_EVERY_S", 0.01)


def pulse(told: list[int], most: int, after: Any) -> Any:
    """Hears that it goes on; the `most`th time it does what is to happen."""

    def heard() -> None:
        told.append(1)
        if len(told) == most:
            after()

    return SimpleNamespace(opening=heard)


def test_while_scenarios_are_looked_for_it_is_said_that_it_goes_on() -> None:
    looked_for: Future[Library] = Future()
    told: list[int] = []
    found = Library((), ())
    assert (
        opening._awaited(looked_for, pulse(told, 3, lambda: looked_for.set_result(found))) is found
    )
    assert len(told) == 3


def test_a_search_that_ends_in_a_time_out_is_a_fault_and_no_endless_wait() -> None:
    looked_for: Future[Library] = Future()
    looked_for.set_exception(TimeoutError("the network folder does not answer"))
    told: list[int] = []
    with pytest.raises(TimeoutError, match="network folder"):
        opening._awaited(looked_for, pulse(told, 99, lambda: None))
    assert told == []
