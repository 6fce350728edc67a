"""Owns the terrace's own insects: which are there, what each does by itself, how they are heard.

What is led by an event or a task does nothing by itself meanwhile.
"""

from __future__ import annotations

import math

from scenarios.api import Animal, Node, Scenario, Sound, Steps, Vec

from .table import (
    BEE,
    CIRCLES,
    DARTS,
    EYES_M,
    FREE,
    GLASS,
    GROUND,
    HOMES,
    HORNET_EACH,
    HORNETS,
    LANDS_M_S,
    LOUD,
    MOST,
    MOST_HEARD,
    MOST_IN_AIR,
    PICTURE,
    RISES_PER_S,
    SILENT,
    SITS,
    SIZES,
    SPOT,
    STILL,
    TABLE_Y,
    TOP_Z,
    TURNS_M_S,
)

GATHERS = 0.5
"""Where they dart about over the table, of how far aside they live: before the patient's eyes."""
COMES_M = 0.6
"""Who may come nearer than this to the face does so now and then; others keep to the table."""


class Swarm:
    """All insects of the terrace, of which none is seen at first."""

    def __init__(self, terrace: Scenario, room: Node) -> None:
        """They are made in `terrace`'s place, and follow its random numbers."""
        self._terrace, self._room = terrace, room
        self.random = terrace.random
        self._count = self._kind = self._barrier = self._flight = 0
        self._realism, self._distance, self._buzz = 1, 1.0, 0.0
        self._speed, self._nearest = 0.3, 1.0
        self._bees = [self._made("bee", number) for number in range(MOST)]
        self._wasps = [self._made("wasp", number) for number in range(MOST)]
        self._hornets = [self._made("hornet", n) for n in range(1, MOST, HORNET_EACH)]
        self._ways: list[Steps | None] = [None] * MOST
        self._rests = [self.random.uniform(0.5, 4.0) for _ in range(MOST)]
        self._led = False
        self._applied = (-1,) * 5
        self.seen: list[Animal] = []
        """Those that are there, the one at the glass or the plate first."""
        self.buzzes: dict[Animal, Sound] = {}
        """The voice of each that has one."""
        self._heard: dict[Animal, float] = {}
        voices = ((self._bees, "animals/bee"), (self._wasps, "animals/wasp"))
        for animals, name in (*voices, (self._hornets, "animals/hornet")):
            for animal in animals[:MOST_HEARD]:
                sound = terrace.stage.sound(
                    name, at=(0.0, 0.0, 0.0), parent=animal, loop=True, volume=SILENT
                )
                sound.rate = self.random.uniform(0.94, 1.06)
                self.buzzes[animal], self._heard[animal] = sound, SILENT
        for first in (self._bees[0], self._wasps[0]):
            terrace.stage.target("insect", at=(0.0, 0.0, 0.02), radius=0.12, parent=first)

    def _made(self, kind: str, number: int) -> Animal:
        animal = self._terrace.stage.animal(
            kind,
            size=SIZES[kind],
            at=HOMES[number],
            heading=180.0 + self.random.uniform(-70.0, 70.0),
            ground=GROUND,
            parent=self._room,
        )
        animal.set("dark", self.random.uniform(0.35, 0.65))
        animal.visible = False
        return animal

    @property
    def first(self) -> Animal:
        """The one at the glass or the plate."""
        return self.seen[0]

    def follow(
        self,
        dt: float,
        *,
        count: int,
        realism: int,
        kind: int,
        barrier: int,
        flight: int,
        distance: float,
        buzz: float,
        speed: float,
        nearest: float,
    ) -> None:
        """Go on for `dt` seconds as applied.

        `distance` and `nearest`, to the face, are in metres, `buzz` in %, `speed` in m/s.
        """
        self._distance, self._buzz = distance, buzz
        self._speed, self._nearest = speed, nearest
        applied = (count, realism, kind, barrier, flight)
        if applied != self._applied:
            moved = barrier != self._applied[3]
            self._applied = applied
            self._realism, self._kind, self._barrier, self._flight = applied[1:]
            self._choose(count, moved)
        if dt > 0.0 and flight != STILL:
            for number in range(1 if self._led else 0, len(self.seen)):
                self._go_on(number, dt, flight)
        self._sound(dt)

    def take_over(self) -> None:
        """From now on the first does nothing by itself."""
        self._led, self._ways[0] = True, None

    def give_back(self) -> None:
        """It is left to itself."""
        self._led = False

    def settle(self) -> None:
        """Each at its home."""
        for number, animal in enumerate(self.seen):
            self._settle(number, animal)

    def home(self, number: int = 0) -> Vec:
        """Where one keeps to."""
        return SPOT if number == 0 and self._barrier == GLASS else HOMES[number]

    # -- which insects there are, and where

    def _choose(self, count: int, moved: bool) -> None:
        """Show as many of the kind as are applied; who is new begins at its home."""
        seen = count if self._barrier != PICTURE else 0
        swarm = [self._of_kind(number, self._kind) for number in range(seen)]
        for animal in set(self._bees + self._wasps + self._hornets) - set(swarm):
            if animal.visible:
                animal.visible = False
                self._hush(animal)
        before, self.seen = self.seen, swarm
        for number, animal in enumerate(swarm):
            animal.realism = self._realism
            animal.set("life", 0.0 if self._flight == STILL else 1.0)
            new = number >= len(before) or before[number] is not animal
            if new or (number == 0 and moved) or (animal.aloft and self._flight < CIRCLES):
                animal.visible = True
                self._settle(number, animal)

    def _of_kind(self, number: int, kind: int) -> Animal:
        if kind == BEE:
            return self._bees[number]
        if kind == HORNETS and number % HORNET_EACH == 1:
            return self._hornets[number // HORNET_EACH]
        return self._wasps[number]

    def _settle(self, number: int, animal: Animal) -> None:
        """Put it to where it begins, out of sight and silent on its way."""
        self._ways[number] = None
        if animal.aloft or animal.at != self.home(number):
            self._hush(animal)
            animal.at = self.home(number)
        if number == 0:
            animal.heading = 205.0

    # -- what they do by themselves

    def _go_on(self, number: int, dt: float, flight: int) -> None:
        """Let one rest, feed or fly; not all are in the air at one time."""
        self._rests[number] -= dt
        if self._rests[number] > 0.0:
            return
        way = self._ways[number]
        try:
            if way is not None:
                way.send(dt)
                return
            busy = sum(each is not None for each in self._ways)
            if busy < MOST_IN_AIR or number == 0:
                way = self._ways[number] = self._about(number, flight)
                next(way)
        except StopIteration:
            self._ways[number] = None
            least, most = (1.0, 3.5) if flight == DARTS else (1.0, 4.0)
            self._rests[number] = self.random.uniform(least, most)

    def _about(self, number: int, flight: int) -> Steps:
        """What it does next, until it stands again."""
        animal, home, chance = self.seen[number], self.home(number), self.random
        if flight == SITS:
            yield from animal.act("feed", seconds=chance.uniform(2.0, 4.0))
            yield from self._steps(animal, home, 0.012)
            yield from animal.act("groom", seconds=chance.uniform(1.5, 3.0))
            return
        x, y, z = home
        turns, lands = min(self._speed, TURNS_M_S), min(self._speed, LANDS_M_S)
        if self._barrier == GLASS:
            yield from self.under_glass(animal)
            return
        if flight == CIRCLES:
            yield from animal.circle(
                (x, y + 0.08, z + chance.uniform(0.10, 0.20)),
                radius=chance.uniform(0.10, 0.17),
                seconds=chance.uniform(3.0, 6.0),
                speed=turns,
            )
            yield from animal.land_on(home, speed=lands)
            yield from animal.act("feed", seconds=chance.uniform(3.0, 6.0))
            yield from self._steps(animal, home, 0.02)
            return
        for _ in range(chance.randint(1, 2)):
            yield from animal.fly_to(
                self._somewhere(home), speed=self._speed * chance.uniform(0.8, 1.0)
            )
            if chance.random() < 0.5:
                yield from self._terrace.wait(chance.uniform(0.2, 0.7))
        yield from animal.circle(
            (GATHERS * x, y + 0.05, z + 0.14),
            radius=0.13,
            seconds=chance.uniform(0.4, 0.9),
            speed=turns,
        )
        yield from animal.land_on(home, speed=lands)
        yield from animal.act("feed", seconds=chance.uniform(2.5, 6.0))

    def under_glass(self, animal: Animal) -> Steps:
        """A few turns in the air where a glass stands over it, and down again."""
        x, y, z = SPOT
        yield from animal.circle((x, y, z + 0.045), radius=0.03, seconds=4.0, speed=0.14)
        yield from animal.land_on(SPOT, speed=0.14)

    def _steps(self, animal: Animal, home: Vec, far: float) -> Steps:
        """A few steps aside, on the same surface."""
        x, y, z = home
        chance = self.random
        yield from animal.walk_to((x + chance.uniform(-far, far), y + chance.uniform(-far, far), z))

    def _somewhere(self, home: Vec) -> Vec:
        """A place in the air over the table; where nothing separates, near the patient too."""
        chance, near = self.random, self._nearest
        face = (0.0, TABLE_Y - self._distance, TOP_Z + EYES_M)
        if self._barrier == FREE and near < COMES_M and chance.random() < 0.45:
            place = (
                chance.uniform(-0.10, 0.10),
                face[1] + chance.uniform(0.75, 1.25) * near,
                face[2] + chance.uniform(-0.38, -0.04),
            )
        else:
            place = (
                GATHERS * home[0] + chance.uniform(-0.15, 0.15),
                max(0.50, home[1] + chance.uniform(-0.15, 0.25)),
                TOP_Z + chance.uniform(0.14, 0.42),
            )
        return _away_from(place, face, near)

    # -- how they sound

    def _sound(self, dt: float) -> None:
        """Who flies is heard where it is; a buzz rises and fades, whatever its wings do."""
        aloft = [animal for animal in self.seen if animal.aloft and animal in self.buzzes]
        loud = 0.01 * self._buzz * LOUD / math.sqrt(max(1, len(aloft)))
        for animal, sound in self.buzzes.items():
            heard = self._heard[animal]
            wanted = max(SILENT, loud) if animal in aloft else SILENT
            if heard != wanted:
                most = RISES_PER_S * dt
                heard += min(most, max(-most, wanted - heard))
                self._heard[animal] = heard
                sound.volume = heard

    def _hush(self, animal: Animal) -> None:
        if animal in self.buzzes:
            self._heard[animal] = SILENT
            self.buzzes[animal].volume = SILENT


def _away_from(place: Vec, face: Vec, least_m: float) -> Vec:
    """The place, or one on the way out from the face where it is nearer than `least_m`."""
    way = (place[0] - face[0], place[1] - face[1], place[2] - face[2])
    far = math.sqrt(way[0] ** 2 + way[1] ** 2 + way[2] ** 2)
    if far >= least_m:
        return place
    k = least_m / max(far, 1e-6)
    return (face[0] + way[0] * k, face[1] + way[1] * k, face[2] + way[2] * k)
