"""Owns the commands on the scene: events, tasks and settings; what excludes one is told with it."""

from __future__ import annotations

from collections.abc import Sequence

from controller.language import _, language, listed
from controller.line.levels import usage
from controller.line.reading import find
from controller.line.seat import Handler, Seat, numbered
from controller.line.words import plainly
from controller.session.at_play import OUTCOMES, under_way
from controller.session.now import Now
from controller.ui import possible
from controller.ui.asking import DOWN, ENTER, UP
from controller.ui.asking_scene import PickEvent, PickTask, PickValue, SetApart, reading
from controller.ui.possible import IN_SCENE, is_stale, phase_of
from scenarios.api.manifest import GradedSpec, PlayedSpec
from vr_runtime.wire.state import EventState, TaskState

EASIER = ("easier", "plus facile", "facile")
HARDER = ("harder", "plus difficile", "difficile")


def _names(specs: Sequence[PlayedSpec | GradedSpec]) -> dict[str, tuple[str, ...]]:
    """Every name of each, the one that is spoken first."""
    return {
        spec.name: (spec.label.get(language()), spec.label.get("en"), spec.label.get("fr"))
        for spec in specs
    }


def _standing(spec: PlayedSpec, state: EventState | TaskState | None, now: Now) -> str:
    """An event or a task, and what keeps it from happening now."""
    told = [spec.label.get(language())]
    if state is not None and state.running:
        told.append(_("under way"))
    if state is not None and not state.level_reached:
        told.append(_("from level {level} on").format(level=spec.min_level))
    if state is not None and state.barred is not None:
        told.append(_("excluded by the present values"))
    if isinstance(state, EventState) and state.cooldown_s > 0:
        told.append(
            _("possible again in {seconds} seconds").format(seconds=int(state.cooldown_s + 0.999))
        )
    if isinstance(state, TaskState) and state.given:
        told.append(_("given {count} times").format(count=state.given))
        if state.last is not None and not state.running:
            told.append(_(OUTCOMES[state.last]))
    if spec.warning is not None:
        told.append(spec.warning.get(language()))
    return listed(told)


def _events(seat: Seat, rest: str) -> None:
    now = seat.now()
    if now.session is None:
        seat.say(_("No session is open."))
    elif now.manifest is None or not now.manifest.events:
        seat.say(_("This scenario has no events."))
    else:
        seat.say(_("Events:"), *numbered(_event_rows(now)))


def _event_rows(now: Now) -> tuple[str, ...]:
    states = {e.name: e for e in now.state.events} if now.state is not None else {}
    specs = now.manifest.events if now.manifest is not None else ()
    return tuple(_standing(spec, states.get(spec.name), now) for spec in specs)


def _event(seat: Seat, rest: str) -> None:
    now = seat.now()
    if not seat.may("event") or now.manifest is None:
        return
    specs = now.manifest.events

    def trigger(number: int) -> None:
        name = specs[number].name
        if seat.may("event"):
            seat.send(lambda lead: lead.trigger(name))

    names = _names(specs)
    found = find(rest, names) if rest else None
    if found is not None:
        trigger(list(names).index(found))
    elif rest:
        seat.say(
            _("There is no event of this name or number; {usage}").format(usage=usage("events"))
        )
    else:
        rows = tuple(
            (row, *names[spec.name]) for spec, row in zip(specs, _event_rows(now), strict=True)
        )
        seat.pick(_("Which event?"), rows, trigger, PickEvent().stands)


def _tasks(seat: Seat, rest: str) -> None:
    now = seat.now()
    if now.session is None:
        seat.say(_("No session is open."))
    elif now.manifest is None or not now.manifest.tasks:
        seat.say(_("This scenario has no tasks."))
    else:
        seat.say(_("Tasks:"), *numbered(_task_rows(now)))


def _task_rows(now: Now) -> tuple[str, ...]:
    states = {t.name: t for t in now.state.tasks} if now.state is not None else {}
    specs = now.manifest.tasks if now.manifest is not None else ()
    return tuple(_standing(spec, states.get(spec.name), now) for spec in specs)


def _task(seat: Seat, rest: str) -> None:
    now = seat.now()
    if not seat.may("task") or now.manifest is None:
        return
    specs = now.manifest.tasks

    def give(number: int) -> None:
        name = specs[number].name
        if seat.may("task"):
            seat.send(lambda lead: lead.give_task(name))

    names = _names(specs)
    found = find(rest, names) if rest else None
    if found is not None:
        give(list(names).index(found))
    elif rest:
        seat.say(_("There is no task of this name or number; {usage}").format(usage=usage("tasks")))
    else:
        rows = tuple(
            (row, *names[spec.name]) for spec, row in zip(specs, _task_rows(now), strict=True)
        )
        seat.pick(_("Which task for the patient?"), rows, give, PickTask().stands)


def _task_done(seat: Seat, rest: str) -> None:
    task = under_way(seat.now().state)
    if seat.may("task_done") and task is not None:
        name = task.name
        seat.send(lambda lead: lead.task_done(name))


def _take_back(seat: Seat, rest: str) -> None:
    task = under_way(seat.now().state)
    if seat.may("take_back") and task is not None:
        name = task.name
        seat.send(lambda lead: lead.take_back_task(name))


def _values(seat: Seat, rest: str) -> None:
    now = seat.now()
    if now.session is None:
        seat.say(_("No session is open."))
        return
    specs = now.manifest.graded if now.manifest is not None else ()
    if phase_of(now) not in IN_SCENE:
        told = _("Settings, applied in the scene alone:")
    elif is_stale(now):
        told = _("Settings, last known:")
    else:
        told = _("Settings as they are applied:")
    seat.say(told, *numbered(tuple(_value_row(spec, now) for spec in specs)))


def _value_row(spec: GradedSpec, now: Now) -> str:
    label = spec.label.get(language())
    values = now.state.values if now.state is not None else ()
    state = next((v for v in values if v.name == spec.name), None)
    if state is None or phase_of(now) not in IN_SCENE:
        return label
    told = [_("{name}: {value}").format(name=label, value=reading(spec, state.applied))]
    if abs(state.target - state.applied) > 1e-6:
        told.append(_("going to {value}").format(value=reading(spec, state.target)))
    if state.apart:
        told.append(_("set apart from the level"))
    return listed(told)


def _set(seat: Seat, rest: str) -> None:
    """A name, then a value with or without its unit, or which side."""
    now = seat.now()
    if not seat.may("value") or now.manifest is None:
        return
    found = _named_value(rest, now.manifest.graded)
    if found is None:
        seat.say(_("{usage} The names stand in the list of settings.").format(usage=usage("set")))
        return
    spec, told = found
    side = {**dict.fromkeys(EASIER, DOWN), **dict.fromkeys(HARDER, UP)}.get(plainly(told))
    if side is not None:
        _step(seat, spec, side)
        return
    value = _value(told, spec)
    if value is None:
        seat.say(_why_no_value(spec))
        return
    seat.send(lambda lead: lead.set_value(spec.name, value))


def _step(seat: Seat, spec: GradedSpec, side: str) -> None:
    """One declared step, as the screen's arrows move it."""
    taken = SetApart(spec.name).take(side, seat.now())
    if taken is not None and taken.say:
        seat.say(taken.say)
    if taken is not None and taken.act is not None:
        seat.send(taken.act)
    elif taken is None:
        seat.say(possible.why_not("value", seat.now()) or _("This value is not applied now."))


def _named_value(rest: str, specs: tuple[GradedSpec, ...]) -> tuple[GradedSpec, str] | None:
    """The value that the line begins with, by number or by its longest name, and what follows."""
    words = rest.split(" ")
    names = _names(specs)
    for count in range(len(words) - 1, 0, -1):
        found = find(" ".join(words[:count]), names)
        if found is not None:
            spec = next(one for one in specs if one.name == found)
            return spec, " ".join(words[count:])
    return None


def _value(told: str, spec: GradedSpec) -> float | None:
    """The value that is typed: a figure with a point or a comma, or the name of a choice."""
    if spec.kind == "choice":
        options = {str(n): (o.get("en"), o.get("fr")) for n, o in enumerate(spec.options)}
        found = find(told, options)
        return None if found is None else float(found)
    bare = plainly(told).removesuffix(plainly(spec.unit)).strip().replace(",", ".")
    try:
        value = float(bare)
    except ValueError:
        return None
    return value if spec.low <= value <= spec.high else None


def _why_no_value(spec: GradedSpec) -> str:
    label = spec.label.get(language())
    if spec.kind == "choice":
        names = ", ".join(option.get(language()) for option in spec.options)
        return _("{name} is one of these: {values}.").format(name=label, values=names)
    told = _("{name} is a figure from {low} to {high}.")
    low, high = reading(spec, spec.low), reading(spec, spec.high)
    return told.format(name=label, low=low, high=high)


def _follow(seat: Seat, rest: str) -> None:
    now = seat.now()
    if not seat.may("value") or now.manifest is None:
        return
    found = find(rest, _names(now.manifest.graded))
    if found is None:
        seat.say(
            _("{usage} The names stand in the list of settings.").format(usage=usage("follow"))
        )
        return
    if not PickValue().stands(now):
        return
    taken = SetApart(found).take(ENTER, now)
    if taken is not None and taken.act is not None:
        seat.send(taken.act)


HANDLERS: dict[str, Handler] = {
    "events": _events,
    "event": _event,
    "tasks": _tasks,
    "task": _task,
    "task_done": _task_done,
    "take_back": _take_back,
    "values": _values,
    "set": _set,
    "follow": _follow,
}
