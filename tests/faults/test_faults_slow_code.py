"""A scenario whose code is slow, but comes back: nobody waits for it, neither stop nor picture."""

from __future__ import annotations

import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from misbehaving import Lead, gone, kill, led
from runtime_process import RuntimeProcess, eventually, running

from vr_runtime.wire import acts
from vr_runtime.wire.acts import Phase
from vr_runtime.wire.messages import AskMissed, Done, Missed
from vr_runtime.wire.state import State
from vr_runtime.wire.version import CALL, STOP

HEAD = """
from scenarios.api import Graded, Scenario, event

def spin(seconds):
    for _ in range(int(seconds * {loops})):
        pass

class Cellar(Scenario):
    id = "test.{name}"
    title = {{"fr": "La cave", "en": "The cellar"}}
    summary = {{"fr": "Une cave.", "en": "A cellar."}}
    phobia = "heights"
    levels = {{n: {{"fr": f"niveau {{n}}", "en": f"level {{n}}"}} for n in range(11)}}
    depth = Graded({{0: 0.0, 10: 60.0}}, fr="profondeur", en="depth", unit="m", rate=6.0)
"""
QUIET = """
    def build(self):
        pass

    def update(self, dt):
        pass
"""
SLOW_BUILD = """
    def build(self):
        spin(0.5)

    def update(self, dt):
        pass
"""
SLOW_TICKS = """
    def build(self):
        self.late = False

    def update(self, dt):
        if self.late:
            spin(0.04)

    @event(fr="lent", en="slow", cooldown_s=0)
    def slow(self):
        self.late = True
        yield
"""
CLINGING = """
    def build(self):
        pass

    def update(self, dt):
        pass

    @event(fr="piège", en="trap", cooldown_s=0)
    def trap(self):
        try:
            while True:
                yield
        finally:
            while True:
                try:
                    for _ in range(1000):
                        pass
                except BaseException:
                    continue
"""


def headed(name: str, body: str) -> str:
    """A whole scenario. An author has no clock, so that its seconds are loops of this machine."""
    return (
        HEAD.format(name=name, loops=int(1e5 / min(_hundred_thousand_s() for _ in range(30))))
        + body
    )


def _hundred_thousand_s() -> float:
    """How long so many loops take; the least of many is that of a machine at rest."""
    began = time.perf_counter()
    for _ in range(100_000):
        pass
    return time.perf_counter() - began


@contextmanager
def showing(folder: Path, code: str, **others: str) -> Iterator[RuntimeProcess]:
    """A runtime with a cellar of this code, and others by name."""
    scenarios = folder / "slow"
    scenarios.mkdir()
    for name, body in {"cellar": code, **others}.items():
        (scenarios / f"{name}.py").write_text(headed(name, body))
    with running(folder, "--scenario-dir", str(scenarios)) as runtime:
        yield runtime


def open_without_waiting(lead: Lead) -> None:
    lead.client.hello()
    lead.client.claim()
    act = acts.OpenSession(session="s1", scenario="test.cellar", seed=1, ceiling=8)
    lead.client.send(CALL, lead.client.command(act).model_dump_json().encode())
    lead.client.session = "s1"


def order_of(lead: Lead) -> list[str]:
    """Kinds of the acts that were let in, in their order."""
    answer = lead.client.ask(AskMissed(after=0)).answer
    assert isinstance(answer, Missed)
    return [h.what.act.kind for h in answer.happened if h.what.kind == "applied"]


def test_a_stop_is_carried_out_while_a_scenario_is_being_built(tmp_path: Path) -> None:
    with showing(tmp_path, SLOW_BUILD) as runtime, led(runtime) as lead:
        open_without_waiting(lead)
        lead.until(lambda s: s.phase is Phase.LOADING, "the load")
        lead.client.stop()
        stopped = lead.until(lambda s: s.phase is Phase.STOPPED, "the stop")
        assert stopped.effort.build_ms == 0.0, "it waited for the scenario"
        # What was left out is made up for: the scenario stands ready, and is no fault.
        built = lead.until(lambda s: s.effort.build_ms > 0, "the end of the build")
        assert (built.phase, built.disabled) == (Phase.STOPPED, None)
        assert isinstance(lead.client.reply().answer, Done)
        eventually(lambda: "loaded" in order_of(lead), "the load's end")
        assert order_of(lead)[:3] == ["open_session", "stop", "loaded"]


def test_states_go_on_while_a_scenario_is_being_built(tmp_path: Path) -> None:
    with showing(tmp_path, SLOW_BUILD) as runtime, led(runtime) as lead:
        open_without_waiting(lead)
        seen: list[State] = []

        def ready(state: State) -> bool:
            seen.append(state)
            return state.phase is Phase.READY

        lead.until(ready, "the scenario")
        assert sum(s.phase is Phase.LOADING and s.effort.build_ms == 0.0 for s in seen) >= 3


@pytest.mark.fault("F28")
def test_a_scenario_that_slows_every_tick_is_left_for_the_safe_place(tmp_path: Path) -> None:
    with showing(tmp_path, SLOW_TICKS) as runtime, led(runtime) as lead:
        lead.into_scene()
        lead.client.must(acts.Trigger(name="slow"))
        seen: list[State] = []

        def left(state: State) -> bool:
            seen.append(state)
            return state.phase is Phase.SAFE_PLACE

        safe = lead.until(left, "the safe place")
        assert safe.disabled is not None and "of each tick" in safe.disabled
        # Until then no round took longer than a tick, so that news and stops came through.
        slow = [s.tick for s in seen if s.effort.slow]
        assert len(slow) >= 5


def test_a_stop_is_not_forgotten_when_leaving_hangs(tmp_path: Path) -> None:
    with showing(tmp_path, CLINGING) as runtime, led(runtime) as lead:
        boot, renders = lead.into_scene().boot, runtime.renders
        lead.client.must(acts.Trigger(name="trap"))
        lead.client.send(STOP, b"once")
        gone(renders)
        back = lead.back(boot)
        assert back.phase is Phase.STOPPED
        assert back.disabled is not None


def test_a_start_anew_examines_nothing_again(tmp_path: Path) -> None:
    """Four drop-ins that take their time to be read must not keep a patient waiting."""
    others = {f"slow{n}": QUIET + "\n\nspin(1.5)\n" for n in range(4)}
    with showing(tmp_path, QUIET, **others) as runtime, led(runtime) as lead:
        boot = lead.into_scene().boot
        known = {m.id for m in lead.client.hello().scenarios}
        (tmp_path / "slow" / "later.py").write_text(headed("later", QUIET))
        (tmp_path / "slow" / "slow0.py").write_text(headed("slow0", QUIET))
        kill(runtime.renders, signal.SIGKILL)
        safe = lead.back(boot)
        assert safe.phase is Phase.SAFE_PLACE
        again = {m.id for m in lead.client.hello().scenarios}
        assert again == known - {"test.slow0"}
        assert "has changed since" in runtime.log.read_text()
