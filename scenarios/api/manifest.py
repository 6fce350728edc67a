"""Owns what a scenario says about itself, as data that crosses the wire; knows no scenario code."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, Literal

from pydantic import Field, model_validator

from scenarios.api.base import LEVELS as LEVELS
from scenarios.api.base import Declared as Declared
from scenarios.api.base import Finite, Level, Name
from scenarios.api.base import Words as Words
from scenarios.api.base import can_be_shown as can_be_shown
from scenarios.api.errors import Contradiction
from scenarios.api.ladders import MOST_HIERARCHIES, BatSpec, Distress, HierarchySpec

LONGEST_INSTRUCTION = 120
"""Most characters of a task's instruction: the patient reads it in the middle of a feared place."""

ScenarioId = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,39}(\.[a-z][a-z0-9_]{0,39}){1,3}$")]
Contraindication = Literal[
    "heights", "blood", "flashes", "sudden_noise", "vection", "confined", "strain"
]
"""What a patient may have to be kept from, whatever is feared. `vection`: the view is moved;
`strain`: muscles are tensed."""
Motion = Literal["none", "low", "high"]
"""What moves the patient's view beside the patient.

`none`: nothing. `low`: a vehicle that stays level, does not turn and keeps to 2 m/s. `high`: a
vehicle within the engine's limits.
"""


class Comfort(Declared):
    """What a scenario declares of the patient's comfort; the stage holds the scenario to it.

    Example:
        >>> Comfort(motion="none").motion
        'none'
    """

    motion: Motion


class GradedSpec(Declared):
    """One graded value: what it is at each level, how fast it may move, which side is harder."""

    name: Name
    label: Words
    unit: str = Field(default="", max_length=12)
    kind: Literal["points", "steps", "choice"]
    by_level: tuple[Finite, ...] = Field(min_length=LEVELS, max_length=LEVELS)
    options: tuple[Words, ...] = ()
    """For a choice: what each index means. Empty for the other kinds."""
    step: float = Field(gt=0, allow_inf_nan=False)
    """The most that one act may move the value towards its harder side."""
    rate: float = Field(gt=0, allow_inf_nan=False)
    """Units per second towards the harder side; ignored for steps and choices, which jump."""
    ease_rate: float = Field(gt=0, allow_inf_nan=False)
    """Units per second towards the easier side, never slower than `rate`."""
    harder: Literal["up", "down"]
    decimals: int = Field(default=0, ge=0, le=3)

    @model_validator(mode="after")
    def _is_consistent(self) -> GradedSpec:
        steps = [b - a for a, b in zip(self.by_level, self.by_level[1:], strict=False)]
        sign = 1 if self.harder == "up" else -1
        if any(step * sign < 0 for step in steps):
            raise Contradiction("the values must only get harder from level 0 to 10")
        if self.ease_rate < self.rate:
            raise Contradiction("coming down may not be slower than going up")
        if self.kind == "choice" and any(
            v != int(v) or not 0 <= v < len(self.options) for v in self.by_level
        ):
            raise Contradiction("a choice is given by the number of its option")
        return self

    @property
    def low(self) -> float:
        """The least value the scenario declares."""
        return min(self.by_level)

    @property
    def high(self) -> float:
        """The greatest value the scenario declares."""
        return max(self.by_level)

    @property
    def jumps(self) -> bool:
        """True where the value changes at once when a level is reached."""
        return self.kind != "points"

    def is_harder(self, a: float, b: float) -> bool:
        """True when `a` lies on the harder side of `b`."""
        return a > b if self.harder == "up" else a < b


class PlayedSpec(Declared):
    """What events and tasks have in common."""

    name: Name
    label: Words
    min_level: Level = 0
    warning: Words | None = None


class EventSpec(PlayedSpec):
    """One event the therapist can fire."""

    cooldown_s: float = Field(default=0.0, ge=0, le=600, allow_inf_nan=False)


class TaskSpec(PlayedSpec):
    """One task the therapist can give to the patient; its label is the instruction."""

    by_therapist: bool = False
    """Whether the therapist alone can see that it was done."""

    @model_validator(mode="after")
    def _is_short(self) -> TaskSpec:
        if any(len(text) > LONGEST_INSTRUCTION for text in (self.label.fr, self.label.en)):
            raise Contradiction("an instruction has at most {n} characters", n=LONGEST_INSTRUCTION)
        return self


class BoundSpec(Declared):
    """A graded value at a limit, or beyond it to one side."""

    value: Name
    side: Literal["at_least", "at_most"]
    limit: Finite

    def holds(self, value: float) -> bool:
        """Whether it holds where the graded value is this."""
        return value >= self.limit if self.side == "at_least" else value <= self.limit


class InterlockSpec(Declared):
    """What excludes what: while an event plays, or a bound holds, another must or must not hold."""

    of: Name | BoundSpec
    """An event or a task, by its name, or a bound."""
    rule: Literal["requires", "forbids"]
    other: BoundSpec

    @property
    def event(self) -> str | None:
        """The event or task that it is of, or None."""
        return self.of if isinstance(self.of, str) else None

    @property
    def when(self) -> BoundSpec | None:
        """The bound that it is of, or None."""
        return None if isinstance(self.of, str) else self.of

    def allows(self, value: float) -> bool:
        """Whether it lets the other graded value be this, while it is in force."""
        return self.other.holds(value) == (self.rule == "requires")


class LineSpec(Declared):
    """One line that may be spoken, as its words; a voice is found by its name."""

    name: Name
    words: Words


class TargetSpec(Declared):
    """One thing in the scene that a patient may be asked to look at."""

    name: Name
    label: Words


class WalkSpec(Declared):
    """A way that the patient may walk by own act, as far as the therapist has opened it."""

    start: Name
    """The graded value that says where the therapist puts the patient."""
    reach: Name
    """The graded value that says how far the way is open."""
    marks: tuple[Finite, ...] = Field(min_length=2, max_length=32)
    """Places along it, in the unit of both values, from the easiest to the hardest."""


class Manifest(Declared):
    """All that a console needs to know of a scenario before it is loaded.

    It is made from the scenario's class by `Scenario.manifest()` and never written by hand.

    Example:
        >>> manifest = type(scenario).manifest()
        >>> manifest.value("height").unit, manifest.event("wave").min_level
        ('m', 2)
        >>> manifest.allowed_at("wave", 1)
        False
    """

    id: ScenarioId
    version: str = Field(pattern=r"^\d+\.\d+\.\d+$")
    title: Words
    summary: Words
    phobia: Name
    levels: tuple[Words, ...] = Field(min_length=LEVELS, max_length=LEVELS)
    graded: tuple[GradedSpec, ...] = Field(min_length=1, max_length=16)
    events: tuple[EventSpec, ...] = Field(default=(), max_length=16)
    tasks: tuple[TaskSpec, ...] = Field(default=(), max_length=16)
    targets: tuple[TargetSpec, ...] = Field(default=(), max_length=16)
    warnings: tuple[Words, ...] = ()
    lines: tuple[LineSpec, ...] = Field(default=(), max_length=64)
    interlocks: tuple[InterlockSpec, ...] = Field(default=(), max_length=32)
    contraindications: tuple[Contraindication, ...] = Field(default=(), max_length=7)
    comfort: Comfort | None = None
    """None where the author has not declared it; nothing but the engine's limits then holds."""
    expected_distress: tuple[Distress, ...] = Field(default=(), max_length=LEVELS)
    """How distressing the author expects each level to be, 0 to 100, to order levels by; no
    clinical norm. Empty where it is not declared."""
    bat: BatSpec | None = None
    walk: WalkSpec | None = None
    """Where the patient may go by own act; None where a scenario has no such way."""
    hierarchies: tuple[HierarchySpec, ...] = Field(default=(), max_length=MOST_HIERARCHIES)
    """Ready hierarchies, which lie beside the scenario as a file of their own."""

    @model_validator(mode="after")
    def _distress_never_falls(self) -> Manifest:
        expected = list(self.expected_distress)
        if expected and (len(expected) != LEVELS or expected != sorted(expected)):
            raise Contradiction(
                "expected_distress: one for each level, and none below the one before"
            )
        return self

    @model_validator(mode="after")
    def _ladders_name_what_is_declared(self) -> Manifest:
        for each in self.hierarchies:
            for row in each.rows:
                self._names(row.values, row.events, row.tasks)
        for step in () if self.bat is None else self.bat.steps:
            self._names(step.values, (), () if step.task is None else (step.task,))
        if self.bat is not None and self.bat.measure is not None:
            self._names((self.bat.measure,), (), ())
        return self

    def _names(self, values: Iterable[str], events: Iterable[str], tasks: Iterable[str]) -> None:
        unknown = [n for n in values if self.value(n) is None]
        unknown += [n for n in events if self.event(n) is None]
        unknown += [n for n in tasks if self.task(n) is None]
        if unknown:
            raise Contradiction(
                "a row or a step names what is not declared: {name}", name=unknown[0]
            )

    @model_validator(mode="after")
    def _walk_leads_one_way(self) -> Manifest:
        if self.walk is None:
            return self
        start, reach = self.value(self.walk.start), self.value(self.walk.reach)
        if start is None or reach is None:
            raise Contradiction("a walk names two graded values that are declared")
        if start.harder != reach.harder or start.name == reach.name:
            raise Contradiction("a walk has two values of its own, with the same harder side")
        pairs = zip(self.walk.marks, self.walk.marks[1:], strict=False)
        if not all(reach.is_harder(further, nearer) for nearer, further in pairs):
            raise Contradiction("the marks of a walk go on from the easiest to the hardest")
        return self

    @model_validator(mode="after")
    def _names_are_unique(self) -> Manifest:
        names = [v.name for v in self.graded] + [p.name for p in (*self.events, *self.tasks)]
        twice = sorted({n for n in names if names.count(n) > 1})
        if twice:
            raise Contradiction("declared twice: {names}", names=", ".join(twice))
        return self

    @model_validator(mode="after")
    def _interlocks_name_what_is_declared(self) -> Manifest:
        for each in self.interlocks:
            bounds = [b for b in (each.when, each.other) if b is not None]
            unknown = [b.value for b in bounds if self.value(b.value) is None]
            if each.event is not None and self.played(each.event) is None:
                unknown.append(each.event)
            if unknown:
                raise Contradiction(
                    "an interlock names what is not declared: {name}", name=unknown[0]
                )
        return self

    def value(self, name: str) -> GradedSpec | None:
        """The graded value called `name`, or None."""
        return next((v for v in self.graded if v.name == name), None)

    def event(self, name: str) -> EventSpec | None:
        """The event called `name`, or None."""
        return next((e for e in self.events if e.name == name), None)

    def task(self, name: str) -> TaskSpec | None:
        """The task called `name`, or None."""
        return next((t for t in self.tasks if t.name == name), None)

    def played(self, name: str) -> EventSpec | TaskSpec | None:
        """The event or task called `name`, or None."""
        return self.event(name) or self.task(name)

    def allowed_at(self, event: str, level: int) -> bool:
        """Whether an event or task may begin at this level while every value follows the level."""
        spec = self.played(event)
        if spec is None or level < spec.min_level:
            return False
        followed = {value.name: value.by_level[level] for value in self.graded}
        return all(i.allows(followed[i.other.value]) for i in self.interlocks if i.event == event)
