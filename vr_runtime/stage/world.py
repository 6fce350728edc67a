"""Owns what a scenario may do to the world, to whom it belongs and when it goes.

Knows no renderer: what is seen and heard is told to a `Scenery`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal

from scenarios.api.animals import Solid
from scenarios.api.errors import ScenarioError
from scenarios.api.exercises import Breathing, Tensing
from scenarios.api.manifest import Motion, Words
from scenarios.api.opening import Opening
from scenarios.api.pose import Pose
from scenarios.api.stage import Node, Vec, Viewer
from vr_runtime.flash.governor import Governor
from vr_runtime.language import _, mark
from vr_runtime.stage.animals.animal import Animal
from vr_runtime.stage.animals.made import animal
from vr_runtime.stage.checked import TooMany, known, marker, number, says, shown, vector
from vr_runtime.stage.darkness import Darkness
from vr_runtime.stage.fading import Fading
from vr_runtime.stage.guided import Guided
from vr_runtime.stage.heard import Heard
from vr_runtime.stage.lamp import MOST_LAMPS, Lamp
from vr_runtime.stage.models.gltf import extent
from vr_runtime.stage.names import Names
from vr_runtime.stage.news import StageNews
from vr_runtime.stage.own import OwnFiles, is_own
from vr_runtime.stage.panorama import MOST_PANORAMAS, Panorama
from vr_runtime.stage.placed import Placed, standing
from vr_runtime.stage.resting import Resting
from vr_runtime.stage.rooms import planned
from vr_runtime.stage.scenery import Scenery
from vr_runtime.stage.sign import MOST_SIGNS, sign
from vr_runtime.stage.sky import Sky
from vr_runtime.stage.spoken import Caption, Spoken
from vr_runtime.stage.surroundings import GROUND_M, stirred
from vr_runtime.stage.target import Target, meets
from vr_runtime.stage.vehicle import Carriage
from vr_runtime.stage.viewer import StandingViewer
from vr_runtime.stage.way_out import WayOut, words_of
from vr_runtime.stage.waypoints import RING, Waypoints

SCENE = "scene"
MOST_THINGS = 4000
MOST_SOUNDS = 64
MOST_VEHICLES = 16
CHIME = "calm/chime"
"""What is heard of a vehicle before it moves, and from how high above its floor."""
CHIME_AT: Vec = (0.0, 0.0, 2.0)
LONGEST_MARK = 80
SAID_BEFORE = mark(
    "a vehicle says in French and in English that it will move, in at most {n} characters each"
)


class World:
    """The author's `Stage`."""

    def __init__(self, names: Names, scenery: Scenery) -> None:
        self.governor = Governor()
        """What darkness, fades, lamps, hour and clouds pass before they are seen."""
        self.standing = StandingViewer(self.governor)
        self.darkness = Darkness(self.governor)
        self.fading = Fading(self.governor)
        self.news = StageNews()
        self.vehicles: list[Carriage] = []
        self.stays = False
        """Whether the therapist holds: no vehicle carries the patient on."""
        self.viewer: Viewer = self.standing
        self.placed: list[Placed] = []
        self.heard: list[Heard] = []
        self.wind_strength, self.sky = 0.0, Sky()
        self.marked: list[str] = []
        self.spoken = Spoken()
        self.ways = Waypoints()
        self.exit: WayOut | None = None
        """What stands for the patient's way out, where a scenario says so."""
        self.targets: frozenset[str] = frozenset()
        """Names of what the scenario declares as targets."""
        self.motion: Motion = "high"
        """What may move the view, as the scenario declares it."""
        self.owner = SCENE
        self.own = OwnFiles(None)
        """The scenario's own files."""
        self._names, self._scenery = names, scenery
        self._lamps_made = self._animals_made = 0

    def model(
        self,
        name: str,
        *,
        at: Vec = (0.0, 0.0, 0.0),
        heading: float = 0.0,
        parent: Node | None = None,
    ) -> Placed:
        """Place a model that ships, or an own one; raises `ScenarioError` for a wrong name."""
        if is_own(name):
            return self._own_model(name, at, heading, parent)
        known("model", name, self._names.models)
        parameters, is_place = self._names.models[name], name in self._names.places
        placed = self._place(at, heading, parent, parameters, is_place=is_place)
        placed.made_of = f"model {name}"
        self._scenery.model(placed, name)
        return placed

    def _own_model(self, name: str, at: Vec, heading: float, parent: Node | None) -> Placed:
        file = self.own.find("model", name)
        low, high = extent(file)
        # What is as large as a place is one: it is never seen to move past who stands.
        broad = min(high[0] - low[0], high[1] - low[1]) >= GROUND_M
        placed = self._place(at, heading, parent, frozenset(), is_place=broad)
        placed.made_of = f"model {name}"
        self._scenery.own_model(placed, file)
        return placed

    def panorama(self, name: str, *, heading: float = 0.0) -> Panorama:
        """An own picture or film all around; raises `ScenarioError` for one that cannot be had."""
        if self.owner != SCENE:
            told = _("a panorama is made in `build`; an event switches its `visible`")
            raise ScenarioError(told)
        file = self.own.find("panorama", name)
        if sum(isinstance(placed, Panorama) for placed in self.placed) >= MOST_PANORAMAS:
            raise TooMany("more than {n} panoramas; remove some", n=MOST_PANORAMAS)
        panorama = Panorama(
            name=name, heading=heading, owner=self.owner, forget=self._forget_placed
        )
        self.placed.append(panorama)
        self._scenery.panorama(panorama, file)
        return panorama

    def resting_place(self, name: Literal["meadow", "shore", "room"]) -> Resting:
        """One of the resting places; raises `ScenarioError` for one that cannot be had."""
        if self.owner != SCENE or self.resting is not None:
            raise ScenarioError("a scenario has one resting place at most, made in `build`")
        place = Resting(name, owner=self.owner, forget=self._forget_placed)
        self.placed.append(place)
        self._scenery.resting(place)
        return place

    @property
    def resting(self) -> Resting | None:
        """The resting place that stands here, if any."""
        return next((each for each in self.placed if isinstance(each, Resting)), None)

    def guide(self, exercise: Breathing | Tensing) -> Guided:
        """Show a guide to an exercise, in place of any other."""
        made = Guided(exercise, owner=self.owner, forget=self._forget_placed)
        for before in self.guides():
            before.remove()
        self.placed.append(made)
        return made

    def guides(self) -> list[Guided]:
        """The guide that is shown: none or one."""
        return [each for each in self.placed if isinstance(each, Guided)]

    def animal(
        self,
        kind: str,
        *,
        realism: int = 5,
        size: float | None = None,
        at: Vec = (0.0, 0.0, 0.0),
        heading: float = 0.0,
        up: Vec = (0.0, 0.0, 1.0),
        coat: str | None = None,
        ground: Sequence[Solid] = (),
        parent: Node | None = None,
    ) -> Animal:
        """An animal that lives; raises `ScenarioError` for what it cannot be."""
        if len(self.placed) >= MOST_THINGS:
            raise TooMany("more than {n} things; remove some, or join them", n=MOST_THINGS)
        made = animal(
            kind,
            realism=realism,
            size=size,
            at=at,
            heading=heading,
            up=up,
            coat=coat,
            ground=ground,
            number_made=self._animals_made,
            among=self.animals(),
            parent=self._carrier(parent),
            owner=self.owner,
            forget=self._forget_placed,
        )
        self._animals_made += 1
        self.placed.append(made)
        self._scenery.model(made, made.kind.model)
        return made

    def animals(self) -> list[Animal]:
        """The animals that there are."""
        return [placed for placed in self.placed if isinstance(placed, Animal)]

    def box(
        self, size: Vec, *, material: str, at: Vec = (0.0, 0.0, 0.0), parent: Node | None = None
    ) -> Placed:
        """Place a box, `at` in the middle of its base; `ScenarioError` for a wrong material."""
        known("material", material, self._names.materials)
        checked = vector("size", size)
        if min(checked) <= 0.0:
            told = mark("a box needs a size above 0 along each axis, not {size}")
            raise ScenarioError(told, size=shown(size))
        placed = self._place(at, 0.0, parent, frozenset(), size=checked)
        placed.made_of = f"box {checked} {material}"
        self._scenery.box(placed, checked, material)
        return placed

    def text(
        self,
        words: Mapping[str, str],
        *,
        at: Vec,
        heading: float = 0.0,
        height: float = 0.1,
        width: float = 1.6,
        plate: str | None = "white_paint",
        parent: Node | None = None,
    ) -> Placed:
        """A sign in the patient's language; raises `ScenarioError` for one nobody can read."""
        checked = sign(words, height, width, plate, self._names.materials)
        if self._signs() >= MOST_SIGNS:
            raise TooMany("more than {n} signs; remove some, or join them", n=MOST_SIGNS)
        placed = self._place(at, heading, parent, frozenset())
        placed.is_sign = True
        placed.made_of = checked.mark
        self._scenery.text(placed, checked)
        return placed

    def _signs(self) -> int:
        return sum(placed.is_sign for placed in self.placed)

    def room(
        self,
        size: Vec,
        *,
        at: Vec = (0.0, 0.0, 0.0),
        heading: float = 0.0,
        wall: str = "plaster",
        floor: str = "wood",
        ceiling: str = "white_paint",
        openings: Sequence[Opening] = (),
        parent: Node | None = None,
    ) -> Placed:
        """A room with a lamp in its ceiling; raises `ScenarioError` for what cannot be built."""
        plan = planned(size, wall, floor, ceiling, openings, self._names.materials)
        placed = self._place(at, heading, parent, frozenset(), is_place=True)
        placed.made_of = repr(plan)
        self._scenery.room(placed, plan)
        across, along, up = plan.size
        # At the ceiling itself, which it then leaves to the light of the whole room.
        lamp = self.lamp(
            (0.0, 0.0, up - 0.02), reach=2.0 * (across + along + up), light=0.8, parent=placed
        )
        lamp.soft = True
        return placed

    def _place(
        self,
        at: Vec,
        heading: float,
        parent: Node | None,
        parameters: frozenset[str],
        *,
        is_place: bool = False,
        size: Vec | None = None,
    ) -> Placed:
        if len(self.placed) >= MOST_THINGS:
            raise TooMany("more than {n} things; remove some, or join them", n=MOST_THINGS)
        placed = Placed(
            at=at,
            heading=heading,
            parent=self._carrier(parent),
            parameters=parameters,
            owner=self.owner,
            forget=self._forget_placed,
            is_place=is_place,
            size=size,
        )
        self.placed.append(placed)
        return placed

    def sound(
        self,
        name: str,
        *,
        at: Vec | None = None,
        parent: Node | None = None,
        loop: bool = False,
        volume: float = 1.0,
    ) -> Heard:
        """A sound that ships, or an own one; raises `ScenarioError` for a wrong name."""
        file = self.own.find("sound", name) if is_own(name) else None
        if file is None:
            known("sound", name, self._names.sounds)
        if len(self.heard) >= MOST_SOUNDS:
            raise TooMany("more than {n} sounds; play one again instead", n=MOST_SOUNDS)
        heard = self._hears(at, parent, loop=loop, volume=volume, line=False)
        heard.made_of = name
        self.heard.append(heard)
        if file is None:
            self._scenery.sound(heard, name)
        else:
            self._scenery.own_sound(heard, file)
        return heard

    def _hears(
        self, at: Vec | None, parent: Node | None, *, loop: bool, volume: float, line: bool
    ) -> Heard:
        return Heard(
            at=at,
            parent=self._carrier(parent),
            loop=loop,
            volume=volume,
            owner=self.owner,
            forget=self._forget_heard,
            asked=self.news.sound,
            line=line,
        )

    @property
    def caption(self) -> Caption | None:
        """The words of the line being spoken, or None."""
        return self.spoken.caption

    def say(self, line: str, *, at: Vec | None = None, parent: Node | None = None) -> float:
        """Let a declared line be spoken; raises `ScenarioError` with the nearest name.

        A line that is being spoken goes on, so that saying it in every tick is no stammer.
        """
        recording = self.spoken.recording(line)
        if self.caption is not None and self.caption.name == line:
            return self.caption.left_s
        voice = self._hears(at, parent, loop=False, volume=1.0, line=True)
        seconds = self.spoken.begin(line, voice, self.owner)
        voice.made_of = line
        self.heard.append(voice)
        self._scenery.sound(voice, recording)
        return seconds

    def vehicle(self, cabin: Node, *, fr: str, en: str) -> Carriage:
        """Make a vehicle of a thing that stands in the world.

        Raises:
            ScenarioError: the cabin stands on something, is gone or is a vehicle already; a text is
                missing; there are 16 vehicles; the scenario declares that nothing moves the view.
        """
        if self.motion == "none":
            raise ScenarioError('a vehicle needs `comfort = Comfort(motion="low")`, or "high"')
        placed = standing(cabin)
        if placed is None:
            raise ScenarioError("a vehicle needs a cabin that stands in this world")
        if any(vehicle.cabin is placed for vehicle in self.vehicles):
            raise ScenarioError("this cabin is a vehicle already")
        if len(self.vehicles) >= MOST_VEHICLES:
            raise TooMany("more than {n} vehicles", n=MOST_VEHICLES)
        if not all(says(text, LONGEST_MARK) for text in (fr, en)):
            raise ScenarioError(SAID_BEFORE, n=LONGEST_MARK)
        made = Carriage(placed, self.news, low=self.motion == "low")
        mark = self.sound(CHIME, parent=placed, at=CHIME_AT)
        self.news.introduce(made, Words(fr=fr.strip(), en=en.strip()), mark)
        self.vehicles.append(made)
        return made

    def target(
        self, name: str, *, at: Vec, radius: float = 1.0, parent: Node | None = None
    ) -> Placed:
        """Place one of the declared targets; raises `ScenarioError` with the nearest name."""
        known("target", name, self.targets)
        if len(self.placed) >= MOST_THINGS:
            raise TooMany("more than {n} things; remove some, or join them", n=MOST_THINGS)
        carrier, forget = self._carrier(parent), self._forget_placed
        target = Target(name, at=at, radius=radius, parent=carrier, owner=self.owner, forget=forget)
        self.placed.append(target)
        return target

    def meets(self, name: str, pose: Pose) -> bool:
        """Whether a patient in this pose looks at a target of this name; `ScenarioError`."""
        known("target", name, self.targets)
        feet = self.standing.drawn(1.0)
        found = (t for t in self.placed if isinstance(t, Target) and t.name == name)
        return any(meets(pose, feet, target) for target in found)

    @staticmethod
    def _carrier(parent: Node | None) -> Placed | None:
        """What carries something; raises `ScenarioError` for what carries nothing."""
        carrier = standing(parent)
        if isinstance(carrier, Target | Resting | Guided):
            raise ScenarioError("nothing stands on a gaze target, a resting place or a guide")
        return carrier

    def darken(self, share: float) -> None:
        """How much of the scene's light is taken away, 0 to 1; it takes 0.3 s and never flashes."""
        self.darkness.ask(share)

    def fade(self, share: float) -> None:
        """How far the scene fades towards a calm tone, 0 to 1; it takes 2 s and never flashes."""
        self.fading.ask(share)

    def pass_time(self, dt: float) -> None:
        """Let lights, vehicles and whoever rides in them go on for `dt` seconds."""
        viewer = self.standing
        self.governor.advance(dt)
        self.darkness.advance(dt, seen=viewer.seen)
        self.fading.advance(dt, seen=viewer.seen)
        for guide in self.guides():
            guide.go_on()
        self.vehicles = [v for v in self.vehicles if not v.cabin.removed]
        for vehicle in self.vehicles:
            vehicle.ridden, vehicle.stays = viewer.rides(vehicle), self.stays
            if vehicle.overran:
                # Put back where the hold found it: whoever rides has seen no more of the way.
                if viewer.dark:
                    vehicle.go_back()
                else:
                    viewer.cover(soon=True)
            vehicle.advance(dt, seen=viewer.seen)
        for each in self.animals():
            each.live(dt)
        viewer.advance(dt)
        self.news.advance(dt)
        if viewer.seen:
            for panorama in self.panoramas():
                panorama.go_on(dt)
        else:
            self.news.hush()
        if self.governor.limited:
            self.governor.limited = False
            self.news.limit("flashing")

    def held(self) -> set[Placed]:
        """What a script moved and is not shown until the next dark moment, which is asked for."""
        viewer = self.standing
        if not viewer.seen or viewer.dark:
            return set()
        switched: set[Placed] = {each for each in self.panoramas() if each.switched}
        if switched:
            viewer.cover(soon=True)
        if viewer.footing.carriage is not None:
            return switched
        moved = stirred(self.placed, viewer.footing.at)
        if moved and not viewer.waiting:
            viewer.cover()
            self.news.limit("surroundings")
        return moved | switched

    def panoramas(self) -> list[Panorama]:
        """The pictures and films all around that there are, seen or not."""
        return [placed for placed in self.placed if isinstance(placed, Panorama)]

    def wind(self, strength: float) -> None:
        """How strongly what can sway sways, 0 to 1."""
        self.wind_strength = number("wind", strength, 0.0, 1.0)

    def clouds(self, share: float) -> None:
        """How clouded the sky is, 0 to 1; it changes as slowly as `Sky` lets it."""
        self.sky.clouds(share)

    def daylight(self, share: float) -> None:
        """1 noon, 0.5 late afternoon, 0.25 dusk, 0 night; it changes as slowly as `Sky` lets it."""
        self.sky.day(share)

    def rain(self, strength: float) -> None:
        """How strongly it rains, 0 to 1; it changes as slowly as `Sky` lets it."""
        self.sky.rain(strength)

    def lightning(self, strength: float) -> None:
        """One soft glow of lightning in the clouds, 0 to 1; none too soon after another."""
        self.sky.flash(strength)

    def lamp(
        self, at: Vec, *, reach: float = 8.0, light: float = 1.0, parent: Node | None = None
    ) -> Lamp:
        """A lamp, unseen itself; raises `ScenarioError` for one too many."""
        if len(self.lamps()) >= MOST_LAMPS:
            raise TooMany("more than {n} lamps; remove one, or move it", n=MOST_LAMPS)
        lamp = Lamp(
            at=at,
            reach=reach,
            light=light,
            parent=self._carrier(parent),
            owner=self.owner,
            forget=self._forget_placed,
            channel=f"lamp {self._lamps_made}",
        )
        self._lamps_made += 1
        self.placed.append(lamp)
        self._scenery.lamp(lamp)
        return lamp

    def lamps(self) -> list[Lamp]:
        """The lamps that stand in the world."""
        return [placed for placed in self.placed if isinstance(placed, Lamp)]

    def drift(self, dt: float) -> None:
        """Let sky and lamps change for `dt` seconds."""
        seen = self.standing.seen
        self.sky.drift(dt, self.governor, seen=seen)
        for lamp in self.lamps():
            lamp.burn(dt, self.governor, seen=seen)
        if self.resting is not None:
            self.resting.change(dt, self.governor, seen=seen)

    def calm(self) -> None:
        """The scenario is gone: no wind, a fair noon."""
        self.wind_strength = 0.0
        self.sky.fair()
        self.sky.leave(self.governor)
        self.darkness.calm()
        self.fading.calm()
        self.vehicles.clear()
        self.exit = None
        self.news.forget()
        self._animals_made = 0

    def mark(self, text: str) -> None:
        """Put a marker into the record; longer ones are cut to 80 characters."""
        self.marked.append(marker(text, LONGEST_MARK))

    def waypoint(self, number: int, *, at: Vec) -> Placed:
        """A ring for a mark of the declared walk; `ScenarioError` where there is no such mark."""
        return self.ways.lay(number, self.model(RING, at=at))

    def way_out(self, thing: Node, value: str, *, fr: str, en: str) -> None:
        """Let a thing stand for the patient's way out; raises `ScenarioError` where it cannot."""
        if self.owner != SCENE or self.exit is not None:
            raise ScenarioError("a scenario has one way out at most, said in `build`")
        if not isinstance(thing, Placed) or thing.removed:
            raise ScenarioError("what stands for the way out must stand in this world")
        words = words_of(fr, en)
        thing.set(value, 0.0)
        self.exit = WayOut(thing, value, words)

    def _forget_placed(self, placed: Placed) -> None:
        for child in [p for p in self.placed if p.parent is placed]:
            child.remove()
        for sound in [s for s in self.heard if s.parent is placed]:
            sound.remove()
        placed.removed = True
        if isinstance(placed, Lamp):
            # its light is gone at once, and whatever comes up next has one change less
            self.governor.happened(placed.channel, 0.0)
            self.governor.forget(placed.channel)
        self.placed.remove(placed)
        if not isinstance(placed, Target | Guided):
            self._scenery.gone(placed)

    def _forget_heard(self, heard: Heard) -> None:
        heard.removed = True
        self.heard.remove(heard)
        self._scenery.gone(heard)
