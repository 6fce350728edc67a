"""A scenario from a file, led through all it declares on an engine in this process."""

from __future__ import annotations

from pathlib import Path

from vr_runtime.engine.engine import Engine
from vr_runtime.loader import Places, discover
from vr_runtime.stage.names import shipped
from vr_runtime.stage.null import NullStage
from vr_runtime.wire import acts
from vr_runtime.wire.acts import Phase
from vr_runtime.wire.happenings import EventEnded, TaskEnded

WIDEST = 60 * 30
"""Ticks within which every ramp and event of the guide ends."""
LONGEST = 30 * 480
"""A task that sees its own end has come to it by then: an exercise takes minutes."""


def led(folder: Path) -> Engine:
    """The one scenario of a folder, raised to level 10, with all its events and tasks played."""
    (found,) = discover([folder], places=Places(builtin=None))
    engine = Engine(NullStage(shipped()), {found.manifest.id: found}.get)
    engine.apply(
        acts.OpenSession(session="0" * 16, scenario=found.manifest.id, seed=1, ceiling=10), "test"
    )
    engine.apply(acts.Loaded(sha256=found.sha256), "test")
    assert engine.apply(acts.ArmTrial(level=10), "test") is None
    assert engine.apply(acts.BeginTrial(level=10), "test") is None
    for _tick in range(WIDEST):
        engine.tick()
    assert engine.ramp is not None and engine.ramp.reached == 10
    for event in found.manifest.events:
        assert engine.apply(acts.Trigger(name=event.name), "test") is None
    for _tick in range(WIDEST):
        engine.tick()
    finished = {n.what.name for n in engine.take_news() if isinstance(n.what, EventEnded)}
    assert finished == {event.name for event in found.manifest.events}
    for task in found.manifest.tasks:
        assert engine.apply(acts.GiveTask(name=task.name), "test") is None
        for _tick in range(WIDEST if task.by_therapist else LONGEST):
            engine.tick()
            if engine.host is None or not engine.host.running(task.name):
                break
        if task.by_therapist:
            assert engine.apply(acts.TaskDone(name=task.name), "test") is None
        ended = [n.what for n in engine.take_news() if isinstance(n.what, TaskEnded)]
        assert [each.how for each in ended] == ["marked" if task.by_therapist else "completed"]
    assert (engine.phase, engine.disabled) == (Phase.EXPOSURE, None)
    return engine
