"""Owns the questions about events, tasks and settings of the scene; knows not how they are sent."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from controller.language import _, language
from controller.session.at_play import under_way
from controller.session.now import Now
from controller.ui.asking import DOWN, ENTER, UP, Answer, Taken, dismiss
from controller.ui.keys import letters, row, safe_letters
from controller.ui.lettering import decimal
from scenarios.api.manifest import GradedSpec, PlayedSpec
from vr_runtime.wire.acts import Phase


def event_letters(now: Now) -> dict[str, str]:
    """The letter of each event of the scenario, by the event's name."""
    return {} if now.manifest is None else _lettered(now.manifest.events, safe_letters())


def task_letters(now: Now) -> dict[str, str]:
    """The letter of each task of the scenario, by the task's name.

    None is an event's, since both stand in one list; and none ends a task: a letter that comes
    late, when another task is under way, is not to mark that one.
    """
    if now.manifest is None:
        return {}
    acts = frozenset(row(act).letter() for act in ("task", "task_done", "take_back"))
    return _lettered(now.manifest.tasks, safe_letters() | acts | set(event_letters(now).values()))


def _lettered(specs: Sequence[PlayedSpec], taken: frozenset[str]) -> dict[str, str]:
    found = letters(tuple(spec.label.get(language()) for spec in specs), taken)
    return dict(zip((spec.name for spec in specs), found, strict=True))


def value_letters(now: Now) -> dict[str, str]:
    """The letter of each graded value of the scenario, by the value's name."""
    if now.manifest is None:
        return {}
    names = tuple(spec.label.get(language()) for spec in now.manifest.graded)
    found = letters(names, safe_letters())
    return dict(zip((spec.name for spec in now.manifest.graded), found, strict=True))


@dataclass(frozen=True)
class PickEvent:
    """Which event is to happen."""

    def stands(self, now: Now) -> bool:
        """Only during exposure."""
        return now.state is not None and now.state.phase is Phase.EXPOSURE

    def sentence(self, now: Now) -> str:
        """Asks which."""
        return _("Which event?")

    def answers(self, now: Now) -> tuple[Answer, ...]:
        """One letter for each event."""
        specs = now.manifest.events if now.manifest is not None else ()
        letter = event_letters(now)
        return (*(Answer(letter[e.name], e.label.get(language())) for e in specs), dismiss())

    def take(self, key: str, now: Now) -> Taken | None:
        """The letter lets its event happen."""
        name = next((n for n, letter in event_letters(now).items() if letter == key), None)
        return None if name is None else Taken(lambda lead: lead.trigger(name), raises=True)


@dataclass(frozen=True)
class PickTask:
    """Which task the patient is to be given."""

    def stands(self, now: Now) -> bool:
        """Only during exposure, while none is under way."""
        return PickEvent().stands(now) and under_way(now.state) is None

    def sentence(self, now: Now) -> str:
        """Asks which."""
        return _("Which task for the patient?")

    def answers(self, now: Now) -> tuple[Answer, ...]:
        """One letter for each task."""
        specs = now.manifest.tasks if now.manifest is not None else ()
        letter = task_letters(now)
        return (*(Answer(letter[t.name], t.label.get(language())) for t in specs), dismiss())

    def take(self, key: str, now: Now) -> Taken | None:
        """The letter gives its task."""
        name = next((n for n, letter in task_letters(now).items() if letter == key), None)
        return None if name is None else Taken(lambda lead: lead.give_task(name), raises=True)


@dataclass(frozen=True)
class PickValue:
    """Which value is to be set apart."""

    def stands(self, now: Now) -> bool:
        """Only in the scene."""
        return now.state is not None and now.state.phase in (Phase.EXPOSURE, Phase.HOLD)

    def sentence(self, now: Now) -> str:
        """Asks which."""
        return _("Which setting?")

    def answers(self, now: Now) -> tuple[Answer, ...]:
        """One letter for each value."""
        specs = now.manifest.graded if now.manifest is not None else ()
        letter = value_letters(now)
        return (*(Answer(letter[v.name], v.label.get(language())) for v in specs), dismiss())

    def take(self, key: str, now: Now) -> Taken | None:
        """The letter leads on to the value."""
        name = next((n for n, letter in value_letters(now).items() if letter == key), None)
        return None if name is None else Taken(then=SetApart(name))


def reading(spec: GradedSpec, value: float) -> str:
    """A value with its unit, as the therapist reads it."""
    if spec.kind == "choice":
        return spec.options[round(value)].get(language())
    return f"{decimal(value, spec.decimals)} {spec.unit}".strip()


@dataclass(frozen=True)
class SetApart:
    """One value is to be set apart: up is always the harder side."""

    name: str

    def stands(self, now: Now) -> bool:
        """Only in the scene, while the value exists."""
        return PickValue().stands(now) and self._parts(now) is not None

    def _parts(self, now: Now) -> tuple[GradedSpec, float, float] | None:
        """The value's declaration, what is applied and where it is going."""
        spec = now.manifest.value(self.name) if now.manifest is not None else None
        values = now.state.values if now.state is not None else ()
        state = next((v for v in values if v.name == self.name), None)
        return None if spec is None or state is None else (spec, state.applied, state.target)

    @staticmethod
    def _step(spec: GradedSpec, applied: float, target: float, harder: bool) -> float:
        """One declared step to a side, from the easier of what is applied and what is asked."""
        up = (spec.harder == "up") == harder
        start = target
        if harder and spec.is_harder(target, applied):
            start = applied
        value = start + (spec.step if up else -spec.step)
        return round(min(spec.high, max(spec.low, value)), 6)

    def sentence(self, now: Now) -> str:
        """Names the value as it is applied."""
        parts = self._parts(now)
        if parts is None:
            return ""
        spec, applied, _target = parts
        return _("{name}: {value} applied.").format(
            name=spec.label.get(language()), value=reading(spec, applied)
        )

    def answers(self, now: Now) -> tuple[Answer, ...]:
        """Harder, easier, back to the level; each with the value it would ask for."""
        parts = self._parts(now)
        if parts is None:
            return ()
        spec, applied, target = parts
        harder = reading(spec, self._step(spec, applied, target, True))
        easier = reading(spec, self._step(spec, applied, target, False))
        return (
            Answer(UP, _("harder: {value}").format(value=harder), "↑"),
            Answer(DOWN, _("easier: {value}").format(value=easier), "↓"),
            Answer(ENTER, _("follow the level"), "⏎"),
            dismiss(),
        )

    def take(self, key: str, now: Now) -> Taken | None:
        """An arrow moves it by one declared step; Enter lets it follow the level again."""
        parts = self._parts(now)
        if parts is None or key not in (UP, DOWN, ENTER):
            return None
        spec, applied, target = parts
        if key == ENTER:
            return Taken(lambda lead: lead.follow_level(self.name), raises=True)
        value = self._step(spec, applied, target, key == UP)
        if value == target:
            return Taken(then=self, say=_("This is as far as the scenario declares."))
        return Taken(lambda lead: lead.set_value(self.name, value), self, raises=key == UP)
