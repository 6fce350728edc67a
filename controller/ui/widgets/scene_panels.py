"""Owns the drawing of settings, events and tasks of the scene; changes none."""

from __future__ import annotations

from dataclasses import dataclass

from textual.content import Content

from controller.language import _, language
from controller.session.at_play import under_way
from controller.session.now import Now
from controller.ui.asking_scene import event_letters, reading, task_letters, value_letters
from controller.ui.keys import named
from controller.ui.lettering import cut, decimal
from controller.ui.maps import Holds
from controller.ui.possible import IN_SCENE, is_stale, phase_of, why_not
from controller.ui.widgets.panel import Panel, clickable, fitting, headed, left_out, lines
from scenarios.api.manifest import GradedSpec
from vr_runtime.wire.acts import Phase
from vr_runtime.wire.state import EventState, TaskState, ValueState


def holds(now: Now) -> Holds:
    """How many rows the settings, and the events with the tasks, would fill."""
    if now.manifest is None:
        return Holds()
    of = now.manifest
    return Holds(len(of.graded), len(of.events) + len(of.tasks))


def _reading(spec: GradedSpec, state: ValueState) -> str:
    """A value as it is applied; of how far a way is open, where along it the patient stands too."""
    applied = reading(spec, state.applied)
    if state.walked is None:
        return applied
    return f"{decimal(state.walked, spec.decimals)}/{applied}"


@dataclass(frozen=True)
class Setting:
    """One graded value as it is applied."""

    name: str
    letter: str
    label: str
    value: str
    share: float
    """How far towards its harder side, 0 to 1."""
    apart: bool
    moving: bool
    chosen: bool
    """Whether a question is open about it."""

    @property
    def weight(self) -> int:
        """What is to be seen first where rows lack."""
        return 4 * self.chosen + 2 * self.apart + self.moving


@dataclass(frozen=True)
class SettingsFacts:
    """All values, and whether they are only the last known."""

    settings: tuple[Setting, ...]
    stale: bool
    live: bool


class Settings(Panel[SettingsFacts]):
    """Applied values with their units; "≠" marks one that was set apart from the level."""

    chosen = ""
    """The name of the value a question is open about."""

    def facts(self, now: Now) -> SettingsFacts:
        """The values as the runtime applies them; none outside the scene."""
        found: list[Setting] = []
        letters = value_letters(now)
        in_scene = phase_of(now) in IN_SCENE
        values = {v.name: v for v in now.state.values} if now.state is not None else {}
        for spec in now.manifest.graded if now.manifest is not None else ():
            state = values.get(spec.name)
            label = spec.label.get(language())
            if state is None or not in_scene:
                nothing = Setting(
                    spec.name, letters[spec.name], label, "–", 0.0, False, False, False
                )
                found.append(nothing)
                continue
            easy, hard = spec.by_level[0], spec.by_level[-1]
            share = (state.applied - easy) / (hard - easy)
            found.append(
                Setting(
                    spec.name,
                    letters[spec.name],
                    label,
                    _reading(spec, state),
                    round(min(1.0, max(0.0, share)), 3),
                    state.apart,
                    abs(state.target - state.applied) > 1e-6,
                    spec.name == self.chosen,
                )
            )
        return SettingsFacts(tuple(found), is_stale(now), why_not("value", now) is None)

    def heading(self, now: Now) -> Content:
        """The key that leads here."""
        then = _("{key} then").format(key=named("value")) if why_not("value", now) is None else ""
        count = len(now.manifest.graded) if now.manifest is not None else 0
        more = left_out(count, self.size.height)
        keys = (then, named("value") if then else "")
        return headed(_("SETTINGS"), keys, more, self.size.width)

    def draw(self, facts: SettingsFacts) -> Content:
        """Letter, name, value, and how far towards the harder side."""
        seen = fitting(facts.settings, self.size.height, lambda setting: setting.weight)
        return lines([self._row(setting, facts) for setting in seen], self.size.height)

    def _row(self, item: Setting, facts: SettingsFacts) -> Content:
        width = self.size.width
        bar = 8 if width >= 34 else 4
        if len(item.label) + len(item.value) + bar + 7 > width:
            bar = 0  # the name and the value say more than the bar
        label = cut(item.label, max(3, width - min(len(item.value), 7) - bar - 7))
        value_w = width - len(label) - bar - 6
        full = round(item.share * bar)
        ink = "$quiet" if facts.stale else "bold"
        level = "$quiet" if facts.stale else "$level"
        row = Content.assemble(
            (f" {item.letter.upper()} ", "bold" if facts.live else "$quiet"),
            (f"{label} ", "$quiet"),
            ("≠" if item.apart else "→" if item.moving else " ", "bold $suds"),
            (f"{cut(item.value, value_w):>{value_w}} ", ink),
            ("━" * full, level),
            ("─" * (bar - full), "$rule"),
        )
        return clickable(row, f"setting('{item.name}')")


@dataclass(frozen=True)
class EventLine:
    """One event as it stands."""

    name: str
    letter: str
    label: str
    running: bool
    wait_s: int
    whole_s: int
    least: int | None
    """The level it needs, where that is not reached."""
    barred: str = ""
    """The value that excludes it now, where one does."""

    @property
    def fits(self) -> bool:
        """Whether level and values allow it."""
        return self.least is None and not self.barred

    @property
    def weight(self) -> int:
        """What is to be seen first where rows lack: what happens, then what may happen now."""
        return 4 * self.running + 2 * self.fits + (not self.wait_s)


@dataclass(frozen=True)
class TaskRow:
    """One task for the patient as it stands."""

    name: str
    letter: str
    label: str
    running_s: int | None
    """Seconds since it was given; None while it is not under way."""
    given: int
    done: bool
    """Whether it was done the last time."""
    least: int | None
    barred: str = ""
    free: bool = True
    """Whether no other task is under way."""

    @property
    def fits(self) -> bool:
        """Whether level, values and the patient's present task allow it."""
        return self.least is None and not self.barred and self.free

    @property
    def weight(self) -> int:
        """As of an event: what is under way, then what may be given, new ones first."""
        return 4 * (self.running_s is not None) + 2 * self.fits + (not self.given)


@dataclass(frozen=True)
class EventsFacts:
    """All events and tasks, and whether one may happen or be given now."""

    events: tuple[EventLine, ...]
    live: bool
    tasks: tuple[TaskRow, ...] = ()
    in_exposure: bool = False
    gives: bool = False
    asked_of: str = ""


class Events(Panel[EventsFacts]):
    """What the therapist may let happen and how soon it may again, and what may be asked."""

    asked_of = ""
    """Of which a question is open, "events" or "tasks"; only these are seen then."""

    def facts(self, now: Now) -> EventsFacts:
        """The events and tasks as the runtime tells them."""
        return EventsFacts(
            self._events(now),
            why_not("event", now) is None,
            self._tasks_of(now),
            phase_of(now) is Phase.EXPOSURE and not is_stale(now),
            why_not("task", now) is None,
            self.asked_of,
        )

    def _tasks_of(self, now: Now) -> tuple[TaskRow, ...]:
        states = {t.name: t for t in now.state.tasks} if now.state is not None else {}
        letters, present = task_letters(now), under_way(now.state)
        found: list[TaskRow] = []
        for spec in now.manifest.tasks if now.manifest is not None else ():
            state = states.get(spec.name)
            running = state is not None and state.running
            found.append(
                TaskRow(
                    spec.name,
                    letters[spec.name],
                    spec.label.get(language()),
                    int(state.running_s) if state is not None and running else None,
                    0 if state is None else state.given,
                    state is not None and state.last in ("completed", "marked"),
                    spec.min_level if state is not None and not state.level_reached else None,
                    _barring(state, now),
                    present is None or running,
                )
            )
        return tuple(found)

    def _events(self, now: Now) -> tuple[EventLine, ...]:
        states = {e.name: e for e in now.state.events} if now.state is not None else {}
        letters = event_letters(now)
        found: list[EventLine] = []
        for spec in now.manifest.events if now.manifest is not None else ():
            state = states.get(spec.name)
            found.append(
                EventLine(
                    spec.name,
                    letters[spec.name],
                    spec.label.get(language()),
                    state is not None and state.running,
                    0 if state is None else int(state.cooldown_s + 0.999),
                    max(1, round(spec.cooldown_s)),
                    spec.min_level if state is not None and not state.level_reached else None,
                    _barring(state, now),
                )
            )
        return tuple(found)

    def heading(self, now: Now) -> Content:
        """The keys that lead here."""
        events = now.manifest.events if now.manifest is not None else ()
        tasks = now.manifest.tasks if now.manifest is not None else ()
        then = _("{key} then").format(key=named("event")) if why_not("event", now) is None else ""
        gives = _("{key} then").format(key=named("task")) if why_not("task", now) is None else ""
        word = _("EVENTS")
        both = False
        if self.asked_of == "tasks":
            word, then, count = _("TASKS"), gives, len(tasks)
        elif self.asked_of == "events" or not tasks:
            count = len(events)
        else:
            word, count, both = _("EVENTS, TASKS"), len(events) + len(tasks), True
            keys = [named(act) for act, may in (("event", then), ("task", gives)) if may]
            then = " ".join(keys)
        more = left_out(count, self.size.height)
        short = named("task" if self.asked_of == "tasks" else "event")
        return headed(word, (then, short if then and not both else then), more, self.size.width)

    def draw(self, facts: EventsFacts) -> Content:
        """Letter, name, and ready, running, or a shrinking bar."""
        events = facts.events if facts.asked_of != "tasks" else ()
        tasks = facts.tasks if facts.asked_of != "events" else ()
        both: list[EventLine | TaskRow] = [*events, *tasks]
        seen = fitting(both, self.size.height, lambda line: line.weight)
        return lines([self._row(line, facts) for line in seen], self.size.height)

    def _row(self, line: EventLine | TaskRow, facts: EventsFacts) -> Content:
        if isinstance(line, TaskRow):
            return self._row_of_task(line, facts)
        return self._row_of_event(line, facts)

    def _row_of_task(self, task: TaskRow, facts: EventsFacts) -> Content:
        if task.running_s is not None:
            state = f"▷ {task.running_s} s"
        elif not facts.in_exposure:
            state = "–"
        elif task.least is not None:
            state = _("from level {level}").format(level=task.least)
        elif task.barred:
            state = "✕ " + cut(task.barred, 8)
        elif task.given:
            state = ("✓ " if task.done else "") + f"{task.given}×"
        else:
            state = _("ready")
        ready = facts.gives and task.fits and task.running_s is None
        room = self.size.width - len(state) - 7
        line = Content.assemble(
            (f" {task.letter.upper()} ", "bold" if ready else "$quiet"),
            ("☐ ", "$quiet"),
            (f"{cut(task.label, room):<{max(0, room)}} ", "" if ready else "$quiet"),
            (state, "bold" if task.running_s is not None else "$quiet"),
        )
        return clickable(line, f"task('{task.name}')")

    def _row_of_event(self, event: EventLine, facts: EventsFacts) -> Content:
        bar = ""
        if not facts.live:
            state = "–"
        elif event.running:
            state = "▷ " + _("running")
        elif event.wait_s:
            full = min(4, round(4 * event.wait_s / event.whole_s))
            bar, state = "▰" * full + "▱" * (4 - full) + " ", f"{event.wait_s} s"
        elif event.least is not None:
            state = _("from level {level}").format(level=event.least)
        elif event.barred:
            state = "✕ " + cut(event.barred, 8)
        else:
            state = _("ready")
        ready = facts.live and event.fits and not (event.running or event.wait_s)
        room = self.size.width - len(bar) - len(state) - 5
        line = Content.assemble(
            (f" {event.letter.upper()} ", "bold" if ready else "$quiet"),
            (f"{cut(event.label, room):<{max(0, room)}} ", "" if ready else "$quiet"),
            (bar + state, "$quiet"),
        )
        return clickable(line, f"event('{event.name}')")


def _barring(state: EventState | TaskState | None, now: Now) -> str:
    """The name of the value that excludes an event or a task now; empty where none does."""
    if state is None or state.barred is None or now.manifest is None:
        return ""
    spec = now.manifest.value(state.barred.other.value)
    return "" if spec is None else spec.label.get(language())
