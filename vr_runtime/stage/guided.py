"""Owns a guide to an exercise as a thing of the scene: what it leads through, how much it helps.

Where in its cycle it is, is the engine's own reckoning; how it looks and sounds is the display's.
"""

from __future__ import annotations

from collections.abc import Callable

from scenarios.api.errors import ScenarioError
from scenarios.api.exercises import Breathing, Tensing
from vr_runtime.engine.guide import Guide, cycle_for
from vr_runtime.language import mark
from vr_runtime.stage.checked import number, shown
from vr_runtime.stage.placed import Placed

SPOKEN, HEARD_ALONE = 0.75, 0.25
"""Help from which the words stand there, and at which the shape is gone."""


class Guided(Placed):
    """The guide a scenario shows. It stands before the eyes and has no place of its own."""

    __slots__ = ("_help", "_next", "led")

    def __init__(
        self, exercise: Breathing | Tensing, *, owner: str, forget: Callable[[Placed], None]
    ) -> None:
        """Raises `ScenarioError` for what is no exercise."""
        super().__init__(
            at=(0.0, 0.0, 0.0),
            heading=0.0,
            parent=None,
            parameters=frozenset(),
            owner=owner,
            forget=forget,
        )
        self.led = Guide(cycle_for(_checked(exercise)))
        """Where it is in its cycle."""
        self._next = self.led.cycle
        self._help = 1.0
        self.made_of = f"guide {exercise}"

    @property
    def help(self) -> float:
        """How much it helps, 0 to 1; held within."""
        return self._help

    @help.setter
    def help(self, value: float) -> None:
        self._help = number("help", value, 0.0, 1.0)

    @property
    def seen(self) -> float:
        """How much of the shape is seen, 0 to 1."""
        return min(1.0, max(0.0, (self._help - HEARD_ALONE) / (SPOKEN - HEARD_ALONE)))

    @property
    def words(self) -> bool:
        """Whether the words stand below the shape."""
        return self._help >= SPOKEN

    @property
    def heard(self) -> float:
        """How loud the breath is, 0 to 1."""
        return min(1.0, self._help / HEARD_ALONE)

    @property
    def rounds(self) -> int:
        """Whole rounds until now."""
        return self.led.whole_rounds

    @property
    def over(self) -> bool:
        """Whether the last round is over."""
        return self.led.finished

    def lead(self, exercise: Breathing | Tensing) -> None:
        """From the next round on lead through this; raises `ScenarioError` for no exercise."""
        self._next = cycle_for(_checked(exercise))

    def go_on(self) -> None:
        """A tick passed."""
        self.led.tick()
        self.led.follow(self._next)


def _checked(exercise: object) -> Breathing | Tensing:
    if not isinstance(exercise, Breathing | Tensing):
        told = mark("a guide leads through `Breathing` or `Tensing`, not {value}")
        raise ScenarioError(told, value=shown(exercise))
    return exercise
