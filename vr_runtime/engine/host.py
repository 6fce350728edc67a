"""Owns the running scenario: builds it, feeds it, plays its events and catches its faults.

It knows nothing of phases and decides nothing about safety: a fault is raised as `HostFailed`.
"""

from __future__ import annotations

import contextlib
import logging
import traceback
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from random import Random

from scenarios.api.events import Steps
from scenarios.api.manifest import Manifest
from scenarios.api.scenario import Context, Scenario
from vr_runtime.engine.budget import Budget, Overran
from vr_runtime.engine.ports import DT, StagePort

SCENE = "scene"

log = logging.getLogger(__name__)


class HostFailed(Exception):
    """The scenario threw an exception or used up its time.

    The text says what and where, and nothing of the session.
    """


@dataclass
class _Running:
    steps: Steps
    owner: str


@dataclass(frozen=True)
class EventOver:
    """An event that ended by itself in this tick."""

    name: str


@contextmanager
def _faults_told() -> Iterator[None]:
    """Turn whatever an author's code throws into `HostFailed` with the author's own line."""
    try:
        yield
    except HostFailed:
        raise
    except BaseException as error:
        # Also what is no `Exception`: an author's `sys.exit()` must not end the patient's side.
        frames = traceback.extract_tb(error.__traceback__)
        theirs = [f for f in frames if not _is_ours(f.filename)]
        where = theirs[-1] if theirs else frames[-1]
        name = where.filename.replace("\\", "/").rsplit("/", 1)[-1]
        overran = isinstance(error, Overran)
        kind = "" if overran else f"{type(error).__name__}: "
        # What came back too late, or was slow for long, is no single line's fault.
        line = "" if overran and not theirs else f"{name}:{where.lineno}: "
        told = f"{line}{kind}{str(error)[:200]}"
        log.warning("the scenario failed: %s", told, exc_info=error)
        raise HostFailed(told) from error


def _is_ours(file: str) -> bool:
    return file == contextlib.__file__ or "vr_runtime" in file.replace("\\", "/").split("/")


class ScenarioHost:
    """One scenario on one stage, from `build` to the removal of everything it made."""

    def __init__(
        self,
        stage: StagePort,
        manifest: Manifest,
        load: Callable[[], type[Scenario]],
        *,
        seed: int,
        values: Mapping[str, float],
        budget: Budget,
    ) -> None:
        """Take a scenario on; `values` are the applied ones, kept up to date by the engine."""
        self._stage = stage
        self._manifest = manifest
        self._load = load
        self.random = Random(seed)
        self._values = values
        self._budget = budget
        self._scenario: Scenario | None = None
        self._running: dict[str, _Running] = {}
        self._cooling: dict[str, int] = {}
        self._count = 0

    def build(self) -> None:
        """Make the place as it is at level 0.

        Raises:
            HostFailed: the scenario threw an exception; what it had made is removed.
        """
        try:
            with _faults_told(), self._budget.call("build"), self._stage.owner(SCENE):
                self._stage.speak_for(self._manifest)
                scenario = self._load()(Context(self._stage.world, self.random, self._values))
                scenario.build()
                scenario.update(0.0)
        except HostFailed:
            self._stage.clear(SCENE)
            raise
        self._scenario = scenario

    def update(self) -> list[EventOver]:
        """One tick: the place follows its values, running events go on. Raises `HostFailed`."""
        if self._scenario is None:
            return []
        with _faults_told(), self._budget.call("tick"):
            return self._tick(self._scenario)

    def update_unseen(self) -> None:
        """The scene is left: the place follows its values at once. Raises `HostFailed`."""
        if self._scenario is None:
            return
        with _faults_told(), self._budget.call("leave"), self._stage.owner(SCENE):
            self._scenario.update(0.0)

    def _tick(self, scenario: Scenario) -> list[EventOver]:
        with _faults_told(), self._stage.owner(SCENE):
            scenario.update(DT)
        for name in [n for n, ticks in self._cooling.items() if ticks <= 1]:
            del self._cooling[name]
        for name in self._cooling:
            self._cooling[name] -= 1
        return [EventOver(name) for name in list(self._running) if not self._goes_on(name)]

    def _goes_on(self, name: str) -> bool:
        running = self._running[name]
        try:
            with _faults_told(), self._stage.owner(running.owner):
                try:
                    running.steps.send(DT)
                except StopIteration:
                    pass
                else:
                    return True
        except HostFailed:
            self._end(name)
            raise
        self._end(name)
        return False

    def _end(self, name: str) -> None:
        running = self._running.pop(name)
        self._stage.clear(running.owner)
        spec = self._manifest.event(name)
        if spec is not None and spec.cooldown_s > 0:
            self._cooling[name] = round(spec.cooldown_s / DT)

    def start(self, name: str) -> None:
        """Begin an event. Raises `HostFailed`; `KeyError` for a name that is not declared."""
        assert self._scenario is not None, "events start only in a scene that was built"
        declared = type(self._scenario).events()[name]
        self._count += 1
        owner = f"event:{name}:{self._count}"
        try:
            with _faults_told(), self._budget.call("tick"), self._stage.owner(owner):
                steps = declared.start(self._scenario)
                ended = next(steps, _ENDED) is _ENDED
        except HostFailed:
            self._stage.clear(owner)
            raise
        self._running[name] = _Running(steps, owner)
        if ended:
            self._end(name)

    def cancel(self) -> list[str]:
        """End all running events at once; gives their names. Never raises for the author's sake."""
        names = list(self._running)
        for name in names:
            running = self._running[name]
            try:
                with (
                    _faults_told(),
                    self._budget.call("leave"),
                    self._stage.owner(running.owner),
                ):
                    running.steps.close()
            except HostFailed:
                # A fault while leaving changes nothing: the scene is being left anyway.
                pass
            self._end(name)
        return names

    def running(self, name: str) -> bool:
        """Whether this event plays now."""
        return name in self._running

    def cooldown_s(self, name: str) -> float:
        """Seconds until this event may be fired again; 0 when it may."""
        return self._cooling.get(name, 0) * DT

    def cooling(self) -> dict[str, int]:
        """Ticks left for each event that cools down."""
        return dict(self._cooling)

    def remove(self) -> None:
        """Take everything away."""
        self.cancel()
        self._scenario = None
        self._stage.clear(SCENE)


_ENDED = object()
