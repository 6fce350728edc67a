"""What therapist and record see of a patient's side that is ended and started again."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from misbehaving import alive

from controller.assembly import Assembled, assembled
from controller.local_runtime import Wanted, start_or_find
from controller.session.documents import FromRuntime, LinkChanged
from controller.session.now import Now
from controller.session.retelling import retell
from controller.simulation import before
from controller.store.record import Record
from vr_runtime.wire.acts import Phase, RuntimeRestarted
from vr_runtime.wire.happenings import Applied

pytestmark = [
    pytest.mark.timeout(120),
    # A runtime outlives the console that started it, on purpose; Python remarks on it.
    pytest.mark.filterwarnings("ignore:subprocess .* is still running:ResourceWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]

PATIENCE_S = 30.0


async def a_moment() -> None:
    with contextlib.suppress(TimeoutError):
        await asyncio.wait_for(asyncio.Event().wait(), 0.02)


async def until(core: Assembled, holds: Callable[[Now], bool], what: str) -> Now:
    """Look at the console's own picture until something holds in it."""
    ends = time.monotonic() + PATIENCE_S
    while not holds(now := core.conductor.now()):
        assert time.monotonic() < ends, f"waited for {what}; notice: {now.notice}"
        await a_moment()
    return now


def phase(now: Now) -> Phase | None:
    return None if now.state is None else now.state.phase


def level(now: Now) -> float:
    return 0.0 if now.state is None else now.state.level


def watchdog(folder: Path) -> int:
    """The process that stands by the one that draws."""
    return int(json.loads((folder / "keys" / "runtime.json").read_text())["pid"])


def kill(folder: Path) -> Callable[[], None]:
    """Kill the process that draws; gives what lets the watchdog, held back till then, see it."""
    told = json.loads((folder / "keys" / "runtime.json").read_text())
    os.kill(told["pid"], signal.SIGSTOP)
    os.kill(told["renders"], signal.SIGKILL)
    return lambda: os.kill(told["pid"], signal.SIGCONT)


@asynccontextmanager
async def leading(folder: Path) -> AsyncIterator[Assembled]:
    """A real console core in the scene of a real runtime, alive until the end."""
    with Record.create_or_open(folder / "record.db", operator="op-1") as record:
        wanted = Wanted(display="null")
        async with assembled(
            record, folder / "keys", wanted, reports=folder, simulated=True
        ) as core:
            lead = core.conductor
            await lead.start()
            alive = asyncio.create_task(lead.keep_alive())
            try:
                await lead.add_patient("P-01", 8, "0-100")
                patient = lead.patients()[0].id
                await before.prepare(lead.before, patient)
                assert (await lead.open_session(patient, "heights.balcony", seed=1)).ok
                await before.preflight(lead.before)
                await until(core, lambda now: phase(now) is Phase.READY, "the load")
                while not ((await lead.arm_trial(1)).ok and (await lead.begin_trial()).ok):
                    await a_moment()
                await until(core, lambda now: level(now) == 1.0, "the level")
                yield core
            finally:
                with contextlib.suppress(ProcessLookupError):
                    os.kill(watchdog(folder), signal.SIGCONT)
                if lead.now().session is not None:
                    await lead.stop()
                    await until(core, lambda now: phase(now) is Phase.STOPPED, "the stop")
                    assert (await lead.close_session()).ok
                alive.cancel()


@pytest.mark.fault("F4")
async def test_a_killed_patients_side_is_told_in_time_and_in_words_and_the_session_goes_on(
    tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    async with leading(tmp_path) as core:
        lead, session = core.conductor, core.conductor.now().session
        assert session is not None
        before = lead.now()
        go_on = kill(tmp_path)
        lost = await until(core, lambda now: now.link.state == "lost", "RUNTIME LOST")
        record_property("measured", f"RUNTIME LOST after {lost.link.age_s:.2f} s")
        assert lost.link.age_s <= 1.5, "seconds since the runtime's last word, by the console"
        assert level(lost) == level(before), "what was applied last, with its age"
        raised = await lead.raise_level()
        assert not raised.ok, "nothing is called applied while nobody answers"
        go_on()
        now = await until(core, lambda now: phase(now) is Phase.SAFE_PLACE, "the safe place")
        now = await until(core, lambda now: now.link.in_control, "control")
        assert now.notice is not None and now.notice.tone == "alarm"
        assert "back in the safe place" in now.notice.text
        assert now.session == session
        assert [t.closed_s is not None for t in now.trials] == [True]
        assert [b.phase for b in now.bands][-2:] == [Phase.EXPOSURE, Phase.SAFE_PLACE]
        assert now.at_s >= before.at_s
        assert (await lead.rate("30")).ok
        while not ((await lead.arm_trial(0)).ok and (await lead.begin_trial()).ok):
            await a_moment()
        now = await until(core, lambda now: len(now.trials) == 2, "the second trial")
        assert now.trials[1].number == 2 and now.trials[1].opened_s > now.trials[0].opened_s
        await until(
            core, lambda now: now.state is not None and now.state.effort.calls > 0, "its first tick"
        )
        await lead.stop()
        await until(core, lambda now: phase(now) is Phase.STOPPED, "the stop")
        assert (await lead.close_session()).ok
        entries = core.record.reader.entries(session)
        pid = watchdog(tmp_path)
    assert not alive(pid)
    told = retell(entries)
    assert [i.text for i in told.incidents if i.kind == "runtime_restarted"] == ["killed"]
    assert not told.whole and told.ending == "closed"
    assert [t.number for t in told.trials] == [1, 2]
    assert told.effort is not None and told.effort.calls > 0
    links = [e.data.state for e in entries if isinstance(e.data, LinkChanged)]
    assert links[0] in ("stale", "lost") and "lost" in links and links[-1] == "live"
    news = [e.data.happened for e in entries if isinstance(e.data, FromRuntime)]
    second = [n for n in news if n.boot != news[0].boot]
    assert isinstance(second[0].what, Applied)
    assert isinstance(second[0].what.act, RuntimeRestarted)
    assert [n.number for n in second] == list(range(1, len(second) + 1))


@pytest.mark.fault("F5")
async def test_a_hung_patients_side_alarms_the_console_in_time_and_the_reason_is_told(
    tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    async with leading(tmp_path) as core:
        told = json.loads((tmp_path / "keys" / "runtime.json").read_text())
        os.kill(told["renders"], signal.SIGSTOP)
        now = await until(core, lambda now: now.link.state != "live", "the alarm")
        record_property("measured", f"alarm after {now.link.age_s:.2f} s")
        assert now.link.age_s <= 1.5, "seconds since the runtime's last word, by the console"
        await until(core, lambda now: phase(now) is Phase.SAFE_PLACE, "the safe place")
        now = await until(core, lambda now: now.link.in_control, "control")
        assert now.notice is not None and "hung" in now.notice.text


async def test_a_patients_side_that_lost_its_watchdog_is_found_and_not_started_twice(
    tmp_path: Path,
) -> None:
    first = await start_or_find(tmp_path, Wanted(display="null"))
    told = json.loads((tmp_path / "runtime.json").read_text())
    assert first.process is not None
    first.process.kill()
    first.process.wait()
    second = await start_or_find(tmp_path, Wanted(display="null"))
    assert second.process is None
    assert second.place == first.place
    os.kill(told["renders"], signal.SIGTERM)
    ends = time.monotonic() + PATIENCE_S
    while alive(told["renders"]):
        assert time.monotonic() < ends
        await a_moment()


@pytest.mark.fault("F4")
async def test_a_session_that_was_closed_while_the_patients_side_was_away_is_ended_there_too(
    tmp_path: Path,
) -> None:
    async with leading(tmp_path) as core:
        go_on = kill(tmp_path)
        await until(core, lambda now: now.link.state == "lost", "RUNTIME LOST")
        while not (await core.conductor.close_session()).ok:
            await a_moment()
        go_on()
        await until(core, lambda now: now.link.state == "live", "the next start")
        await until(core, lambda now: phase(now) is Phase.IDLE, "the end of the session there")


@pytest.mark.fault("F4")
def test_a_scripted_session_whose_patients_side_is_killed_ends_with_one_sentence_and_no_process(
    tmp_path: Path,
) -> None:
    command = [sys.executable, "-m", "controller", "demo", "--auto", "--display", "null"]
    with subprocess.Popen(
        [*command, "--speed", "20"],
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "TMPDIR": str(tmp_path), "PALIER_LANG": "en"},
    ) as demo:
        assert demo.stderr is not None
        while "minute 0" not in (said := demo.stderr.readline()):
            assert said, "the demo has ended by itself"
        (announced,) = tmp_path.glob("palier-*/runtime.json")
        told = json.loads(announced.read_text())
        os.kill(told["renders"], signal.SIGKILL)
        last = demo.stderr.read().strip().splitlines()[-1]
        assert demo.wait() == 3
    assert last == "palier: The patient's side broke off; the scripted session cannot go on."
    assert not alive(told["pid"])
