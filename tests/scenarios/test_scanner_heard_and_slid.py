"""The scanner: its sequences are heard over all else, as loud as declared; its table slides."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from random import Random

import pytest

from scenarios.api import Context
from scenarios.api.pose import EYES_M
from scenarios.builtin.enclosed_scanner import sequences, table
from scenarios.builtin.enclosed_scanner.scenario import CHAIR_EYES, LYING, Scanner
from tests.scenarios.test_scenarios_contract import begin, opened, seen_ticks
from vr_runtime.assets import assets_dir
from vr_runtime.engine.engine import Engine
from vr_runtime.engine.ports import DT
from vr_runtime.stage.loudness import integrated
from vr_runtime.stage.measured import known_sounds
from vr_runtime.stage.models.scanner import plan
from vr_runtime.stage.names import shipped
from vr_runtime.stage.null import NullStage
from vr_runtime.stage.panda.listening import RATE, Listening
from vr_runtime.stage.world_stage import WorldStage
from vr_runtime.wire import acts
from vr_runtime.wire.acts import Act, View
from vr_runtime.wire.happenings import ComfortLimited, VehicleAnnounced

LEAST_OVER_DB = 6.0
SETTLED_S = 3.0
"""What of a sequence, or of a silence, is left out at its beginning."""
SLIDES_S = (1.0, 7.5, 9.0, 11.0, 18.0, 28.0, 35.2)
DEEPER_S = (1.0, 7.0, 8.0, 10.5, 15.0, 25.0, 29.0)
"""Moments in each stretch of both events: announced, put there, sliding, at rest, sliding back."""


def at_level(level: int, stage: WorldStage) -> Scanner:
    manifest = Scanner.manifest()
    stage.speak_for(manifest)
    values = {v.name: v.by_level[level] for v in manifest.graded}
    scene = Scanner(Context(stage.world, Random(3), values))
    with stage.owner("scene"):
        scene.build()
    return scene


def heard_at(level: int) -> tuple[float, float]:
    """Loudness in LUFS while a sequence runs, and in the silence before it: what is mixed."""
    names = shipped()
    ears = Listening(names.sounds, known_sounds(assets_dir() / "CREDITS.toml"), Path())
    stage = WorldStage(names, ears)
    scene = at_level(level, stage)
    stage.inner.standing.seen = True
    ears.show(View.SCENE)

    def listen(seconds: float) -> float:
        ears.device.keep()
        for _tick in range(round(seconds / DT)):
            scene.update(DT)
            stage.tick(DT)
            ears.note()
            ears.follow(stage.inner.standing.drawn(1.0), DT, 1)
        return integrated(ears.device.taken(), RATE)

    listen(0.5)
    rest = listen(sequences.FIRST_S - 0.8)
    listen(SETTLED_S)
    return listen(6.0), rest


@pytest.mark.parametrize("level", range(5, 11))
def test_a_sequence_is_heard_six_decibels_over_all_else_and_as_loud_as_declared(
    level: int,
) -> None:
    loud, rest = heard_at(level)
    assert loud - rest >= LEAST_OVER_DB
    declared = next(v for v in Scanner.manifest().graded if v.name == "noise")
    assert declared.unit == "LUFS"
    assert loud == pytest.approx(declared.by_level[level], abs=1.0)


class Lying:
    """Somebody who lies there and sees the scene, while an event plays."""

    def __init__(self, level: int) -> None:
        self.stage = NullStage(shipped())
        self.scene = at_level(level, self.stage)
        self.stage.tick(DT)
        self.stage.inner.standing.seen = True
        self.eyes: list[float] = []
        self.told: list[object] = []

    def tick(self) -> None:
        self.scene.update(DT)
        self.stage.tick(DT)
        foot = self.stage.inner.standing.drawn(1.0)
        assert foot.lying and foot.at[2] + EYES_M > plan.TABLE_TOP + 0.15
        self.eyes.append(foot.at[1])
        self.told += self.stage.news()

    def play(self, name: str) -> None:
        for _tick in range(30):
            self.tick()
        steps = Scanner.events()[name].start(self.scene)
        with self.stage.owner(name):
            next(steps)
        for _tick in range(round(90.0 / DT)):
            self.tick()
            with self.stage.owner(name):
                try:
                    steps.send(DT)
                except StopIteration:
                    break
        else:
            raise AssertionError("it ends by itself within 90 s")
        self.stage.clear(name)
        for _tick in range(60):
            self.tick()


@pytest.mark.parametrize("level", (3, 6, 10))
def test_the_table_goes_the_whole_way_as_slowly_as_tables_do(level: int) -> None:
    lying = Lying(level)
    inside = -0.01 * lying.scene.depth
    lying.play("slides")
    start = lying.eyes.index(table.OUTSIDE_Y)
    way = lying.eyes[start:]
    assert all(-0.1 * DT <= b - a <= 1e-9 for a, b in pairwise(way)), "inwards, at 0.1 m/s at most"
    assert len([1 for a, b in pairwise(way) if b < a]) >= (table.OUTSIDE_Y - inside) / 0.1 / DT
    assert way[-1] == pytest.approx(inside)
    assert [type(each) for each in lying.told] == [VehicleAnnounced]


def test_a_table_that_slides_farther_in_comes_back_and_no_limit_is_run_into() -> None:
    lying = Lying(6)
    lying.play("deeper")
    assert min(lying.eyes) == pytest.approx(-0.68, abs=1e-3) and lying.eyes[-1] == lying.eyes[0]
    assert max(abs(b - a) for a, b in pairwise(lying.eyes)) <= 0.1 * DT
    assert not any(isinstance(each, ComfortLimited) for each in lying.told)


def test_what_lies_on_the_table_goes_along_with_it_and_one_table_alone_is_seen() -> None:
    lying = Lying(6)
    couches = [0]
    apart = [0.0]
    placed = lying.stage.inner.placed
    tick = lying.tick

    def looked() -> None:
        tick()
        seen = [p for p in placed if p.made_of == "model scanner/couch" and p.visible]
        (body,) = (p for p in placed if p.made_of == "model scanner/patient")
        couches.append(len({round(p.at[1], 4) for p in seen}))
        apart.append(max(abs(body.at[1] - p.at[1]) for p in seen))

    lying.tick = looked  # type: ignore[method-assign]
    lying.play("slides")
    assert max(couches) == 1 and min(couches[1:]) == 1
    assert max(apart) < 0.001


def test_leaving_while_the_table_slides_has_it_stand_where_values_say() -> None:
    lying = Lying(8)
    steps = Scanner.events()["slides"].start(lying.scene)
    with lying.stage.owner("slides"):
        next(steps)
        for _tick in range(round(16.0 / DT)):
            lying.tick()
            steps.send(DT)
        steps.close()
    lying.stage.clear("slides")
    for _tick in range(90):
        lying.tick()
    assert lying.eyes[-1] == pytest.approx(-0.84)
    (couch,) = (p for p in lying.stage.inner.placed if p.made_of == "model scanner/couch")
    assert couch.visible and couch.at[1] == pytest.approx(-0.84)


class Led:
    """Somebody who lies in the tube while a therapist leads, through the real engine."""

    def __init__(self, level: int) -> None:
        self.engine: Engine
        self.engine, self.stage = opened(Scanner.manifest())
        begin(self.engine, level)
        self.go(3.0)
        assert self.eyes == pytest.approx(self.applied)

    @property
    def eyes(self) -> float:
        return self.stage.inner.standing.drawn(1.0).at[1]

    @property
    def applied(self) -> float:
        assert self.engine.ramp is not None
        return -0.01 * self.engine.ramp.values["depth"]

    def runs(self, name: str) -> bool:
        return self.engine.host is not None and self.engine.host.running(name)

    def act(self, act: Act) -> None:
        assert self.engine.apply(act, "t") is None

    def go(self, seconds: float) -> list[tuple[float, float]]:
        """Let time pass; where eyes were, and where they were set to be, tick by tick."""
        way = []
        for _tick in range(round(seconds / DT)):
            seen_ticks(self.engine, self.stage, 1)
            way.append((self.eyes, self.applied))
        return way

    def until_over(self, name: str) -> float:
        """Seconds until this event is over."""
        passed = 0.0
        while self.runs(name):
            passed += len(self.go(DT)) * DT
            assert passed < 90.0, "it ends by itself"
        return passed


@pytest.mark.parametrize("to", (8, 3))
@pytest.mark.parametrize(
    ("name", "after_s"),
    [("slides", s) for s in SLIDES_S] + [("deeper", s) for s in DEEPER_S],
)
def test_lower_reaches_whoever_slides_in_each_stretch_of_an_event(
    name: str, after_s: float, to: int
) -> None:
    led = Led(9)
    led.act(acts.Trigger(name=name))
    before = led.go(after_s)
    deepest = -1.0 - (0.1 if name == "deeper" else 0.0)
    assert min(eyes for eyes, _set in before) >= deepest - 1e-3
    assert led.runs(name)
    led.act(acts.Lower(level=to))
    way = led.go(9.0)
    changed = next(n for n, (_eyes, applied) in enumerate(way) if applied > -1.0)
    late = round(1.5 / DT)
    for n in range(changed + late, len(way)):
        assert way[n][0] >= way[n - late][1] - 1e-3, "no deeper than applied 1.5 s before"
    assert way[-1][0] == pytest.approx(way[-1][1]) and way[-1][1] > -1.0
    assert not led.runs(name) and led.engine.disabled is None


def test_a_wider_tube_that_is_set_reaches_whoever_slides_in_a_narrow_one() -> None:
    led = Led(9)
    led.act(acts.Trigger(name="slides"))
    led.go(18.0)
    led.act(acts.SetValue(name="width", value=60.0))
    led.go(2.0)
    tubes = [p for p in led.stage.inner.placed if p.made_of == "model scanner/tube"]
    assert [p.scale[0] for p in tubes] == [pytest.approx(60.0 / 70.0)]
    assert led.eyes == pytest.approx(led.applied) and not led.runs("slides")


@pytest.mark.parametrize("after_s", (0.0, 14.0))
@pytest.mark.parametrize("names", (("slides", "deeper"), ("deeper", "slides")))
def test_two_events_take_the_table_in_turn_and_leave_it_where_the_level_says(
    names: tuple[str, str], after_s: float
) -> None:
    led = Led(9)
    first, second = names
    led.act(acts.Trigger(name=first))
    led.go(after_s)
    assert led.runs(first)
    led.act(acts.Trigger(name=second))
    assert after_s + led.until_over(first) < 90.0
    assert led.runs(second), "it has waited until the table was free"
    way = led.go(DT)
    while led.runs(second):
        way += led.go(DT)
        assert len(way) * DT < 90.0
    low, high = min(way)[0], max(way)[0]
    assert low == pytest.approx(-1.1 if second == "deeper" else -1.0, abs=1e-3)
    assert high == pytest.approx(-1.0 if second == "deeper" else table.OUTSIDE_Y, abs=1e-3)
    led.go(2.0)
    assert led.engine.disabled is None and led.engine.view is View.SCENE
    assert led.eyes == pytest.approx(-1.0)


def test_lower_ends_the_event_that_waits_for_the_table_as_well_as_the_one_that_leads_it() -> None:
    led = Led(9)
    led.act(acts.Trigger(name="slides"))
    led.go(14.0)
    led.act(acts.Trigger(name="deeper"))
    led.go(1.0)
    led.act(acts.Lower(level=4))
    led.go(6.0)
    assert not led.runs("slides") and not led.runs("deeper")
    led.go(8.0)  # the depth is eased to its level in steps behind fades
    assert led.eyes == pytest.approx(-0.38) and led.engine.disabled is None


def test_a_hold_of_minutes_amid_two_events_leaves_each_of_them_an_end() -> None:
    led = Led(6)
    led.act(acts.Trigger(name="slides"))
    led.go(14.0)
    led.act(acts.Trigger(name="deeper"))
    led.act(acts.Hold())
    led.go(100.0)
    led.act(acts.Resume())
    assert led.until_over("slides") + led.until_over("deeper") < 90.0
    led.go(2.0)
    assert led.eyes == pytest.approx(led.applied) and led.engine.disabled is None


def test_who_waits_sits_on_the_chair_of_the_room_until_called() -> None:
    x, y, z = CHAIR_EYES
    seats = [(low, high) for low, high in plan.STANDING if low[0] <= x <= high[0]]
    assert any(lo[1] <= y <= hi[1] and 0.6 < z - hi[2] < 0.8 for lo, hi in seats)
    stage = NullStage(shipped())
    scene = at_level(0, stage)
    steps = Scanner.tasks()["waits"].start(scene)
    next(steps)
    said, sat = [], []
    for _tick in range(round(60.0 / DT)):
        scene.update(DT)
        stage.tick(DT)
        said += stage.said()
        sat.append(stage.inner.standing.drawn(1.0).at[:2] == (x, y))
        try:
            steps.send(DT)
        except StopIteration:
            break
    assert said == ["wait", "your_turn"] and sum(sat) * DT > 20.0 and not sat[-1]
    assert scene.place != LYING
