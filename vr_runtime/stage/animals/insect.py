"""Owns a living animal with six legs and wings: it walks as others do, flies, hovers and lands.

In the air it is steered: its speed follows what it is told with a little delay, and it weaves from
side to side; nothing leaps. All of it follows from how many animals were made before it.
"""

from __future__ import annotations

import math
from dataclasses import replace
from random import Random
from typing import Any

from scenarios.api.errors import ScenarioError
from scenarios.api.played import Steps
from scenarios.api.stage import Vec
from vr_runtime.language import mark
from vr_runtime.stage.animals.animal import SLOWEST_M_S, Animal, Stance, direction
from vr_runtime.stage.animals.attitude import Held, acted, eased
from vr_runtime.stage.animals.kinds import SpiderKind
from vr_runtime.stage.checked import number, vector
from vr_runtime.stage.models.animals.insect.plan import DRAWN, FEELERS, FLYING
from vr_runtime.stage.space import (
    UP,
    Frame,
    along,
    angle_about,
    framed,
    length,
    level,
    minus,
    mix,
    plus,
    times,
    turned,
    unit,
)

FASTEST_FLIGHT_M_S = 3.0
FOLLOWS_PER_S = 7.0
"""How quickly its speed becomes the one it is told."""
SLOWS_PER_S = 4.0
"""It comes in no faster than so many times what is left of its way, a second."""
ARRIVED_M = 0.006
GIVES_UP_S = 4.0
"""After so long and three times what the way takes it stays where it is: something is before it."""
TURNS_PER_S = math.radians(420.0)
PITCHED_RAD = math.radians(26.0)
"""How far the head is raised while it hovers; less the faster it flies."""
TOUCHES_S = 0.4
"""Seconds of the last bit of a landing, in which it turns to its surface and reaches for it."""
BODY = 0.225
"""Of its length: how high it stands."""
SMALLEST_CIRCLE_M, LARGEST_CIRCLE_M = 0.02, 20.0


class Insect(Animal):
    """The author's `Animal` where its kind has wings."""

    kind: SpiderKind

    __slots__ = ("_air", "_anchor", "_phase", "_reaches", "_side", "_speed", "_steered")

    def __init__(self, *told: Any, **more: Any) -> None:
        self._air = self._steered = False
        self._speed: Vec = (0.0, 0.0, 0.0)
        self._anchor: Vec = (0.0, 0.0, 0.0)
        self._reaches = 0.0
        chance = Random(f"wings {more['number_made']}")
        self._phase = chance.uniform(0.0, 60.0)
        self._side = chance.choice((-1.0, 1.0))
        super().__init__(*told, **more)

    # -- in the air

    @property
    def aloft(self) -> bool:
        """Whether it is in the air."""
        return self._air

    def _put(self, frame: Frame) -> None:
        flew, self._air = self._air, False
        self._speed = (0.0, 0.0, 0.0)
        if flew:
            self._go(frame)
            self._again()
        else:
            super()._put(frame)

    def _again(self) -> None:
        # who lost its ground in the air, as by another size, stays there
        if self._air:
            self._changed = True
        else:
            super()._again()

    def _along(self, target: Vec, up: Vec, speed: float) -> Steps:
        if self._air:
            raise ScenarioError(mark("this animal is in the air: let it land before it walks"))
        return super()._along(target, up, speed)

    def _pace(self, speed: float | None) -> float:
        asked = self.kind.flies if speed is None else speed
        return number("speed", asked, SLOWEST_M_S, FASTEST_FLIGHT_M_S)

    def fly_to(self, target: Vec, *, speed: float | None = None) -> Steps:
        """Fly there and hover."""
        goal, pace = vector("target", target), self._pace(speed)
        return self._flown(goal, pace, ARRIVED_M)

    def _flown(self, goal: Vec, pace: float, arrived_m: float) -> Steps:
        self._take_off()
        left_s = GIVES_UP_S + 3.0 * length(minus(goal, self.at)) / pace
        while length(minus(goal, self.at)) > arrived_m and left_s > 0.0:
            passed = yield
            left_s -= passed
            self._steer(goal, pace, passed)
        self._anchor = self.at if left_s <= 0.0 else goal

    def circle(
        self, middle: Vec, *, radius: float, seconds: float, speed: float | None = None
    ) -> Steps:
        """Fly around a place for so long."""
        centre, pace = vector("middle", middle), self._pace(speed)
        wide = number("radius", radius, SMALLEST_CIRCLE_M, LARGEST_CIRCLE_M)
        left = number("seconds", seconds, 0.1, 600.0)
        return self._around(centre, wide, left, pace)

    def _around(self, centre: Vec, wide: float, left: float, pace: float) -> Steps:
        self._take_off()
        while left > 1e-9:
            passed = yield
            left -= passed
            x, y, _z = minus(self.at, centre)
            # on to a place on the circle a little before it, higher and lower as it goes
            turn = math.atan2(y, x) + self._side * min(0.9, max(0.25, 0.10 / wide))
            high = 0.16 * wide * math.sin(2.1 * turn + 0.5 * self._phase)
            goal = plus(centre, (wide * math.cos(turn), wide * math.sin(turn), high))
            self._steer(goal, pace, passed, slows=False)
        self._anchor = self.at

    def land_on(self, target: Vec, *, up: Vec = UP, speed: float | None = None) -> Steps:
        """Fly there, turn to the surface and stand on it."""
        goal, off = vector("target", target), direction(up)
        return self._landed(goal, off, self._pace(speed))

    def _landed(self, goal: Vec, off: Vec, pace: float) -> Steps:
        near = max(0.02, 1.6 * self._span)
        yield from self._flown(along(goal, off, near), pace, 0.4 * near)
        start, passed_s = self._frame, 0.0
        ahead = unit(level(start.forward, off), start.forward)
        if length(level(start.forward, off)) < 0.3:
            ahead = unit(level(start.up, off), start.up)
        end = framed(goal, ahead, off)
        while passed_s < TOUCHES_S - 1e-9:
            passed = yield
            passed_s += passed
            part = eased(passed_s / TOUCHES_S)
            self._reaches, self._steered = part, True
            self._go(start.towards(end, part))
        self._air, self._speed = False, (0.0, 0.0, 0.0)
        self._go(end)
        self._feet.plant(end, self._span)
        self._own = end.owns(self._feet.tips, self._span)
        self._changed = True

    def _take_off(self) -> None:
        if not self._air:
            self._act = ""
            self._air, self._reaches = True, 1.0
            # away from what it stands on, so that it does not brush along it
            self._speed = times(self.up, 0.15)
        self._steered = True

    def _steer(self, goal: Vec, pace: float, dt: float, *, slows: bool = True) -> None:
        """Fly on towards a place for `dt` seconds."""
        self._steered = True
        self._phase += dt
        way = minus(goal, self.at)
        far = length(way)
        wanted = times(unit(way), min(pace, SLOWS_PER_S * far + 0.01) if slows else pace)
        weaves = 0.28 * min(length(wanted), pace) * min(1.0, far / 0.25)
        side = unit((-way[1], way[0], 0.0), (1.0, 0.0, 0.0))
        wanted = along(wanted, side, weaves * math.sin(5.3 * self._phase))
        wanted = along(wanted, UP, 0.6 * weaves * math.sin(3.7 * self._phase + 1.0))
        follows = min(1.0, FOLLOWS_PER_S * dt)
        self._speed = mix(self._speed, wanted, follows)
        self._fly(along(self.at, self._speed, dt), dt)

    def _fly(self, at: Vec, dt: float) -> None:
        """Be there, turned to where it flies, its head raised."""
        fast = math.hypot(self._speed[0], self._speed[1])
        forward = unit(level(self._frame.forward, UP), (0.0, 1.0, 0.0))
        if fast > 0.04:
            heads = (self._speed[0] / fast, self._speed[1] / fast, 0.0)
            turn, most = angle_about(UP, forward, heads), TURNS_PER_S * dt
            forward = turned(forward, UP, min(most, max(-most, turn)))
        raised = PITCHED_RAD / (1.0 + 1.5 * fast)
        up = unit(along(times(UP, math.cos(raised)), forward, -math.sin(raised)))
        up = unit(mix(self._frame.up, up, min(1.0, 6.0 * dt)), up)
        self._reaches = max(0.0, self._reaches - 4.0 * dt)
        self._go(framed(self._out_of_the_ground(at), forward, up))

    def _out_of_the_ground(self, at: Vec) -> Vec:
        """It flies into nothing that it could stand on."""
        room = 0.25 * self._span
        x, y, z = at
        for low, high in self._boxes:
            if (
                low[0] - room < x < high[0] + room
                and low[1] - room < y < high[1] + room
                and low[2] - room < z < high[2] + room
            ):
                ways = [(high[2] + room - z, (x, y, high[2] + room))]
                ways += [(x - low[0] + room, (low[0] - room, y, z))]
                ways += [(high[0] + room - x, (high[0] + room, y, z))]
                ways += [(y - low[1] + room, (x, low[1] - room, z))]
                ways += [(high[1] + room - y, (x, high[1] + room, z))]
                ways += [(z - low[2] + room, (x, y, low[2] - room))]
                x, y, z = min(ways)[1]
        return (x, y, z)

    # -- what a tick makes of it

    def live(self, dt: float) -> None:
        """`dt` seconds passed."""
        if not self._air:
            super().live(dt)
            return
        if not self.visible:
            self._unseen(dt)
            return
        self._go_on(dt)
        self._breath = (self._breath + 2.0 * dt) % (200.0 * math.pi)
        if not self._steered:
            # nobody leads it: it hovers where it was left
            bob = (0.012 * math.sin(1.7 * self._phase), 0.012 * math.cos(1.3 * self._phase), 0.0)
            self._steer(plus(self._anchor, bob), 0.12, dt)
        self._steered = False
        rest = self.kind.skeleton.limbs
        sway = 0.015 * math.sin(3.0 * self._breath)
        self._own = []
        for k, hangs in FLYING.items():
            swung = plus(hangs, (0.0, sway if k % 2 else -sway, 0.0))
            self._own.append(mix(swung, rest[k].rest, self._reaches))
        self._held = self._hold_itself()
        self._was = self._frame
        self._changed = True

    def _hold_itself(self) -> Held:
        bones = self.kind.skeleton
        breath = self._breath if self.values["life"] > 0.0 else 0.0
        feelers = [bones.limbs[k].rest for k in FEELERS]
        lifted: dict[int, Vec] = {}
        pitch = 0.0
        on = acted(self._act, self._act_s, self._act_span_s) if self._act else 0.0
        tapping = 0.5 + 0.5 * on if self._act == "feed" else 0.35
        for k in (0, 1):
            sign = 1.0 if k == 0 else -1.0
            dip = 0.030 * tapping * math.sin(4.3 * breath + 2.4 * k)
            wave = 0.022 * tapping * math.sin(3.1 * breath + 1.1 * k)
            feelers[k] = plus(feelers[k], (sign * wave, 0.4 * dip, dip))
        if self._act == "groom":
            # the fore legs draw the feelers down and rub each other
            for leg, sign, k in ((0, 1.0, 0), (4, -1.0, 1)):
                rub = math.sin(8.0 * self._act_s + (math.pi if k else 0.0))
                before = (sign * 0.030, 0.47 + 0.03 * rub, 0.12 + 0.03 * rub)
                lifted[leg] = mix(self._own[leg], before, on)
                feelers[k] = mix(feelers[k], (sign * 0.07, 0.54, 0.13 + 0.02 * rub), on)
            pitch = -0.10 * on
        elif self._act == "feed":
            pitch = -0.26 * on
            for k in (0, 1):
                feelers[k] = plus(feelers[k], (0.0, 0.0, -0.13 * on))
        x = y = z = 0.0
        if not self._air:
            for k in DRAWN:
                tip, limb = self._own[k], bones.limbs[k]
                x, y, z = x + tip[0] - limb.rest[0], y + tip[1] - limb.rest[1], z + tip[2]
        x, y, z = (max(-0.2, min(0.2, each / len(DRAWN))) for each in (x, y, z))
        # it breathes by drawing its abdomen in and out
        pump = 0.035 * math.sin(3.6 * breath) - (0.16 if self._air else 0.0) - 0.5 * pitch
        high = bones.height + 0.25 * max(-0.1, min(0.1, z)) - 0.02 * on
        return Held(
            lifted,
            (0.2 * x, 0.2 * y, high, pitch),
            (0.0, 0.10 * x, pump, 0.0),
            (feelers[0], feelers[1]),
        )

    def _stance(self) -> Stance:
        return replace(super()._stance(), aloft=self._air)
