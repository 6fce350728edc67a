"""Stop is first: from every source, in every phase, whatever else is the matter.

The table here is walked whole against the real loop; the tests below it do the same to real
processes where another process is dead or hung.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest
from clockwork import Clockwork
from yard import Yard

from vr_runtime.display.leave import HOLD_S, LeaveControl
from vr_runtime.engine.ports import HeadsetFacts
from vr_runtime.wire import acts
from vr_runtime.wire.acts import Phase, View
from vr_runtime.wire.version import CALL, STOP


def console(by: str) -> Callable[[Clockwork], None]:
    return lambda runtime: runtime.put(STOP, b"token", by=by)


def of_another_version(runtime: Clockwork) -> None:
    """All that another version shares with this one is the first part of the message."""
    runtime.put(STOP, b"token", b"and parts nobody here knows", by="supervisor")


def behind_a_flood(runtime: Clockwork) -> None:
    for _ in range(3000):
        runtime.put(CALL, b'{"protocol": 99}', by="second")
    runtime.put(STOP, b"token")


def patient(runtime: Clockwork) -> None:
    """The control held down for 1.5 s: leaves, and then stops."""
    control = LeaveControl()
    control.shown(runtime.engine.view)
    control.press("pad", 0.0)
    runtime.display.befell += [*control.news(0.0), *control.news(HOLD_S)]


def keyboard(runtime: Clockwork) -> None:
    runtime.display.befell.append(acts.RuntimeKeyStop())


def terminal(runtime: Clockwork) -> None:
    runtime.keys.pressed = True


def window(runtime: Clockwork) -> None:
    runtime.display.befell.append(acts.WindowClosed())


SOURCES: dict[str, Callable[[Clockwork], None]] = {
    "therapist": console("therapist"),
    "therapist without control": console("second"),
    "supervisor": console("supervisor"),
    "another version": of_another_version,
    "behind a flood": behind_a_flood,
    "patient": patient,
    "keys of the patient's window": keyboard,
    "keys of the runtime's terminal": terminal,
    "window closed": window,
}
PHASES = [phase for phase in Phase if phase is not Phase.IDLE]


def dead_console(runtime: Clockwork) -> None:
    runtime.console_lives = False
    runtime.run(0.5)


def console_long_gone(runtime: Clockwork) -> None:
    runtime.console_lives = False
    runtime.run(20.0)


def event_running(runtime: Clockwork) -> None:
    if runtime.engine.phase is Phase.EXPOSURE:
        runtime.must(acts.Trigger(name="long_noise"))
        assert runtime.engine.host is not None and runtime.engine.host.running("long_noise")


def disabled_scenario(runtime: Clockwork) -> None:
    runtime.engine.apply(acts.ScenarioFailed(text="yard.py:1: ValueError"), "runtime")


def slow_pictures(runtime: Clockwork) -> None:
    runtime.display.cost_s = 0.4


def headset_lost(runtime: Clockwork) -> None:
    runtime.display.facts = HeadsetFacts(worn=True, session=False, tracked=False)
    runtime.run(0.1)


MATTERS: dict[str, Callable[[Clockwork], None]] = {
    "nothing the matter": lambda runtime: None,
    "console just fallen silent": dead_console,
    "console long gone": console_long_gone,
    "event running": event_running,
    "scenario disabled": disabled_scenario,
    "pictures of 0.4 s": slow_pictures,
    "headset lost": headset_lost,
}


@pytest.mark.parametrize("matter", MATTERS)
@pytest.mark.parametrize("phase", PHASES, ids=str)
def test_every_source_of_stop_is_obeyed_before_the_next_picture(phase: Phase, matter: str) -> None:
    for source, press in SOURCES.items():
        runtime = Clockwork()
        runtime.lead_to(phase, level=1)
        MATTERS[matter](runtime)
        drawn = len(runtime.display.pictures)
        press(runtime)
        runtime.run(0.1)
        assert runtime.engine.phase is Phase.STOPPED, source
        views = {view for _at, view in runtime.display.pictures[drawn:]}
        assert views == {View.NEUTRAL}, source
        assert not runtime.engine.trial_open, source
        if STOP in [answer[0] for answer in runtime.answers]:
            assert (STOP, b"token") in runtime.answers, source


@pytest.mark.parametrize("source", SOURCES)
def test_a_stop_that_comes_while_a_scenario_takes_its_time_is_in_the_very_next_picture(
    source: str,
) -> None:
    pressed: list[float] = []
    yard = type("Pressing", (Yard,), {"update": lambda self, dt: press()})

    def press() -> None:
        if runtime.engine.phase is Phase.EXPOSURE and not pressed and armed:
            pressed.append(runtime.clock.now)
            SOURCES[source](runtime)

    armed: list[bool] = []
    runtime = Clockwork(yard=yard)
    runtime.lead_to(Phase.EXPOSURE, level=1)
    runtime.display.rate_hz = 10_000.0  # a picture is due in every round
    armed.append(True)
    runtime.run(0.2)
    assert pressed and runtime.engine.phase is Phase.STOPPED
    after = [view for at, view in runtime.display.pictures if at >= pressed[0]]
    assert after and set(after) == {View.NEUTRAL}


@pytest.mark.parametrize("phase", PHASES, ids=str)
def test_an_observers_stop_is_no_stop(phase: Phase) -> None:
    runtime = Clockwork()
    runtime.lead_to(phase, level=1)
    runtime.answers.clear()
    runtime.put(STOP, b"token", by="observer")
    runtime.run(0.5)
    assert runtime.engine.phase is phase
    assert (STOP, b"token") not in runtime.answers


@pytest.mark.parametrize("matter", MATTERS)
@pytest.mark.parametrize("phase", PHASES, ids=str)
def test_one_press_of_the_patient_always_leads_to_a_resting_place(
    phase: Phase, matter: str
) -> None:
    runtime = Clockwork()
    runtime.lead_to(phase, level=1)
    MATTERS[matter](runtime)
    before = runtime.engine.phase
    drawn = len(runtime.display.pictures)
    runtime.display.befell.append(acts.PatientLeft())
    runtime.run(0.1)
    stopped = before in (Phase.SAFE_PLACE, Phase.STOPPED)
    assert runtime.engine.phase is (Phase.STOPPED if stopped else Phase.SAFE_PLACE)
    assert View.SCENE not in {view for _at, view in runtime.display.pictures[drawn:]}
