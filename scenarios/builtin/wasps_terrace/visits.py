"""Owns the ways of wasps that an event alone brings: they come from the lawn and leave again."""

from __future__ import annotations

import math

from scenarios.api import Animal, Node, Scenario, Solid, Steps

from .table import (
    ARM_M,
    EYES_M,
    FAR,
    GLASS_AT,
    GROUND,
    LEAST_ROUND_M,
    MANY_LOUD,
    PLATE,
    RISES_PER_S,
    SCREEN_M,
    SCREEN_Y,
    SIZES,
    TABLE_Y,
    TOP_Z,
    VISITS_LOUD,
)

ROUND_M_S = 0.56  # around a head


class Visits:
    """Wasps that come to `terrace` and go again."""

    def __init__(self, terrace: Scenario, room: Node) -> None:
        self._terrace, self._room = terrace, room
        self.stage = terrace.stage

    def another(self, aside: float = 0.0, ground: tuple[Solid, ...] = GROUND) -> Animal:
        """A wasp that belongs to the event alone, and comes from the lawn."""
        at = (FAR[0] + aside, FAR[1] + aside, FAR[2])
        size, room = SIZES["wasp"], self._room
        return self.stage.animal(
            "wasp", size=size, at=at, heading=200.0, ground=ground, parent=room
        )

    def humming(
        self, animal: Animal, way: Steps, name: str = "animals/wasp", loud: float = VISITS_LOUD
    ) -> Steps:
        """Let it go its way, and be heard where it is while its wings beat."""
        sound = self.stage.sound(name, at=(0.0, 0.0, 0.0), parent=animal, loop=True, volume=0.0)
        heard = 0.0
        try:
            next(way)
            while True:
                passed = yield
                most = RISES_PER_S * passed
                wanted = loud if animal.aloft else 0.0
                heard += min(most, max(-most, wanted - heard))
                sound.volume = heard
                try:
                    way.send(passed)
                except StopIteration:
                    return
        finally:
            way.close()
            sound.stop()

    def pane(self, another: Animal) -> Steps:
        """Against the far side of the pane, up it, and away."""
        far_side, out = SCREEN_Y + SCREEN_M, (0.0, 1.0, 0.0)
        yield from another.fly_to((0.16, far_side + 0.20, 1.26), speed=1.2)
        self.stage.sound("garden/pane", at=(0.16, SCREEN_Y, 1.26)).play()
        for x in (0.13, 0.08):
            yield from another.fly_to((x, far_side + 0.02, 1.28), speed=0.6)
            yield from another.fly_to((x, far_side + 0.10, 1.30), speed=0.5)
        yield from another.land_on((0.05, far_side, 1.26), up=out, speed=0.4)
        yield from another.walk_to((0.02, far_side, 1.33), up=out, speed=0.03)
        yield from another.fly_to(FAR, speed=1.2)

    def plate(self, another: Animal) -> Steps:
        """To the plate, a few bites, and away."""
        yield from another.fly_to((0.10, 0.76, 1.19), speed=1.2)
        yield from another.circle((0.09, 0.74, 1.12), radius=0.10, seconds=2.0, speed=0.4)
        yield from another.land_on((0.115, 0.658, PLATE[2]), speed=0.35)
        yield from another.act("feed", seconds=4.0)
        yield from another.act("groom", seconds=1.5)
        yield from another.fly_to(FAR, speed=1.2)

    def drinks(self, another: Animal) -> Steps:
        """Onto the near side of the patient's glass, and up to its rim."""
        x, front, towards = GLASS_AT[0], 0.627, (0.0, -1.0, 0.0)
        yield from another.fly_to((x - 0.06, front + 0.02, 0.98), speed=1.2)
        yield from another.land_on((x, front, 0.825), up=towards, speed=0.4)
        self.stage.sound("garden/clink", at=GLASS_AT, volume=0.5).play()
        yield from another.walk_to((x, front, 0.872), up=towards, speed=0.02)
        yield from another.act("feed", seconds=4.0)
        yield from another.fly_to((x - 0.10, 0.80, 1.00), speed=0.6)
        yield from another.fly_to(FAR, speed=1.2)

    def head(self, another: Animal, distance: float, nearest: float) -> Steps:
        """Around the head of a patient who is so many metres away, as near as applied."""
        head = (0.0, TABLE_Y - distance, TOP_Z + EYES_M - 0.04)
        radius = min(ARM_M, max(LEAST_ROUND_M, nearest))
        yield from another.fly_to((0.10, head[1] + 0.85, head[2] - 0.42), speed=1.1)
        # wide and slow enough that it turns gently, and once around from ear to ear
        once_s = 1.09 * math.tau * radius / ROUND_M_S
        yield from another.circle(head, radius=radius, seconds=once_s, speed=ROUND_M_S)
        yield from another.fly_to((0.15, head[1] + 0.8, head[2] - 0.38), speed=0.8)
        yield from another.fly_to(FAR, speed=1.2)

    def edge(self, another: Animal) -> Steps:
        """Along the near edge of the table, at the right hand's side."""
        yield from another.fly_to((0.26, 0.52, 0.92), speed=1.2)
        yield from another.land_on((0.22, 0.478, TOP_Z), speed=0.4)
        yield from another.walk_to((0.02, 0.470, TOP_Z), speed=0.035)
        yield from another.act("groom", seconds=2.0)
        yield from another.walk_to((-0.10, 0.476, TOP_Z), speed=0.035)
        yield from another.fly_to((-0.2, 0.8, 1.1), speed=0.6)
        yield from another.fly_to(FAR, speed=1.2)

    def several(self, count: int) -> Steps:
        """So many over the table, each on its own way; over when the last has left."""
        ways: list[Steps] = []
        for number in range(count):
            other = self.another(0.22 * number)
            ways.append(self.humming(other, self.above(other, number), loud=MANY_LOUD))
            next(ways[-1])
        try:
            while ways:
                passed = yield
                for way in tuple(ways):
                    try:
                        way.send(passed)
                    except StopIteration:
                        ways.remove(way)
        finally:
            for way in ways:
                way.close()

    def above(self, other: Animal, number: int) -> Steps:
        """Over the table, one after the other by its number."""
        yield from self._terrace.wait(0.1 + 0.7 * number)
        x = 0.12 * (number - 1)
        yield from other.fly_to((x, 0.85, 1.02), speed=1.1)
        yield from other.circle((x, 0.86, 0.94), radius=0.16, seconds=5.0, speed=0.36)
        yield from other.fly_to((FAR[0] + 0.3 * number, FAR[1], FAR[2]), speed=1.1)
