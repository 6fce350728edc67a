"""Leads a session on a display without a runtime: opened and loaded, brought to a level."""

from __future__ import annotations

from drawing import load

from vr_runtime.display.panda import PandaDisplay
from vr_runtime.engine.engine import Engine
from vr_runtime.wire import acts


def ready(engine: Engine, display: PandaDisplay, name: str) -> None:
    """Open a session on a scenario and load it as the runtime does."""
    act = acts.OpenSession(session="s1", scenario=name, seed=2, ceiling=10)
    assert engine.apply(act, "t") is None
    load(display, seconds=170.0)
    engine.apply(acts.Loaded(sha256="0" * 64), "runtime")


def at_level(engine: Engine, display: PandaDisplay, level: int) -> None:
    """Let the scene stand at a level, its short fades over."""
    assert engine.apply(acts.ArmTrial(level=level), "t") is None
    assert engine.apply(acts.BeginTrial(level=level), "t") is None
    display.show(engine.view)
    for _ in range(30 * 120):
        engine.tick()
        if engine.raise_in_s == 0.0 and engine.ramp is not None and engine.ramp.level == level:
            return
    raise AssertionError("the level was not reached")
