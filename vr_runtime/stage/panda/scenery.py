"""Owns the scene as it is drawn: a node for everything placed, moved between ticks.

Knows no scenario and no window; what may be asked for was checked before.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from panda3d.core import NodePath

from scenarios.api.manifest import Manifest
from scenarios.api.stage import Vec
from vr_runtime.language import Language, _
from vr_runtime.stage.animals.animal import Animal
from vr_runtime.stage.heard import Heard
from vr_runtime.stage.lamp import Lamp
from vr_runtime.stage.look.casting import CASTER, casts
from vr_runtime.stage.look.lighting import Hour, Lit, Weather
from vr_runtime.stage.look.weather import VALLEY_DAY
from vr_runtime.stage.look.within import lend_light
from vr_runtime.stage.models.catalogue import MODELS
from vr_runtime.stage.own import OwnFile
from vr_runtime.stage.panda.around import hung, screened
from vr_runtime.stage.panda.boxes import box
from vr_runtime.stage.panda.film import Film
from vr_runtime.stage.panda.ground import Ground
from vr_runtime.stage.panda.herd import Herd
from vr_runtime.stage.panda.indoors import lit_within
from vr_runtime.stage.panda.own_shelf import Coming, Finely, OwnShelf
from vr_runtime.stage.panda.resting_scene import RestingScene
from vr_runtime.stage.panda.rooms import SafePlaces
from vr_runtime.stage.panda.shelf import Shelf
from vr_runtime.stage.panda.signs import Lettered
from vr_runtime.stage.panda.sound import SoundPlayer
from vr_runtime.stage.panda.warming import Warming
from vr_runtime.stage.panorama import Panorama
from vr_runtime.stage.placed import Placed, Pose
from vr_runtime.stage.resting import Resting
from vr_runtime.stage.rooms import Plan
from vr_runtime.stage.sign import Sign
from vr_runtime.stage.sky import Sky
from vr_runtime.stage.way_out import WayOut

PER_PICTURE = 6
"""Most boxes or models attached with one picture."""
WARM = (2.6, 1.9, 1.15)
"""Linear light of a lamp on a white surface a metre away."""
SOFT = (1.5, 1.46, 1.38)
"""The same of the lamp in the ceiling of a room."""
THINNEST = 1e-4
"""No axis is ever scaled to nothing: such a node could not be turned back into its own space."""


@dataclass(frozen=True)
class Looks:
    """How things come to look as they should."""

    dress: Callable[[NodePath, str], None]
    """Give a material to everything below a node."""
    ready: Callable[[NodePath, str], NodePath]
    """Prepare the named model, as it was read, to be copied and shown."""
    drive: Callable[[NodePath, str, float], None]
    """Let a value that a model declares be 0 to 1."""


def hour_of(sky: Sky) -> Hour:
    """What the materials are told of the sky as it is now."""
    return Hour(sky.daylight, sky.raining, sky.wet, sky.clouded, sky.lightning)


class Shown:
    """What is drawn of one placed thing."""

    def __init__(self, holder: NodePath) -> None:
        self.holder = holder
        self.model: NodePath | None = None
        self.pose: Pose | None = None
        self.values: dict[str, float] = {}

    def casts_now(self) -> bool:
        """Whether it is seen and casts a shadow of its own."""
        visible = self.pose is not None and self.pose.visible
        return visible and self.model is not None and self.model.hasTag(CASTER)

    def follow(
        self, placed: Placed, between: float, drive: Callable[[NodePath, str, float], None]
    ) -> None:
        """Bring the node to where `placed` is between the last two ticks."""
        pose = placed.drawn(between)
        if pose is not self.pose:
            self.pose = pose
            if not isinstance(placed, Animal):
                x, y, z = pose.at
                self.holder.setPosHprScale(
                    x, y, z, pose.heading, pose.pitch, pose.roll, *(_thick(s) for s in pose.scale)
                )
            if pose.visible:
                self.holder.show()
            else:
                self.holder.hide()
        if self.model is not None and placed.values != self.values:
            for name, value in placed.values.items():
                if self.values.get(name) != value:
                    drive(self.model, name, value)
            self.values = dict(placed.values)


def _thick(scale: float) -> float:
    return scale if abs(scale) >= THINNEST else THINNEST


class PandaScenery:
    """The `Scenery` that draws."""

    def __init__(
        self,
        root: NodePath,
        shelf: Shelf,
        warming: Warming,
        sounds: SoundPlayer,
        looks: Looks,
        places: SafePlaces,
    ) -> None:
        self.root = root
        self._ground = Ground(root)
        self._herd = Herd(root)
        self._shelf = shelf
        self._warming = warming
        self._sounds = sounds
        self._looks = looks
        self._shown: dict[Placed, Shown] = {}
        self._hazy: set[Placed] = set()
        self._models: deque[tuple[Placed, str]] = deque()
        self._boxes: deque[tuple[Placed, Vec, str]] = deque()
        self._asked = 0
        self._resting = RestingScene(places)
        self._own = OwnShelf()
        self._own_things: deque[tuple[Placed, Coming[Any]]] = deque()
        self._own_sounds: deque[tuple[Heard, Coming[Any]]] = deque()
        self._films: dict[Panorama, Film] = {}
        self._signs: dict[Placed, Lettered] = {}
        self._language: Language = "en"

    def draw_finely(self, finely: Finely) -> None:
        """How fine own pictures are that are read from now on."""
        self._own.finely = finely

    def own_model(self, placed: Placed, file: OwnFile) -> None:
        """Bring in a model of the scenario's own, read beside the pictures."""
        self._hold(placed)
        self._own_things.append((placed, self._own.model(file)))

    def panorama(self, panorama: Panorama, file: OwnFile) -> None:
        """Bring in a picture or film all around, read beside the pictures."""
        self._hold(panorama)
        self._own_things.append((panorama, self._own.panorama(file)))

    def text(self, placed: Placed, sign: Sign) -> None:
        """Bring in a sign; its letters are drawn beside the pictures."""
        self._hold(placed)
        self._own_things.append((placed, self._own.sign(sign)))

    def room(self, placed: Placed, plan: Plan) -> None:
        """Bring in a room, built beside the pictures."""
        self._hold(placed)
        lit_within(self._shown[placed].holder)
        self._own_things.append((placed, self._own.room(plan)))

    def resting(self, place: Resting) -> None:
        """Let a resting place be seen: it stands ready."""
        self._hold(place)
        self._asked -= 1
        self._resting.hang(place, self._shown[place].holder)

    @property
    def weather(self) -> Weather:
        """The light of the scene at its own fair hour."""
        return VALLEY_DAY if self._hazy else self._resting.weather

    def speak(self, language: Language) -> None:
        """From the next picture on signs say their words in this language."""
        self._language = language
        for placed, lettered in self._signs.items():
            self._say(placed, lettered)

    def _say(self, placed: Placed, lettered: Lettered) -> None:
        model = self._shown[placed].model
        if model is not None:
            lettered.speak(model, self._language)

    def own_sound(self, heard: Heard, file: OwnFile) -> None:
        """Bring in a sound of the scenario's own, read and measured beside the pictures."""
        self._asked += 1
        self._own_sounds.append((heard, self._own.sound(file, loop=heard.loop)))

    def model(self, placed: Placed, name: str) -> None:
        """Bring a model in, as soon as it can be drawn without a late picture."""
        self._hold(placed)
        if MODELS[name].hazy:
            self._hazy.add(placed)
        self._shelf.ask(name)
        self._models.append((placed, name))

    def box(self, placed: Placed, size: Vec, material: str) -> None:
        """Bring a box in with one of the next pictures; size in metres."""
        self._hold(placed)
        self._boxes.append((placed, size, material))

    def lamp(self, lamp: Lamp) -> None:
        """Let a lamp shine: it is a place in the scene, with no geometry."""
        self._hold(lamp)
        self._asked -= 1

    def lit(self) -> list[Lit]:
        """The lamps as they shine in this picture."""
        shining = [(p, s) for p, s in self._shown.items() if isinstance(p, Lamp) and p.share > 0.0]
        return [
            Lit(
                tuple(shown.holder.getPos(self.root)),
                lamp.reach,
                SOFT if lamp.soft else WARM,
                lamp.share,
            )
            for lamp, shown in shining
        ]

    def sound(self, heard: Heard, name: str) -> None:
        """Bring a sound in."""
        self._asked += 1
        self._sounds.bring(heard, name)

    def lines(self, manifest: Manifest) -> None:
        """Know which lines may be spoken from now on."""
        self._sounds.lines(manifest)

    def _hold(self, placed: Placed) -> None:
        parent = self.root if placed.parent is None else self._shown[placed.parent].holder
        self._shown[placed] = Shown(parent.attachNewNode("placed"))
        self._asked += 1

    def gone(self, thing: Placed | Heard) -> None:
        """Take something out and give back what it used."""
        if isinstance(thing, Heard):
            self._own_sounds = deque(s for s in self._own_sounds if s[0] is not thing)
            self._sounds.drop(thing)
            return
        self._own_things = deque(m for m in self._own_things if m[0] is not thing)
        if isinstance(thing, Panorama):
            self._films.pop(thing, None)
        self._signs.pop(thing, None)
        self._models = deque(m for m in self._models if m[0] is not thing)
        self._boxes = deque(b for b in self._boxes if b[0] is not thing)
        self._resting.gone(thing)
        if isinstance(thing, Animal):
            self._herd.forget(thing)
        self._hazy.discard(thing)
        self._shown.pop(thing).holder.removeNode()

    def all_gone(self) -> None:
        """The scenario has ended: forget its models, textures and sounds."""
        self._warming.clear()
        self._shelf.empty()
        self._ground.forget()
        self._sounds.empty()
        self._own.empty()
        self._own_things.clear()
        self._own_sounds.clear()
        self._films.clear()
        self._signs.clear()
        self._asked = 0

    def close(self) -> None:
        """Give back what reads beside the pictures."""
        self._own.close()

    def loading(self) -> float:
        """How much of what was brought in stands ready, 0 to 1; 1 only when all of it does."""
        coming = len(self._boxes) + self._sounds.waiting()
        coming += len(self._own_things) + len(self._own_sounds)
        coming_models = [self._shelf.share(name) for _placed, name in self._models]
        if not coming and not coming_models and self._warming.share() >= 1.0:
            return 1.0
        open_parts = coming + sum(1.0 - share for share in coming_models)
        here = 1.0 - open_parts / max(1, self._asked)
        return min(0.99, 0.75 * max(0.0, here) + 0.25 * self._warming.share())

    def failed(self) -> str | None:
        """Why something that was brought in cannot be had, in one sentence, or None."""
        name = self._shelf.failed()
        if name is not None:
            told = _('The model "{name}" could not be made on this machine.')
            return told.format(name=name)
        return self._own.failed()

    def advance(self) -> None:
        """Before a picture: attach and warm a little of what is on its way."""
        self._shelf.advance()
        room = PER_PICTURE
        for _n in range(len(self._models)):
            placed, name = self._models.popleft()
            model = self._shelf.model(name)
            if model is None or room == 0:
                self._models.append((placed, name))
                continue
            room -= 1
            first = not self._shelf.given(name)
            if first:
                self._looks.ready(model, name)
            shown = self._shown[placed]
            shown.model = model.copyTo(shown.holder)
            lend_light(shown.model, shown.holder)
            # Reckoned now, not when the scene is first seen.
            shown.model.getBounds()
            shown.follow(placed, 1.0, self._looks.drive)
            if isinstance(placed, Animal):
                self._herd.take(placed, shown.holder, shown.model)
            self._ground.take(shown.model)
            if first:
                self._warming.add(shown.model)
        room = self._advance_own(room)
        while self._boxes and room:
            room -= 1
            placed, size, material = self._boxes.popleft()
            node = self._shown[placed].holder.attachNewNode(box(size))
            self._looks.dress(node, material)
            self._warming.add(node)
        self._warming.advance()

    def _advance_own(self, room: int) -> int:
        """Attach own files that are read; gives how many more things one picture carries."""
        for _n in range(len(self._own_sounds)):
            heard, coming = self._own_sounds.popleft()
            if coming.made is None:
                self._own_sounds.append((heard, coming))
            else:
                self._sounds.bring_own(heard, coming.name, coming.made.path, coming.made.known)
        for _n in range(len(self._own_things)):
            placed, coming = self._own_things.popleft()
            if coming.made is None or room == 0:
                self._own_things.append((placed, coming))
                continue
            room -= 1
            shown = self._shown[placed]
            if isinstance(coming.made, Lettered):
                shown.model = coming.made.node
                shown.model.reparentTo(shown.holder)
                self._signs[placed] = coming.made
                self._say(placed, coming.made)
            elif not isinstance(placed, Panorama):
                shown.model = coming.made.copyTo(shown.holder)
                # Reckoned now, not when the scene is first seen.
                shown.model.getBounds()
                if not placed.is_place:
                    casts(shown.model)
            elif isinstance(coming.made, Film):
                self._films[placed] = coming.made
                shown.model = screened(coming.made.texture)
                shown.model.reparentTo(shown.holder)
            else:
                shown.model = hung(coming.made)
                shown.model.reparentTo(shown.holder)
            shown.follow(placed, 1.0, self._looks.drive)
            if not coming.given:
                coming.given = True
                self._warming.add(shown.model)
        return room

    def films(self, between_s: float, *, exact: bool) -> None:
        """Have each film that is seen show its moment, so many seconds after the last tick.

        `exact` waits for a picture that is not decoded yet, where nobody looks.
        """
        for panorama, film in self._films.items():
            if panorama.drawn(1.0).visible:
                film.show(panorama.film_s + between_s, exact=exact)

    def follow(self, between: float) -> None:
        """Bring every node to its pose between the last two ticks."""
        for placed, shown in self._shown.items():
            shown.follow(placed, between, self._looks.drive)
            if isinstance(placed, Animal):
                self._herd.follow(placed, between)
        self._resting.follow()

    def press(self, leaves: WayOut | None, share: float) -> None:
        """Have what stands for the way out be pressed so far, 0 to 1, in the next picture."""
        shown = None if leaves is None else self._shown.get(leaves.thing)
        if leaves is None or shown is None or shown.model is None:
            return
        if shown.values.get(leaves.value) != share:
            shown.values[leaves.value] = share
            self._looks.drive(shown.model, leaves.value, share)

    def look_from(self, eye: Vec) -> None:
        """Before a picture seen from there, in metres in the scene."""
        self._herd.look_from(eye)

    def casting(self) -> bool:
        """Whether anything is seen that casts a shadow of its own."""
        return any(shown.casts_now() for shown in self._shown.values())

    def holders(self) -> dict[object, NodePath]:
        """The node of each placed thing, for what is heard from it."""
        return {placed: shown.holder for placed, shown in self._shown.items()}
