"""What a scenario puts back for itself comes after the patient is elsewhere, and harms nothing."""

from __future__ import annotations

import pytest
from engine_pier import NAMES, Pier, at_level, begin, make_engine, pass_ticks, shelf

from scenarios.api import Steps, event
from vr_runtime.engine.budget import BY_CLOCK, Budget
from vr_runtime.engine.engine import Engine
from vr_runtime.engine.interrupt import alarm
from vr_runtime.stage.null import NullStage
from vr_runtime.wire import acts
from vr_runtime.wire.acts import Act, Phase, View


class Door(Pier):
    """A pier with a door that an event leaves open, and what was called in which order."""

    def build(self) -> None:
        super().build()
        self.open = False
        self.called: list[str] = []

    def update(self, dt: float) -> None:
        super().update(dt)
        if dt == 0.0:
            self.called.append(f"update at {self.height:g} m")

    def safe(self) -> None:
        self.called.append(f"safe, door {'open' if self.open else 'shut'}")
        self.open = False

    @event(fr="La porte", en="The door", cooldown_s=0)
    def door(self) -> Steps:
        self.open = True
        try:
            yield from self.wait(60.0)
        finally:
            self.called.append("event over")


def playing(engine: Engine) -> Door:
    host = engine.host
    assert host is not None and isinstance(host._scenario, Door)
    return host._scenario


@pytest.mark.parametrize("leave", [acts.Stop(), acts.Pause(), acts.SafePlace(), acts.PatientLeft()])
def test_it_is_called_once_the_scene_was_left_after_events_and_before_the_last_update(
    leave: Act,
) -> None:
    engine = make_engine(Door)
    at_level(engine, 3)
    door = playing(engine)
    engine.apply(acts.Trigger(name="door"), "t")
    pass_ticks(engine, 5)
    door.called.clear()
    engine.apply(leave, "t")
    assert engine.view is not View.SCENE and not door.called, "nobody waits for it"
    pass_ticks(engine, 30)
    assert door.called == ["event over", "safe, door open", "update at 0 m"]
    begin(engine, 0)
    pass_ticks(engine, 30)
    assert len(door.called) == 3 and not door.open


def test_a_fault_in_it_keeps_the_scenario_out_and_the_patient_where_they_are() -> None:
    class Faulty(Door):
        def safe(self) -> None:
            raise ValueError("the author's mistake")

    engine = make_engine(Faulty)
    at_level(engine, 3)
    engine.apply(acts.Pause(), "t")
    pass_ticks(engine, 3)
    assert engine.phase is Phase.PAUSE
    assert engine.disabled is not None and "the author's mistake" in engine.disabled


def test_one_that_never_comes_back_is_interrupted_and_nobody_waits_for_it() -> None:
    class Endless(Door):
        def safe(self) -> None:
            while True:
                self.open = not self.open

    engine = Engine(NullStage(NAMES), shelf(Endless), Budget(BY_CLOCK, alarm()))
    at_level(engine, 1)
    assert engine.apply(acts.Stop(), "t") is None
    assert engine.phase is Phase.STOPPED and engine.disabled is None
    pass_ticks(engine, 3)
    assert engine.phase is Phase.STOPPED and engine.disabled is not None
