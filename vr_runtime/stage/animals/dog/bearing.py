"""Owns how a dog bears itself at one moment, as numbers: posture, head, ears, tail; draws nothing.

What a dog shows follows descriptions of canine signals (Overall 2013; Shepherd 2009, ladder of
aggression): at ease ears and tail are loose and the weight lies evenly; in play the fore part goes
down and the tail swings broadly; in threat the dog stands stiff and forward, ears up, the tail high
and still, the head low and the gaze fixed.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, fields

from vr_runtime.stage.models.animals.dog.plan import Hound


@dataclass(frozen=True)
class Bearing:
    """Angles in radians, shares 0 to 1, lengths in withers' heights."""

    sit: float = 0.0
    lie: float = 0.0
    bow: float = 0.0
    rise: float = 0.0
    """Of the trunk above its rest."""
    shift: float = 0.0
    """Of the trunk forwards."""
    aside: float = 0.0
    pitch: float = 0.0
    """Of the trunk, the fore part up."""
    roll: float = 0.0
    bend: float = 0.0
    """Of the trunk to the left."""
    twist: float = 0.0
    """Of pelvis against chest about the spine, as in shaking."""
    neck: float = 0.0
    """Up from rest."""
    nod: float = 0.0
    """Of the head on the neck, up."""
    turn: float = 0.0
    """Of the head to the left, neck and all."""
    tilt: float = 0.0
    jaw: float = 0.0
    ears: float = 0.0
    """Turned: above 0 forward, below 0 laid back."""
    drop: float = 0.0
    """How far the ears hang to the sides, 0 to 1."""
    tail: float = 0.0
    """Of the tail above level."""
    curl: float = 0.0
    """How much more each bone of the tail rises."""
    wag: float = 0.0
    """Of the tail to the left, now."""
    lids: float = 0.0
    """How far the eyes are shut."""
    breath: float = 0.0
    """How far the chest is raised by a breath, -1 to 1."""

    def towards(self, to: Bearing, part: float) -> Bearing:
        """The bearing `part` (0 to 1) of the way to another."""
        return Bearing(*(a + (b - a) * part for a, b in zip(self.numbers, to.numbers, strict=True)))

    @property
    def numbers(self) -> tuple[float, ...]:
        """All of it."""
        return tuple(getattr(self, name) for name in _NAMES)


_NAMES = tuple(field.name for field in fields(Bearing))
CALM, PLAYFUL, TENSE = 0, 1, 2


@dataclass(frozen=True)
class Mood:
    """What drives a bearing: shares from 0 to 1, as they are now."""

    sit: float = 0.0
    lie: float = 0.0
    sleep: float = 0.0
    play: float = 0.0
    tense: float = 0.0
    wag: float = 0.0
    pant: float = 0.0
    sniff: float = 0.0
    bow: float = 0.0
    shake: float = 0.0
    bark: float = 0.0
    """How wide a bark opens the mouth just now."""
    pace: float = 0.0
    """0 standing to 1 walking, 2 running."""


def bearing(
    hound: Hound, mood: Mood, *, seconds: float, step: float, turn: float, nod: float, blink: float
) -> Bearing:
    """How a dog bears itself.

    Args:
        hound: its build.
        mood: what drives it.
        seconds: since it was made; what moves in rest follows it.
        step: where in a stride it is, radians.
        turn: to the left, towards what it looks at, from straight ahead.
        nod: up, towards what it looks at.
        blink: how far the lids are shut for a moment.
    """
    up = max(0.0, 1.0 - mood.sit - mood.lie)
    alert = mood.tense
    carried = hound.carried
    # a tail is raised by tension and by play, and lies on the ground behind a dog that lies
    tail = carried + (0.55 - carried) * 0.55 * mood.play + (0.62 - carried) * alert
    tail += 0.25 * min(1.0, mood.pace) * (carried < 0.3)
    tail += (-0.95 - tail) * 0.75 * mood.sit + (-0.66 - tail) * mood.lie
    swing = 0.14 + 0.42 * mood.wag + 0.20 * mood.play
    fast = 7.0 + 7.0 * mood.wag + 4.0 * mood.play
    loose = mood.wag * (1.0 - 0.85 * alert)
    wag = swing * math.sin(fast * seconds) * max(loose, 0.10 * min(1.0, mood.pace))
    quiver = 0.05 * alert * math.sin(31.0 * seconds)
    pant = 0.5 + 0.5 * math.sin(17.0 * seconds)
    rate = 2.2 + 1.6 * mood.pant + 0.8 * mood.play
    breath = math.sin(rate * seconds) * (1.0 + 0.4 * mood.pant)
    shaking = math.sin(27.0 * seconds) * mood.shake
    walking = min(1.0, mood.pace)
    neck = -0.08 - 0.30 * walking * (1.0 - alert) - 0.22 * alert + 0.10 * mood.play
    neck += -1.90 * mood.sniff + 0.35 * mood.bow + 0.22 * mood.sit * (1.0 - mood.sniff)
    neck += mood.lie * (0.14 - 1.62 * mood.sleep)
    neck += 0.05 * walking * math.sin(2.0 * step) * up
    neck += 0.20 * mood.bark
    head = -neck * 0.62 - 0.17 + 0.04 * mood.pant + 0.14 * mood.bark
    head += -0.30 * mood.sniff + 0.25 * mood.bow
    head += mood.lie * mood.sleep * 0.66
    held = 1.0 - max(mood.sniff, mood.sleep)
    return Bearing(
        sit=mood.sit,
        lie=mood.lie,
        bow=mood.bow,
        rise=0.010 * up * walking * math.sin(2.0 * step)
        - 0.008 * mood.pace
        + 0.012 * alert * up
        - 0.085 * mood.sniff * up,
        shift=0.030 * alert * up - 0.02 * mood.bark * up,
        aside=0.010 * walking * math.sin(step) * up,
        pitch=0.010 * walking * math.sin(2.0 * step + 0.8) * up
        + (0.035 * mood.bark - 0.21 * mood.sniff) * up,
        roll=0.018 * walking * math.sin(step + 0.4) * up + 0.34 * shaking,
        bend=0.035 * walking * math.sin(step) * up - 0.10 * wag * up,
        twist=0.45 * shaking,
        neck=neck + 0.35 * nod * held,
        nod=head + 0.65 * nod * held + 0.06 * mood.sniff * math.sin(11.0 * seconds),
        turn=turn * held + 0.30 * mood.shake * math.sin(27.0 * seconds + 0.9),
        tilt=0.55 * mood.shake * math.sin(27.0 * seconds + 0.5),
        jaw=0.40 * mood.bark
        + mood.pant * (1.0 - mood.bark) * (0.26 + 0.07 * pant)
        + 0.03 * mood.play,
        ears=0.30 * alert
        - 0.22 * (1.0 - alert) * (0.5 + 0.3 * mood.pant)
        - 0.30 * mood.play * (1.0 - alert)
        - 0.35 * mood.bark * (1.0 - alert)
        + 0.05 * math.sin(0.7 * seconds),
        drop=(1.0 - alert) * (0.18 + 0.30 * mood.sleep + 0.15 * mood.pant),
        tail=tail + 0.04 * math.sin(1.3 * seconds) * (1.0 - alert),
        curl=(0.16 if carried < 0.3 else 0.24) * up * (1.0 - 0.7 * alert) + 0.11 * mood.lie,
        wag=wag + quiver,
        lids=max(mood.sleep, blink, 0.22 * mood.pant * (1.0 - alert), 0.45 * mood.shake),
        breath=breath,
    )
