"""Owns the declaration of graded values; knows neither who ramps them nor who shows them."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from math import isfinite
from typing import TYPE_CHECKING, Literal, overload

from pydantic import ValidationError

from scenarios.api.contradictions import broken
from scenarios.api.errors import ScenarioError
from scenarios.api.interlocks import Bound
from scenarios.api.manifest import LEVELS, GradedSpec, Words

if TYPE_CHECKING:
    from scenarios.api.scenario import Scenario

WordsLike = Mapping[str, str]


def words(texts: WordsLike) -> Words:
    """Both languages of a text; raises `ScenarioError` when one is missing or cannot be shown."""
    try:
        return Words.model_validate(dict(texts))
    except ValidationError as error:
        named = ", ".join(str(e["loc"][0]) for e in error.errors() if e["loc"])
        raise ScenarioError(
            'a text needs "fr" and "en", 1 to 400 characters each, and no control characters; '
            "look at: {named}",
            named=named,
        ) from error


def _is_number(value: object) -> bool:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return False
    # an integer may be larger than any float
    return value == value and abs(value) <= sys.float_info.max


def _ends(points: Mapping[int, float]) -> list[int]:
    if not isinstance(points, Mapping) or not all(map(_is_number, points.values())):
        raise ScenarioError("a graded value is a finite number at each level")
    if not all(isinstance(level, int) for level in points):
        raise ScenarioError("the levels of a graded value are whole numbers 0 to 10")
    levels = sorted(points)
    if not levels or levels[0] != 0 or levels[-1] != LEVELS - 1:
        raise ScenarioError("a graded value needs its value at level 0 and at level 10")
    return levels


def spread(points: Mapping[int, float]) -> tuple[float, ...]:
    """The value at each level 0 to 10, joined by straight lines between the given levels."""
    levels = _ends(points)
    values = []
    for level in range(LEVELS):
        below = max(k for k in levels if k <= level)
        above = min(k for k in levels if k >= level)
        part = 0.0 if above == below else (level - below) / (above - below)
        values.append(round(points[below] + part * (points[above] - points[below]), 6))
    return tuple(values)


def held(points: Mapping[int, float]) -> tuple[float, ...]:
    """The value at each level 0 to 10, each given value kept until the next given level."""
    levels = _ends(points)
    return tuple(float(points[max(k for k in levels if k <= n)]) for n in range(LEVELS))


class Graded:
    """A value that follows the level.

    On the class it is the declaration; on a scenario that runs it reads as the value that is
    applied now, already ramped and limited.

    Example:
        >>> class Quay(Scenario):
        ...     height = Graded({0: 0.0, 10: 12.0}, fr="hauteur", en="height", unit="m", rate=0.5)
        ...     posts = Graded.steps({0: 8, 5: 4, 10: 0}, fr="poteaux", en="posts")
        ...     rail = Graded.choice(
        ...         {0: 0, 10: 1},
        ...         options=({"fr": "haut", "en": "high"}, {"fr": "bas", "en": "low"}),
        ...         fr="garde-corps",
        ...         en="rail",
        ...     )
        ...     interlocks = (rail.at_least(1).requires(posts.at_most(4)),)
        >>> Quay(context).height
        0.0
        >>> Quay.posts.spec().harder, Quay.posts.kind, Quay.posts.name
        ('down', 'steps', 'posts')
        >>> Quay.height.at_least(3).limit, Quay.height.at_most(3).limit
        (3, 3)
    """

    kind: Literal["points", "steps", "choice"] = "points"

    def __init__(
        self,
        points: Mapping[int, float],
        *,
        fr: str,
        en: str,
        unit: str = "",
        rate: float | None = None,
        ease_rate: float | None = None,
        step: float | None = None,
        decimals: int = 0,
    ) -> None:
        """Declare a value that moves smoothly between the levels.

        Args:
            points: value at some levels; 0 and 10 must be there.
            fr: the value's name in French.
            en: the value's name in English.
            unit: shown beside the value.
            rate: most units per second towards the harder side; one tenth of the range if left out.
            ease_rate: the same towards the easier side; twice `rate` if left out.
            step: most units one act may move it towards the harder side, when the therapist sets it
                apart from the level; one tenth of the range if left out.
            decimals: how many decimals are worth showing.
        """
        self._declare(spread(points), fr, en, unit, rate, ease_rate, step, decimals, ())

    def _declare(
        self,
        by_level: tuple[float, ...],
        fr: str,
        en: str,
        unit: str,
        rate: float | None,
        ease_rate: float | None,
        step: float | None,
        decimals: int,
        options: tuple[Words, ...],
    ) -> None:
        self.name = ""
        span = max(by_level) - min(by_level)
        if not isfinite(span):
            raise ScenarioError("a graded value is a finite number at each level")
        if span == 0:
            raise ScenarioError("a graded value must change between level 0 and level 10")
        self._by_level = by_level
        self._label = words({"fr": fr, "en": en})
        self._unit = unit
        self._rate = span / 10 if rate is None else rate
        self._ease_rate = 2 * self._rate if ease_rate is None else ease_rate
        self._step = span / 10 if step is None else step
        self._decimals = decimals
        self._options = options

    @classmethod
    def steps(
        cls,
        points: Mapping[int, float],
        *,
        fr: str,
        en: str,
        unit: str = "",
        step: float = 1.0,
        decimals: int = 0,
    ) -> Graded:
        """Declare a value that jumps when a level is reached: floors, counts, places to stand."""
        self = cls.__new__(cls)
        self.kind = "steps"
        self._declare(held(points), fr, en, unit, 1.0, 1.0, step, decimals, ())
        return self

    @classmethod
    def choice(
        cls, points: Mapping[int, int], *, options: tuple[WordsLike, ...], fr: str, en: str
    ) -> Graded:
        """Declare a choice among named options, ordered from easy to hard; reads as the index."""
        self = cls.__new__(cls)
        self.kind = "choice"
        named = tuple(words(option) for option in options)
        self._declare(held(points), fr, en, "", 1.0, 1.0, 1.0, 0, named)
        return self

    def __set_name__(self, owner: type, name: str) -> None:
        self.name = name

    @overload
    def __get__(self, obj: None, owner: type) -> Graded: ...
    @overload
    def __get__(self, obj: Scenario, owner: type) -> float: ...
    def __get__(self, obj: Scenario | None, owner: type) -> Graded | float:
        if obj is None:
            return self
        return obj.context.values[self.name]

    def __set__(self, obj: Scenario, value: float) -> None:
        raise ScenarioError(
            "{name} follows the level; a scenario reads it and never sets it", name=self.name
        )

    def at_least(self, limit: float) -> Bound:
        """This value at `limit` or above, for an interlock; of a choice, the option's number.

        Example:
            >>> wind = Graded({0: 0, 10: 8}, fr="vent", en="wind", unit="m/s")
            >>> wind.at_least(6.0).limit
            6.0
        """
        return Bound(self, "at_least", limit)

    def at_most(self, limit: float) -> Bound:
        """This value at `limit` or below, for an interlock; of a choice, the option's number.

        Example:
            >>> rail = Graded({0: 1.3, 10: 0.3}, fr="garde-corps", en="rail", unit="m")
            >>> rail.at_most(0.9).limit
            0.9
        """
        return Bound(self, "at_most", limit)

    def spec(self) -> GradedSpec:
        """The declaration as data; raises `ScenarioError` when it contradicts itself."""
        by_level = self._by_level
        try:
            return GradedSpec(
                name=self.name,
                label=self._label,
                unit=self._unit,
                kind=self.kind,
                by_level=by_level,
                options=self._options,
                step=self._step,
                rate=self._rate,
                ease_rate=self._ease_rate,
                harder="up" if by_level[-1] > by_level[0] else "down",
                decimals=self._decimals,
            )
        except ValidationError as error:
            why = broken(error, named=False)
            raise ScenarioError("{name}: {why}", name=self.name, why=why) from error
