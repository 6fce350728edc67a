"""Owns the running scenario: builds it, feeds it, plays events and tasks, catches its faults.

It knows nothing of phases and decides nothing about safety: a fault is raised as `HostFailed`.
"""

from __future__ import annotations

import contextlib
import logging
import traceback
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from random import Random
from types import MappingProxyType

from scenarios.api.manifest import Manifest
from scenarios.api.played import Steps
from scenarios.api.pose import Gaze
from scenarios.api.scenario import Context, Scenario
from vr_runtime.engine.budget import Budget, Overran
from vr_runtime.engine.loadable import NotLoaded
from vr_runtime.engine.ports import DT, StagePort
from vr_runtime.engine.walking import Walking
from vr_runtime.thrown import words_of

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


@contextmanager
def _faults_told() -> Iterator[None]:
    """Turn whatever an author's code throws into `HostFailed` with the author's own line."""
    try:
        yield
    except (HostFailed, NotLoaded):
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
        told = f"{line}{kind}{words_of(error)}"
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
        gaze: Gaze,
        folder: Path | None = None,
    ) -> None:
        """Take a scenario on.

        `values` are the applied ones, kept up to date by the engine; `folder` is where its own
        files lie, if it has any.
        """
        self._folder = folder
        self._stage = stage
        self._manifest = manifest
        self._load = load
        self.random = Random(seed)
        self._values = MappingProxyType(values)
        self._budget = budget
        self._gaze = gaze
        self.walking = Walking(manifest, values)
        """Where the patient goes by own act."""
        self._scenario: Scenario | None = None
        self._running: dict[str, _Running] = {}
        self._ending: list[_Running] = []
        """What is over for everyone but its own code, which still has to end."""
        self.given_up = False
        """Whether its code is never entered again."""
        self._cooling: dict[str, int] = {}
        self._count = 0
        self.over: list[str] = []
        """Events and tasks that came to their end in the last tick."""

    def build(self) -> None:
        """Make the place as it is at level 0.

        Raises:
            HostFailed: the scenario threw an exception; then `give_up`.
            NotLoaded: it is not the one that was found; then `give_up` too.
        """
        with _faults_told(), self._budget.call("build"), self._stage.owner(SCENE):
            self._stage.own_in(self._folder)
            self._stage.speak_for(self._manifest)
            scenario = self._load()(
                Context(self._stage.world, self.random, self._values, self._gaze, self.walking.at)
            )
            self._scenario = scenario
            scenario.build()
            scenario.update(0.0)

    def update(self) -> None:
        """One tick: the place follows its values, what plays goes on. Raises `HostFailed`.

        Also then `over` says what has ended in it.
        """
        self.over = []
        if self._scenario is None or self.given_up:
            return
        with _faults_told(), self._budget.call("tick") as still:
            self._tick(self._scenario, still)

    def leave(self) -> None:
        """The scene was left and is unseen: what plays ends, the scenario puts back, values hold.

        All of it has the time of one call. What is not done by then is not entered any more.

        Raises:
            HostFailed: something threw an exception or the time was over; then `give_up`.
        """
        if self.given_up or (self._scenario is None and not self._ending):
            return
        with _faults_told(), self._budget.call("leave") as still:
            while self._ending:
                still()
                with self._stage.owner(self._ending[0].owner):
                    self._ending[0].steps.close()
                self._stage.clear(self._ending.pop(0).owner)
            still()
            if self._scenario is not None:
                with self._stage.owner(SCENE):
                    self._scenario.safe()
                    still()
                    self._scenario.update(0.0)

    def _tick(self, scenario: Scenario, still: Callable[[], None]) -> None:
        self._stage.open_ways(self.walking.open)
        with _faults_told(), self._stage.owner(SCENE):
            scenario.update(DT)
        for name in [n for n, ticks in self._cooling.items() if ticks <= 1]:
            del self._cooling[name]
        for name in self._cooling:
            self._cooling[name] -= 1
        for name in list(self._running):
            still()
            self._play(name)

    def _play(self, name: str) -> None:
        """One tick of an event or a task."""
        running = self._running[name]
        try:
            with _faults_told(), self._stage.owner(running.owner):
                try:
                    running.steps.send(DT)
                except StopIteration:
                    pass
                else:
                    return
        except HostFailed:
            self._end(name)
            raise
        self._end(name)
        self.over.append(name)

    def _end(self, name: str) -> None:
        self._stage.clear(self._running.pop(name).owner)
        self._cool(name)

    def _cool(self, name: str) -> None:
        spec = self._manifest.event(name)
        if spec is not None and spec.cooldown_s > 0:
            self._cooling[name] = round(spec.cooldown_s / DT)

    def start(self, name: str) -> None:
        """Begin an event or a task. Raises `HostFailed`; `KeyError` for what is not declared."""
        assert self._scenario is not None, "something begins only in a scene that was built"
        kind = type(self._scenario)
        declared = kind.events().get(name) or kind.tasks()[name]
        self._count += 1
        owner = f"event:{name}:{self._count}"
        try:
            with _faults_told(), self._budget.call("tick"), self._stage.owner(owner):
                steps = declared.start(self._scenario)
                self._running[name] = _Running(steps, owner)
                ended = next(steps, _ENDED) is _ENDED
        except HostFailed:
            # Not let go of: what came back too late is as alive as any other.
            if name in self._running:
                self._ending.append(self._running.pop(name))
            raise
        if ended:
            self._end(name)

    def end(self, name: str) -> None:
        """End one that plays, in the scene; its own code ends too. Raises `HostFailed`."""
        running = self._running[name]
        try:
            with _faults_told(), self._budget.call("tick"), self._stage.owner(running.owner):
                running.steps.close()
        except HostFailed:
            # As in `start`: it may still be alive, and is not let go of.
            self._ending.append(self._running.pop(name))
            raise
        self._end(name)

    def cancel(self) -> list[str]:
        """All that plays is over; gives the names. Enters none of their code: see `leave`.

        Until then what they have made stands where nobody sees it.
        """
        names = list(self._running)
        for name in names:
            self._ending.append(self._running.pop(name))
            self._cool(name)
        return names

    def running(self, name: str) -> bool:
        """Whether this event or task plays now."""
        return name in self._running

    def cooldown_s(self, name: str) -> float:
        """Seconds until this event may be fired again; 0 when it may."""
        return self._cooling.get(name, 0) * DT

    def cooling(self) -> dict[str, int]:
        """Ticks left for each event that cools down."""
        return dict(self._cooling)

    def give_up(self) -> None:
        """The scenario has failed: nothing of its code is entered any more, be it to end.

        Whoever gives it up keeps this host for as long as the process lives: an event that is let
        go of while it waits would be ended by Python itself, its code unguarded.
        """
        self.given_up = True

    def remove(self) -> None:
        """Take everything away; given up if that cannot be done in time."""
        kept, self._scenario = self._scenario, None
        self.cancel()
        try:
            self.leave()
        except HostFailed:
            self.give_up()
        if self.given_up:
            self._scenario = kept
        self._stage.clear(SCENE)


_ENDED = object()
