"""Owns the declaration of events; knows nothing of how the engine runs or cancels them."""

from __future__ import annotations

from collections.abc import Callable, Generator
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from scenarios.api.errors import ScenarioError
from scenarios.api.graded import words
from scenarios.api.interlocks import Bound
from scenarios.api.manifest import EventSpec, InterlockSpec

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


class Event:
    """An event as declared: what the console shows, and the generator that plays it.

    Example:
        >>> class Quay(Scenario):
        ...     @event(fr="Une vague", en="A wave", min_level=2)
        ...     def wave(self):
        ...         yield from self.wait(2.0)
        >>> Quay.wave.spec.min_level, Quay.wave.interlocks()
        (2, ())
        >>> steps = Quay.wave.start(Quay(context))
        >>> next(steps)
    """

    def __init__(
        self,
        play: Callable[[Any], Steps],
        spec: EventSpec,
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


def event(
    *,
    fr: str,
    en: str,
    min_level: int = 0,
    cooldown_s: float = 10.0,
    warning: dict[str, str] | None = None,
    requires: tuple[Bound, ...] = (),
    forbids: tuple[Bound, ...] = (),
) -> Callable[[Callable[[Any], Steps]], Event]:
    """Declare a method of a scenario as an event that the therapist can fire.

    What the event makes on the stage belongs to it and is removed when it ends or is cancelled.

    Args:
        fr: the event's name in French.
        en: the event's name in English.
        min_level: the lowest applied level at which it may be fired, 0 to 10.
        cooldown_s: seconds after its end before it may be fired again, 0 to 600.
        warning: what a patient should have agreed to before, in both languages.
        requires: bounds that must hold while it plays, as `(rail.at_most(0.9),)`.
        forbids: bounds that must not hold while it plays.

    Example:
        >>> class Quay(Scenario):
        ...     @event(fr="Une vague", en="A wave", min_level=2, cooldown_s=20)
        ...     def wave(self):
        ...         yield from self.wait(2.0)
    """

    def declare(play: Callable[[Any], Steps]) -> Event:
        try:
            spec = EventSpec(
                name=play.__name__,
                label=words({"fr": fr, "en": en}),
                min_level=min_level,
                cooldown_s=cooldown_s,
                warning=None if warning is None else words(warning),
            )
        except ValidationError as error:
            told = "; ".join(f"{e['loc'][0]}: {e['msg']}" for e in error.errors())
            raise ScenarioError(f"event {play.__name__}: {told}") from error
        return Event(play, spec, _bounds(requires), _bounds(forbids))

    return declare


def _bounds(given: object) -> tuple[Bound, ...]:
    """Bounds as an author gives them; raises `ScenarioError` for what are none."""
    if isinstance(given, tuple) and all(isinstance(each, Bound) for each in given):
        return given
    raise ScenarioError("`requires` and `forbids` take bounds in brackets: (rail.at_most(0.9),)")
