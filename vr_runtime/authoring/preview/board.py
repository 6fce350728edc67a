"""Owns what an author's panel says and offers as things stand; draws and changes nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from scenarios.api.manifest import EventSpec, GradedSpec, InterlockSpec, Manifest, TaskSpec
from vr_runtime.authoring.preview.steering import Steering
from vr_runtime.engine import phases
from vr_runtime.engine.levels import Ramp
from vr_runtime.examination.interlocks import in_words
from vr_runtime.language import _, figure, language, mark
from vr_runtime.wire.acts import Phase
from vr_runtime.wire.refusals import Code
from vr_runtime.wire.state import DisplayState, TaskOutcome

Verb = Literal[
    "level", "value", "follow", "event", "task", "task_done", "take_back", "pause", "safe_place",
    "stop", "back", "hide", "raise", "lower",
]  # fmt: skip


@dataclass(frozen=True)
class Action:
    """What a place on the panel, or a key, asks for."""

    verb: Verb
    name: str = ""


@dataclass(frozen=True)
class Heading:
    """Begins a part."""

    text: str
    note: str = ""


@dataclass(frozen=True)
class Sentence:
    """Words in full, over several lines where they are long."""

    text: str
    loud: bool = False


@dataclass(frozen=True)
class Button:
    """One of a row."""

    action: Action
    text: str
    on: bool = True
    """Whether it can be pressed now."""


@dataclass(frozen=True)
class Buttons:
    """A row of them."""

    all: tuple[Button, ...]


@dataclass(frozen=True)
class Slider:
    """A value between easy, at the left, and hard."""

    action: Action
    label: str
    applied: float
    """What is shown now, as a share of the way from left to right, 0 to 1."""
    asked: float
    """What was asked for."""
    said: str
    """What is applied, in words."""
    said_asked: str = ""
    """What was asked for, where that is something else."""
    stops: int = 0
    """Marks along the way; 0 for none."""
    release: Action | None = None
    """Lets a value that was set apart follow the level again."""


@dataclass(frozen=True)
class Key:
    """An event or a task with its key."""

    action: Action
    key: str
    text: str
    state: str
    on: bool
    release: Action | None = None
    """Takes a task back that was given."""


Row = Heading | Sentence | Buttons | Slider | Key


@dataclass(frozen=True)
class Board:
    """All of the panel: rows from the top, and a foot that always stands below."""

    title: str
    rows: tuple[Row, ...]
    foot: tuple[tuple[str, bool], ...]
    """Lines of the foot, each with whether it wants to be noticed."""


PHASES: dict[Phase, str] = {
    Phase.IDLE: mark("no scene"),
    Phase.LOADING: mark("the scene is loading"),
    Phase.READY: mark("the scene stands ready"),
    Phase.EXPOSURE: mark("in the scene"),
    Phase.HOLD: mark("held"),
    Phase.PAUSE: mark("paused: the neutral room"),
    Phase.SAFE_PLACE: mark("in the safe place"),
    Phase.STOPPED: mark("stopped: the neutral room"),
    Phase.FAMILIARISATION: mark("in the practice room"),
}
REFUSED: dict[Code, str] = {
    Code.LEVEL_TOO_LOW: mark("This event needs a higher level."),
    Code.COOLING_DOWN: mark("This event plays already, or has just been."),
    Code.STILL_MOVING: mark("The last change is still under way."),
    Code.OUT_OF_RANGE: mark("This is outside what the scenario declares."),
    Code.ABOVE_CEILING: mark("This is harder than level 10."),
    Code.SCENARIO_DISABLED: mark("The scenario has failed; mend it and load it again."),
    Code.WRONG_PHASE: mark("Go back into the scene first."),
    Code.NOT_HIGHER: mark("This is the highest level."),
    Code.NOT_LOWER: mark("This is the lowest level."),
    Code.TASK_UNDER_WAY: mark("Another task is under way; end it first."),
    Code.TASK_NOT_UNDER_WAY: mark("This task is not under way."),
}
LIMITS: dict[str, str] = {
    "speed": mark("speed"),
    "acceleration": mark("acceleration"),
    "turning": mark("turning"),
    "tilt": mark("tilt"),
    "rocking": mark("rocking"),
    "sway": mark("sway"),
    "by_hand": mark("cabin moved beside its vehicle"),
    "hidden": mark("cabin not to be seen"),
    "flashing": mark("lights too quick"),
    "surroundings": mark("place moved around the patient"),
    "declared": mark("more motion than declared"),
}
"""What was held back, in a few words."""
OUTCOMES: dict[TaskOutcome, str] = {
    "completed": mark("done"),
    "marked": mark("done"),
    "taken_back": mark("taken back"),
    "left": mark("left open"),
}
"""How a task ended the last time."""
EVENT_KEYS = "123456789"


def board(steering: Steering, shown: DisplayState) -> Board:
    """The panel as things stand."""
    manifest, ramp = steering.manifest, steering.ramp
    if manifest is None or ramp is None:
        return Board("Palier", (), ())
    rows = tuple(_rows(steering, manifest, ramp))
    return Board(manifest.title.get(language()), rows, tuple(_foot(steering, shown)))


def value_at(spec: GradedSpec, share: float) -> float:
    """The value at a share of the way from level 0 to level 10, as it can be declared."""
    first, last = spec.by_level[0], spec.by_level[-1]
    value = first + min(1.0, max(0.0, share)) * (last - first)
    return float(round(value)) if spec.kind == "choice" else round(value, spec.decimals)


def event_of_key(manifest: Manifest, key: str) -> str | None:
    """The event that a key lets happen, or None."""
    at = EVENT_KEYS.find(key)
    return manifest.events[at].name if 0 <= at < len(manifest.events) else None


def task_of_key(manifest: Manifest, key: str) -> str | None:
    """The task that a key gives, or marks as done; None where it is none's."""
    number = int(key[1:]) if key[:1] == "f" and key[1:].isdecimal() else 0
    within = 1 <= number <= min(len(EVENT_KEYS), len(manifest.tasks))
    return manifest.tasks[number - 1].name if within else None


def _rows(steering: Steering, manifest: Manifest, ramp: Ramp) -> Iterator[Row]:
    engine = steering.engine
    inside = phases.in_scene(engine.phase)
    yield Sentence(f"{manifest.id} {manifest.version} · {_(PHASES[engine.phase])}")
    yield Buttons(
        (
            Button(Action("back"), _("Scene"), on=not inside and engine.loaded),
            Button(Action("pause"), _("Pause"), on=inside or engine.phase is Phase.SAFE_PLACE),
            Button(Action("safe_place"), _("Safe place"), on=engine.phase is not Phase.SAFE_PLACE),
            Button(Action("stop"), _("Stop")),
        )
    )
    asked = ramp.asked
    whole = abs(ramp.level - round(ramp.level)) < 1e-6
    level = f"{round(ramp.level)}" if whole else figure(ramp.level, 1)
    yield Slider(
        Action("level"),
        _("Level"),
        ramp.level / 10,
        asked / 10,
        level,
        str(asked) if abs(ramp.level - asked) > 1e-6 else "",
        stops=11,
    )
    yield Sentence(manifest.levels[ramp.reached].get(language()), loud=True)
    yield Heading(_("Values"), _("easy left, hard right"))
    for spec in manifest.graded:
        yield _value(spec, ramp)
    if manifest.events:
        yield Heading(_("Events"))
    for number, event in enumerate(manifest.events):
        yield _event(number, event, steering)
    if manifest.tasks:
        yield Heading(_("Tasks"), _("press again once it is done"))
    for number, task in enumerate(manifest.tasks):
        yield _task(number, task, steering)


def _value(spec: GradedSpec, ramp: Ramp) -> Slider:
    first, last = spec.by_level[0], spec.by_level[-1]
    applied, asked = ramp.values[spec.name], ramp.target(spec.name)
    apart = ramp.apart.get(spec.name)
    return Slider(
        Action("value", spec.name),
        spec.label.get(language()),
        (applied - first) / (last - first),
        (asked - first) / (last - first),
        said(spec, applied),
        said(spec, asked) if abs(applied - asked) > 10.0 ** -(spec.decimals + 1) else "",
        stops=len(spec.options) if spec.kind == "choice" else 0,
        release=Action("follow", spec.name) if apart and not apart.joining else None,
    )


def said(spec: GradedSpec, value: float) -> str:
    """A value with its unit, or the option it is."""
    if spec.kind == "choice":
        return spec.options[int(value)].get(language())
    return f"{figure(value, spec.decimals)} {spec.unit}".rstrip()


def _event(number: int, event: EventSpec, steering: Steering) -> Key:
    host, ramp = steering.engine.host, steering.ramp
    state, on = "", True
    if host is not None and host.running(event.name):
        state, on = _("plays"), False
    elif host is not None and (left := host.cooldown_s(event.name)) > 0:
        state, on = _("again in {seconds:.0f} s").format(seconds=left), False
    elif ramp is not None and ramp.reached < event.min_level:
        state, on = _("from level {level}").format(level=event.min_level), False
    key = EVENT_KEYS[number] if number < len(EVENT_KEYS) else ""
    return Key(Action("event", event.name), key, event.label.get(language()), state, on)


def _task(number: int, task: TaskSpec, steering: Steering) -> Key:
    playing = steering.engine.playing
    found = () if playing is None else playing.tasks()
    stands = next((each for each in found if each.name == task.name), None)
    key = f"F{number + 1}" if number < len(EVENT_KEYS) else ""
    text = task.label.get(language())
    if stands is not None and stands.running:
        told = _("for {seconds:.0f} s").format(seconds=stands.running_s)
        done, back = Action("task_done", task.name), Action("take_back", task.name)
        return Key(done, key, text, told, True, back)
    state, on = "", True
    if stands is not None and not stands.level_reached:
        state, on = _("from level {level}").format(level=task.min_level), False
    elif stands is not None and stands.last is not None:
        state = _(OUTCOMES[stands.last])
    return Key(Action("task", task.name), key, text, state, on)


def _foot(steering: Steering, shown: DisplayState) -> Iterator[tuple[str, bool]]:
    engine = steering.engine
    if engine.disabled is not None:
        yield _(REFUSED[Code.SCENARIO_DISABLED]), True
    elif steering.refused is not None:
        yield _refused(steering.refused, engine.interlock, steering.manifest), True
    if steering.limited:
        named = ", ".join(_(LIMITS[what]) for what in steering.limited)
        yield _("Held back for comfort: {what}").format(what=named), True
    if steering.flashes:
        told = _("It flashed: dimmed {times} times by the limit")
        yield told.format(times=steering.flashes), True
    else:
        yield _("No flash beyond the limit"), False
    effort = engine.budget.effort
    slow = _("code at most {worst} ms a tick, {slow} of {calls} above 2 ms")
    yield (
        slow.format(worst=figure(effort.worst_ms, 1), slow=effort.slow, calls=effort.calls),
        effort.slow * 100 > max(100, effort.calls),
    )
    if shown.kind != "offscreen":
        yield _("{fps:.0f} pictures a second").format(fps=shown.fps), False
    yield _("↑ ↓ raise, lower · 1-9 events · P, S, F12 · Tab hides this"), False


def _refused(code: Code, interlock: InterlockSpec | None, manifest: Manifest | None) -> str:
    if code is Code.INTERLOCKED and interlock is not None and manifest is not None:
        told = _("The scenario excludes this: {bound}")
        return told.format(bound=in_words(interlock.other, manifest))
    return _(REFUSED[code]) if code in REFUSED else str(code)
