"""Owns what the engine and the main loop need of any stage and display; knows no renderer."""

from __future__ import annotations

from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, Protocol

from scenarios.api.manifest import Manifest
from scenarios.api.pose import Pose
from scenarios.api.stage import Stage
from vr_runtime.engine.guide import Guide
from vr_runtime.engine.sightline import Head
from vr_runtime.wire.acts import Occurrence, Quality, Refuge, Skill, View
from vr_runtime.wire.happenings import Happening
from vr_runtime.wire.sight import Sight
from vr_runtime.wire.state import DisplayState, GuideState

DT = 1.0 / 30.0
"""Seconds in one tick."""


@dataclass(frozen=True)
class HeadsetFacts:
    """What a headset says of itself at this moment."""

    worn: bool
    """On somebody's head, as its own sensor tells; true where it has none."""
    session: bool
    """Its driver shows our pictures, or will once it is worn."""
    tracked: bool
    """It knows where the head is."""


class StagePort(Protocol):
    """A stage as the engine sees it: the author's vocabulary plus ownership and time."""

    world: Stage
    """What the scenario is given."""

    def owner(self, name: str) -> AbstractContextManager[None]:
        """While entered, all that the world makes belongs to `name` ("scene" or an event's run)."""
        ...

    def clear(self, name: str) -> None:
        """Remove all that belongs to `name`; "scene" removes everything of the scenario."""
        ...

    def loading(self) -> float:
        """How much of what the scenario asked for stands ready, 0 to 1; 1 when nothing is asked."""
        ...

    def hold(self, held: bool) -> None:
        """Whether the therapist holds from now on: no vehicle then carries the patient on."""
        ...

    def tick(self, dt: float) -> None:
        """One engine tick passed: advance what moves by itself, remember places to interpolate."""
        ...

    def news(self) -> list[Happening]:
        """What the stage did by itself since the last call, as limits applied, oldest first."""
        ...

    def marks(self) -> list[str]:
        """Markers the scenario put since the last call, oldest first."""
        ...

    def speak_for(self, manifest: Manifest) -> None:
        """From now on lines are those of this scenario, and motion is what it declares."""
        ...

    def own_in(self, folder: Path | None) -> None:
        """From now on own files are those in this folder of a scenario; None for none at all."""
        ...

    def meets(self, target: str, pose: Pose) -> bool:
        """Whether the line of sight of a patient in this pose meets a target of this name.

        Raises:
            ScenarioError: the scenario declares none so called.
        """
        ...

    def open_ways(self, marks: frozenset[int]) -> None:
        """Which marks of the scenario's declared walk are open from now on, by their numbers."""
        ...

    def said(self) -> list[str]:
        """Names of the lines that were begun since the last call, oldest first."""
        ...

    def guide(self) -> GuideState | None:
        """The guide to an exercise that the scene shows now; None while it shows none."""
        ...

    def caption(self, language: Literal["fr", "en"]) -> str | None:
        """Words of the line that is spoken in the scene now; None while nobody speaks."""
        ...


class Display(Protocol):
    """The patient's display: shows neutral room, safe place or scene, and hears the patient."""

    kind: Literal["null", "offscreen", "desktop", "headset"]
    stage: StagePort
    software: bool
    """Whether a processor draws instead of a graphics card: one picture may then take long."""
    drawn: View | None
    """What the last picture shows; None before the first, and where nothing is drawn."""

    def show(self, view: View) -> None:
        """From the next picture on show this view alone, and let only its sound be heard.

        Stimuli are gone in one picture, scene sound within 100 ms. Never waits for anything.
        """
        ...

    def tell_watched(self, watched: bool) -> None:
        """Tell the patient, calmly and in every view, as long as someone is watching."""
        ...

    def lay(self, sight: Sight) -> None:
        """From the next picture on, have this before the patient's eyes, in every view."""
        ...

    def due_s(self) -> float:
        """Seconds until the next picture should be drawn; 0 when it is due, inf when never."""
        ...

    def draw(self, between: float) -> None:
        """Draw one picture, `between` 0 and 1 of the way from the last tick to the next."""
        ...

    def occurrences(self) -> list[Occurrence]:
        """What the patient pressed and what befell window and sound since the last call."""
        ...

    def wanted_hz(self) -> float:
        """Pictures a second this display asks of itself now.

        0 where it promises none: nothing is drawn, a processor draws, or nobody can see it.
        """
        ...

    def headset(self) -> HeadsetFacts | None:
        """What the headset says of itself; None where there is none."""
        ...

    def head(self) -> Head:
        """Where the patient's head is and looks, as the last picture was seen."""
        ...

    def draw_with(self, quality: Quality) -> None:
        """From the next picture on draw as finely as this says; the same again does nothing."""
        ...

    def sound_with(self, volume_db: int, tone: bool) -> None:
        """From the next picture on be so loud, and play the calibration tone or not.

        `volume_db` is -42 to 0 in steps of 3 dB. The same again does nothing.
        """
        ...

    def accompany(self, refuge: Refuge, guide: Guide | None, practised: tuple[Skill, ...]) -> None:
        """From the next picture on: this patient's safe place, the guide shown, what was tried.

        The same again does nothing. Never waits for anything.
        """
        ...

    def state(self) -> DisplayState:
        """Pictures drawn, pictures a second, sound, focus, quality."""
        ...

    def picture(self, width: int, height: int) -> bytes | None:
        """The last picture drawn as a JPEG of at most this size; None where nothing is drawn."""
        ...

    def close(self) -> None:
        """Give the window and the sound device back."""
        ...
