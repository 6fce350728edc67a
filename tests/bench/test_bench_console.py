"""`palier bench console`: what it measures of a real session; a broken bound is a failure."""

from __future__ import annotations

import pytest

from controller.bench.console import MOST_TIMES_BARE, SIZES, Found, measure, told
from controller.cli import main


def found(**times: float) -> Found:
    usual: dict[str, tuple[float, float]] = {"state": (4.0, 2.0), "key": (6.0, 2.0)}
    slow = {name: (2.0 * many, 2.0) for name, many in times.items()}
    return {(80, 24): usual, (200, 60): {**usual, **slow}}


@pytest.mark.parametrize("name", MOST_TIMES_BARE)
def test_the_worst_size_is_held_against_the_bound(name: str) -> None:
    assert told(found())["holds"] is True
    broken = told(found(**{name: MOST_TIMES_BARE[name] * 1.01}))
    assert broken["holds"] is False
    assert broken["kept"] == {kind: kind != name for kind in MOST_TIMES_BARE}


def test_a_broken_bound_is_an_exit_code_of_1(monkeypatch: pytest.MonkeyPatch) -> None:
    for key, code in ((3.0, 0), (MOST_TIMES_BARE["key"] + 1.0, 1)):
        document = told(found(key=key))
        monkeypatch.setattr("controller.bench.console.measure", lambda *_all, d=document: d)
        assert main(["bench", "console", "--json"]) == code


@pytest.mark.soak
@pytest.mark.timeout(180)
def test_a_real_session_is_measured_at_every_size() -> None:
    sizes: list[int] = []
    document = measure(3, sizes.append)
    assert sizes == [1, 2, 3]
    measured = document["sizes"]
    assert isinstance(measured, dict)
    assert list(measured) == [f"{width}x{height}" for width, height in SIZES]
    assert all(kinds[name]["ms"] > 0 for kinds in measured.values() for name in MOST_TIMES_BARE)
