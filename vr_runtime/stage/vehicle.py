"""Owns how a vehicle moves and what it keeps of comfort, whatever a script asks; draws nothing."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Protocol

from scenarios.api.errors import ScenarioError
from scenarios.api.stage import Vec
from vr_runtime.stage.checked import number, vector
from vr_runtime.stage.placed import Placed, Pose, blend
from vr_runtime.stage.rocking import Rocking
from vr_runtime.stage.runs import Run, largest_ramp, run
from vr_runtime.wire.happenings import Comfort

MOST_M_S2 = 1.0
"""Acceleration of whoever rides, from all that moves them together."""
SHARE_M_S2 = 0.3
"""What of it is kept for swaying (0.03 m at 0.5 Hz), and as much for turning beside the axis."""
MOST_TURNING = 15.0
"""Degrees a second."""
LOW_M_S = 2.0
"""Most of a vehicle whose scenario declares low motion; it stays level and does not turn."""
MOST_M_S = 14.0
"""Faster, a cabin would leap from tick to tick; what passes outside may be shown faster."""
TANGENTIAL_M_S2, CURVE_M_S2 = 0.2, 0.1
"""Of that for turning: what goes into gaining speed, and what into the curve."""
LEAST_M_S, LEAST_M_S2, LEAST_TURNING = 0.05, 0.1, 1.0
ANNOUNCED_S = 2.0
"""Seconds between saying that it moves and moving."""
PIVOT_M = 1.5
"""Height above the seat about which a cabin tilts: near the eyes, so that they are not carried."""
FULL_M_S, FULL_TURNING = 0.5, 6.0
"""Speeds from which on a view counts as wholly moving."""
LEAST_CABIN_M, LEAST_OF_MODEL = 0.5, 0.5
"""A box less broad or deep, or a model made smaller than this part of itself, is no cabin that is
seen around whoever rides."""
BESIDE_M, FARTHEST_SEAT_M = 0.5, 15.0
"""So far beside a box, and from the middle of any cabin, a seat may still lie."""
STAYS_M = 0.3
"""In a hold a vehicle may roll on by so much; where it is faster it is put back, behind a fade."""
NEAR = 1e-6


class Told(Protocol):
    """Who is told what a vehicle does."""

    def limit(self, what: Comfort) -> None:
        """A limit of comfort was applied."""
        ...

    def announce(self, vehicle: Carriage) -> None:
        """It will move in `ANNOUNCED_S`."""
        ...


class Carriage:
    """A vehicle. Wishes on the way are joined: the newest is fulfilled."""

    def __init__(self, cabin: Placed, told: Told, *, low: bool = False) -> None:
        """A vehicle of this cabin; `low` where its scenario declares low motion."""
        if cabin.parent is not None:
            raise ScenarioError("the cabin of a vehicle must stand by itself, without a parent")
        self.cabin = cabin
        self._low = low
        self.seat: Vec = (0.0, 0.0, 0.0)
        """Where whoever rides has the feet, in the space of the cabin."""
        self.ridden = False
        """Whether the patient rides, or is about to: only then it says that it will move."""
        self.stays = False
        """Whether the therapist holds: whoever rides stays where they are until that is over."""
        self._held_at: tuple[Vec, float] | None = None
        """Where it was when a hold found it travelling; None while none has."""
        self._told = told
        self._rocking = Rocking()
        self._start = self._goal = self._place = cabin.at
        self._start_heading = self._goal_heading = self._heading = cabin.heading
        self._wish: tuple[Vec, float, float, float, float] | None = None
        self._taken: tuple[Vec, float, float, float, float] | None = None
        self._way, self._turn = Run(), Run()
        self._passed = 0.0
        self._may_sway = True
        self._waits_s: float | None = None
        self._shown: Pose | None = None

    @property
    def at(self) -> Vec:
        """Where the cabin is now, what sways left out."""
        return self._place

    @property
    def heading(self) -> float:
        """Degrees, as it is now."""
        return self._heading

    @property
    def speed(self) -> float:
        """Metres a second, as it is now."""
        return self._way.speed(self._passed)

    @property
    def turning(self) -> float:
        """Degrees a second, as it is now, without direction."""
        return self._turn.speed(self._passed)

    @property
    def moving(self) -> bool:
        """Whether it travels, turns, or has said that it will."""
        return self.travels or self._wish is not None

    @property
    def travels(self) -> bool:
        """Whether it travels or turns now."""
        return self._passed < max(self._way.seconds, self._turn.seconds)

    @property
    def seen_around(self) -> bool:
        """Whether its cabin is there to be seen, and large enough to ride in."""
        cabin = self.cabin
        if cabin.box_size is None:
            least = min(abs(part) for part in cabin.scale)
            return cabin.visible and least >= LEAST_OF_MODEL
        floor = min(abs(m * part) for m, part in zip(cabin.box_size[:2], cabin.scale, strict=False))
        return cabin.visible and floor >= LEAST_CABIN_M

    def seats(self, at: Vec) -> bool:
        """Whether whoever has the feet there, in the space of the cabin, has it around them."""
        beside = math.dist(at, (0.0, 0.0, 0.0))
        if self.cabin.box_size is not None:
            wide, deep, _high = self.cabin.box_size
            if abs(at[0]) > wide / 2 + BESIDE_M or abs(at[1]) > deep / 2 + BESIDE_M:
                return False
        return beside <= FARTHEST_SEAT_M

    @property
    def strength(self) -> float:
        """How much the view of whoever rides is moved, 0 to 1."""
        travel = max(self.speed / FULL_M_S, self.turning / FULL_TURNING)
        return min(1.0, max(travel, self._rocking.strength))

    # -- what a script asks

    def go_to(
        self,
        target: Vec,
        *,
        heading: float | None = None,
        speed: float = 1.0,
        acceleration: float = 1.0,
        turning: float = 15.0,
    ) -> None:
        """Travel there and stay; raises `ScenarioError` for what is no place or no number."""
        place = vector("target", target)
        facing = self._facing() if heading is None else number("heading", heading, -1e6, 1e6)
        speed = self._held("speed", speed, LEAST_M_S, MOST_M_S)
        if self._low and (speed > LOW_M_S or abs(facing - self._facing()) > NEAR):
            self._told.limit("declared")
            speed, facing = min(speed, LOW_M_S), self._facing()
        wish = (
            place,
            facing,
            speed,
            self._held("acceleration", acceleration, LEAST_M_S2, MOST_M_S2),
            self._held("turning", turning, LEAST_TURNING, MOST_TURNING),
        )
        if wish == self._taken or (self._taken is None and self._stands_at(place, facing)):
            return
        self._taken = self._wish = wish
        self._brake()

    def halt(self) -> None:
        """Come to rest, gently, and stay."""
        self._taken = self._wish = None
        self._waits_s = None
        self._brake()

    def lean(self, *, pitch: float = 0.0, roll: float = 0.0) -> None:
        """Lean by up to 6 degrees; it takes four seconds."""
        self._ask_tilt(
            lean_pitch=number("pitch", pitch, -1e6, 1e6), lean_roll=number("roll", roll, -1e6, 1e6)
        )

    def rock(
        self, *, pitch: float = 0.0, roll: float = 0.0, sway: float = 0.0, hertz: float = 0.2
    ) -> None:
        """Rock in even waves, within the limits."""
        self._ask_tilt(
            pitch=number("pitch", pitch, -1e6, 1e6),
            roll=number("roll", roll, -1e6, 1e6),
            sway=number("sway", sway, -1e6, 1e6),
            hertz=number("hertz", hertz, 0.0, 1e6),
        )

    def _ask_tilt(self, **parts: float) -> None:
        if self._low:
            if any(value != 0.0 for name, value in parts.items() if name != "hertz"):
                self._told.limit("declared")
            return
        asked = self._rocking.ask(**parts)
        allowed = asked.limited()
        if (asked.lean_pitch, asked.lean_roll, asked.pitch, asked.roll) != (
            allowed.lean_pitch,
            allowed.lean_roll,
            allowed.pitch,
            allowed.roll,
        ):
            self._told.limit("tilt")
        if asked.sway != allowed.sway:
            self._told.limit("sway")
        if asked.hertz != allowed.hertz:
            self._told.limit("rocking")

    def _held(self, what: Comfort, value: float, low: float, high: float) -> float:
        held = number(what, value, low, high)
        if value > high:
            self._told.limit(what)
        return held

    def _facing(self) -> float:
        return self._taken[1] if self._taken is not None else self._heading

    def _stands_at(self, place: Vec, facing: float) -> bool:
        return math.dist(place, self._place) < NEAR and abs(facing - self._heading) < NEAR

    def _brake(self) -> None:
        if self.travels:
            self._way = self._way.braked(self._passed)
            self._turn = self._turn.braked(self._passed)

    def level_feet(self, cabin: Pose) -> Vec:
        """Where the feet of whoever rides would be if the cabin, drawn like this, stood level."""
        x, y, z = self.seat
        head = turned((x, y, z + PIVOT_M), cabin.heading, cabin.pitch, cabin.roll)
        ax, ay, az = cabin.at
        return ax + head[0], ay + head[1], az + head[2] - PIVOT_M

    # -- time

    def advance(self, dt: float, *, seen: bool) -> None:
        """Let `dt` seconds pass, and bring the cabin to where it belongs.

        Unseen, every wish is fulfilled at once. A cabin that is hidden, too small or gone does not
        travel.
        """
        cabin = self.cabin
        if cabin.removed:
            return
        if self._shown is not None and cabin.pose != _of(cabin, self._shown):
            self._told.limit("by_hand")
        if not seen:
            self._settle()
        else:
            self._advance_seen(dt)
        self._shown = self._tilted()
        cabin.carry(self._shown)

    def _advance_seen(self, dt: float) -> None:
        hidden = not self.seen_around
        if hidden and (self.moving or self._rocking.strength > 0.0):
            self._told.limit("hidden")
            self._brake()
        kept = self.stays and self.ridden
        if kept:
            self._stay()
        else:
            self._held_at = None
        if self.travels:
            self._passed += dt
            self._follow()
        elif self._wish is not None and not hidden and not kept:
            self._wait(dt)
        self._rocking.advance(dt, still=hidden, sways=self._may_sway or not self.travels)

    def _stay(self) -> None:
        """Come to rest; what is left of the way is gone, and announced, after the hold."""
        if self._held_at is None and self.travels:
            self._held_at = self._place, self._heading
            if self._wish is None:
                self._wish = self._taken
            self._brake()
        if self._wish is not None:
            self._waits_s = None

    @property
    def overran(self) -> bool:
        """Whether a hold found it so fast that braking carries it on, farther than is staying."""
        if self._held_at is None:
            return False
        rest = blend(self._start, self._goal, self._part(self._way.length))
        return math.dist(rest, self._held_at[0]) > STAYS_M

    def go_back(self) -> None:
        """Be where the hold found it, at rest; for a moment in which nobody sees it."""
        assert self._held_at is not None, "it has overrun"
        self._place, self._heading = self._held_at
        self._start, self._start_heading = self._held_at
        self._goal, self._goal_heading = self._held_at
        self._way, self._turn, self._passed = Run(), Run(), 0.0

    def _wait(self, dt: float) -> None:
        assert self._wish is not None, "it waits for one"
        if self._stands_at(*self._wish[:2]):
            self._wish = self._waits_s = None
            return
        if not self.ridden:
            self._depart()
            return
        if self._waits_s is None:
            self._waits_s = ANNOUNCED_S
            self._told.announce(self)
            return
        self._waits_s -= dt
        if self._waits_s <= NEAR:
            self._depart()

    def _depart(self) -> None:
        assert self._wish is not None, "it waits for one"
        self._waits_s = None
        place, facing, speed, acceleration, turning = self._wish
        self._wish = None
        self._start, self._start_heading = self._place, self._heading
        self._goal = place
        self._goal_heading = self._heading + _short_way(self._heading, facing)
        self._passed = 0.0
        turn = abs(self._goal_heading - self._heading)
        aside = math.hypot(self.seat[0], self.seat[1]) if turn > 0.0 else 0.0
        self._may_sway = self._rocking.sways
        free = MOST_M_S2 - SHARE_M_S2 * (self._may_sway + (aside > 0.0))
        ramp = largest_ramp(min(acceleration, free))
        self._way = run(math.dist(self._start, place), speed, ramp=ramp)
        ramp = MOST_TURNING
        if aside > 0.0:
            turning = min(turning, math.degrees(math.sqrt(CURVE_M_S2 / aside)))
            ramp = min(ramp, math.degrees(largest_ramp(TANGENTIAL_M_S2 / aside)))
        self._turn = run(turn, turning, ramp=ramp)

    def _follow(self) -> None:
        part = self._part(self._way.way(self._passed))
        self._place = blend(self._start, self._goal, part)
        turned = math.copysign(
            self._turn.way(self._passed), self._goal_heading - self._start_heading
        )
        self._heading = self._start_heading + turned
        if not self.travels:
            if math.dist(self._place, self._goal) < 1e-3:
                self._place = self._goal
            if abs(self._heading - self._goal_heading) < 1e-3:
                self._heading = self._goal_heading

    def _part(self, gone: float) -> float:
        """Which part of the way from start to goal so many metres are, 0 to 1."""
        length = math.dist(self._start, self._goal)
        return gone / length if length > 0.0 else 1.0

    def _settle(self) -> None:
        self._held_at = None
        if self.travels and self._wish is None and self._taken is not None:
            self._place, self._heading = self._goal, self._goal_heading
        if self._wish is not None:
            self._place, self._heading = self._wish[0], self._wish[1]
        self._wish = self._waits_s = None
        self._way, self._turn, self._passed = Run(), Run(), 0.0
        self._rocking.settle()

    def _tilted(self) -> Pose:
        """The pose of the cabin: tilted about a point near the eyes of whoever rides."""
        pitch, roll, sway = self._rocking.pitch, self._rocking.roll, self._rocking.sway
        x, y, z = self.seat
        pivot = (x, y, z + PIVOT_M)
        level = turned(pivot, self._heading, 0.0, 0.0)
        tilted = turned(pivot, self._heading, pitch, roll)
        aside = turned((sway, 0.0, 0.0), self._heading, 0.0, 0.0)
        place = tuple(
            p + a - b + c for p, a, b, c in zip(self._place, level, tilted, aside, strict=True)
        )
        at = (place[0], place[1], place[2])
        return _of(self.cabin, Pose(at=at, heading=self._heading, pitch=pitch, roll=roll))


def _of(cabin: Placed, shown: Pose) -> Pose:
    """What was shown, but for size and visibility, which stay the script's own."""
    return replace(shown, scale=cabin.scale, visible=cabin.visible)


def _short_way(before: float, after: float) -> float:
    return (after - before + 180.0) % 360.0 - 180.0


def turned(point: Vec, heading: float, pitch: float, roll: float) -> Vec:
    """A point of a body that has been rolled, pitched and turned, in this order; degrees."""
    x, y, z = point
    r, p, h = math.radians(roll), math.radians(pitch), math.radians(heading)
    x, z = x * math.cos(r) + z * math.sin(r), -x * math.sin(r) + z * math.cos(r)
    y, z = y * math.cos(p) - z * math.sin(p), y * math.sin(p) + z * math.cos(p)
    x, y = x * math.cos(h) - y * math.sin(h), x * math.sin(h) + y * math.cos(h)
    return x, y, z
