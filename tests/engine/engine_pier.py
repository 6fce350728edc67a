"""A small scenario and a stage without pictures, for tests of the engine."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from scenarios.api import Graded, Manifest, Scenario, Steps, event, task
from vr_runtime.engine.engine import Engine
from vr_runtime.stage.names import Names
from vr_runtime.stage.null import NullStage
from vr_runtime.wire import acts
from vr_runtime.wire.acts import Phase

NAMES = Names(models={}, materials=frozenset({"concrete"}), sounds={})


class Pier(Scenario):
    """A pier above the sea: one value of each kind, events that end, wait, fail; two tasks."""

    id = "test.pier"
    title = {"fr": "La jetée", "en": "The pier"}
    summary = {"fr": "Une jetée.", "en": "A pier."}
    phobia = "heights"
    levels = {n: {"fr": f"niveau {n}", "en": f"level {n}"} for n in range(11)}

    height = Graded.steps({0: 0, 5: 10, 10: 60}, fr="hauteur", en="height", unit="m", step=5)
    rail = Graded({0: 1.3, 10: 0.3}, fr="rambarde", en="rail", unit="m", rate=0.04, decimals=2)
    wind = Graded({0: 0.0, 4: 0.0, 10: 12.0}, fr="vent", en="wind", unit="m/s", rate=0.5)
    ground = Graded.choice(
        {0: 0, 8: 1, 10: 1},
        options=({"fr": "bois", "en": "wood"}, {"fr": "verre", "en": "glass"}),
        fr="sol",
        en="ground",
    )

    def build(self) -> None:
        self.deck = self.stage.box((3, 3, 0.1), material="concrete")

    def update(self, dt: float) -> None:
        self.deck.at = (0.0, 0.0, self.height)

    @event(fr="Une vague", en="A wave", min_level=2, cooldown_s=5)
    def wave(self) -> Steps:
        foam = self.stage.box((1, 1, 1), material="concrete")
        yield from foam.glide_to((0.0, 5.0, 0.0), seconds=2.0)

    @event(fr="Une mouette", en="A gull", cooldown_s=0)
    def gull(self) -> Steps:
        yield from self.wait(1.0 + self.random.random())

    @event(fr="Un défaut", en="A fault", cooldown_s=0)
    def fault(self) -> Steps:
        yield from self.wait(0.5)
        raise ValueError("the author's mistake")

    @task(fr="Restez au bord.", en="Stay at the edge.", min_level=2)
    def stay(self) -> Steps:
        mat = self.stage.box((1, 1, 0.1), material="concrete")
        try:
            yield from self.wait(3.0)
        finally:
            self.stage.mark(f"the mat at {mat.at[2]:g} is taken away")

    @task(fr="Laissez pendre les bras.", en="Let your arms hang.")
    def arms(self) -> None:
        self.stage.box((0.1, 0.1, 1), material="concrete")


@dataclass(frozen=True)
class Shelved:
    """A scenario as the engine is given it."""

    manifest: Manifest
    load: Callable[[], type[Scenario]]
    sha256: str = "0" * 64
    folder: Path | None = None


def shelf(*scenarios: type[Scenario]) -> Callable[[str], Shelved | None]:
    """A shelf with these scenarios."""
    found = {s.id: Shelved(s.manifest(), lambda s=s: s) for s in scenarios}
    return found.get


def make_engine(*scenarios: type[Scenario]) -> Engine:
    """An engine on a stage without pictures, with the pier if nothing else is given."""
    return Engine(NullStage(NAMES), shelf(*(scenarios or (Pier,))))


def open_session(engine: Engine, *, ceiling: int = 10, seed: int = 1) -> None:
    """Open a session on the pier and let it be loaded."""
    act = acts.OpenSession(session="s1", scenario="test.pier", seed=seed, ceiling=ceiling)
    assert engine.apply(act, "therapist") is None
    assert engine.apply(acts.Loaded(sha256="0" * 64), "runtime") is None
    assert engine.phase is Phase.READY


def begin(engine: Engine, level: int) -> None:
    """Begin a trial with both keys."""
    assert engine.apply(acts.ArmTrial(level=level), "therapist") is None
    assert engine.apply(acts.BeginTrial(level=level), "therapist") is None


def pass_ticks(engine: Engine, ticks: int) -> None:
    """Let ticks pass."""
    for _ in range(ticks):
        engine.tick()


def settle(engine: Engine) -> None:
    """Let the ramp end, and the second after it in which no raise is taken."""
    for _ in range(30 * 120):
        engine.tick()
        if engine.raise_in_s == 0.0:
            return
    raise AssertionError("the ramp did not end within two minutes")


def at_level(engine: Engine, level: int) -> None:
    """Open, begin and settle at a level."""
    open_session(engine)
    begin(engine, level)
    settle(engine)
    assert engine.ramp is not None and engine.ramp.level == level
