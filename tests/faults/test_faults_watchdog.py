"""A hung, killed or greedy runtime comes back in the safe place and never in the scene."""

from __future__ import annotations

import re
import signal
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from bounds import kept
from misbehaving import (
    LEVEL,
    Lead,
    Picture,
    alive,
    cellar,
    gone,
    kill,
    led,
    pictures,
    sprung,
)
from runtime_process import eventually

from vr_runtime.wire import acts
from vr_runtime.wire.acts import Phase, View
from vr_runtime.wire.refusals import Code

Tell = Callable[[str, object], None]

KILLED_S, INTERRUPTED_S = 1.5, 0.25
"""Promised of a scenario that never comes back."""
PICTURE_S = 0.1
"""From the interruption to the next picture: what is left is put away first."""

pytestmark = pytest.mark.timeout(120)


def in_safe_place(lead: Lead, boot: str) -> None:
    """The session that was in the scene is back in the safe place, with all it needs."""
    state = lead.back(boot)
    assert (state.phase, state.view, state.session) == (Phase.SAFE_PLACE, View.SAFE_PLACE, "s1")
    assert (state.trial, state.trial_open, state.come_back) == (1, False, LEVEL - 1)
    assert (state.ceiling, state.level, state.control.holder) == (8, 0.0, None)
    assert (state.watch.watched, state.watch.restarts) == (True, 1)


@pytest.mark.fault("F4")
def test_a_killed_runtime_comes_back_in_the_safe_place_and_waits_for_the_therapist(
    tmp_path: Path, record_property: Tell
) -> None:
    with cellar(tmp_path) as runtime, led(runtime) as lead:
        boot = lead.into_scene().boot
        killed = kill(runtime.renders, signal.SIGKILL)
        in_safe_place(lead, boot)
        record_property("measured", f"{time.monotonic() - killed:.2f} s")
        assert lead.told_why().why == "killed"
        assert lead.client.refused(acts.ArmTrial(level=1)) is Code.NOT_IN_CONTROL
        lead.client.claim()
        state = lead.until(lambda s: s.control.heard_s is not None, "control")
        assert state.disabled is None
        lead.client.must(acts.ArmTrial(level=1))
        assert lead.until(lambda s: s.armed == 1, "the level named").phase is Phase.SAFE_PLACE


@pytest.mark.fault("F5")
def test_a_runtime_whose_loop_stands_still_is_judged_hung_and_comes_back_in_the_safe_place(
    tmp_path: Path, record_property: Tell
) -> None:
    with cellar(tmp_path) as runtime, led(runtime) as lead:
        boot, renders = lead.into_scene().boot, runtime.renders
        stood_still = kill(renders, signal.SIGSTOP)
        gone(renders)
        killed = time.monotonic()
        in_safe_place(lead, boot)
        record_property(
            "measured",
            f"gone after {killed - stood_still:.2f} s, back after "
            f"{time.monotonic() - stood_still:.2f} s",
        )
        assert lead.told_why().why == "hung"
        # Stopped at any moment, also within the scenario's code, it is waited for as long.
        silence = re.findall(r"heard of the runtime for ([\d.]+) s while (\w+)", _log(runtime.log))
        assert len(silence) == 1 and silence[0][1] in ("loop", "scenario")
        assert 1.25 <= float(silence[0][0]) <= 1.5


@pytest.mark.fault("F28")
def test_a_scenario_that_swallows_every_interruption_is_killed_in_time_and_stays_disabled(
    tmp_path: Path, record_property: Tell
) -> None:
    def killed_after(number: int) -> float:
        folder = tmp_path / str(number)
        folder.mkdir()
        with cellar(folder) as runtime, led(runtime) as lead:
            boot, renders = lead.into_scene().boot, runtime.renders
            lead.spring("swallow")
            gone(renders)
            over = time.monotonic_ns()
            in_safe_place(lead, boot)
            assert lead.told_why().why == "hung"
            assert "cellar.py" in _log(runtime.log), "the log says where it hung"
            lead.client.claim()
            assert lead.client.refused(acts.ArmTrial(level=1)) is Code.SCENARIO_DISABLED
            return (over - sprung(runtime.log)) / 1e9

    took_s = kept(killed_after, KILLED_S, each_s=5.0)
    record_property("measured", f"killed after {took_s:.2f} s")


@pytest.mark.fault("F28")
@pytest.mark.render
@pytest.mark.parametrize("trap", ["loop", "ponder"])
def test_a_scenario_that_does_not_come_back_is_interrupted_and_left_in_the_next_picture(
    tmp_path: Path, drawn_before: None, record_property: Tell, trap: str
) -> None:
    def interrupted_after(number: int) -> float:
        folder, trace = tmp_path / str(number), tmp_path / f"trace{number}"
        folder.mkdir()
        with cellar(folder, "--trace", str(trace), display="offscreen") as runtime:
            with led(runtime) as lead:
                boot = lead.into_scene().boot
                lead.spring(trap)
                state = lead.until(lambda s: s.phase is Phase.SAFE_PLACE, "the safe place")
                assert state.boot == boot, "the same process goes on"
                assert state.disabled is not None and "within 250 ms" in state.disabled
                assert state.effort.slow >= 1 and state.effort.worst_ms >= 250.0
                drawn = state.display.pictures
                lead.until(lambda s: s.display.pictures > drawn + 2, "pictures")
            first = first_after(sprung(runtime.log), pictures(runtime, trace))
        return (first.begun - sprung(runtime.log)) / 1e9

    took_s = kept(interrupted_after, INTERRUPTED_S + PICTURE_S, each_s=1.0)
    record_property("measured", f"interrupted and left after {took_s * 1000:.0f} ms")


def first_after(moment: int, drawn: list[Picture]) -> Picture:
    """The first picture begun after this moment, which has to show the safe place, as all do."""
    after = [picture for picture in drawn if picture.begun > moment]
    assert any(picture.view is View.SCENE for picture in drawn), "the scene was shown before"
    assert {picture.view for picture in after} == {View.SAFE_PLACE}
    return after[0]


@pytest.mark.fault("F27")
@pytest.mark.render
@pytest.mark.parametrize("trap", ["throw", "exit"])
def test_a_scenario_that_throws_is_left_in_the_next_picture_and_told_to_its_author_alone(
    tmp_path: Path, drawn_before: None, record_property: Tell, trap: str
) -> None:
    trace, session = tmp_path / "trace", "e1c5-of-one-patient"
    with cellar(tmp_path, "--trace", str(trace), display="offscreen") as runtime:
        with led(runtime) as lead:
            boot = lead.into_scene(session).boot
            lead.spring(trap)
            state = lead.until(lambda s: s.phase is Phase.SAFE_PLACE, "the safe place")
            assert state.boot == boot and state.disabled is not None
            assert state.disabled.startswith("cellar.py:")
            drawn = state.display.pictures
            lead.until(lambda s: s.display.pictures > drawn + 2, "pictures")
        threw = sprung(runtime.log)
        first = first_after(threw, pictures(runtime, trace))
    log = _log(runtime.log)
    assert "Traceback" in log and "in update" in log, "where, for the author"
    for known in (session, "therapist", runtime.identities["therapist"].public):
        assert known not in log, "nothing of who is treated, by whom, in which session"
    record_property("measured", f"safe place drawn after {(first.ended - threw) / 1e6:.0f} ms")


@pytest.mark.fault("F29")
def test_a_scenario_that_eats_the_memory_is_ended_before_the_machine_suffers(
    tmp_path: Path, record_property: Tell
) -> None:
    with cellar(tmp_path, "--memory-limit", "0.5") as runtime, led(runtime) as lead:
        boot, renders = lead.into_scene().boot, runtime.renders
        lead.spring("grow")
        sprung = time.monotonic()
        gone(renders)
        record_property("measured", f"ended after {time.monotonic() - sprung:.2f} s")
        in_safe_place(lead, boot)
        assert lead.told_why().why == "memory"
        lead.client.claim()
        assert lead.client.refused(acts.ArmTrial(level=1)) is Code.SCENARIO_DISABLED


@pytest.mark.fault("F4")
def test_a_stop_stays_in_force_when_the_runtime_is_killed(tmp_path: Path) -> None:
    with cellar(tmp_path) as runtime, led(runtime) as lead:
        lead.into_scene()
        lead.client.stop()
        boot = lead.until(lambda s: s.phase is Phase.STOPPED, "the stop").boot
        kill(runtime.renders, signal.SIGKILL)
        state = lead.back(boot)
        assert (state.phase, state.view) == (Phase.STOPPED, View.NEUTRAL)


@pytest.mark.fault("F4")
def test_a_watchdog_that_is_killed_does_not_darken_the_patient_and_is_missed_in_words(
    tmp_path: Path,
) -> None:
    with cellar(tmp_path) as runtime, led(runtime) as lead:
        before, renders = lead.into_scene(), runtime.renders
        kill(runtime.process.pid, signal.SIGKILL)
        state = lead.until(lambda s: not s.watch.watched, "the runtime to miss it")
        assert (state.boot, state.phase, state.level) == (before.boot, Phase.EXPOSURE, LEVEL)
        eventually(lambda: f'"pid": {renders}' in runtime.announced.read_text(), "its new place")
        assert "goes on unwatched" in _log(runtime.log)
        kill(renders, signal.SIGTERM)
        gone(renders)
        assert not runtime.announced.exists()


def test_a_runtime_that_is_asked_to_end_leaves_no_process_behind(tmp_path: Path) -> None:
    with cellar(tmp_path) as runtime:
        renders = runtime.renders
        kill(runtime.process.pid, signal.SIGTERM)
        assert runtime.process.wait(20) == 0
        assert not alive(renders)
        assert not runtime.announced.exists()


def test_a_runtime_for_a_debugger_runs_in_one_process_and_says_that_nobody_watches(
    tmp_path: Path,
) -> None:
    with cellar(tmp_path, "--no-watchdog") as runtime, led(runtime) as lead:
        assert runtime.renders == runtime.process.pid
        assert not lead.client.hello().state.watch.watched
        kill(runtime.process.pid, signal.SIGTERM)
        assert runtime.process.wait(20) == 0


def test_a_runtime_that_breaks_off_again_and_again_is_given_up_with_one_sentence(
    tmp_path: Path,
) -> None:
    with cellar(tmp_path) as runtime:
        while runtime.process.poll() is None:
            kill(renders := runtime.renders, signal.SIGKILL)
            gone(renders)
            eventually(
                lambda: runtime.process.poll() is not None or runtime.renders != renders,
                "the next start",
            )
        assert runtime.process.returncode == 3
        said = [
            line for line in _log(runtime.log).splitlines() if line.startswith("palier-runtime")
        ]
        assert len(said) == 1


@pytest.mark.fault("F30")
def test_what_cannot_be_shown_is_refused_before_anybody_is_in_it(
    tmp_path: Path, record_property: Tell
) -> None:
    bad = tmp_path / "bad"
    bad.mkdir()
    (bad / "nan.py").write_text(_broken("nan", 'float("nan")', "pass"))
    written, made = "'cellar/no_such_model'", "'/'.join(['cellar', 'no_such_model'])"
    (bad / "asset.py").write_text(_broken("asset", "60.0", f"self.stage.model({written})"))
    (bad / "late.py").write_text(_broken("late", "60.0", f"self.stage.model({made})"))
    with cellar(tmp_path, "--scenario-dir", str(bad)) as runtime, led(runtime) as lead:
        offered = {m.id for m in lead.client.hello().scenarios}
        assert "test.cellar" in offered
        assert not {"test.nan", "test.asset"} & offered, "told when the files are looked through"
        state = lead.open("test.late")
        assert (state.phase, state.view) == (Phase.STOPPED, View.NEUTRAL)
        assert state.disabled is not None and "no_such_model" in state.disabled
        assert lead.client.refused(acts.ArmTrial(level=1)) is Code.SCENARIO_DISABLED
        told = _log(runtime.log)
    where = re.findall(r"(nan|asset)\.py:\d+:\d+: PS\d+", told)
    assert set(where) == {"nan", "asset"}, "file, line and code, for the author"
    record_property("measured", "2 of 2 not offered, with file and line; 1 of 1 refused at load")


def _broken(name: str, top: str, build: str) -> str:
    return f"""
from scenarios.api import Graded, Scenario

class Broken(Scenario):
    id = "test.{name}"
    title = {{"fr": "La cave", "en": "The cellar"}}
    summary = {{"fr": "Une cave.", "en": "A cellar."}}
    phobia = "heights"
    levels = {{n: {{"fr": f"niveau {{n}}", "en": f"level {{n}}"}} for n in range(11)}}
    depth = Graded({{0: 0.0, 10: {top}}}, fr="profondeur", en="depth", unit="m", rate=6.0)

    def build(self):
        {build}

    def update(self, dt):
        pass
"""


def _log(path: Path) -> str:
    return path.read_text(errors="replace")
