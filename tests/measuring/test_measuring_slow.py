"""What is slow or grows is told early, by its place; a busy machine is no fault of a scenario's."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from vr_runtime.measuring.growing import LOOK_TICKS, LOOKS, Growth
from vr_runtime.measuring.measure import slow
from vr_runtime.measuring.outcome import Effort, Spot, Walked
from vr_runtime.measuring.slowness import (
    AFFORDED_S,
    SHARE_TICKS,
    WINDOW_TICKS,
    Busiest,
    Pace,
    too_slow,
)
from vr_runtime.measuring.worked import Moment, Worked

CODE = """\
class Pier:
    def quick(self):
        return 1

    def busy(self):
        return sum(range(20000))

    def update(self):
        self.quick()
        self.busy()
"""


@pytest.mark.parametrize(
    ("ran", "queued", "slept", "took"),
    [(0.002, 0.0, 0, 0.002), (0.002, 0.25, 0, 0.002), (0.002, 0.0, 1, 0.3), (0.002, 0.2, 1, 0.1)],
    ids=["works", "waits for others", "sleeps", "sleeps and waits for others"],
)
def test_the_clock_counts_work_and_sleep_and_not_what_others_take(
    ran: float, queued: float, slept: int, took: float
) -> None:
    moments = iter([Moment(0.0, 0.0, 0.0, 0), Moment(0.3, ran, queued, slept)])
    assert Worked(lambda: next(moments))() == pytest.approx(took)


def ticked(pace: Pace, took: list[float]) -> list[bool]:
    return [pace.late(each) for each in took]


def test_ticks_are_too_slow_once_a_whole_window_of_them_was() -> None:
    pace = Pace()
    assert not any(ticked(pace, [2 * AFFORDED_S] * (WINDOW_TICKS - 1)))
    assert pace.too_slow is None
    assert not pace.late(2 * AFFORDED_S)
    assert pace.too_slow == pytest.approx(2 * AFFORDED_S)


def test_single_slow_ticks_end_nothing() -> None:
    pace = Pace()
    assert not any(ticked(pace, [0.3 if tick % 50 == 0 else 0.001 for tick in range(90)]))
    assert ticked(Pace(), [0.3, 0.3, 0.001, 0.001]) == [False] * 4


def test_a_fifth_tick_above_250_ms_ends_it_as_a_session_would() -> None:
    assert ticked(Pace(), [0.3, 0.001] * 4 + [0.3]) == [False] * 8 + [True]


def test_more_than_half_of_each_tick_for_long_ends_it_as_a_session_would() -> None:
    assert ticked(Pace(), [0.02] * SHARE_TICKS) == [False] * (SHARE_TICKS - 1) + [True]
    assert not any(ticked(Pace(), [0.016] * 90))


def theirs(tmp_path: Path) -> Any:
    file = tmp_path / "pier.py"
    file.write_text(CODE, "utf-8")
    found: dict[str, Any] = {}
    exec(compile(CODE, str(file), "exec"), found)
    return found["Pier"](), Busiest(lambda name: name == str(file)), str(file)


def test_the_function_in_which_the_time_goes_is_named_by_its_line(tmp_path: Path) -> None:
    pier, busiest, file = theirs(tmp_path)
    for _tick in range(60):
        pier.update()
        busiest.ticked(0.004)
    busiest.end()
    assert busiest.spot() == Spot(file=file, line=5, name="busy")
    assert too_slow(0.01, busiest.spot()).spot.line == 5


def test_nothing_is_looked_into_where_ticks_are_quick(tmp_path: Path) -> None:
    pier, busiest, _file = theirs(tmp_path)
    for _tick in range(60):
        pier.update()
        busiest.ticked(0.001)
    assert busiest.spot() == Spot()
    assert too_slow(0.01, busiest.spot()).spot == Spot(name="update")


def test_slow_ticks_are_told_at_the_function_that_takes_most() -> None:
    walked = Walked(
        effort=Effort(ticks=100, slow=50, worst_ms=4.0), slowest=Spot(file="a", line=5, name="busy")
    )
    (found,) = slow(walked)
    assert (found.code, found.spot.line) == ("PS203", 5) and "`busy`" in found.message


class Keeper:
    """Something that keeps more in each tick, in this file."""

    def __init__(self) -> None:
        self.kept: list[bytes] = []

    def tick(self, size: int) -> None:
        self.kept.append(bytes(size))


def found_of(growth: Growth, keeper: Keeper, sizes: list[int]) -> list[str]:
    found = []
    for size in sizes:
        keeper.tick(size)
        told = growth.take()
        if told is not None:
            found.append(told.code)
            assert told.spot.file == __file__
    growth.end()
    return found


TICKS = LOOK_TICKS * (LOOKS + 2)


def test_memory_that_grows_in_each_tick_is_told_within_seconds_of_the_scene() -> None:
    process = SimpleNamespace(bytes=0)
    growth = Growth(lambda file: file == __file__, lambda: process.bytes)
    growth.begin()
    process.bytes = 100 * 1024**2
    assert found_of(growth, Keeper(), [20_000] * TICKS) == ["PS205"]


def test_what_was_filled_once_is_no_growth() -> None:
    process = SimpleNamespace(bytes=0)
    growth = Growth(lambda file: file == __file__, lambda: process.bytes)
    growth.begin()
    process.bytes = 100 * 1024**2
    assert found_of(growth, Keeper(), [20_000] * (TICKS // 2) + [0] * TICKS) == []


def test_nobody_is_looked_into_while_the_process_does_not_grow() -> None:
    growth = Growth(lambda file: file == __file__, lambda: 0)
    growth.begin()
    assert found_of(growth, Keeper(), [20_000] * TICKS) == []
