"""A console that stood still, and a wall clock that was set, are seen, said and recorded."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from core import core
from far_wire import far_wire
from hypothesis import given
from hypothesis import strategies as st
from runtime_process import RuntimeProcess
from safety import GRACE_S, SOON_S

import vr_runtime
from controller.language import use
from controller.session.clocks import Clocks, Reading, Seen, Stillness
from controller.session.documents import ClockJumped, ConsoleSlept, Document, FromRuntime, Rating
from controller.session.notices import Notices
from controller.session.retelling import retell
from controller.store.record import Record
from controller.store.verify import verify
from vr_runtime.wire.acts import Phase
from vr_runtime.wire.happenings import PhaseChanged
from vr_runtime.wire.version import TICKS_PER_SECOND

Measured = Callable[[str, object], None]
RUNTIME = Path(vr_runtime.__file__).parent
TIME_OF_DAY = re.compile(
    r"\btime\.(time|time_ns|localtime|gmtime)\(|(from|import) datetime|CLOCK_REALTIME"
)


class Hands:
    """Two clocks that are moved by hand."""

    def __init__(self) -> None:
        self.reading = Reading(1000.0, 1_700_000_000.0)

    def move(self, steady_s: float, wall_s: float | None = None) -> None:
        wall_s = steady_s if wall_s is None else wall_s
        self.reading = Reading(self.reading.steady_s + steady_s, self.reading.wall_s + wall_s)

    def __call__(self) -> Reading:
        return self.reading


def told(moves: list[tuple[float, float]]) -> tuple[list[Document], Notices]:
    hands, notices, recorded = Hands(), Notices(), list[Document]()
    stillness = Stillness(Clocks(hands), notices)
    stillness.look(recorded.append, 0)
    for tick, (steady_s, wall_s) in enumerate(moves, 1):
        hands.move(steady_s, wall_s)
        stillness.look(recorded.append, tick)
    return recorded, notices


@pytest.mark.fault("F25")
@pytest.mark.parametrize("jump_s", [3600.0, -3600.0, 61.0])
def test_a_wall_clock_that_is_set_is_recorded_with_how_far(jump_s: float) -> None:
    recorded, notices = told([(0.2, 0.2), (0.2, 0.2 + jump_s), (0.2, 0.2)])
    assert recorded == [ClockJumped(seconds=jump_s, tick=2)]
    assert notices.last is None, "nothing of the session depends on it"


class Wall:
    """This machine's clocks; its time of day is set by hand."""

    def __init__(self) -> None:
        self.ahead_s = 0.0

    def mono_ns(self) -> int:
        return time.monotonic_ns()

    def wall(self) -> datetime:
        return datetime.now(UTC) + timedelta(seconds=self.ahead_s)

    def __call__(self) -> Reading:
        return Reading(time.monotonic(), self.wall().timestamp())


@pytest.mark.fault("F25")
@pytest.mark.parametrize("jump_s", [3600.0, -3600.0])
async def test_a_session_whose_clock_is_set_keeps_its_order_its_durations_and_its_limits(
    by_clock: RuntimeProcess, tmp_path: Path, record_property: Measured, jump_s: float
) -> None:
    use("en")
    path, wall = tmp_path / "record.db", Wall()
    with Record.create_or_open(path, operator="op-1", clock=wall) as record:
        with far_wire(by_clock.port) as wire:
            async with core(
                by_clock, port=wire.port, stored=record, clocks=Clocks(wall), grace_s=GRACE_S
            ) as lead:
                now = lead.conductor.now
                await lead.lead_into(1)
                session = now().session or ""
                assert (await lead.conductor.rate("20")).ok
                before, began = now().at_s, time.monotonic()
                wall.ahead_s = jump_s
                states: set[str] = set()
                await lead.until(
                    lambda: states.add(now().link.state) or time.monotonic() - began > 0.8,
                    "time to pass",
                )
                passed = time.monotonic() - began
                assert now().at_s - before == pytest.approx(passed, abs=0.5)
                assert states == {"live"} and lead.phase is Phase.EXPOSURE, "no limit has run out"
                assert (await lead.conductor.rate("30")).ok
                # A limit that runs does not end earlier or later: the console falls silent, and the
                # clock is set once more meanwhile.
                silent_at = lead.tick_now()
                wire.stall()
                await lead.until(lambda: now().link.state == "lost", "the loss")
                wall.ahead_s = 0.0
                await lead.for_s(GRACE_S + 0.8)
                wire.flow()
                await lead.until(lambda: now().link.state == "live", "the link")
                await lead.until(
                    lambda: now().bands[-1].phase is Phase.SAFE_PLACE, "what it missed"
                )
                await lead.until(lambda: now().link.in_control, "control")
                assert (await lead.conductor.rate("10")).ok
                assert (await lead.conductor.close_session()).ok
        entries = record.reader.entries(session)
    changed = {
        e.data.happened.what.cause: (e.data.happened.tick - silent_at) / TICKS_PER_SECOND
        for e in entries
        if isinstance(e.data, FromRuntime) and isinstance(e.data.happened.what, PhaseChanged)
    }
    hold, safe = changed["console_lost"], changed["grace_over"]
    assert 0.5 <= hold <= SOON_S and GRACE_S + 0.5 <= safe <= GRACE_S + SOON_S
    jumps = [e.data.seconds for e in entries if isinstance(e.data, ClockJumped)]
    assert jumps == [pytest.approx(jump_s, abs=1.0), pytest.approx(-jump_s, abs=1.0)]
    assert [e.seq for e in entries] == list(range(1, len(entries) + 1))
    assert [e.data.suds for e in entries if isinstance(e.data, Rating)] == [20, 30, 10]
    times = [e.mono_ns for e in entries]
    assert times == sorted(times)
    told = retell(entries)
    ratings = [rating.at_s for rating in told.ratings]
    assert ratings == sorted(ratings)
    assert ratings[1] - ratings[0] == pytest.approx(passed, abs=0.5), "not an hour"
    (trial,) = told.trials
    assert trial.closed_s is not None and 0.0 < trial.closed_s - trial.opened_s < 60.0
    assert verify(path).ok
    record_property("measured", f"{jumps[0]:+.0f} s recorded; hold {hold:.2f} s, safe {safe:.2f} s")


@pytest.mark.fault("F25")
def test_at_the_patients_side_nothing_asks_for_the_time_of_day() -> None:
    """So that no limit of a session and no journal can depend on how a clock was set."""
    asks = {
        str(file.relative_to(RUNTIME))
        for file in RUNTIME.rglob("*.py")
        if TIME_OF_DAY.search(file.read_text("utf-8"))
    }
    assert not asks


@pytest.mark.fault("F26")
def test_a_machine_that_slept_is_said_and_recorded_once() -> None:
    use("en")
    recorded, notices = told([(0.2, 0.2), (95.0, 95.0), (0.2, 0.2)])
    assert recorded == [ConsoleSlept(seconds=95.0, tick=2)]
    assert notices.last is not None
    assert "stood still for 95 s" in notices.last.text
    assert notices.last.tone == "alarm"


@given(st.lists(st.floats(0.0, 1.9), max_size=200))
def test_ordinary_time_is_never_a_sleep_nor_a_jump(steps: list[float]) -> None:
    hands = Hands()
    clocks = Clocks(hands)
    for step in steps:
        hands.move(step, step * 1.01)
        assert clocks.look() == Seen(0.0, 0.0)


def test_an_alarm_is_not_taken_away_by_information_at_once() -> None:
    at = [0.0]
    notices = Notices(lambda: at[0])
    notices.say(False, "alarm", "alarm")
    notices.say(True, "heard again", "info")
    assert notices.last is not None and notices.last.text == "alarm"
    at[0] = 3.0
    notices.say(True, "later", "info")
    assert notices.last.text == "later"
