"""Owns the sound of a scene as it is mixed, kept as samples and played to nobody.

The stage's own player decides when each sound begins and how loud it may be; only the device is
another one. It knows no scenario and judges nothing.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from weakref import ref

import numpy as np
from numpy.typing import NDArray
from panda3d.core import AudioSound, Filename, NodePath

from scenarios.api.manifest import Manifest
from scenarios.api.stage import Vec
from vr_runtime.stage.heard import Heard
from vr_runtime.stage.lamp import Lamp
from vr_runtime.stage.loudness import Wave
from vr_runtime.stage.measured import Known, known_or_loud
from vr_runtime.stage.mixing import Bus, Part, mixed, nearness
from vr_runtime.stage.own import OwnFile, Refused
from vr_runtime.stage.panda.cards import SoundCards
from vr_runtime.stage.panda.own_sounds import OwnSound, own_sound
from vr_runtime.stage.panda.sound import SoundPlayer
from vr_runtime.stage.panda.voices import decoded
from vr_runtime.stage.panorama import Panorama
from vr_runtime.stage.placed import Placed
from vr_runtime.stage.recordings import Unfit
from vr_runtime.stage.resting import Resting
from vr_runtime.stage.rooms import Plan
from vr_runtime.stage.sign import Sign
from vr_runtime.stage.viewer import Footing
from vr_runtime.wire.acts import View

RATE = 24_000
"""Samples a second: loudness and peak of what a street or a room sounds like lie below 12 kHz."""
EAR_M = 1.6
Samples = NDArray[np.float64]


class _Kept:
    """A sound on a device that keeps it: the little of Panda3D's that the player asks of one."""

    def __init__(self, file: Path, device: Device, *, positional: bool) -> None:
        self._file, self._device, self._positional = file, device, positional
        self._loop, self._rate = False, 1.0
        self._playing = False
        self._at_s = 0.0
        self.volume = self._loud_before = 0.0
        self._near = self._left = self._right = 1.0

    def length(self) -> float:
        return 1.0 if self._file.is_file() else 0.0

    def status(self) -> int:
        return int(AudioSound.PLAYING if self._playing else AudioSound.READY)

    def play(self) -> None:
        self._playing, self._at_s, self._loud_before = True, 0.0, 0.0

    def stop(self) -> None:
        self._playing, self._loud_before = False, 0.0

    def setLoop(self, loop: bool) -> None:
        self._loop = loop

    def setVolume(self, volume: float) -> None:
        self.volume = volume

    def setPlayRate(self, rate: float) -> None:
        self._rate = rate

    def set3dMinDistance(self, _m: float) -> None:
        """It is that of `nearness`."""

    def set3dAttributes(self, x: float, y: float, z: float, *_speed: float) -> None:
        (ex, ey, ez), heading = self._device.ears
        away = math.dist((x, y, z), (ex, ey, ez))
        self._near = nearness(away)
        turned = math.atan2(ey - y, x - ex) + math.radians(heading)
        aside = math.cos(turned) if away > 0.0 else 0.0
        # of equal power wherever it comes from; what a head does to it is left out
        self._left = math.cos((aside + 1.0) * math.pi / 4.0)
        self._right = math.sin((aside + 1.0) * math.pi / 4.0)

    @property
    def loud(self) -> float:
        """Gain at the ears: what the player gives it, by the distance."""
        return self.volume * self._near

    @property
    def rise(self) -> float:
        """How much louder it is at the ears than when it was last rendered."""
        return self.loud - self._loud_before

    def turn(self, dt: float) -> Turn | None:
        """Let `dt` seconds pass; gives what is heard meanwhile, None while it is silent."""
        if not self._playing:
            return None
        wave, rate = self._device.wave(self._file)
        started, self._at_s = self._at_s, self._at_s + dt * self._rate
        before, self._loud_before = self._loud_before, self.loud
        if not self._loop and started * rate >= len(wave):
            self._playing = False
            return None
        if before == self.loud == 0.0:
            return None
        aside = (self._left, self._right) if self._positional else (1.0, 1.0)
        source = self._file, self._positional, self._loop
        return Turn(source, (started, self._rate, before, self.loud, *aside))


@dataclass(frozen=True)
class Turn:
    """What is heard of one sound for some moments."""

    source: tuple[Path, bool, bool]
    """Its file, whether it has a place, whether it goes on by itself."""
    figures: tuple[float, float, float, float, float, float]
    """Second of the file at which it begins, speed, gain at first and at last, left, right."""


class Device:
    """The device that keeps what it is given, while it is asked to."""

    def __init__(self) -> None:
        self.ears: tuple[Vec, float] = ((0.0, 0.0, 0.0), 0.0)
        self.steepest = 0.0
        """Fastest rise of any gain, in full loudness a second."""
        self._sounds: list[ref[_Kept]] = []
        """Weakly: what its player has let go of is gone from a device too."""
        self._waves: dict[Path, tuple[Wave, int]] = {}
        self._monos: dict[Path, Samples] = {}
        self._kept: list[Wave] | None = None

    def wave(self, file: Path) -> tuple[Wave, int]:
        """The samples of a file, decoded once; nothing where it cannot be read."""
        if file not in self._waves:
            try:
                self._waves[file] = decoded(file)
            except Unfit:
                self._waves[file] = np.zeros((1, 1)), RATE
        return self._waves[file]

    def getSound(self, file: Filename, positional: bool) -> _Kept:  # noqa: D102
        made = _Kept(Path(file.toOsSpecific()), self, positional=positional)
        self._sounds.append(ref(made))
        return made

    def keep(self) -> None:
        """Keep what sounds from now on."""
        self._kept = []

    def taken(self) -> Wave:
        """What has sounded since `keep`, in two channels."""
        kept, self._kept = self._kept or [], None
        return np.concatenate(kept) if kept else np.zeros((0, 2))

    def pass_time(self, dt: float) -> None:
        """Let `dt` seconds sound."""
        count = round(dt * RATE)
        whole = np.zeros((count, 2))
        here = [sound for sound in (each() for each in self._sounds) if sound is not None]
        if len(here) < len(self._sounds):
            self._sounds = [ref(sound) for sound in here]
        turns: dict[tuple[Path, bool, bool], list[tuple[float, ...]]] = {}
        for sound in here:
            self.steepest = max(self.steepest, sound.rise / dt)
            turn = sound.turn(dt)
            if turn is not None:
                turns.setdefault(turn.source, []).append(turn.figures)
        for source, figures in turns.items():
            whole += self._heard(source, np.array(figures), dt, count)
        if self._kept is not None:
            self._kept.append(whole)

    def _heard(
        self, source: tuple[Path, bool, bool], figures: Samples, dt: float, count: int
    ) -> Wave:
        """All sounds of one file in two channels: sixty at once take little longer than one."""
        file, positional, loop = source
        wave, rate = self.wave(file)
        passed = np.arange(count) / count
        started, speed, before, after, left, right = figures.T
        at = (started[:, None] + passed * dt * speed[:, None]) * rate
        at = at % max(1, len(wave) - 1) if loop else np.minimum(at, len(wave) - 1)
        gains = before[:, None] + (after - before)[:, None] * passed
        if positional:
            mono = self._mono(file)[at.astype(np.int64)] * gains
            return np.stack([left @ mono, right @ mono], axis=1)
        found: Wave = np.einsum("knc,kn->nc", wave[at.astype(np.int64)], gains)
        if found.shape[1] == 1:
            return np.repeat(found / math.sqrt(2.0), 2, axis=1)
        return found[:, :2]

    def _mono(self, file: Path) -> Samples:
        if file not in self._monos:
            self._monos[file] = self.wave(file)[0].mean(axis=1)
        return self._monos[file]

    def update(self) -> None:
        """Nothing waits for it."""

    def stopAllSounds(self) -> None:  # noqa: D102
        self._sounds.clear()

    def shutdown(self) -> None:  # noqa: D102
        self._sounds.clear()

    def audio3dSetDistanceFactor(self, _factor: float) -> None:
        """A unit is a metre."""

    def audio3dSetListenerAttributes(self, *_ears: float) -> None:
        """Where the ears are is told by `Listening`."""


@dataclass(frozen=True)
class Wish:
    """One sound as a scenario asks for it at this moment, before anything is held back."""

    heard: Heard
    part: Part
    at: Vec
    """In the world, in metres."""
    begun: int
    """The moment at which it was begun."""


@dataclass(frozen=True)
class Bid:
    """What is asked of one bus, before anything is held back."""

    lufs: float = -math.inf
    held_db: float = 0.0
    """By so much the stage has to hold back what is held back most."""
    loudest: Heard | None = None


@dataclass(frozen=True)
class Asked:
    """Loudness that a scenario asks for."""

    bed: Bid
    event: Bid


def bid(wishes: Sequence[Wish], bus: Bus) -> Bid:
    """What these ask of a bus.

    Loops of one file begin in one picture after the other and add up by their power. What is begun
    in an event may begin in the same one: then its samples add up, two of them to 6 dB more.
    """
    ours = [wish for wish in wishes if wish.part.bus is bus and wish.part.wanted > 0.0]
    if not ours:
        return Bid()
    together: dict[tuple[object, ...], float] = {}
    for wish in ours:
        heard = wish.heard
        alone = heard if heard.loop else None
        same = (heard.made_of, wish.begun, heard.rate, alone)
        loud = math.sqrt(wish.part.power) * wish.part.wanted
        together[same] = together.get(same, 0.0) + loud
    power = sum(each**2 for each in together.values())
    parts = [wish.part for wish in ours]
    gains = mixed(parts)
    held = max(p.wanted / g for p, g in zip(parts, gains, strict=True))
    loudest = max(ours, key=lambda wish: wish.part.power * wish.part.wanted**2)
    return Bid(_lufs(power), 20.0 * math.log10(held), loudest.heard)


class Listening:
    """A scenery that stays dark and is heard: what is asked for is ready at once."""

    def __init__(self, files: Mapping[str, Path], known: Mapping[str, Known], room: Path) -> None:
        """Know these sounds, and what was measured of them; own ones are made fit in `room`."""
        self.device = Device()
        self._room = room
        self._own: dict[tuple[str, bool], OwnSound | None] = {}
        self._known = known
        self._player = SoundPlayer(
            self.device,
            files,
            "",
            SoundCards(),
            lambda: 0.0,
            lambda: None,
            known=known,
        )
        self._here: dict[Heard, Known] = {}
        self._files = files
        self._own_files: dict[Heard, Path] = {}
        self._moment = 0
        self._begun: dict[Heard, int] = {}
        """Of what is asked to sound now, the moment at which it was begun."""
        self._left_s: dict[Heard, float] = {}
        """Of what is heard once, how long it still goes on."""
        self._root = NodePath("heard")
        self._ears = self._root.attachNewNode("ears")
        self._nodes: dict[object, NodePath] = {}

    def model(self, placed: Placed, name: str) -> None:
        """Nothing is drawn."""

    def own_model(self, placed: Placed, file: OwnFile) -> None:
        """Nothing is drawn."""

    def own_sound(self, heard: Heard, file: OwnFile) -> None:
        """A sound of the scenario's own; one that cannot be read is silent: the check tells it."""
        key = file.name, heard.loop
        if key not in self._own:
            place = self._room / f"{len(self._own)}.wav"
            try:
                self._own[key] = own_sound(file, heard.loop, place, lambda: True)
            except (Refused, OSError):
                self._own[key] = None
        made = self._own[key]
        if made is not None:
            self._here[heard] = made.known
            self._own_files[heard] = made.path
            self._player.bring_own(heard, file.name, made.path, made.known)

    def panorama(self, panorama: Panorama, file: OwnFile) -> None:
        """Nothing is drawn."""

    def text(self, placed: Placed, sign: Sign) -> None:
        """Nothing is drawn."""

    def room(self, placed: Placed, plan: Plan) -> None:
        """Nothing is drawn."""

    def resting(self, place: Resting) -> None:
        """Nothing is drawn."""

    def box(self, placed: Placed, size: Vec, material: str) -> None:
        """Nothing is drawn."""

    def lamp(self, lamp: Lamp) -> None:
        """Nothing shines."""

    def sound(self, heard: Heard, name: str) -> None:
        """A sound is heard from now on, as it asks."""
        self._here[heard] = known_or_loud(self._known, name, loop=heard.loop)
        self._player.bring(heard, name)

    def lines(self, manifest: Manifest) -> None:
        """No line is spoken aloud here: voices are the clinic's own."""

    def gone(self, thing: Placed | Heard) -> None:
        """It is heard no more."""
        if isinstance(thing, Heard):
            self._player.drop(thing)
            self._here.pop(thing, None)
            self._own_files.pop(thing, None)
            self._over(thing)
        elif thing in self._nodes:
            self._nodes.pop(thing).removeNode()

    def all_gone(self) -> None:
        """The scenario has ended."""
        self._player.empty()

    def loading(self) -> float:
        """Always 1: there is nothing to wait for."""
        return 1.0

    def show(self, view: View) -> None:
        """Only the scene is heard."""
        self._player.show(view)

    def note(self) -> None:
        """Before the player looks: which sounds are asked to be heard."""
        self._moment += 1
        for heard in self._here:
            for wanted in heard.wanted:
                if wanted != "play":
                    self._over(heard)
                    continue
                self._begun[heard] = self._moment
                if not heard.loop:
                    self._left_s[heard] = self._lasts_s(heard)

    def _over(self, heard: Heard) -> None:
        self._begun.pop(heard, None)
        self._left_s.pop(heard, None)

    def _lasts_s(self, heard: Heard) -> float:
        file = self._own_files.get(heard) or self._files.get(heard.made_of)
        wave, rate = (np.zeros(0), RATE) if file is None else self.device.wave(file)
        return len(wave) / rate

    def follow(self, footing: Footing, dt: float, pictures: int) -> None:
        """A tick of `dt` seconds passed, in which so many pictures are drawn."""
        x, y, z = footing.at
        self.device.ears = (x, y, z + EAR_M), footing.heading
        self._ears.setPosHpr(x, y, z + EAR_M, footing.heading, 0.0, 0.0)
        holders: dict[object, NodePath] = {
            h.parent: self._node(h.parent) for h in self._here if h.parent is not None
        }
        for _picture in range(pictures):
            self._player.follow(dt / pictures, self._ears, holders)
            self.device.pass_time(dt / pictures)
        for heard in list(self._left_s):
            self._left_s[heard] -= dt * heard.rate
            if self._left_s[heard] <= 0.0:
                self._over(heard)

    def _node(self, placed: Placed) -> NodePath:
        """The node of a thing, where it is now; all it stands on before it."""
        under = self._root if placed.parent is None else self._node(placed.parent)
        node = self._nodes.get(placed)
        if node is None:
            node = self._nodes[placed] = under.attachNewNode("thing")
        pose = placed.drawn(1.0)
        node.setPosHpr(*pose.at, pose.heading, pose.pitch, pose.roll)
        return node

    def wishes(self) -> list[Wish]:
        """What is asked to be heard at this moment; lines and the stage's own chimes are not."""
        found = []
        for heard, begun in self._begun.items():
            known = self._here[heard]
            if known.bus in (Bus.BED, Bus.EVENT) and not heard.line:
                at, away = self._place(heard)
                part = Part(known.bus, heard.volume, known.measured, away)
                found.append(Wish(heard, part, at, begun))
        return found

    def asked(self) -> Asked:
        """What is asked for at this moment, of what goes on by itself or was begun."""
        wishes = self.wishes()
        return Asked(bid(wishes, Bus.BED), bid(wishes, Bus.EVENT))

    def _place(self, heard: Heard) -> tuple[Vec, float | None]:
        """Where it is in the world, and how far from the ears if it has a place."""
        holder = self._root if heard.parent is None else self._node(heard.parent)
        at = self._root.getRelativePoint(holder, heard.at)
        away = None if heard.bed else float((at - self._ears.getPos()).length())
        return (at.x, at.y, at.z), away


def _lufs(power: float) -> float:
    return 10.0 * math.log10(power) if power > 0.0 else -math.inf
