"""Owns how an author declares a behavioural approach test; knows nothing of who leads it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from pydantic import ValidationError

from scenarios.api.base import Declared
from scenarios.api.contradictions import broken
from scenarios.api.errors import ScenarioError
from scenarios.api.graded import WordsLike, words
from scenarios.api.ladders import BatSpec, BatStepSpec

_Spec = TypeVar("_Spec", bound=Declared)


@dataclass(frozen=True, kw_only=True)
class BatStep:
    """One step of a `Bat`: how the scenario is set, and what the patient does there.

    It is done when the patient has stayed for `seconds` and, where there is one, done the task.

    Args:
        fr: what the patient meets and does, in French, at most 160 characters.
        en: the same in English.
        level: 0 to 10.
        seconds: how long the patient stays, 1 to 300.
        values: what is set apart from the level, by name.
        task: the name of one of the scenario's tasks.

    Example:
        >>> BatStep(fr="À un mètre.", en="A metre away.", level=2, seconds=10).spec().seconds
        10
    """

    fr: str
    en: str
    level: int
    seconds: int
    values: Mapping[str, float] = field(default_factory=dict)
    task: str | None = None

    def spec(self) -> BatStepSpec:
        """The step as data; raises `ScenarioError`."""
        return _made(
            BatStepSpec,
            item=words({"fr": self.fr, "en": self.en}),
            level=self.level,
            seconds=self.seconds,
            values=dict(self.values),
            task=self.task,
        )


@dataclass(frozen=True, kw_only=True)
class Bat:
    """A behavioural approach test (BAT): the same steps each time, from easy to hard.

    The patient leads: each step is offered and nobody encourages. The score is the number of steps
    done.

    Args:
        instruction: what is said before it, each time in the same words, in both languages.
        steps: 3 to 20 of them, none easier than the one before.
        measure: the name of a graded value that is scored too, as it was at the last step done.

    Example:
        >>> steps = tuple(
        ...     BatStep(fr=f"Étage {n}.", en=f"Floor {n}.", level=n, seconds=15) for n in range(4)
        ... )
        >>> told = {"fr": "Allez aussi loin que vous voulez.", "en": "Go as far as you want."}
        >>> bat = Bat(instruction=told, steps=steps, measure="height")
        >>> len(bat.spec().steps), bat.spec().measure
        (4, 'height')
    """

    instruction: WordsLike
    steps: tuple[BatStep, ...]
    measure: str | None = None

    def spec(self) -> BatSpec:
        """The script as data; raises `ScenarioError`."""
        if not all(isinstance(each, BatStep) for each in self.steps):
            raise ScenarioError("bat: write each of its steps as BatStep(…)")
        steps = tuple(each.spec() for each in self.steps)
        instruction = words(self.instruction)
        return _made(BatSpec, instruction=instruction, steps=steps, measure=self.measure)


def _made(kind: type[_Spec], **given: object) -> _Spec:
    try:
        return kind.model_validate(given)
    except ValidationError as error:
        raise ScenarioError("bat: {why}", why=broken(error, named=True)) from error
