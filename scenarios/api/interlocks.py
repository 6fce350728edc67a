"""Owns how an author declares what excludes what; knows nothing of who enforces it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from scenarios.api.errors import ScenarioError
from scenarios.api.manifest import BoundSpec, InterlockSpec

if TYPE_CHECKING:
    from scenarios.api.graded import Graded


@dataclass(frozen=True)
class Bound:
    """A graded value at a limit or beyond it, made by `at_least` and `at_most` of the value.

    Example:
        >>> rail = Graded({0: 1.3, 10: 0.3}, fr="garde-corps", en="rail", unit="m")
        >>> full = rail.at_least(1.0)
        >>> full.side, full.limit, full.value is rail
        ('at_least', 1.0, True)
        >>> plank = Graded.steps({0: 0, 10: 1}, fr="planche", en="plank")
        >>> plank.at_least(1).forbids(full).rule, plank.at_least(1).requires(full).rule
        ('forbids', 'requires')
    """

    value: Graded
    side: Literal["at_least", "at_most"]
    limit: float

    def requires(self, other: Bound) -> Interlock:
        """While this holds, the other one must hold too.

        Example:
            >>> rail = Graded({0: 1.3, 10: 0.3}, fr="garde-corps", en="rail", unit="m")
            >>> glass = Graded({0: 0, 10: 100}, fr="verre", en="glass", unit="%")
            >>> glass.at_least(50).requires(rail.at_most(0.9)).rule
            'requires'
        """
        return Interlock(self, "requires", other)

    def forbids(self, other: Bound) -> Interlock:
        """While this holds, the other one must not hold.

        Example:
            >>> rail = Graded({0: 1.3, 10: 0.3}, fr="garde-corps", en="rail", unit="m")
            >>> plank = Graded.steps({0: 0, 10: 1}, fr="planche", en="plank")
            >>> plank.at_least(1).forbids(rail.at_least(1.0)).rule
            'forbids'
        """
        return Interlock(self, "forbids", other)

    def spec(self) -> BoundSpec:
        """The bound as data; raises `ScenarioError` for a value that no scenario declares."""
        if not self.value.name:
            raise ScenarioError("an interlock names a value that this class does not declare")
        return BoundSpec(value=self.value.name, side=self.side, limit=self.limit)


@dataclass(frozen=True)
class Interlock:
    """What excludes what: an entry of a scenario's `interlocks`, made from two bounds.

    Example:
        >>> rail = Graded({0: 1.3, 10: 0.3}, fr="garde-corps", en="rail", unit="m")
        >>> plank = Graded.steps({0: 0, 10: 1}, fr="planche", en="plank")
        >>> apart = plank.at_least(1).forbids(rail.at_least(1.0))
        >>> apart.when.value is plank, apart.rule, apart.other.limit
        (True, 'forbids', 1.0)
    """

    when: Bound
    rule: Literal["requires", "forbids"]
    other: Bound

    def spec(self) -> InterlockSpec:
        """The interlock as data; raises `ScenarioError` as `Bound.spec` does."""
        return InterlockSpec(of=self.when.spec(), rule=self.rule, other=self.other.spec())
