"""Owns what the patient hears: when each sound begins and ends, silence on leaving, the device.

Knows neither scenario nor engine. How loud each may be is reckoned in `mixing`; whatever was asked
for, nothing begins abruptly and nothing of the scene sounds outside the scene.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Literal

from panda3d.core import AudioManager, AudioSound, Filename, LPoint3, LVector3, NodePath

from scenarios.api.manifest import Manifest
from vr_runtime.language import Language
from vr_runtime.stage.heard import Heard, Wanted
from vr_runtime.stage.measured import Known, known_or_loud
from vr_runtime.stage.mixing import (
    CALLS,
    GIVES_WAY,
    NEAR_M,
    RELEASE_S,
    Bus,
    Ducking,
    Part,
    limited,
    mixed,
)
from vr_runtime.stage.panda.breathing import SOUNDS, Way, swell
from vr_runtime.stage.panda.cards import SoundCards
from vr_runtime.stage.panda.device import open_manager
from vr_runtime.stage.panda.voice import ONSET_S, Voice, moved
from vr_runtime.stage.panda.voices import Voices
from vr_runtime.stage.spoken import VOICE
from vr_runtime.wire.acts import View
from vr_runtime.wire.hearing import gain
from vr_runtime.wire.state import GuideState

log = logging.getLogger(__name__)

__all__ = ["SoundPlayer", "Voice", "open_manager"]

CALM_ONSET_S = 1.5
"""The calm sound of the safe place comes slowly."""
CALM_VOLUME = 0.7
TONE = "signal/tone"
MASTER_S = 0.5
"""Seconds in which the patient's volume would go from nothing to full."""
LOOK_AGAIN_S = 1.0


class SoundPlayer:
    """All sound of a display. `None` as manager means that no device was found."""

    def __init__(
        self,
        manager: AudioManager | None,
        files: Mapping[str, Path],
        calm: str,
        cards: SoundCards,
        clock: Callable[[], float],
        open_again: Callable[[], AudioManager | None] | None = None,
        *,
        known: Mapping[str, Known] | None = None,
        voices: Voices | None = None,
    ) -> None:
        self._manager = manager
        self._open = open_manager if open_again is None else open_again
        self._files = files
        self._known = {} if known is None else known
        self._recordings = Voices({}, "en") if voices is None else voices
        self._cards = cards
        self._clock = clock
        self._next_look = clock() + LOOK_AGAIN_S
        self._lost: Literal["no", "found", "told"] = "no"
        self._back = False
        self._own: dict[str, tuple[Path, Known]] = {}
        """The scenario's own sounds that were read, by name and what they are for."""
        self._voices: dict[Heard, Voice] = {}
        self._arriving: list[tuple[Heard, str]] = []
        self._view = View.NEUTRAL
        self._calm_name = calm
        self._calm = self._load_own(calm, Bus.CALM)
        self._tone = self._load_own(TONE, Bus.ALERT)
        self._breaths = self._load_breaths()
        self._breathing: GuideState | None = None
        self._breath_loud = 1.0
        self._ducking = Ducking()
        self.volume_db = 0
        self._master = 1.0
        if manager is not None:
            manager.audio3dSetDistanceFactor(1.0)

    def _load_own(self, name: str, bus: Bus) -> Voice | None:
        """A sound that is none of the scene's: it is there before anyone asks for it."""
        if name not in self._files:
            return None
        sound = self._load(self._files[name], positional=False)
        if sound is None:
            return None
        sound.setLoop(True)
        measured = known_or_loud(self._known, name, loop=True).measured
        return Voice(sound, None, name, bus=bus, measured=measured)

    def _load_breaths(self) -> dict[Way, Voice]:
        brought = ((way, self._load_own(name, Bus.GUIDE)) for way, name in SOUNDS.items())
        return {way: voice for way, voice in brought if voice is not None}

    def _load(self, file: Path, *, positional: bool) -> AudioSound | None:
        if self._manager is None:
            return None
        sound = self._manager.getSound(Filename.fromOsSpecific(str(file)), positional)
        return sound if sound.length() > 0.0 else None

    @property
    def state(self) -> Literal["playing", "silent", "none"]:
        """Whether something is audible; "none" where there is no device to hear it from."""
        if self._manager is None or self._lost != "no":
            return "none"
        return "playing" if any(voice.gain > 0.0 for voice in self._all()) else "silent"

    @property
    def tone(self) -> bool:
        """Whether the calibration tone is wanted, and there is a device that plays it."""
        return self._tone is not None and self._tone.sounding and self.state != "none"

    def _all(self) -> list[Voice]:
        own = [voice for voice in (self._calm, self._tone) if voice is not None]
        return [*self._voices.values(), *own, *self._breaths.values()]

    def loss(self) -> bool:
        """True once, when the device that was there is gone."""
        if self._lost == "found":
            self._lost = "told"
            return True
        return False

    def back(self) -> bool:
        """True once, when the device that was gone is there again and plays."""
        back, self._back = self._back, False
        return back

    def bring(self, heard: Heard, name: str) -> None:
        """A sound of the scene; it is read before one of the next pictures."""
        self._arriving.append((heard, name))

    def bring_own(self, heard: Heard, name: str, file: Path, known: Known) -> None:
        """A sound of the scenario's own, as it was read and measured."""
        self._own[f"{name} {known.bus}"] = file, known
        self.bring(heard, f"{name} {known.bus}")

    def drop(self, heard: Heard) -> None:
        """A sound of the scene is gone: silent at once."""
        self._arriving = [(h, n) for h, n in self._arriving if h is not heard]
        voice = self._voices.pop(heard, None)
        if voice is not None:
            voice.silence()

    def waiting(self) -> int:
        """How many sounds are not yet read; none while there is nothing to play them."""
        return 0 if self._manager is None else len(self._arriving)

    def show(self, view: View) -> None:
        """Let only this view's sound be heard, from this moment on."""
        if view is self._view:
            return
        self._view = view
        if view is not View.SCENE:
            for voice in self._voices.values():
                voice.silence()
        if view is not View.SAFE_PLACE and self._calm is not None:
            self._calm.silence()
        for breath in self._breaths.values():
            breath.silence()
        if view is not View.NEUTRAL:
            self.sound_with(self.volume_db, tone=False)
        if self._manager is not None:
            self._manager.update()

    def calm_with(self, name: str) -> None:
        """From now on the safe place sounds like this; raises `KeyError` for no shipped sound."""
        if name != self._calm_name:
            self._files[name]
            if self._calm is not None:
                self._calm.silence()
            self._calm_name = name
            self._calm = self._load_own(name, Bus.CALM)

    def breathe(self, guide: GuideState | None, loud: float = 1.0) -> None:
        """Let this guide be heard in the next picture, 0 to 1 loud; None falls silent at once."""
        self._breath_loud = loud
        ended = guide is None and self._breathing is not None
        self._breathing = guide
        if ended:
            for breath in self._breaths.values():
                breath.silence()

    def lines(self, manifest: Manifest) -> None:
        """From now on lines of this scenario may be spoken; what cannot be heard whole is told."""
        for told in self._recordings.fit(manifest):
            log.warning(told)

    def speak(self, language: Language) -> None:
        """From now on lines are heard in this language; one under way in another fades out."""
        if language == self._recordings.language:
            return
        self._recordings.language = language
        for voice in self._voices.values():
            if voice.name.startswith(VOICE):
                voice.sounding = False

    def sound_with(self, volume_db: int, *, tone: bool) -> None:
        """Be so loud from now on, in decibels of 0 down to -42; the tone is for the neutral room.

        While nothing sounds the volume is there at once, else it glides.
        """
        self.volume_db = volume_db
        if self.state != "playing":
            self._master = gain(volume_db)
        if self._tone is None:
            return
        self._tone.sounding = tone and self._view is View.NEUTRAL
        if self._view is not View.NEUTRAL:
            self._tone.silence()

    def follow(self, dt: float, ears: NodePath, holders: Mapping[object, NodePath]) -> None:
        """Before a picture: read what arrived, place ears and sounds, move loudness by `dt`."""
        self._look_for_the_card()
        if self._manager is None:
            if self._lost == "no":
                for heard, _ in self._arriving:
                    heard.wanted.clear()
                self._arriving.clear()
            return
        if self._arriving:
            self._take_in(*self._arriving.pop(0))
        world = ears.getTop()
        self._place_ears(ears, world)
        for heard, voice in self._voices.items():
            self._ask(heard, voice, ears.getPos(world), world, holders)
        if self._calm is not None:
            self._calm.sounding = self._view is View.SAFE_PLACE
        for way, breath in self._breaths.items():
            breath.sounding = self._breath_loud * swell(self._breathing, way) > 0.0
        for own in (self._calm, self._tone, *self._breaths.values()):
            if own is not None and own.sounding:
                own.begin()
        self._mix(dt)
        self._manager.update()

    def _take_in(self, heard: Heard, name: str) -> None:
        if name.startswith(VOICE):
            recording = self._recordings.get(name)
            if recording is None:
                heard.wanted.clear()
                return
            file, known = recording.path, recording.known
        elif name in self._own:
            file, known = self._own[name]
        else:
            file, known = self._files[name], known_or_loud(self._known, name, loop=heard.loop)
        sound = self._load(file, positional=not heard.bed)
        if sound is None:
            return
        sound.setLoop(heard.loop)
        if not heard.bed:
            sound.set3dMinDistance(NEAR_M)
        bus = Bus.LINE if heard.line else known.bus
        self._voices[heard] = Voice(sound, heard, name, bus=bus, measured=known.measured)

    def _ask(
        self,
        heard: Heard,
        voice: Voice,
        ears: LPoint3,
        world: NodePath,
        holders: Mapping[object, NodePath],
    ) -> None:
        """What the scene wants of this sound now, and where it is."""
        started = False
        for wanted in heard.wanted:
            voice.sounding = wanted is Wanted.PLAY
            started = voice.sounding
        heard.wanted.clear()
        if self._view is not View.SCENE:
            # What was to be heard once is over; what sounds on will begin again with the scene.
            voice.sounding = voice.sounding and heard.loop
            return
        if not heard.bed:
            holder = holders.get(heard.parent, world) if heard.parent is not None else world
            at = world.getRelativePoint(holder, LPoint3(*heard.at))
            voice.sound.set3dAttributes(at.x, at.y, at.z, 0.0, 0.0, 0.0)
            voice.distance_m = (at - ears).length()
        voice.sound.setPlayRate(heard.rate)
        if started:
            voice.begin(anew=True)
        elif voice.sounding and heard.loop:
            voice.begin()
        elif not voice.playing:
            voice.sounding = False

    def _mix(self, dt: float) -> None:
        """Move every gain towards what it may be, so that the sum stays within its limits."""
        in_scene = self._view is View.SCENE
        here = [v for v in self._all() if in_scene or v.heard is None]
        voices = [v for v in here if v.sounding or v.gain > 0.0]
        called = any(v.bus in CALLS and v.sounding for v in voices)
        ducking = self._ducking.advance(dt, called=called)
        wanted = [self._part(voice, self._wanted(voice)) for voice in voices]
        for voice, target in zip(voices, mixed(wanted, ducking), strict=True):
            voice.approach(dt)
            voice.move(target, dt, _onset_s(voice))
        parts = [self._part(voice, voice.gain) for voice in voices]
        goal = gain(self.volume_db)
        self._master = moved(self._master, goal, dt / MASTER_S, dt / MASTER_S)
        allowed = limited(parts, [voice.gain for voice in voices])
        for voice, loud in zip(voices, allowed, strict=True):
            voice.sound.setVolume(loud * self._master)
            voice.end_if_faded()

    def _wanted(self, voice: Voice) -> float:
        if not voice.sounding:
            return 0.0
        if voice.heard is not None:
            return voice.heard.volume
        if voice.bus is Bus.GUIDE:
            return self._breath_loud * max(swell(self._breathing, way) for way in SOUNDS)
        return CALM_VOLUME if voice.bus is Bus.CALM else 1.0

    def _part(self, voice: Voice, wanted: float) -> Part:
        return Part(voice.bus, wanted, voice.measured, voice.distance_m)

    def _place_ears(self, ears: NodePath, world: NodePath) -> None:
        if self._manager is None:
            return
        at = ears.getPos(world)
        ahead = world.getRelativeVector(ears, LVector3(0, 1, 0))
        up = world.getRelativeVector(ears, LVector3(0, 0, 1))
        self._manager.audio3dSetListenerAttributes(
            at.x, at.y, at.z, 0.0, 0.0, 0.0, ahead.x, ahead.y, ahead.z, up.x, up.y, up.z
        )

    def _look_for_the_card(self) -> None:
        never_had = self._manager is None and self._lost == "no"
        if never_had or self._clock() < self._next_look:
            return
        self._next_look = self._clock() + LOOK_AGAIN_S
        gone = self._cards.one_is_gone()
        if self._lost == "no" and gone:
            self._lost = "found"
        elif self._lost == "told" and not gone:
            self._open_again()

    def _open_again(self) -> None:
        """The card is there again: a device that was lost plays no more, so another is opened."""
        for heard, voice in self._voices.items():
            if voice.sounding and heard.loop and not heard.wanted:
                heard.wanted.append(Wanted.PLAY)
            self._arriving.append((heard, voice.name))
        self._voices.clear()
        self._calm = self._tone = None
        self._breaths = {}
        if self._manager is not None:
            self._manager.shutdown()
        self._manager = self._open()
        if self._manager is None:
            return
        self._manager.audio3dSetDistanceFactor(1.0)
        self._calm = self._load_own(self._calm_name, Bus.CALM)
        self._tone = self._load_own(TONE, Bus.ALERT)
        self._breaths = self._load_breaths()
        self._lost, self._back = "no", True

    def empty(self) -> None:
        """The scenario has ended: forget its sounds and what was kept of their files."""
        for heard in list(self._voices):
            self.drop(heard)
        self._arriving.clear()
        self._own.clear()

    def close(self) -> None:
        """Give the device back."""
        self.empty()
        self._calm = self._tone = None
        self._breaths = {}
        if self._manager is not None:
            self._manager.stopAllSounds()
            self._manager.shutdown()
            self._manager = None


def _onset_s(voice: Voice) -> float:
    """Seconds from silence to full loudness, as this sound rises now."""
    if voice.bus is Bus.GUIDE:
        # its swell is far slower, and must not lag behind the shape
        return ONSET_S
    if voice.risen and voice.bus in GIVES_WAY:
        return RELEASE_S
    return CALM_ONSET_S if voice.bus is Bus.CALM else ONSET_S
