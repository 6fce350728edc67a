"""Owns what events and tasks have in common: words, bounds, a generator; knows no engine."""

from __future__ import annotations

from collections.abc import Callable, Generator, Mapping
from typing import TYPE_CHECKING, Any, Generic, Literal, TypeVar

from pydantic import ValidationError

from scenarios.api.contradictions import broken
from scenarios.api.errors import ScenarioError, mark
from scenarios.api.graded import words
from scenarios.api.interlocks import Bound
from scenarios.api.manifest import InterlockSpec, PlayedSpec

if TYPE_CHECKING:
    from scenarios.api.scenario import Scenario

Steps = Generator[None, float, None]
"""What an event is: it yields once a tick and receives the seconds that passed (1/30).

Example:
    >>> def rest(self) -> Steps:
    ...     passed = 0.0
    ...     while passed < 3.0:
    ...         passed += yield
"""

TOLD = {"event": mark("event {name}: {why}"), "task": mark("task {name}: {why}")}
"""How what is wrong with one begins."""

Spec = TypeVar("Spec", bound=PlayedSpec)


class Played(Generic[Spec]):
    """A method of a scenario that is played tick by tick, with what the console shows of it."""

    def __init__(
        self,
        play: Callable[[Any], Steps],
        spec: Spec,
        requires: tuple[Bound, ...] = (),
        forbids: tuple[Bound, ...] = (),
    ) -> None:
        self._play = play
        self.spec = spec
        self._requires = requires
        self._forbids = forbids
        self.__doc__ = play.__doc__

    def start(self, scenario: Scenario) -> Steps:
        """The generator of one occurrence."""
        return self._play(scenario)

    def interlocks(self) -> tuple[InterlockSpec, ...]:
        """What must and must not hold while it plays, as data."""
        name = self.spec.name
        return (
            *(InterlockSpec(of=name, rule="requires", other=b.spec()) for b in self._requires),
            *(InterlockSpec(of=name, rule="forbids", other=b.spec()) for b in self._forbids),
        )


def declared(
    what: Literal["event", "task"],
    kind: type[Spec],
    play: Callable[[Any], Steps],
    *,
    fr: str,
    en: str,
    warning: Mapping[str, str] | None,
    **more: object,
) -> Spec:
    """The declaration of one method as data; raises `ScenarioError` that begins with `what`."""
    try:
        return kind.model_validate(
            {
                "name": play.__name__,
                "label": words({"fr": fr, "en": en}),
                "warning": None if warning is None else words(warning),
                **more,
            }
        )
    except ValidationError as error:
        why = broken(error, named=True)
        raise ScenarioError(TOLD[what], name=play.__name__, why=why) from error


def bounds(given: object) -> tuple[Bound, ...]:
    """Bounds as an author gives them; raises `ScenarioError` for what are none."""
    if isinstance(given, tuple) and all(isinstance(each, Bound) for each in given):
        return given
    raise ScenarioError("`requires` and `forbids` take bounds in brackets: (rail.at_most(0.9),)")
