"""Owns one living dog: what it is asked to show, how that comes and goes; knows no renderer."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from scenarios.api.errors import ScenarioError
from scenarios.api.played import Steps
from scenarios.api.stage import Vec
from vr_runtime.language import mark
from vr_runtime.stage.animals.animal import LIFE, Animal
from vr_runtime.stage.animals.attitude import eased
from vr_runtime.stage.animals.dog.bearing import Bearing, Mood, bearing
from vr_runtime.stage.animals.dog.paws import Paws
from vr_runtime.stage.animals.kinds import DogKind
from vr_runtime.stage.animals.surfaces import Box
from vr_runtime.stage.checked import known, number, vector
from vr_runtime.stage.models.animals.dog.plan import COATS
from vr_runtime.stage.placed import JUMP_M, Placed
from vr_runtime.stage.space import Frame, length, minus, mix, times

COAT = "coat"
SHOWN = ("sit", "lie", "sleep", "play", "tense", "wag", "pant")
"""What it can be told to show, each from 0 to 1."""
RATES = {"sit": 0.9, "lie": 0.8, "sleep": 0.5, "play": 1.5, "tense": 2.2, "wag": 2.0, "pant": 2.0}
"""How fast each comes and goes, a second."""
PASSING = ("sniff", "bow", "shake")
BARK_S, BARKS_S = 0.26, 0.62
"""Seconds that one bark lasts, and from one to the next: the recordings keep to them."""
STOOD = 0.06
LOOKS_PER_S = 2.8
MOST_TURN, MOST_NOD = 1.15, 0.55
BLINKS_S, BLINK_S = (1.8, 5.5), 0.16


@dataclass(frozen=True)
class DogStance:
    """A dog as it is drawn: its frame, its paws in its own space in withers' heights."""

    frame: Frame
    paws: tuple[Vec, ...]
    bearing: Bearing
    size: float
    leash: Vec | None
    """Where its leash ends, in its own space in metres."""


class Dog(Animal):
    """The author's `Animal`, where it is a dog."""

    __slots__ = (
        "_blink_s",
        "_dog_before",
        "_dog_now",
        "_gazes",
        "_getting_up",
        "_leash",
        "_look",
        "_mood",
        "_paws",
        "_paws_own",
        "_seconds",
        "_told",
        "hound",
    )

    def __init__(
        self,
        kind: DogKind,
        name: str,
        *,
        at: Vec,
        heading: float,
        up: Vec,
        size: float | None,
        coat: str | None,
        boxes: Sequence[Box],
        number_made: int,
        parent: Placed | None,
        owner: str,
        forget: Callable[[Placed], None],
    ) -> None:
        self.hound = kind.hound
        self._mood = Mood()
        self._told = Bearing()
        self._seconds, self._blink_s = 0.37 * number_made, 2.0
        self._look: tuple[float, float] = (0.0, 0.0)
        self._gazes: Vec | None = None
        self._getting_up = False
        self._leash: Vec | None = None
        self._paws = Paws(kind.hound, boxes)
        super().__init__(
            kind,
            name,
            at=at,
            heading=heading,
            up=up,
            size=size,
            realism=5,
            boxes=boxes,
            number_made=number_made,
            parent=parent,
            owner=owner,
            forget=forget,
            parameters=SHOWN,
        )
        self.coat = kind.coat if coat is None else coat
        self.made_of = f"{self.made_of} {self.coat}"

    # -- what it is asked

    @property
    def paws(self) -> Paws:
        """Its paws."""
        return self._paws

    @property
    def coat(self) -> str:
        """What it wears."""
        return COATS[round(self.values[COAT] * (len(COATS) - 1))]

    @coat.setter
    def coat(self, value: str) -> None:
        known("coat", value, COATS)
        self.values[COAT] = COATS.index(value) / (len(COATS) - 1)

    def gaze_at(self, place: Vec | None) -> None:
        """Look there from now on, as far as its neck turns; None for nothing in particular."""
        self._gazes = None if place is None else vector("place", place)

    def leash_to(self, place: Vec | None) -> None:
        """Be held by a leash that ends there, in metres in the space of its parent; None: free."""
        self._leash = None if place is None else vector("place", place)
        self._changed = True

    def act(self, name: str, *, seconds: float = 2.0) -> Steps:
        """Do what a dog can; raises `ScenarioError` with the nearest it can."""
        return super().act(name, seconds=seconds)

    def hang_to(self, target: Vec, *, speed: float = 0.15) -> Steps:
        """Raises `ScenarioError`: a dog spins no thread."""
        raise ScenarioError(mark("this kind of animal spins no thread"))

    def _along(self, target: Vec, up: Vec, speed: float) -> Steps:
        number("speed", speed, 0.002, self.kind.fastest)
        # it gets up before it goes
        while self._is_down():
            self._getting_up = True
            yield
        yield from super()._along(target, up, speed)

    def look_at(self, place: Vec) -> Steps:
        """Get up where it must, and turn on the spot to face a place."""
        goal = vector("place", place)
        while self._is_down():
            self._getting_up = True
            yield
        yield from super().look_at(goal)

    def _is_down(self) -> bool:
        """Whether it is seen to sit or lie; who is not seen has no need to get up."""
        return self.visible and max(self._mood.sit, self._mood.lie) > STOOD

    # -- what a tick makes of it

    def live(self, dt: float) -> None:
        """`dt` seconds passed."""
        if not self._pose.visible:
            self._unseen(dt)
            return
        frame = self._frame
        moved = frame is not self._was
        life = self.values[LIFE]
        self._seconds += dt * (0.15 + 0.85 * life)
        self._go_on(dt)
        self._feel(dt, moved=moved)
        self._blink_s -= dt * life
        if self._blink_s < -BLINK_S:
            self._blink_s = self._chance.uniform(*BLINKS_S)
        self._paws.stand_so(self._places())
        self._paws.step(frame, self._span, dt, {}, moved=moved)
        self._was = frame
        self._turn_head(dt)
        self._bear()
        self._getting_up = False
        self._changed = True

    def _feel(self, dt: float, *, moved: bool) -> None:
        mood, values = self._mood, self.values
        changed: dict[str, float] = {}
        up = moved or self._getting_up
        for name in SHOWN:
            wanted = 0.0 if up and name in ("sit", "lie", "sleep") else values[name]
            if name == "sit" and values["lie"] > 0.0 and values["lie"] >= values["sit"]:
                wanted = 0.0
            now = getattr(mood, name)
            most = RATES[name] * dt
            changed[name] = now + min(most, max(-most, wanted - now))
        for name in PASSING:
            on = self._on() if self._act == name else 0.0
            now = getattr(mood, name)
            changed[name] = now + min(4.0 * dt, max(-4.0 * dt, on - now))
        changed["bark"] = self._barking()
        pace = min(1.0, self._paws.pace / 1.2)
        now = mood.pace
        changed["pace"] = now + min(3.0 * dt, max(-3.0 * dt, pace - now))
        self._mood = replace(mood, **changed)

    def _on(self) -> float:
        ramp = min(0.45, self._act_span_s / 2.0)
        return eased(min(self._act_s, self._act_span_s - self._act_s) / max(ramp, 1e-6))

    def _barking(self) -> float:
        """How wide the mouth is opened by a bark just now."""
        if self._act != "bark":
            return 0.0
        within = self._act_s % BARKS_S
        if self._act_s - within + BARK_S > self._act_span_s or within >= BARK_S:
            return 0.0
        return float(math.sin(math.pi * within / BARK_S) ** 0.7)

    def _places(self) -> tuple[Vec, ...]:
        """Where its paws belong, as it stands, sits or lies."""
        mood = self._mood
        sit, lie = float(mood.sit > 0.3), float(mood.lie > 0.3)
        bow = float(mood.bow > 0.3)
        out = []
        for leg in self.hound.legs:
            x, y, _z = leg.rest
            if leg.fore:
                y += 0.30 * lie + 0.30 * bow
            else:
                y += 0.16 * lie + 0.26 * sit
                x *= 1.0 + 0.55 * lie + 0.3 * sit
            out.append((x, y, 0.0))
        return tuple(out)

    def _turn_head(self, dt: float) -> None:
        turn = nod = 0.0
        if self._gazes is not None:
            x, y, z = times(self._frame.own(self._gazes), 1.0 / self._span)
            head = self.hound.head
            turn = math.atan2(-x, max(y - head[1], 0.05) if y > 0.0 else y - head[1])
            far = math.hypot(x, y - head[1])
            nod = math.atan2(z - head[2], max(far, 0.2))
            turn = max(-MOST_TURN, min(MOST_TURN, turn))
            nod = max(-MOST_NOD, min(MOST_NOD, nod))
        most = LOOKS_PER_S * dt
        before = self._look
        self._look = (
            before[0] + min(most, max(-most, 0.25 * (turn - before[0]))),
            before[1] + min(most, max(-most, 0.25 * (nod - before[1]))),
        )

    def _bear(self) -> None:
        blink = 1.0 if self._blink_s < 0.0 else 0.0
        self._told = bearing(
            self.hound,
            self._mood,
            seconds=self._seconds,
            step=2.0 * math.pi * self._paws.phase,
            turn=self._look[0],
            nod=self._look[1],
            blink=blink,
        )
        self._paws_own = tuple(self._frame.owns(self._paws.tips, self._span))

    def _again(self) -> None:
        """Stand anew: nothing is drawn on the way here. Who is not seen waits until it is."""
        self._unplanted = self._alive and not self._pose.visible
        if self._unplanted:
            return
        # where it is put it has sat or lain for long
        self._mood = replace(self._mood, **{name: self.values.get(name, 0.0) for name in SHOWN})
        if self._mood.lie > 0.0:
            self._mood = replace(self._mood, sit=0.0)
        self._paws.stand_so(self._places())
        self._paws.plant(self._frame, self._span)
        self._changed = True
        self._was = self._frame
        self._bear()
        self._dog_before = self._dog_now = self._dog_stance()

    # -- how it is drawn

    def _dog_stance(self) -> DogStance:
        end = None if self._leash is None else self._frame.own(self._leash)
        return DogStance(self._frame, self._paws_own, self._told, self._span, end)

    def advance(self, *, behind_a_fade: bool, held: bool = False) -> None:
        """A tick passed: remember how it is as the newest to draw."""
        Placed.advance(self, behind_a_fade=behind_a_fade, held=held)
        if not self._changed:
            self._dog_before = self._dog_now
            return
        self._changed = False
        now = self._dog_stance()
        far = length(minus(now.frame.at, self._dog_now.frame.at)) > JUMP_M
        self._dog_before = now if far else self._dog_now
        self._dog_now = now

    def dog_stance(self, between: float) -> DogStance:
        """How to draw it, `between` 0 and 1 of the way between the last two ticks.

        A paw that is planted in both stays where it is.
        """
        before, now = self._dog_before, self._dog_now
        if before == now or between >= 1.0 or before.size != now.size:
            return now
        frame = before.frame.towards(now.frame, between)
        paws = []
        for a, b in zip(before.paws, now.paws, strict=True):
            here = before.frame.world(times(a, now.size))
            there = now.frame.world(times(b, now.size))
            paws.append(frame.owns((mix(here, there, between),), now.size)[0])
        leash = now.leash
        if leash is not None and before.leash is not None:
            leash = mix(before.leash, leash, between)
        return DogStance(
            frame, tuple(paws), before.bearing.towards(now.bearing, between), now.size, leash
        )

    @property
    def stands_still(self) -> bool:
        """Whether every moment until the next tick is drawn alike."""
        return self._dog_before == self._dog_now
