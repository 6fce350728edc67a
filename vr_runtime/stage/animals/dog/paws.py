"""Owns where the paws of a dog are: planted, or on their way to the next place; draws nothing.

Gaits after Hildebrand (1965, Science 150): the walk is a lateral sequence of four beats (hind left,
fore left, hind right, fore right), the trot moves diagonal pairs, the gallop gathers hind and fore
feet. A paw that stands is never moved. Equal ways give equal steps.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from vr_runtime.stage.animals.surfaces import Box, hold
from vr_runtime.stage.models.animals.dog.plan import Hound
from vr_runtime.stage.space import Frame, Vec, along, length, minus, mix, plus, times


@dataclass(frozen=True)
class Gait:
    """When each paw steps, as parts of a stride."""

    offsets: tuple[float, float, float, float]
    """Where in its own stride each paw is when the stride of the hind left begins; as `LEGS`."""
    duty: float
    """Share of a stride for which a paw stands."""
    shortest: float
    """Length of a stride in withers' heights, and how much longer it is for each of them a second.
    """
    longer: float
    lift: float


WALK = Gait((0.25, 0.75, 0.50, 0.0), 0.64, 0.55, 0.27, 0.085)
TROT = Gait((0.0, 0.50, 0.50, 0.0), 0.47, 0.75, 0.27, 0.11)
GALLOP = Gait((0.52, 0.40, 0.10, 0.0), 0.34, 1.05, 0.26, 0.15)
TROTS, GALLOPS = 1.9, 5.2
"""Withers' heights a second from which a dog trots and gallops: Froude numbers 0.4 and 2.7."""
STILL = 0.05
"""Below this pace it stands."""
SETTLED, SETTLES_S = 0.05, 0.26
"""A paw farther from its place than this is put there once the dog stands, in so many seconds."""
STRETCHED = 0.60
"""A standing paw is left behind by no more than this."""
CHANGES_PER_S = 2.2
TURN_RADIUS = 0.40


@dataclass
class Swing:
    """A paw in the air."""

    start: Vec
    span_s: float
    lift: float
    passed_s: float = 0.0


class Paws:
    """The paws of one dog."""

    def __init__(self, hound: Hound, boxes: Sequence[Box]) -> None:
        self.hound = hound
        self.boxes = boxes
        self.tips: list[Vec] = [(0.0, 0.0, 0.0)] * 4
        """Where each paw is now, in metres, in the space the dog walks in."""
        self.swings: list[Swing | None] = [None] * 4
        self.phase = 0.0
        self.pace = 0.0
        """Withers' heights a second, smoothed."""
        self._offsets = list(WALK.offsets)
        self._gait = WALK
        self._was: Frame | None = None
        self._spread: tuple[Vec, ...] = tuple(leg.rest for leg in hound.legs)
        self._quiet = True

    @property
    def stepping(self) -> bool:
        """Whether any paw is on its way, or about to be."""
        return not self._quiet

    def stand_so(self, places: Sequence[Vec]) -> None:
        """Where paws belong from now on, in the dog's own space in withers' heights."""
        spread = tuple(places)
        if spread != self._spread:
            self._spread = spread
            self._quiet = False

    def plant(self, frame: Frame, size: float) -> None:
        """Put every paw to its place at once: the dog was put here."""
        self.tips = [self._hold(frame.world(times(own, size)), frame) for own in self._spread]
        self.swings = [None] * 4
        self.phase, self.pace, self._was, self._quiet = 0.0, 0.0, frame, True

    def standing(self, leg: int) -> bool:
        """Whether this paw is planted."""
        return self.swings[leg] is None

    def step(
        self, frame: Frame, size: float, dt: float, lifted: Mapping[int, Vec], *, moved: bool
    ) -> None:
        """`dt` seconds passed, after which the dog is at `frame`.

        Args:
            frame: where it is now.
            size: its height at the withers in metres.
            dt: seconds.
            lifted: paws that are held in the air, in its own space in withers' heights.
            moved: whether it is elsewhere than a tick before.
        """
        was = frame if self._was is None else self._was
        self._was = frame
        if self._quiet and not moved and not lifted:
            self.pace = 0.0
            return
        speed = times(minus(frame.at, was.at), 1.0 / (dt * size))
        dot = sum(a * b for a, b in zip(was.forward, frame.forward, strict=True))
        turning = math.acos(min(1.0, max(-1.0, dot))) / dt
        now = length(speed) + TURN_RADIUS * turning
        self.pace += (now - self.pace) * min(1.0, 8.0 * dt)
        going = now > STILL
        gait = WALK if self.pace < TROTS else TROT if self.pace < GALLOPS else GALLOP
        self._gait = gait
        period_s = 1.0
        if going:
            pace = max(now, 0.25)
            stride = gait.shortest + gait.longer * pace
            period_s = min(1.6, stride / pace)
            self.phase = (self.phase + dt / period_s) % 1.0
            for leg in range(4):
                off = (gait.offsets[leg] - self._offsets[leg] + 0.5) % 1.0 - 0.5
                most = CHANGES_PER_S * dt
                self._offsets[leg] += min(most, max(-most, off))
        homes = [frame.world(times(own, size)) for own in self._spread]
        # what the place of a paw does in a second, turning included
        before = [was.world(times(own, size)) for own in self._spread]
        rates = [times(minus(a, b), 1.0 / dt) for a, b in zip(homes, before, strict=True)]
        for leg, own in lifted.items():
            self.tips[leg] = frame.world(times(own, size))
            self.swings[leg] = None
        for leg, swing in enumerate(self.swings):
            if swing is None or leg in lifted:
                continue
            swing.passed_s += dt
            left_s = max(0.0, swing.span_s - swing.passed_s)
            lead = 0.5 * gait.duty * period_s if going else 0.0
            land = self._hold(plus(homes[leg], times(rates[leg], left_s + lead)), frame)
            part = min(1.0, swing.passed_s / swing.span_s)
            if part >= 1.0:
                self.tips[leg] = land
                self.swings[leg] = None
                continue
            eased = part * part * (3.0 - 2.0 * part)
            high = math.sin(math.pi * part**0.8)
            self.tips[leg] = along(
                mix(swing.start, land, eased), frame.up, swing.lift * size * high
            )
        left = [
            length(minus(tip, self._hold(home, frame))) / size
            for tip, home in zip(self.tips, homes, strict=True)
        ]
        if going:
            self._go(gait, period_s, left, lifted)
        else:
            self._settle(left, lifted)
        aloft = any(swing is not None for swing in self.swings)
        self._quiet = not (going or moved or aloft or lifted or max(left) > SETTLED)

    def _go(
        self, gait: Gait, period_s: float, left: Sequence[float], lifted: Mapping[int, Vec]
    ) -> None:
        for leg in range(4):
            if self.swings[leg] is not None or leg in lifted:
                continue
            own = (self.phase + self._offsets[leg]) % 1.0
            due = gait.duty <= own < gait.duty + 0.7 * (1.0 - gait.duty)
            late = left[leg] > STRETCHED
            if (due and left[leg] > 0.02) or late:
                rest = (1.0 - own) if due else (1.0 - gait.duty)
                span = max(0.09, rest * period_s)
                lift = gait.lift * min(1.0, 0.45 + 0.55 * self.pace)
                self.swings[leg] = Swing(self.tips[leg], span, lift)

    def _settle(self, left: Sequence[float], lifted: Mapping[int, Vec]) -> None:
        """One paw after the other goes to its place, the farthest first."""
        if any(swing is not None for swing in self.swings):
            return
        far = max(range(4), key=lambda leg: 0.0 if leg in lifted else left[leg])
        if far not in lifted and left[far] > SETTLED:
            lift = 0.03 + 0.12 * min(0.3, left[far])
            self.swings[far] = Swing(self.tips[far], SETTLES_S, lift)

    def _hold(self, wanted: Vec, frame: Frame) -> Vec:
        return hold(self.boxes, wanted, plane=(frame.at, frame.up))
