"""The way on which a scenario is looked at goes to each level, event and value, twice alike."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest

from scenarios.builtin.heights_balcony.scenario import Balcony
from vr_runtime.loader import Found
from vr_runtime.measuring.leading import Led
from vr_runtime.measuring.stirring import AHEAD
from vr_runtime.measuring.way import MIDDLE, Plan, Scout


class Noting(Scout):
    """What is passed, and how far each value was set apart."""

    def __init__(self, lot: int | None = None) -> None:
        super().__init__(_led, lot)
        self.parts: list[str] = []
        self.played: list[tuple[str, int]] = []
        self.reached: dict[str, set[float]] = {}
        self.climbed: list[tuple[int, str]] = []
        """On the way up: at which level it was stayed, or an event played."""

    def begin(self, part: str) -> None:
        if part:
            self.parts.append(part)
        super().begin(part)

    def stay_at_level(self, *, again: bool = False) -> None:
        ramp = self._led.engine.ramp
        assert ramp is not None
        self.climbed.append((ramp.asked, "stayed"))
        super().stay_at_level(again=again)

    def watch(self, name: str, view: tuple[int, int] = AHEAD) -> None:
        ramp = self._led.engine.ramp
        assert ramp is not None
        if self.apart:
            for value in self._led.manifest.graded:
                self.reached.setdefault(value.name, set()).add(ramp.values[value.name])
        elif name != "update":
            self.played.append((name, ramp.asked))
            self.climbed.append((ramp.asked, "played"))


def _led(display: object, ticked: object) -> Led:
    found = Found(Balcony.manifest(), "0" * 64, "given", Path(__file__), lambda: Balcony)
    return Led(found, display, lambda _file: False, ticked=ticked)  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def gone() -> tuple[Noting, Plan]:
    noting = Noting()
    return noting, noting.plan()


def test_each_value_is_seen_at_its_easiest_and_as_hard_as_it_may_be_set(
    gone: tuple[Noting, Plan],
) -> None:
    reached, manifest = gone[0].reached, Balcony.manifest()
    locked = {
        bound.value for lock in manifest.interlocks for bound in (lock.when, lock.other) if bound
    }
    for value in manifest.graded:
        easiest, hardest = value.by_level[0], value.by_level[-1]
        middle = value.by_level[MIDDLE]
        assert easiest in reached[value.name] or easiest == middle or value.name in locked
        # Something else may forbid the hardest; then it went as far as that lets it.
        harder = [each for each in reached[value.name] if value.is_harder(each, middle)]
        assert harder or hardest == middle


def test_each_event_is_played_in_the_middle_and_where_it_may_happen_first(
    gone: tuple[Noting, Plan],
) -> None:
    manifest = Balcony.manifest()
    locked = {lock.event for lock in manifest.interlocks}
    for event in manifest.events:
        levels = [level for name, level in gone[0].played if name == event.name]
        if event.name in locked:  # where something else lets it
            assert levels and min(levels) >= event.min_level
        else:
            assert levels == [max(MIDDLE, event.min_level), event.min_level]


def test_the_last_that_is_seen_of_a_level_is_how_it_stays_after_its_events(
    gone: tuple[Noting, Plan],
) -> None:
    """What moves anyway is reckoned for the time that lies between two levels: keep it short."""
    climbed = gone[0].climbed
    up = climbed[: max(n for n, (_level, what) in enumerate(climbed) if what == "stayed") + 1]
    assert (MIDDLE, "played") in up
    for before, after in pairwise(up):
        if after[0] > before[0]:
            assert before == (after[0] - 1, "stayed") and after[1] == "stayed"


def test_of_the_balcony_birds_and_paper_might_flash(
    gone: tuple[Noting, Plan],
) -> None:
    noting, plan = gone
    assert set(plan) == set(noting.parts)
    stirs = {part.split()[0] for part, ticks in plan.items() if ticks}
    assert {"pigeon", "paper"} <= stirs


def test_twice_the_same_way_is_the_same_plan(gone: tuple[Noting, Plan]) -> None:
    assert Noting().plan() == gone[1]


def test_a_lot_draws_two_levels_and_one_event() -> None:
    noting = Noting(lot=7)
    noting.plan()
    assert not noting.reached
    assert len({name for name, _level in noting.played}) <= 1
