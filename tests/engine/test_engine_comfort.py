"""A scenario that asks for everything too much harms nobody, and the therapist is told once."""

from __future__ import annotations

from collections import Counter

from engine_pier import pass_ticks, shelf

from scenarios.api import Comfort, Graded, Scenario, Steps, event
from vr_runtime.engine.engine import Engine
from vr_runtime.flash.governor import luminance_of
from vr_runtime.stage.names import shipped
from vr_runtime.stage.null import NullStage
from vr_runtime.wire import acts
from vr_runtime.wire.happenings import ComfortLimited, VehicleAnnounced


class Reckless(Scenario):
    """A cabin that is shaken, thrown about and lit by a strobe."""

    id = "test.reckless"
    title = {"fr": "Sans frein", "en": "Reckless"}
    summary = {"fr": "Tout est trop.", "en": "Everything is too much."}
    phobia = "elevators"
    levels = {n: {"fr": f"niveau {n}", "en": f"level {n}"} for n in range(11)}
    height = Graded.steps({0: 0, 1: 20, 10: 100}, fr="hauteur", en="height", unit="m", step=10)

    def build(self) -> None:
        self.cabin = self.stage.box((2, 2, 0.1), material="steel")
        self.lift = self.stage.vehicle(self.cabin, fr="L'ascenseur part", en="The lift leaves")
        self.stage.viewer.ride(self.lift, at=(0.4, 0.0, 0.1))
        self.ticks = 0

    def update(self, dt: float) -> None:
        self.ticks += 1
        self.lift.go_to(
            (0, 0, self.height), heading=self.height, speed=80, acceleration=20, turning=90
        )
        self.lift.lean(pitch=40)
        self.lift.rock(roll=40, sway=2, hertz=8)
        self.cabin.at = (0.0, float(self.ticks % 7), 0.0)
        self.stage.darken(float(self.ticks // 4 % 2))

    @event(fr="Disparition", en="Vanishing", cooldown_s=0)
    def vanish(self) -> Steps:
        self.cabin.visible = False
        try:
            yield from self.wait(3.0)
        finally:
            self.cabin.visible = True


class Gentle(Reckless):
    """The same cabin, by a scenario that declares low motion."""

    contraindications = ("vection",)
    comfort = Comfort(motion="low")


class Still(Reckless):
    """The same, by one that declares that nothing moves the view."""

    comfort = Comfort(motion="none")


def riding(scenario: type[Scenario] = Reckless) -> tuple[Engine, NullStage]:
    stage = NullStage(shipped())
    engine = Engine(stage, shelf(scenario))
    opening = acts.OpenSession(session="s1", scenario="test.reckless", seed=1, ceiling=10)
    assert engine.apply(opening, "t") is None
    engine.apply(acts.Loaded(sha256="0" * 64), "runtime")
    for act in (acts.ArmTrial(level=3), acts.BeginTrial(level=3)):
        assert engine.apply(act, "t") is None
    stage.inner.standing.seen = True
    return engine, stage


def test_each_limit_that_was_applied_is_news_once():
    engine, _ = riding()
    pass_ticks(engine, 300)
    engine.apply(acts.Trigger(name="vanish"), "t")
    pass_ticks(engine, 300)
    news = [fresh.what for fresh in engine.take_news()]
    limits = Counter(what.what for what in news if isinstance(what, ComfortLimited))
    assert limits == Counter(
        [
            "speed",
            "acceleration",
            "turning",
            "tilt",
            "rocking",
            "sway",
            "by_hand",
            "hidden",
            "flashing",
        ]
    )
    assert any(isinstance(what, VehicleAnnounced) for what in news)


def test_what_the_strobe_becomes_is_no_flash():
    engine, stage = riding()
    light = []
    for _ in range(600):
        pass_ticks(engine, 1)
        light.append(luminance_of(stage.inner.darkness.brightness(1.0)))
    turns, best, way = [], light[0], -1
    for n, value in enumerate(light):
        if (value - best) * way > 0:
            best = value
        elif (best - value) * way >= 0.1:
            turns.append(n)
            way, best = -way, value
    assert len(turns) >= 4, "what may be shown is shown"
    assert all(b - a >= 30 for a, b in zip(turns, turns[4:], strict=False))
    assert all(b - a >= 150 for a, b in zip(turns, turns[12:], strict=False))


def test_the_cabin_is_where_its_vehicle_has_it_and_not_where_the_script_put_it():
    engine, stage = riding()
    for _ in range(200):
        pass_ticks(engine, 1)
        assert abs(stage.inner.standing.drawn(1.0).at[1]) < 0.5


def test_it_ends_in_the_safe_place_as_any_other_and_the_vehicle_is_still():
    engine, stage = riding()
    pass_ticks(engine, 300)
    engine.apply(acts.PatientLeft(), "patient")
    stage.inner.standing.seen = False
    pass_ticks(engine, 5)
    assert not stage.inner.vehicles[0].travels
    assert stage.inner.standing.edge < 1.0 and stage.inner.news.announced is None
    engine.apply(acts.CloseSession(), "t")
    assert stage.inner.vehicles == []


def test_a_vehicle_of_low_motion_is_held_to_what_was_declared() -> None:
    engine, stage = riding(Gentle)
    (lift,) = stage.inner.vehicles
    fastest = 0.0
    for _tick in range(30 * 40):
        engine.tick()
        fastest = max(fastest, lift.speed)
        assert (lift.cabin.pitch, lift.heading, lift.turning) == (0.0, 0.0, 0.0)
    assert 0.5 < fastest <= 2.0
    told = [n.what.what for n in engine.take_news() if isinstance(n.what, ComfortLimited)]
    assert told.count("declared") == 1


def test_a_scenario_that_declares_no_motion_gets_no_vehicle() -> None:
    stage = NullStage(shipped())
    engine = Engine(stage, shelf(Still))
    opening = acts.OpenSession(session="s1", scenario="test.reckless", seed=1, ceiling=10)
    assert engine.apply(opening, "t") is None
    assert engine.disabled is not None and "Comfort(motion=" in engine.disabled
