"""Owns one living animal: where it is, what it does, its small life; knows no renderer.

A tick moves it by what a script plays, then lets its feet follow. What is drawn lies between the
last two ticks; a planted foot is at the same place in both.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from random import Random

from scenarios.api.errors import ScenarioError
from scenarios.api.played import Steps
from scenarios.api.stage import Vec
from vr_runtime.language import mark
from vr_runtime.stage.animals.attitude import Four, Held, acted, held
from vr_runtime.stage.animals.gait import Feet
from vr_runtime.stage.animals.kinds import Kind, SpiderKind
from vr_runtime.stage.animals.surfaces import Box
from vr_runtime.stage.animals.ways import way
from vr_runtime.stage.checked import known, number, vector
from vr_runtime.stage.models.animals.spider.plan import GRADES
from vr_runtime.stage.placed import JUMP_M, Placed
from vr_runtime.stage.space import (
    UP,
    Frame,
    ahead_on,
    angle_about,
    dot,
    framed,
    length,
    level,
    minus,
    mix,
    times,
    turned,
    unit,
)

REALISM, LIFE, DARK = "realism", "life", "dark"
SLOWEST_M_S = 0.002
TURNED_RAD = math.radians(2.0)
SHARP_RAD = math.radians(70.0)
"""What goes more to the side than this is turned to first, on the spot."""
HANGS_PER_S = 2.5
RESTS_S = (2.5, 8.0)
"""Seconds between two of the small things it does by itself."""
AGAINST = -0.98


@dataclass(frozen=True)
class Stance:
    """An animal as it is drawn: its frame, and all limbs in its own space in spans."""

    frame: Frame
    tips: tuple[Four, ...]
    trunk: Four
    sway: Four
    size: float
    thread: Vec | None
    """Where its thread is fixed, in its own space in spans."""
    aloft: bool = False
    """Whether its wings beat."""


class Animal(Placed):
    """The author's `Animal`."""

    __slots__ = (
        "_act",
        "_act_s",
        "_act_span_s",
        "_alive",
        "_boxes",
        "_breath",
        "_chance",
        "_changed",
        "_drawn_before",
        "_drawn_now",
        "_feet",
        "_fixed",
        "_frame",
        "_hanging",
        "_held",
        "_hung",
        "_leg",
        "_own",
        "_rest_s",
        "_span",
        "_unplanted",
        "_was",
        "kind",
    )

    def __init__(
        self,
        kind: Kind,
        name: str,
        *,
        at: Vec,
        heading: float,
        up: Vec,
        size: float | None,
        realism: int,
        boxes: Sequence[Box],
        number_made: int,
        parent: Placed | None,
        owner: str,
        forget: Callable[[Placed], None],
        parameters: Sequence[str] = (REALISM,),
    ) -> None:
        super().__init__(
            at=at,
            heading=heading,
            parent=parent,
            parameters=frozenset({LIFE, DARK, *parameters}),
            owner=owner,
            forget=forget,
        )
        self._alive = self._unplanted = False
        self.kind = kind
        self.made_of = f"animal {name} {sorted(boxes)}"
        self._chance = Random(f"animal {number_made}")
        self._boxes = tuple(boxes)
        if isinstance(kind, SpiderKind):
            self._feet = Feet(kind.skeleton, boxes)
        self._span = kind.size
        self._frame = framed(vector("at", at), (0.0, 1.0, 0.0), direction(up))
        self._act, self._act_s, self._act_span_s, self._leg = "", 0.0, 0.0, 0
        self._breath = self._chance.uniform(0.0, 6.0)
        self._rest_s = self._chance.uniform(*RESTS_S)
        self._hanging, self._hung = 0.0, False
        self._fixed: Vec | None = None
        self.values[LIFE] = 1.0
        self.values[DARK] = 0.5
        if REALISM in parameters:
            self.realism = realism
        for name in parameters:
            self.values.setdefault(name, 0.0)
        if size is not None:
            self.size = size
        self.heading = heading
        self._again()
        self._alive = True

    # -- where it is

    @property
    def at(self) -> Vec:
        """Where it stands, in metres, in the space of its parent."""
        return self._frame.at

    @at.setter
    def at(self, value: Vec) -> None:
        self._put(replace(self._frame, at=vector("at", value)))

    @property
    def heading(self) -> float:
        """Degrees to the left of ahead; on what is steep, ahead is upwards."""
        return math.degrees(angle_about(self.up, ahead_on(self.up), self._frame.forward))

    @heading.setter
    def heading(self, value: float) -> None:
        turn = math.radians(number("heading", value, -1e6, 1e6))
        self._put(replace(self._frame, forward=turned(ahead_on(self.up), self.up, turn)))

    @property
    def pitch(self) -> float:
        """Always 0: it lies as its surface does."""
        return 0.0

    @pitch.setter
    def pitch(self, value: float) -> None:
        raise ScenarioError(mark("an animal lies as its surface does: give `up` where it goes"))

    @property
    def scale(self) -> Vec:
        """Always as it was made: its `size` says how large it is."""
        return (1.0, 1.0, 1.0)

    @scale.setter
    def scale(self, value: Vec) -> None:
        raise ScenarioError(mark("an animal is as large as its `size` says"))

    @property
    def up(self) -> Vec:
        """Off the surface it is on."""
        return self._frame.up

    @property
    def frame(self) -> Frame:
        """Where it is now."""
        return self._frame

    @property
    def feet(self) -> Feet:
        """Its feet."""
        return self._feet

    def _put(self, frame: Frame) -> None:
        """Be somewhere else at once."""
        jumped = length(minus(frame.at, self._frame.at)) > 0.4 * self._span
        tilted = (
            dot(frame.up, self._frame.up) < 0.9 or dot(frame.forward, self._frame.forward) < 0.5
        )
        self._go(frame)
        if self._alive and (jumped or tilted):
            self._again()

    @property
    def visible(self) -> bool:
        """Whether it is drawn."""
        return self._pose.visible

    @visible.setter
    def visible(self, value: bool) -> None:
        if bool(value) is self._pose.visible:
            return
        self._pose = replace(self._pose, visible=bool(value))
        if self._unplanted:
            self._again()

    def _again(self) -> None:
        """Stand anew: nothing is drawn on the way here. Who is not seen waits until it is."""
        self._unplanted = self._alive and not self._pose.visible
        if self._unplanted:
            return
        self._feet.plant(self._frame, self._span)
        self._own = self._frame.owns(self._feet.tips, self._span)
        self._changed = True
        self._was = self._frame
        self._held = self._hold_itself()
        self._drawn_before = self._drawn_now = self._stance()

    def _go(self, frame: Frame) -> None:
        self._frame = frame
        forward, up = frame.forward, frame.up
        pose = replace(
            self._pose,
            at=frame.at,
            heading=math.degrees(math.atan2(-forward[0], forward[1])),
            pitch=math.degrees(math.asin(min(1.0, max(-1.0, forward[2])))),
            roll=math.degrees(math.atan2(frame.right[2], up[2])),
        )
        self._pose = pose

    # -- how it is

    @property
    def realism(self) -> int:
        """From 1 to 5."""
        return 1 + round(self.values.get(REALISM, 1.0) * (GRADES - 1))

    @realism.setter
    def realism(self, value: int) -> None:
        if REALISM not in self.values and self._alive:
            raise ScenarioError(mark("this kind of animal has no grades of realism"))
        grade = round(number("realism", value, 1, GRADES))
        self.values[REALISM] = (grade - 1) / (GRADES - 1)

    # of a box the size is fixed; an animal has one that may be set
    @property  # type: ignore[override]
    def size(self) -> float:
        """In metres."""
        return self._span

    @size.setter
    def size(self, value: float) -> None:
        size = number("size", value, *self.kind.sizes)
        if size != self._span:
            self._span = size
            self.values["size"] = size
            if self._alive:
                self._again()

    # -- what it does

    def walk_to(self, target: Vec, *, up: Vec = UP, speed: float | None = None) -> Steps:
        """Walk there, over one edge at most; see `scenarios.api`."""
        pace = self.kind.walks if speed is None else speed
        return self._along(target, up, pace)

    def run_to(self, target: Vec, *, up: Vec = UP, speed: float | None = None) -> Steps:
        """As `walk_to`, at its kind's own run."""
        return self._along(target, up, self.kind.runs if speed is None else speed)

    def _along(self, target: Vec, up: Vec, speed: float) -> Steps:
        end, end_up = vector("target", target), direction(up)
        pace = number("speed", speed, SLOWEST_M_S, self.kind.fastest)
        self._leave_thread()
        if dot(self.up, end_up) < AGAINST:
            raise ScenarioError(
                mark("this surface is turned against its own: go over an edge between")
            )
        path = way(self.at, self.up, end, end_up, 0.45 * self._span)
        gone, went = 0.0, 0.0
        while gone < path.long_m - 1e-6:
            passed = yield
            wanted = level(path.direction(gone), self.up)
            turn = 0.0
            forward = self._frame.forward
            if length(wanted) > 1e-6:
                turn = angle_about(self.up, forward, unit(wanted))
                most = math.radians(self.kind.turns) * passed
                forward = turned(forward, self.up, min(most, max(-most, turn)))
            ahead = 0.0 if abs(turn) > SHARP_RAD else math.cos(turn)
            left = path.long_m - gone
            # it slows down in time to stand where it shall
            brake = math.sqrt(2.0 * left * pace / self.kind.gathers_s)
            went = min(
                pace * ahead, brake + 0.02 * pace, went + pace * passed / self.kind.gathers_s
            )
            gone = min(path.long_m, gone + max(went, SLOWEST_M_S if ahead else 0.0) * passed)
            self._go(framed(path.place(gone), forward, path.up(gone)))
        self._go(framed(end, self._frame.forward, end_up))

    def look_at(self, place: Vec) -> Steps:
        """Turn on the spot to face a place."""
        goal = vector("place", place)
        while True:
            wanted = level(minus(goal, self.at), self.up)
            turn = angle_about(self.up, self._frame.forward, unit(wanted, self._frame.forward))
            if abs(turn) < TURNED_RAD:
                return
            passed = yield
            most = math.radians(self.kind.turns) * passed
            held_to = min(most, max(-most, turn))
            self._go(replace(self._frame, forward=turned(self._frame.forward, self.up, held_to)))

    def stay(self, seconds: float) -> Steps:
        """Stand for so long."""
        span = number("seconds", seconds, 0.0, 3600.0)
        passed = 0.0
        while passed < span - 1e-9:
            passed += yield

    def act(self, name: str, *, seconds: float = 2.0) -> Steps:
        """Do what its kind can; raises `ScenarioError` with the nearest it can."""
        known("act", name, self.kind.acts)
        span = number("seconds", seconds, 0.1, 60.0)
        self._begin(name, span)
        while self._act == name and self._act_s < span - 1e-9:
            yield

    def _begin(self, name: str, span_s: float) -> None:
        self._act, self._act_s, self._act_span_s = name, 0.0, span_s
        self._leg = 0 if self._chance.random() < 0.5 else 4

    @property
    def coat(self) -> str:
        """Of a dog; "" for who has none."""
        return ""

    @coat.setter
    def coat(self, value: str) -> None:
        raise ScenarioError(mark("only dogs have a `coat`"))

    def gaze_at(self, place: Vec | None) -> None:
        """Raises `ScenarioError`: a spider does not turn its head."""
        raise ScenarioError(mark("this kind of animal does not turn its head: use `look_at`"))

    def leash_to(self, place: Vec | None) -> None:
        """Raises `ScenarioError`: nobody leads a spider."""
        raise ScenarioError(mark("this kind of animal wears no collar"))

    def hang_to(self, target: Vec, *, speed: float = 0.15) -> Steps:
        """Move on a thread from above; raises `ScenarioError` where its kind spins none."""
        if not (isinstance(self.kind, SpiderKind) and self.kind.spins):
            raise ScenarioError(mark("this kind of animal spins no thread"))
        end = vector("target", target)
        pace = number("speed", speed, SLOWEST_M_S, self.kind.fastest)
        if not self._hung:
            self._hung, self._fixed = True, self.at
            # head down, its back to where it was turned to
            back = self._frame.forward if abs(self._frame.forward[2]) < 0.9 else self.up
            self._go(framed(self.at, (0.0, 0.0, -1.0), level(back, UP)))
            self._again()
        start = self.at
        long, gone, went = max(length(minus(end, start)), 1e-9), 0.0, 0.0
        while gone < long - 1e-6:
            passed = yield
            brake = math.sqrt(2.0 * (long - gone) * pace / self.kind.gathers_s)
            went = min(pace, brake + 0.02 * pace, went + pace * passed / self.kind.gathers_s)
            gone = min(long, gone + max(went, SLOWEST_M_S) * passed)
            self._go(replace(self._frame, at=mix(start, end, gone / long)))

    @property
    def aloft(self) -> bool:
        """Whether it is in the air by its wings."""
        return False

    def fly_to(self, target: Vec, *, speed: float | None = None) -> Steps:
        """Fly there; raises `ScenarioError` where its kind has no wings."""
        raise ScenarioError(mark("this kind of animal does not fly"))

    def land_on(self, target: Vec, *, up: Vec = UP, speed: float | None = None) -> Steps:
        """Land there; raises `ScenarioError` where its kind has no wings."""
        raise ScenarioError(mark("this kind of animal does not fly"))

    def circle(
        self, middle: Vec, *, radius: float, seconds: float, speed: float | None = None
    ) -> Steps:
        """Fly about a place; raises `ScenarioError` where its kind has no wings."""
        raise ScenarioError(mark("this kind of animal does not fly"))

    def _leave_thread(self) -> None:
        if self._hung:
            self._hung, self._fixed = False, None
            forward = times(self.up, -1.0) if abs(self.up[2]) < 0.5 else self._frame.forward
            self._go(framed(self.at, forward, UP))
            self._again()

    # -- what a tick makes of it

    def live(self, dt: float) -> None:
        """`dt` seconds passed."""
        if not self._pose.visible:
            self._unseen(dt)
            return
        life = self.values[LIFE]
        frame = self._frame
        moved = frame is not self._was
        if life <= 0.0 and not (moved or self._act or self._feet.stepping or self._hung):
            return
        self._breath = (self._breath + dt * (1.1 + 0.9 * life)) % (200.0 * math.pi)
        self._hanging = min(
            1.0, max(0.0, self._hanging + (1.0 if self._hung else -1.0) * HANGS_PER_S * dt)
        )
        self._rest(dt, life, moved=moved)
        self._go_on(dt)
        self._held = self._hold_itself()
        self._feet.step(frame, self._span, dt, self._held.lifted, moved=moved)
        self._was = frame
        self._own = frame.owns(self._feet.tips, self._span)
        self._changed = True

    def _unseen(self, dt: float) -> None:
        """What it was asked comes to its end for whoever waits; where it went, it stands anew."""
        self._go_on(dt)
        self._unplanted = self._unplanted or self._frame is not self._was

    def _go_on(self, dt: float) -> None:
        """So much more of what it does has passed."""
        if self._act:
            self._act_s += dt
            if self._act_s >= self._act_span_s:
                self._act = ""

    def _rest(self, dt: float, life: float, *, moved: bool) -> None:
        """Once in a while, while it stands, lift a leg or rub the palps."""
        if moved or self._act or self._hung or life <= 0.0:
            return
        self._rest_s -= dt * life
        if self._rest_s <= 0.0:
            self._rest_s = self._chance.uniform(*RESTS_S)
            small = [act for act in ("tap", "groom") if act in self.kind.acts]
            self._begin(self._chance.choice(small), self._chance.uniform(0.9, 2.2))

    def _hold_itself(self) -> Held:
        own = self._own
        on = acted(self._act, self._act_s, self._act_span_s) if self._act else 0.0
        return held(
            self._feet.bones,
            own,
            act=self._act,
            on=on,
            passed_s=self._act_s,
            leg=self._leg,
            breath=self._breath if self.values[LIFE] > 0.0 else 0.0,
            hanging=self._hanging,
        )

    def advance(self, *, behind_a_fade: bool, held: bool = False) -> None:
        """A tick passed: remember how it is as the newest to draw."""
        super().advance(behind_a_fade=behind_a_fade, held=held)
        if not self._changed:
            self._drawn_before = self._drawn_now
            return
        self._changed = False
        now = self._stance()
        far = length(minus(now.frame.at, self._drawn_now.frame.at)) > JUMP_M
        self._drawn_before = now if far else self._drawn_now
        if now != self._drawn_now:
            self._drawn_now = now

    def _stance(self) -> Stance:
        frame, size = self._frame, self._span
        tips = [(*tip, 0.0) for tip in self._own]
        tips += [(*palp, 0.0) for palp in self._palps()]
        fixed = None if self._fixed is None else times(frame.own(self._fixed), 1.0 / size)
        return Stance(frame, tuple(tips), self._held.trunk, self._held.sway, size, fixed)

    def _palps(self) -> tuple[Vec, Vec]:
        """Palps go with the trunk."""
        trunk, height = self._held.trunk, self._feet.bones.height
        shift = (trunk[0], trunk[1], trunk[2] - height)
        a, b = self._held.palps
        return (
            (a[0] + shift[0], a[1] + shift[1], a[2] + shift[2]),
            (b[0] + shift[0], b[1] + shift[1], b[2] + shift[2]),
        )

    def stance(self, between: float) -> Stance:
        """How to draw it, `between` 0 and 1 of the way between the last two ticks.

        A foot that is planted in both stays where it is, whatever the trunk does between.
        """
        before, now = self._drawn_before, self._drawn_now
        if before == now or between >= 1.0 or before.size != now.size:
            return now
        frame = before.frame.towards(now.frame, between)
        tips: list[Four] = []
        for a, b in zip(before.tips[:8], now.tips[:8], strict=True):
            here = before.frame.world(times(a[:3], now.size))
            there = now.frame.world(times(b[:3], now.size))
            (own,) = frame.owns((mix(here, there, between),), now.size)
            tips.append((*own, 0.0))
        for a, b in zip(before.tips[8:], now.tips[8:], strict=True):
            tips.append(_blend(a, b, between))
        return Stance(
            frame,
            tuple(tips),
            _blend(before.trunk, now.trunk, between),
            _blend(before.sway, now.sway, between),
            now.size,
            now.thread,
        )

    @property
    def stands_still(self) -> bool:
        """Whether every moment until the next tick is drawn alike."""
        return self._drawn_before == self._drawn_now


def _blend(a: Four, b: Four, part: float) -> Four:
    x, y, z = mix(a[:3], b[:3], part)
    return (x, y, z, a[3] + (b[3] - a[3]) * part)


def direction(up: Vec) -> Vec:
    """`up` with the length 1; raises `ScenarioError` where it has none."""
    checked = vector("up", up)
    if length(checked) < 1e-6:
        raise ScenarioError(mark("`up` needs a direction, as (0, 0, 1) on a floor"))
    return unit(checked)
