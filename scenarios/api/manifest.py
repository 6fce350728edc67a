"""Owns what a scenario says about itself, as data that crosses the wire; knows no scenario code."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

LEVELS = 11
"""A scenario has the levels 0 to 10."""

Name = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,39}$")]
ScenarioId = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,39}(\.[a-z][a-z0-9_]{0,39}){1,3}$")]
Level = Annotated[int, Field(ge=0, le=10, strict=True)]
Finite = Annotated[float, Field(allow_inf_nan=False)]


class Declared(BaseModel):
    """Base of all declared data: frozen, and an unknown field is an error, not a silent loss."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Words(Declared):
    """One text in both languages of the product."""

    fr: str = Field(min_length=1, max_length=400)
    en: str = Field(min_length=1, max_length=400)

    def get(self, language: str) -> str:
        """The text in `language` ("fr" or "en"); anything else reads English."""
        return self.fr if language == "fr" else self.en


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
            raise ValueError(f"{self.name}: the values must only get harder from level 0 to 10")
        if self.ease_rate < self.rate:
            raise ValueError(f"{self.name}: coming down may not be slower than going up")
        if self.kind == "choice" and any(
            v != int(v) or not 0 <= v < len(self.options) for v in self.by_level
        ):
            raise ValueError(f"{self.name}: a choice is given by the number of its option")
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


class EventSpec(Declared):
    """One event the therapist can fire."""

    name: Name
    label: Words
    min_level: Level = 0
    cooldown_s: float = Field(default=0.0, ge=0, le=600, allow_inf_nan=False)
    warning: Words | None = None


class LineSpec(Declared):
    """One line that may be spoken, as its words; a voice is found by its name."""

    name: Name
    words: Words


class Manifest(Declared):
    """All that a console needs to know of a scenario before it is loaded.

    It is made from the scenario's class by `Scenario.manifest()` and never written by hand.
    """

    id: ScenarioId
    version: str = Field(pattern=r"^\d+\.\d+\.\d+$")
    title: Words
    summary: Words
    phobia: Name
    levels: tuple[Words, ...] = Field(min_length=LEVELS, max_length=LEVELS)
    graded: tuple[GradedSpec, ...] = Field(min_length=1, max_length=16)
    events: tuple[EventSpec, ...] = Field(default=(), max_length=16)
    warnings: tuple[Words, ...] = ()
    lines: tuple[LineSpec, ...] = Field(default=(), max_length=64)

    @model_validator(mode="after")
    def _names_are_unique(self) -> Manifest:
        names = [v.name for v in self.graded] + [e.name for e in self.events]
        twice = sorted({n for n in names if names.count(n) > 1})
        if twice:
            raise ValueError(f"declared twice: {', '.join(twice)}")
        return self

    def value(self, name: str) -> GradedSpec | None:
        """The graded value called `name`, or None."""
        return next((v for v in self.graded if v.name == name), None)

    def event(self, name: str) -> EventSpec | None:
        """The event called `name`, or None."""
        return next((e for e in self.events if e.name == name), None)
