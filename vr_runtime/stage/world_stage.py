"""Owns how the engine reaches one world: as its stage; knows no renderer and no scenario."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal

from scenarios.api.manifest import Manifest
from scenarios.api.pose import Pose
from vr_runtime.stage.heard import Heard
from vr_runtime.stage.lent import lent
from vr_runtime.stage.names import Names
from vr_runtime.stage.own import OwnFiles
from vr_runtime.stage.panorama import Panorama
from vr_runtime.stage.placed import Placed
from vr_runtime.stage.scenery import Scenery
from vr_runtime.stage.world import SCENE, World
from vr_runtime.wire.happenings import Happening
from vr_runtime.wire.state import GuideState


class WorldStage:
    """The engine's `StagePort` over one world and whoever makes it seen and heard."""

    def __init__(self, names: Names, scenery: Scenery) -> None:
        self.inner = World(names, scenery)
        self.world = lent(self.inner)
        self._scenery = scenery

    @contextmanager
    def owner(self, name: str) -> Iterator[None]:
        """While entered, all that the world makes belongs to `name`."""
        before, self.inner.owner = self.inner.owner, name
        try:
            yield
        finally:
            self.inner.owner = before

    def clear(self, name: str) -> None:
        """Remove all that belongs to `name`; "scene" removes everything and calms the weather."""
        if name == SCENE:
            self.inner.spoken.hush()
        self.inner.spoken.over(name)
        things: list[Heard | Placed] = [*self.inner.heard, *self.inner.placed]
        for thing in things:
            if name in (SCENE, thing.owner):
                thing.remove()
        if name == SCENE:
            self.inner.standing.forget()
            self.inner.calm()
            self._scenery.all_gone()

    def hold(self, held: bool) -> None:
        """Whether the therapist holds from now on: no vehicle then carries the patient on."""
        self.inner.stays = held

    def loading(self) -> float:
        """How much of what the scenario asked for stands ready, 0 to 1."""
        return self._scenery.loading()

    def tick(self, dt: float) -> None:
        """One tick of `dt` seconds passed: fades advance, poses to draw are remembered."""
        viewer = self.inner.standing
        self.inner.pass_time(dt)
        self.inner.drift(dt)
        self.inner.spoken.advance(dt)
        self.inner.ways.follow(viewer.footing.at)
        held = self.inner.held()
        # What jumps along with a panorama waits for the same dark moment.
        faded = viewer.waiting or any(isinstance(each, Panorama) for each in held)
        for placed in self.inner.placed:
            placed.advance(behind_a_fade=faded, held=placed in held)

    def own_in(self, folder: Path | None) -> None:
        """From now on own files are those in this folder of a scenario; None for none at all."""
        self.inner.own = OwnFiles(folder)

    def speak_for(self, manifest: Manifest) -> None:
        """From now on lines are those of this scenario, and motion is what it declares."""
        self.inner.spoken.speak_for(manifest)
        self.inner.motion = "high" if manifest.comfort is None else manifest.comfort.motion
        self.inner.targets = frozenset(target.name for target in manifest.targets)
        self.inner.ways.declare(manifest.walk)
        self._scenery.lines(manifest)

    def open_ways(self, marks: frozenset[int]) -> None:
        """Which marks of the declared walk are open from now on."""
        self.inner.ways.open = marks

    def meets(self, target: str, pose: Pose) -> bool:
        """Whether the line of sight of a patient in this pose meets a target of this name."""
        return self.inner.meets(target, pose)

    def said(self) -> list[str]:
        """Names of the lines begun since the last call, oldest first."""
        taken, self.inner.spoken.said[:] = list(self.inner.spoken.said), []
        return taken

    def news(self) -> list[Happening]:
        """Limits applied and vehicles announced since the last call, oldest first."""
        return self.inner.news.take()

    def marks(self) -> list[str]:
        """Markers put since the last call, oldest first."""
        taken, self.inner.marked = self.inner.marked, []
        return taken

    def guide(self) -> GuideState | None:
        """The guide to an exercise that the scene shows now; None while it shows none."""
        return next((guide.led.state() for guide in self.inner.guides()), None)

    def caption(self, language: Literal["fr", "en"]) -> str | None:
        """Words of the line that is spoken now; None while nobody speaks."""
        spoken = self.inner.caption
        return None if spoken is None else spoken.words.get(language)
