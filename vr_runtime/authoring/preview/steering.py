"""Owns how an author leads a scenario that nobody is in, to any level and value; draws nothing.

What an author asks for is reached as a therapist would reach it, step by step and within every
limit; only the time between is not waited for. So nothing is seen that no session could show.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from scenarios.api.manifest import Manifest
from vr_runtime.engine import phases
from vr_runtime.engine.budget import BY_CLOCK, Budget, Limits
from vr_runtime.engine.engine import Engine
from vr_runtime.engine.interrupt import alarm
from vr_runtime.engine.levels import Ramp
from vr_runtime.engine.loadable import Loadable
from vr_runtime.engine.ports import StagePort
from vr_runtime.wire import acts
from vr_runtime.wire.acts import Phase
from vr_runtime.wire.happenings import ComfortLimited
from vr_runtime.wire.refusals import Code

LONGEST_TICKS = 180 * 30
"""Ticks after which what was asked for is given up."""
_NEAR = 1e-6
_PASSES = frozenset({Code.STILL_MOVING, Code.COUNTING, Code.NOT_HIGHER, Code.NOT_LOWER})
"""Refusals that end by themselves."""


@dataclass(frozen=True)
class Kept:
    """What stays when a scenario is built anew."""

    level: int = 0
    apart: dict[str, float] = field(default_factory=dict)
    """Values that were set apart from the level."""


class Steering:
    """One scenario after the other, each led by its author."""

    def __init__(
        self, stage: StagePort, limits: Limits = BY_CLOCK, seed: int = 1, *, interrupts: bool = True
    ) -> None:
        """Lead on this stage; what an author's code takes too long is interrupted by `limits`."""
        self._found: Loadable | None = None
        budget = Budget(limits, alarm()) if interrupts else Budget(limits)
        self.engine = Engine(stage, self._shelf, budget)
        self._stage = stage
        self._seed = seed
        self._level: int | None = None
        self._values: dict[str, float] = {}
        self._joining: set[str] = set()
        """Those of them that are to follow the level once they are there."""
        self._plays: list[acts.Trigger | acts.GiveTask] = []
        self._passed = 0
        self.last_level = 0
        """Where the scene is entered again."""
        self.refused: Code | None = None
        """Why the last thing asked for was not done; None where all was."""
        self.limited: list[str] = []
        """Limits of comfort that were applied, each once."""
        self.flashes = 0
        """How often the picture was dimmed because it flashed."""

    def _shelf(self, id: str) -> Loadable | None:
        found = self._found
        return found if found is not None and found.manifest.id == id else None

    @property
    def manifest(self) -> Manifest | None:
        """What the scenario declares."""
        return self.engine.manifest

    @property
    def ramp(self) -> Ramp | None:
        """The level and its values."""
        return self.engine.ramp

    # -- a scenario

    def open(self, found: Loadable, kept: Kept | None = None) -> None:
        """Build this scenario, in the place of the one before; it comes to what was kept."""
        if self.engine.opened is not None:
            self.engine.apply(acts.CloseSession(), "author")
        self._found = found
        self._level, self._values, self._plays = None, {}, []
        self.limited, self.refused, self.flashes = [], None, 0
        self.engine.apply(
            acts.OpenSession(
                session="preview", scenario=found.manifest.id, seed=self._seed, ceiling=10
            ),
            "author",
        )
        kept = kept or Kept()
        self.last_level = kept.level
        self.go_to(kept.level)
        for name, value in kept.apart.items():
            spec = found.manifest.value(name)
            if spec is not None:
                self.set(name, min(spec.high, max(spec.low, value)))

    @property
    def kept(self) -> Kept:
        """What is to stay when this scenario is built anew."""
        ramp = self.ramp
        if ramp is None:
            return Kept(self.last_level)
        level = self.last_level if self._level is None else self._level
        apart = {name: a.target for name, a in ramp.apart.items() if not a.joining}
        return Kept(level, {**apart, **self._values})

    def look_after_load(self) -> None:
        """Say to the engine that all stands ready, once it does."""
        engine = self.engine
        pending = engine.opened is not None and not engine.loaded and engine.disabled is None
        if pending and self._stage.loading() >= 1.0 and engine.scenario is not None:
            engine.apply(acts.Loaded(sha256=engine.scenario.sha256), "runtime")

    # -- what the author asks for

    def go_to(self, level: int) -> None:
        """To this level, 0 to 10."""
        self._level, self.last_level, self._passed, self.refused = level, level, 0, None

    def set(self, name: str, value: float) -> None:
        """This value apart from the level, within what is declared."""
        self._values[name] = value
        self._joining.discard(name)
        self._passed, self.refused = 0, None

    def follow(self, name: str) -> None:
        """Let a value follow the level again."""
        spec, ramp = self.manifest and self.manifest.value(name), self.ramp
        if spec and ramp is not None:
            self.set(name, spec.by_level[ramp.asked])
            self._joining.add(name)

    def begin(self, event: str) -> None:
        """Let an event happen, once what was asked for before has been reached."""
        self._plays.append(acts.Trigger(name=event))
        self._passed, self.refused = 0, None

    def give(self, task: str) -> None:
        """Give a task, once what was asked for before has been reached."""
        self._plays.append(acts.GiveTask(name=task))
        self._passed, self.refused = 0, None

    def do(self, act: acts.Act) -> None:
        """One act of a therapist, as it is; says in `refused` where it is not taken."""
        if act.kind in ("pause", "safe_place") or act.kind in phases.STOPS:
            self._level, self._values, self._plays = None, {}, []
        self.refused = self.engine.apply(act, "author")
        if isinstance(act, acts.Raise | acts.Lower) and self.refused is None:
            self.last_level = act.level

    def befell(self, what: acts.Occurrence) -> None:
        """Something befell the display."""
        self.flashes += isinstance(what, acts.FlashDimmed)
        self.engine.apply(what, "runtime")

    # -- time

    @property
    def hurries(self) -> bool:
        """Whether something asked for is not reached yet, and time is not to be waited for."""
        waiting = self._level is not None or self._values or self._plays
        return bool(waiting) and self.engine.loaded and self.engine.disabled is None

    def tick(self) -> None:
        """Let one tick pass, on the way to what was asked for."""
        if self.hurries:
            self._passed += 1
            if self._passed > LONGEST_TICKS:
                self._level, self._values, self._plays = None, {}, []
                self.refused = Code.STILL_MOVING
            else:
                self._go_on()
        self.engine.tick()
        for news in self.engine.take_news():
            if isinstance(news.what, ComfortLimited) and news.what.what not in self.limited:
                self.limited.append(news.what.what)

    def _go_on(self) -> None:
        engine, ramp = self.engine, self.ramp
        assert ramp is not None, "an open session has one"
        if engine.phase is Phase.HOLD:
            engine.apply(acts.Resume(), "author")
        elif engine.phase is not Phase.EXPOSURE:
            level = self.last_level if self._level is None else self._level
            engine.apply(acts.ArmTrial(level=level), "author")
            engine.apply(acts.BeginTrial(level=level), "author")
        elif self._level is not None:
            self._towards_level(ramp, self._level)
        elif self._values:
            self._towards_value(ramp, *next(iter(self._values.items())))
        elif not ramp.moving:
            self.refused = engine.apply(self._plays.pop(0), "author")

    def _towards_level(self, ramp: Ramp, level: int) -> None:
        if ramp.asked == level:
            if not ramp.moving:
                self._level = None
            return
        lower = level < ramp.asked
        act = acts.Lower(level=level) if lower else acts.Raise(level=ramp.asked + 1)
        if not self._passing(act):
            self._level = None

    def _towards_value(self, ramp: Ramp, name: str, value: float) -> None:
        spec = self.manifest and self.manifest.value(name)
        if not spec:
            self._values.pop(name)
            self.refused = Code.UNKNOWN_NAME
            return
        target = ramp.target(name)
        if abs(target - value) <= _NEAR:
            if not ramp.moving:
                self._values.pop(name)
                if name in self._joining:
                    self._joining.discard(name)
                    self._passing(acts.FollowLevel(name=name))
            return
        step = value
        if spec.is_harder(value, target) and abs(value - target) > spec.step:
            step = target + spec.step * (1 if value > target else -1)
        if not self._passing(acts.SetValue(name=name, value=step)):
            self._values.pop(name)

    def _passing(self, act: acts.Act) -> bool:
        """Whether it was taken, or will be; else it says why not."""
        refused: Code | None = self.engine.apply(act, "author")
        if refused is None or refused in _PASSES:
            return True
        self.refused = refused
        return False
