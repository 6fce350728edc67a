"""Owns what the patient hears: loudness, onset, silence on leaving, the calm sound.

Knows neither scenario nor engine. Whatever was asked for, nothing begins abruptly and nothing of
the scene sounds outside the scene.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from math import sqrt
from pathlib import Path
from typing import Literal

from panda3d.core import AudioManager, AudioSound, Filename, LPoint3, LVector3, NodePath

from vr_runtime.stage.heard import Heard, Wanted
from vr_runtime.stage.panda.cards import SoundCards
from vr_runtime.wire.acts import View

ONSET_S = 0.04
"""Seconds from silence to full loudness; the engine's limit is 20 ms at least."""
FADE_S = 0.03
"""Seconds from full loudness to silence within the scene."""
CALM_ONSET_S = 1.5
"""The calm sound of the safe place comes slowly."""
CALM_VOLUME = 0.7
EVENTS_AT_FULL = 4
"""More events than this at once are lowered together, so that their sum stays near one level."""
NEAR_M = 2.0
"""Distance within which a sound with a place has its full loudness, in metres."""
LOOK_AGAIN_S = 1.0


@dataclass
class Voice:
    """One sound that is playing, or may."""

    sound: AudioSound
    heard: Heard
    name: str
    sounding: bool = False
    """Whether the scene wants it heard now."""
    gain: float = field(default=0.0)


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
    ) -> None:
        self._manager = manager
        self._open = open_manager if open_again is None else open_again
        self._files = files
        self._cards = cards
        self._clock = clock
        self._next_look = clock() + LOOK_AGAIN_S
        self._lost: Literal["no", "found", "told"] = "no"
        self._back = False
        self._voices: dict[Heard, Voice] = {}
        self._arriving: list[tuple[Heard, str]] = []
        self._view = View.NEUTRAL
        self._calm_name = calm
        self._calm = self._load_calm()
        self._calm_gain = 0.0
        if manager is not None:
            manager.audio3dSetDistanceFactor(1.0)

    def _load_calm(self) -> AudioSound | None:
        known = self._calm_name in self._files
        return self._load(self._calm_name, positional=False) if known else None

    def _load(self, name: str, *, positional: bool) -> AudioSound | None:
        if self._manager is None:
            return None
        where = Filename.fromOsSpecific(str(self._files[name]))
        sound = self._manager.getSound(where, positional)
        return sound if sound.length() > 0.0 else None

    @property
    def state(self) -> Literal["playing", "silent", "none"]:
        """Whether something is audible; "none" where there is no device to hear it from."""
        if self._manager is None or self._lost != "no":
            return "none"
        audible = self._calm_gain > 0.0 or any(v.gain > 0.0 for v in self._voices.values())
        return "playing" if audible else "silent"

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

    def drop(self, heard: Heard) -> None:
        """A sound of the scene is gone: silent at once."""
        self._arriving = [(h, n) for h, n in self._arriving if h is not heard]
        voice = self._voices.pop(heard, None)
        if voice is not None:
            _silence(voice)

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
                _silence(voice)
        if view is not View.SAFE_PLACE and self._calm is not None:
            self._calm_gain = 0.0
            self._calm.setVolume(0.0)
            self._calm.stop()
        if self._manager is not None:
            self._manager.update()

    def calm_with(self, name: str) -> None:
        """Which sound is the calm one of the safe place from now on; silence where none is so."""
        if name == self._calm_name:
            return
        if self._calm is not None:
            self._calm.stop()
        self._calm_name, self._calm_gain = name, 0.0
        self._calm = self._load_calm()

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
            heard, name = self._arriving.pop(0)
            sound = self._load(name, positional=not heard.bed)
            if sound is not None:
                sound.setLoop(heard.loop)
                if not heard.bed:
                    sound.set3dMinDistance(NEAR_M)
                self._voices[heard] = Voice(sound, heard, name)
        world = ears.getTop()
        self._place_ears(ears, world)
        events = sum(1 for v in self._voices.values() if v.sounding and not v.heard.loop)
        crowd = min(1.0, sqrt(EVENTS_AT_FULL / events)) if events else 1.0
        for voice in self._voices.values():
            self._voice(voice, dt, crowd, world, holders)
        self._calm_down(dt)
        self._manager.update()

    def _voice(
        self,
        voice: Voice,
        dt: float,
        crowd: float,
        world: NodePath,
        holders: Mapping[object, NodePath],
    ) -> None:
        heard, sound = voice.heard, voice.sound
        started = False
        for wanted in heard.wanted:
            voice.sounding = wanted is Wanted.PLAY
            started = voice.sounding
        heard.wanted.clear()
        in_scene = self._view is View.SCENE
        if not in_scene:
            # What was to be heard once is over; what sounds on will begin again with the scene.
            voice.sounding = voice.sounding and heard.loop
            return
        if not heard.bed:
            holder = holders.get(heard.parent, world) if heard.parent is not None else world
            at = world.getRelativePoint(holder, LPoint3(*heard.at))
            sound.set3dAttributes(at.x, at.y, at.z, 0.0, 0.0, 0.0)
        sound.setPlayRate(heard.rate)
        playing = sound.status() == AudioSound.PLAYING
        if voice.sounding and (started or (heard.loop and not playing)):
            voice.gain = 0.0
            sound.setVolume(0.0)
            sound.play()
            return
        if not heard.loop and not playing:
            voice.sounding = False
        target = heard.volume * (1.0 if heard.loop else crowd) if voice.sounding else 0.0
        voice.gain = _moved(voice.gain, target, dt / ONSET_S, dt / FADE_S)
        sound.setVolume(voice.gain)
        if playing and not voice.sounding and voice.gain == 0.0:
            sound.stop()

    def _calm_down(self, dt: float) -> None:
        if self._calm is None or self._view is not View.SAFE_PLACE:
            return
        if self._calm.status() != AudioSound.PLAYING:
            self._calm.setLoop(True)
            self._calm.setVolume(0.0)
            self._calm.play()
            return
        self._calm_gain = _moved(self._calm_gain, CALM_VOLUME, dt / CALM_ONSET_S, dt / FADE_S)
        self._calm.setVolume(self._calm_gain)

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
        self._calm, self._calm_gain = None, 0.0
        if self._manager is not None:
            self._manager.shutdown()
        self._manager = self._open()
        if self._manager is None:
            return
        self._manager.audio3dSetDistanceFactor(1.0)
        self._calm = self._load_calm()
        self._lost, self._back = "no", True

    def empty(self) -> None:
        """The scenario has ended: forget its sounds and what was kept of their files."""
        for heard in list(self._voices):
            self.drop(heard)
        self._arriving.clear()

    def close(self) -> None:
        """Give the device back."""
        self.empty()
        self._calm = None
        if self._manager is not None:
            self._manager.stopAllSounds()
            self._manager.shutdown()
            self._manager = None


def open_manager() -> AudioManager | None:
    """The sound device of this machine, or None where there is none."""
    manager = AudioManager.createAudioManager()
    return manager if manager.isValid() else None


def _silence(voice: Voice) -> None:
    voice.gain = 0.0
    voice.sound.setVolume(0.0)
    voice.sound.stop()


def _moved(value: float, target: float, up: float, down: float) -> float:
    if value < target:
        return min(target, value + up)
    return max(target, value - down)
