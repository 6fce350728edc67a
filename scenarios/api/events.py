"""Owns the declaration of events; knows nothing of how the engine runs or cancels them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from scenarios.api.interlocks import Bound
from scenarios.api.manifest import EventSpec
from scenarios.api.played import Played, Steps, bounds, declared


class Event(Played[EventSpec]):
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


def event(
    *,
    fr: str,
    en: str,
    min_level: int = 0,
    cooldown_s: float = 10.0,
    warning: Mapping[str, str] | None = None,
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
        more = {"min_level": min_level, "cooldown_s": cooldown_s}
        spec = declared("event", EventSpec, play, fr=fr, en=en, warning=warning, **more)
        return Event(play, spec, bounds(requires), bounds(forbids))

    return declare
