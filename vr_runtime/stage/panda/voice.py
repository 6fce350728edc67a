"""Owns one sound that is playing, or may: its gain moves and never jumps, save to silence.

It knows neither scene nor mixer.
"""

from __future__ import annotations

from dataclasses import dataclass

from panda3d.core import AudioSound

from vr_runtime.stage.heard import Heard
from vr_runtime.stage.mixing import UNMEASURED, Bus, Measured, nearness

ONSET_S = 0.04
"""Seconds from silence to full loudness; the engine's limit is 20 ms at least."""
LONGEST_RISE_S = 0.02
"""A picture counts for no more than this while a sound rises."""
FADE_S = 0.03
"""Seconds from full loudness to silence within the scene."""


@dataclass
class Voice:
    """One sound of the player."""

    sound: AudioSound
    heard: Heard | None
    """What of the scene it is; None for what is the player's own."""
    name: str
    bus: Bus = Bus.EVENT
    measured: Measured = UNMEASURED
    sounding: bool = False
    """Whether it is wanted to be heard now."""
    gain: float = 0.0
    distance_m: float | None = None
    near: float | None = None
    """The factor of that distance when it was last heard, 0 to 1; None before."""
    risen: bool = False
    """It has been as loud as it may be: a further rise is a coming back."""
    fresh: bool = False
    """Just begun: its first picture is silent, so that the device has nothing to leap from."""

    @property
    def playing(self) -> bool:
        """Whether the device plays it, however softly."""
        return bool(self.sound.status() == AudioSound.PLAYING)

    def begin(self, *, anew: bool = False) -> None:
        """Play it from silence on, if it does not play yet or is to be heard from its beginning."""
        if anew or not self.playing:
            self.gain = 0.0
            self.sounding = self.fresh = True
            self.sound.setVolume(0.0)
            self.sound.play()

    def move(self, target: float, dt: float, onset_s: float = ONSET_S) -> None:
        """Let the gain go towards `target` for `dt` seconds; late pictures make no leap upwards."""
        if self.fresh:
            self.fresh, self.risen = False, False
            return
        self.gain = moved(self.gain, target, min(dt, LONGEST_RISE_S) / onset_s, dt / FADE_S)
        self.risen = self.risen or self.gain >= target > 0.0

    def approach(self, dt: float) -> None:
        """Let what has leapt nearer rise as what begins does; called before `move`.

        What comes nearer less fast is left as it is. With the step of `move` the whole rise takes
        two thirds of `ONSET_S`, which is longer than the engine's limit.
        """
        before, self.near = self.near, nearness(self.distance_m)
        if before is None or self.near <= before:
            return
        most = self.gain * before + 0.5 * min(dt, LONGEST_RISE_S) / ONSET_S
        self.gain = min(self.gain, most / self.near)

    def end_if_faded(self) -> None:
        """What is neither wanted nor audible plays no more."""
        if not self.sounding and self.gain == 0.0 and self.playing:
            self.sound.stop()

    def silence(self) -> None:
        """Not heard from this moment on."""
        self.gain = 0.0
        self.sound.setVolume(0.0)
        self.sound.stop()


def moved(value: float, target: float, up: float, down: float) -> float:
    """`value` moved towards `target` by `up` at most, or by `down` at most."""
    if value < target:
        return min(target, value + up)
    return max(target, value - down)
