"""Owns the putting together of a display that draws; knows nothing of what a session is."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Literal

from vr_runtime.assets import assets_dir
from vr_runtime.display.ahead import SURFACES, made_surfaces, make_ahead
from vr_runtime.display.author.window import AuthorWindow
from vr_runtime.display.furniture import Furniture
from vr_runtime.display.graphics import GraphicsUnavailable, Output
from vr_runtime.display.hand import Hand, NoHand
from vr_runtime.display.headset.copying import Copier
from vr_runtime.display.headset.display import HeadsetDisplay
from vr_runtime.display.headset.opening import open_session, unpaced, without_window
from vr_runtime.display.headset.port import Cause, HeadsetUnavailable
from vr_runtime.display.hearing import AS_THE_SYSTEM_HAS_IT, SoundWish
from vr_runtime.display.panda import CALM, PandaDisplay
from vr_runtime.display.quality import MEANS, Asked, Choosing
from vr_runtime.display.repose.practice import PracticeRoom
from vr_runtime.display.sight.cards import Language
from vr_runtime.display.window import NoSuchMonitor, PatientWindow
from vr_runtime.flash.watch import FlashWatch
from vr_runtime.stage.look.dress import dress
from vr_runtime.stage.look.glsl import Grade
from vr_runtime.stage.look.programs import programs
from vr_runtime.stage.look.surfaces import bring_surfaces
from vr_runtime.stage.measured import known_sounds
from vr_runtime.stage.models.driven import drive, ready
from vr_runtime.stage.names import Names, shipped
from vr_runtime.stage.panda.cards import SoundCards
from vr_runtime.stage.panda.device import open_manager
from vr_runtime.stage.panda.folder import cache_dir
from vr_runtime.stage.panda.kept import KeptArrays, KeptModels
from vr_runtime.stage.panda.rooms import (
    empty_neutral_room,
    neutral_room,
    safe_places,
)
from vr_runtime.stage.panda.scenery import Looks
from vr_runtime.stage.panda.shelf import Shelf
from vr_runtime.stage.panda.sound import SoundPlayer
from vr_runtime.stage.panda.voices import Voices, gathered, usual_folder
from vr_runtime.watch.memory import settle_heap

__all__ = ["NoSuchMonitor", "build", "build_for_author", "build_headset"]

OFFSCREEN_HZ, WINDOW_HZ = 15.0, 60.0


def build(
    kind: Literal["offscreen", "desktop"],
    *,
    monitor: int | None,
    size: tuple[int, int],
    console_elsewhere: bool,
    clock: Callable[[], float],
    language: Language,
    sound: SoundWish = AS_THE_SYSTEM_HAS_IT,
    quality: Asked = "auto",
    flashes: FlashWatch | None = None,
    goes_on: Callable[[], None] = lambda: None,
) -> PandaDisplay:
    """A display with its rooms, ready for its first picture. May take a second or two.

    The first start on a machine makes surfaces and rooms, which takes seconds more. `flashes` is
    another last look than that which dims what flashes: for who measures a scene, never before a
    patient. `goes_on` is called while surfaces and rooms are made.

    Raises:
        GraphicsUnavailable: the driver gave neither window nor buffer.
    """
    settle_heap()
    make_ahead(goes_on)
    samples = samples_of(quality)
    output, hand = _output(kind, monitor, size, console_elsewhere, clock, language, samples)
    return PandaDisplay(
        kind,
        output,
        hand=hand,
        rate_hz=OFFSCREEN_HZ if kind == "offscreen" else WINDOW_HZ,
        clock=clock,
        language=language,
        flashes=flashes,
        **_furnished(output, sound, quality, clock, language),
    )


def build_headset(
    *,
    monitor: int | None,
    size: tuple[int, int],
    console_elsewhere: bool,
    clock: Callable[[], float],
    language: Language,
    sound: SoundWish = AS_THE_SYSTEM_HAS_IT,
    quality: Asked = "auto",
    egl: bool = False,
    goes_on: Callable[[], None] = lambda: None,
) -> HeadsetDisplay:
    """A headset's display with its rooms and the window beside it, ready for its first picture.

    `egl` makes do without a window, on a machine without a screen, where the headset's driver
    offers that.

    Raises:
        HeadsetUnavailable: driver, headset, graphics or session cannot be had.
        NoSuchMonitor: there is no monitor of this number for the window.
    """
    settle_heap()
    make_ahead(goes_on)
    unpaced()
    if egl:
        output, window = without_window(size)
    else:
        try:
            output, window = _output(
                "desktop", monitor, size, console_elsewhere, clock, language, samples_of(quality)
            )
        except GraphicsUnavailable as error:
            raise HeadsetUnavailable(Cause.NO_SCREEN, str(error)) from error
    try:
        session = open_session(output, clock, egl=egl)
        copier = Copier()
    except (HeadsetUnavailable, ImportError) as error:
        output.close()
        window.close()
        if isinstance(error, HeadsetUnavailable):
            raise
        raise HeadsetUnavailable(Cause.NO_EXTRA, str(error)) from error
    return HeadsetDisplay(
        output,
        session,
        copier,
        window=window,
        clock=clock,
        language=language,
        **_furnished(output, sound, quality, clock, language),
    )


def build_for_author(
    *,
    size: tuple[int, int],
    beside: Callable[[int], int],
    title: str,
    clock: Callable[[], float],
    language: Language,
    quality: Asked = "auto",
) -> tuple[PandaDisplay, AuthorWindow]:
    """A window for who writes a scenario: what a patient would see, and room for a panel beside.

    Args:
        size: width and height of the window in pixels.
        beside: pixels that the panel is wide in a window so high.
        title: of the window.
        clock: seconds, never going back.
        language: of what a patient would read.
        quality: how richly pictures are drawn.

    Raises:
        GraphicsUnavailable: the driver gave no window.
    """
    settle_heap()
    make_ahead()
    window = AuthorWindow(size, title, beside, samples_of(quality))
    display = PandaDisplay(
        "desktop",
        window.output,
        hand=window,
        rate_hz=WINDOW_HZ,
        clock=clock,
        language=language,
        **_furnished(window.output, AS_THE_SYSTEM_HAS_IT, quality, clock, language),
    )
    return display, window


def samples_of(quality: Asked) -> int:
    """How many samples of each point a window has; who draws is known only once it is open."""
    return MEANS["medium" if quality == "auto" else quality].samples


def _furnished(
    output: Output,
    sound: SoundWish,
    quality: Asked,
    clock: Callable[[], float],
    language: Language,
) -> Furniture:
    """What every display that draws has, whatever it is seen in."""
    choosing = Choosing(quality, software=output.software)
    means = MEANS[choosing.now]
    soft = output.samples > 1 and not output.software
    programs().choose(Grade(film=means.film, cast=means.shadows, soft=soft))
    kept = KeptArrays(cache_dir())
    made = kept.bring(SURFACES, made_surfaces)
    bring_surfaces(made["pixels"])
    names = shipped()
    neutral = neutral_room(kept)
    return {
        "names": names,
        "neutral": neutral,
        "safe": safe_places(kept),
        "practice": PracticeRoom(*empty_neutral_room(neutral), language, rates=True),
        "shelf": Shelf(KeptModels(cache_dir())),
        "sounds": _sounds(names, sound, clock, language),
        "sound_device": sound.device,
        "looks": Looks(dress, ready, drive),
        "choosing": choosing,
    }


def _sounds(
    names: Names, wish: SoundWish, clock: Callable[[], float], language: Language
) -> SoundPlayer:
    recordings, refused = gathered((*wish.voices, usual_folder()), cache_dir().parent / "voices")
    for told in refused:
        print(told, file=sys.stderr, flush=True)
    return SoundPlayer(
        None if wish.silent else open_manager(wish.device),
        names.sounds,
        CALM["meadow"],
        SoundCards(),
        clock,
        lambda: open_manager(wish.device),
        known=known_sounds(assets_dir() / "CREDITS.toml"),
        voices=Voices(recordings, language),
    )


def _output(
    kind: Literal["offscreen", "desktop"],
    monitor: int | None,
    size: tuple[int, int],
    console_elsewhere: bool,
    clock: Callable[[], float],
    language: Language,
    samples: int,
) -> tuple[Output, Hand]:
    if kind == "offscreen":
        return Output.offscreen(size), NoHand()
    window = PatientWindow(monitor, size, console_elsewhere, clock, language, samples)
    return window.output, window
