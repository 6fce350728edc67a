"""Owns the putting together of a display that draws; knows nothing of what a session is."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from vr_runtime.display.graphics import Output
from vr_runtime.display.hand import Hand, NoHand
from vr_runtime.display.panda import PandaDisplay
from vr_runtime.display.quality import MEANS, Asked, Choosing
from vr_runtime.display.window import NoSuchMonitor, PatientWindow
from vr_runtime.stage.look.dress import dress
from vr_runtime.stage.look.glsl import Grade
from vr_runtime.stage.look.programs import programs
from vr_runtime.stage.look.surfaces import bring_surfaces, surface_pixels
from vr_runtime.stage.models.driven import drive, ready
from vr_runtime.stage.names import shipped
from vr_runtime.stage.panda.cards import SoundCards
from vr_runtime.stage.panda.folder import cache_dir
from vr_runtime.stage.panda.kept import KeptArrays, KeptModels
from vr_runtime.stage.panda.rooms import neutral_room, safe_place
from vr_runtime.stage.panda.scenery import Looks
from vr_runtime.stage.panda.shelf import Shelf
from vr_runtime.stage.panda.sound import SoundPlayer, open_manager

__all__ = ["NoSuchMonitor", "build"]

CALM = "calm/meadow"
"""The sound of the safe place."""
OFFSCREEN_HZ, WINDOW_HZ = 15.0, 60.0


def build(
    kind: Literal["offscreen", "desktop"],
    *,
    monitor: int | None,
    size: tuple[int, int],
    console_elsewhere: bool,
    clock: Callable[[], float],
    language: str,
    quality: Asked = "auto",
) -> PandaDisplay:
    """A display with its rooms, ready for its first picture. May take a second or two.

    The first start on a machine makes surfaces and rooms, which takes seconds more.

    Raises:
        GraphicsUnavailable: the driver gave neither window nor buffer.
    """
    samples = MEANS["medium" if quality == "auto" else quality].samples
    output, hand = _output(kind, monitor, size, console_elsewhere, clock, language, samples)
    choosing = Choosing(quality, software=output.software)
    means = MEANS[choosing.now]
    programs().choose(Grade(film=means.film, cast=means.shadows))
    kept = KeptArrays(cache_dir())
    made = kept.bring("look/surfaces", lambda: {"pixels": surface_pixels()})
    bring_surfaces(made["pixels"])
    names = shipped()
    return PandaDisplay(
        kind,
        output,
        names=names,
        neutral=neutral_room(kept),
        safe=safe_place(kept),
        shelf=Shelf(KeptModels(cache_dir()), clock),
        sounds=SoundPlayer(open_manager(), names.sounds, CALM, SoundCards(), clock),
        looks=Looks(dress, ready, drive),
        hand=hand,
        rate_hz=OFFSCREEN_HZ if kind == "offscreen" else WINDOW_HZ,
        clock=clock,
        language=language,
        choosing=choosing,
    )


def _output(
    kind: Literal["offscreen", "desktop"],
    monitor: int | None,
    size: tuple[int, int],
    console_elsewhere: bool,
    clock: Callable[[], float],
    language: str,
    samples: int,
) -> tuple[Output, Hand]:
    if kind == "offscreen":
        return Output.offscreen(size), NoHand()
    window = PatientWindow(monitor, size, console_elsewhere, clock, language, samples)
    return window.output, window
