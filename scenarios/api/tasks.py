"""Owns the declaration of patient tasks; knows nothing of who gives them or sees them done."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from scenarios.api.errors import ScenarioError
from scenarios.api.interlocks import Bound
from scenarios.api.manifest import TaskSpec
from scenarios.api.played import Played, Steps, bounds, declared

if TYPE_CHECKING:
    from scenarios.api.scenario import Scenario


class Task(Played[TaskSpec]):
    """A task for the patient as declared: the instruction, and what sees that it was done.

    Example:
        >>> class Quay(Scenario):
        ...     @task(fr="Restez dix secondes au bord.", en="Stay at the edge for ten seconds.")
        ...     def stay(self):
        ...         yield from self.wait(10.0)
        ...
        ...     @task(fr="Laissez pendre les bras.", en="Let your arms hang.")
        ...     def arms(self):
        ...         \"\"\"The therapist sees it.\"\"\"
        >>> Quay.stay.spec.by_therapist, Quay.arms.spec.by_therapist
        (False, True)
        >>> steps = Quay.arms.start(Quay(context))
        >>> next(steps)
    """

    def start(self, scenario: Scenario) -> Steps:
        """The generator of one giving; one that only the therapist ends goes on by itself."""
        return self._until_marked(scenario) if self.spec.by_therapist else self._play(scenario)

    def _until_marked(self, scenario: Scenario) -> Steps:
        if self._play(scenario) is not None:
            raise ScenarioError(
                "task {name}: write `yield from`, or give nothing back", name=self.spec.name
            )
        while True:
            yield


def task(
    *,
    fr: str,
    en: str,
    min_level: int = 0,
    warning: Mapping[str, str] | None = None,
    requires: tuple[Bound, ...] = (),
    forbids: tuple[Bound, ...] = (),
) -> Callable[[Callable[[Any], Any]], Task]:
    """Declare a method of a scenario as a task that the therapist can give to the patient.

    A method that yields is a generator as an event is: its end completes the task. One without any
    `yield` is called once when the task is given, and the therapist alone says when it is done; he
    or she may do so with any task, or take it back. One task is under way at a time. What it makes
    on the stage belongs to it and is removed when it is over.

    Args:
        fr: the instruction to the patient in French, at most 120 characters.
        en: the same in English.
        min_level: the lowest applied level at which it may be given, 0 to 10.
        warning: what a patient should have agreed to before, in both languages.
        requires: bounds that must hold while it is under way, as `(rail.at_most(0.9),)`.
        forbids: bounds that must not hold while it is under way.

    Example:
        >>> class Quay(Scenario):
        ...     @task(fr="Restez dix secondes au bord.", en="Stay at the edge for ten seconds.")
        ...     def stay(self):
        ...         yield from self.wait(10.0)
        ...
        ...     @task(fr="Laissez pendre les bras.", en="Let your arms hang.", min_level=2)
        ...     def arms(self):
        ...         pass
    """

    def declare(play: Callable[[Any], Any]) -> Task:
        more = {"min_level": min_level, "by_therapist": not inspect.isgeneratorfunction(play)}
        spec = declared("task", TaskSpec, play, fr=fr, en=en, warning=warning, **more)
        return Task(play, spec, bounds(requires), bounds(forbids))

    return declare
