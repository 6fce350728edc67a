"""Owns how the runtime's state is put into the one message that tells all of it."""

from __future__ import annotations

from vr_runtime.authority import Authority
from vr_runtime.engine.engine import Engine
from vr_runtime.engine.guard import DeadMan
from vr_runtime.engine.ports import Display
from vr_runtime.wire.acts import View
from vr_runtime.wire.recorded import LineState
from vr_runtime.wire.state import (
    Control,
    DisplayState,
    JournalState,
    Observers,
    State,
    ValueState,
    Watch,
)


def snapshot(
    engine: Engine,
    display: Display,
    authority: Authority,
    guard: DeadMan,
    *,
    boot: str,
    happened: int,
    in_step: bool,
    watch: Watch,
    journal: JournalState | None,
    watching: tuple[str, ...] = (),
    line: LineState | None = None,
) -> State:
    """The whole truth at this tick."""
    opened, ramp, scenario = engine.opened, engine.ramp, engine.scenario
    loading = 1.0
    if opened is not None and not engine.loaded and engine.disabled is None:
        loading = 0.0 if engine.building.examining else min(1.0, max(0.0, display.stage.loading()))
    return State(
        boot=boot,
        happened=happened,
        tick=engine.tick_count,
        phase=engine.phase,
        view=engine.view,
        session=None if opened is None else opened.session,
        scenario=None if opened is None else opened.scenario,
        scenario_sha256=None if scenario is None else scenario.sha256,
        seed=None if opened is None else opened.seed,
        loading=loading,
        asked=0 if ramp is None else ramp.asked,
        level=0.0 if ramp is None else ramp.level,
        reached=0 if ramp is None else ramp.reached,
        moving=engine.moving,
        raise_in_s=engine.raise_in_s,
        ceiling=engine.ceiling,
        armed=engine.armed,
        come_back=engine.come_back,
        trial=engine.trial,
        trial_open=engine.trial_open,
        cause=engine.cause,
        values=_values(engine),
        events=() if engine.playing is None else engine.playing.events(),
        tasks=() if engine.playing is None else engine.playing.tasks(),
        disabled=engine.disabled,
        control=_control(authority, guard),
        observers=Observers(
            allowed=engine.observers, mirror=engine.observers_mirror, present=watching
        ),
        display=_display(engine, display),
        effort=engine.budget.effort,
        watch=watch,
        journal=journal,
        in_step=in_step,
        digest=engine.digest(),
        safe_place=engine.repose.refuge,
        practised=engine.repose.practised,
        guide=None if engine.repose.guide is None else engine.repose.guide.state(),
        exercise=display.stage.guide() if engine.view is View.SCENE else None,
        sight=engine.sight,
        pose_kept=engine.sightline.kept,
        pose_read=engine.sightline.read,
        line=line,
    )


def _display(engine: Engine, display: Display) -> DisplayState:
    """As measured, and what became of the headset as it was judged."""
    headset = None if display.headset() is None else engine.headset
    return display.state().model_copy(update={"headset": headset})


def _values(engine: Engine) -> tuple[ValueState, ...]:
    ramp = engine.ramp
    if ramp is None:
        return ()
    stands = None if engine.playing is None else engine.playing.walking.stands()
    return tuple(
        ValueState(
            name=n,
            applied=v,
            target=ramp.target(n),
            apart=n in ramp.apart,
            walked=stands[1] if stands is not None and stands[0] == n else None,
        )
        for n, v in ramp.values.items()
    )


def _control(authority: Authority, guard: DeadMan) -> Control:
    holder = authority.holder
    return Control(
        epoch=authority.epoch,
        holder=None if holder is None else holder.name,
        heard_s=None if holder is None else guard.silent_s,
    )
