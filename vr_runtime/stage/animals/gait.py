"""Owns where the feet of an animal with many legs are: planted, or on their way to the next place.

Legs step in two groups, each a leg of every pair and side in turn (alternating tetrapods: Wilson
1967, Annu. Rev. Entomol. 11). A foot that stands is never moved; a group steps when one of its feet
has been left behind by half a stride, never while the other group is in the air. Nothing is drawn
here and nothing is by chance: equal ways give equal steps.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from vr_runtime.stage.animals.surfaces import Box, hold
from vr_runtime.stage.models.animals.spider.plan import LEGS, Skeleton
from vr_runtime.stage.space import Frame, Vec, along, length, minus, mix, plus, times, unit

GROUPS = ((0, 2, 5, 7), (1, 3, 4, 6))
STRIDE, RUNNING_STRIDE = 0.24, 0.26
"""How far a foot is left behind between two steps, in spans; the second more at a full run."""
FULL_RUN = 4.0
"""Spans a second at which strides are longest."""
LONGEST_S, SHORTEST_S = 0.17, 0.05
"""Seconds that a foot is in the air."""
LIFT = 0.055
"""How high it is lifted, in spans."""
SETTLED = 0.07
"""A foot farther from its rest than this, in spans, is put there once the animal stands."""
NEAR, FAR = 0.90, 0.97
"""Shares of a leg's reach: no foot is put farther than the first, nor stays beyond the second."""
STAGGER = 0.10
"""Legs of a group follow each other by this share of a step."""


@dataclass
class Swing:
    """A foot in the air."""

    start: Vec
    span_s: float
    passed_s: float
    """Below 0 while it still waits for those of its group before it."""


class Feet:
    """The feet of one animal."""

    def __init__(self, bones: Skeleton, boxes: Sequence[Box]) -> None:
        self.bones = bones
        self.boxes = boxes
        self.tips: list[Vec] = [(0.0, 0.0, 0.0)] * LEGS
        """Where each foot is now, in the space the animal walks in, metres."""
        self.swings: list[Swing | None] = [None] * LEGS
        self._homes: list[Vec] = []
        self._next = 0
        self._quiet = False

    def plant(self, frame: Frame, size: float) -> None:
        """Put every foot to its rest at once: the animal was put here."""
        self._homes = [frame.world(times(limb.rest, size)) for limb in self.bones.limbs[:LEGS]]
        self.tips = [self._hold(home, frame) for home in self._homes]
        self.swings = [None] * LEGS
        self._quiet = True

    @property
    def stepping(self) -> bool:
        """Whether any foot is on its way, or about to be."""
        return not self._quiet

    def standing(self, leg: int) -> bool:
        """Whether this foot is planted."""
        swing = self.swings[leg]
        return swing is None or swing.passed_s < 0.0

    def step(
        self, frame: Frame, size: float, dt: float, lifted: Mapping[int, Vec], *, moved: bool
    ) -> None:
        """`dt` seconds passed, after which the animal is at `frame`.

        Args:
            frame: where it is now.
            size: its span in metres.
            dt: seconds.
            lifted: feet that are held in the air, in the animal's own space in spans.
            moved: whether it is elsewhere than a tick before.
        """
        if self._quiet and not moved and not lifted:
            return
        homes = [frame.world(times(limb.rest, size)) for limb in self.bones.limbs[:LEGS]]
        speeds = [times(minus(a, b), 1.0 / dt) for a, b in zip(homes, self._homes, strict=True)]
        self._homes = homes
        fastest = max(length(speed) for speed in speeds) / size
        stride = size * (STRIDE + RUNNING_STRIDE * min(1.0, fastest / FULL_RUN))
        span_s = LONGEST_S
        if fastest > 1e-6:
            span_s = min(LONGEST_S, max(SHORTEST_S, 0.85 * stride / (fastest * size)))
        for leg in range(LEGS):
            if leg in lifted:
                self.tips[leg] = frame.world(times(lifted[leg], size))
                self.swings[leg] = None
        self._swing(frame, size, dt, speeds, stride)
        left = self._left_behind(frame, lifted)
        self._begin(frame, size, dt, speeds, stride, span_s, left, lifted, moved=moved)
        in_air = any(swing is not None for swing in self.swings)
        self._quiet = not (moved or in_air or lifted or any(v > SETTLED * size for v in left))

    def _hold(self, wanted: Vec, frame: Frame) -> Vec:
        return hold(self.boxes, wanted, plane=(frame.at, frame.up))

    def hip(self, leg: int, frame: Frame, size: float) -> Vec:
        """Where a leg begins."""
        x, y, z = self.bones.limbs[leg].hip
        return frame.world((x * size, y * size, (z + self.bones.height) * size))

    def _swing(
        self, frame: Frame, size: float, dt: float, speeds: Sequence[Vec], stride: float
    ) -> None:
        for leg, swing in enumerate(self.swings):
            if swing is None:
                continue
            waited = swing.passed_s < 0.0
            swing.passed_s += dt
            if swing.passed_s < 0.0:
                continue
            if waited:
                swing.start = self.tips[leg]
            part = min(1.0, swing.passed_s / swing.span_s)
            rest_s = max(0.0, swing.span_s - swing.passed_s)
            land = self._landing(leg, frame, size, speeds[leg], stride, rest_s)
            if part >= 1.0:
                self.tips[leg] = land
                self.swings[leg] = None
                continue
            eased = part * part * (3.0 - 2.0 * part)
            high = 4.0 * part * (1.0 - part)
            self.tips[leg] = along(mix(swing.start, land, eased), frame.up, LIFT * size * high)

    def _landing(
        self, leg: int, frame: Frame, size: float, speed: Vec, stride: float, rest_s: float
    ) -> Vec:
        """Where a foot comes down that has `rest_s` left: half a stride before its rest."""
        fast = length(speed)
        lead = min(0.5 * stride, 0.16 * fast)
        hip = plus(self.hip(leg, frame, size), times(speed, rest_s))
        most = NEAR * self.bones.limbs[leg].reach * size
        home = self._homes[leg]
        for share in (1.0, 0.6, 0.25, 0.0):
            wanted = along(plus(home, times(speed, rest_s)), unit(speed), lead * share)
            land = self._hold(wanted, frame)
            if length(minus(land, hip)) <= most:
                return land
        for share in (0.3, 0.6, 0.9):
            land = self._hold(mix(home, hip, share), frame)
            if length(minus(land, hip)) <= most:
                return land
        return land

    def _left_behind(self, frame: Frame, lifted: Mapping[int, Vec]) -> list[float]:
        """How far each standing foot is from where it would rest, in metres."""
        out = []
        for leg in range(LEGS):
            if self.swings[leg] is not None or leg in lifted:
                out.append(0.0)
            else:
                rest = self._hold(self._homes[leg], frame)
                out.append(length(minus(self.tips[leg], rest)))
        return out

    def _begin(
        self,
        frame: Frame,
        size: float,
        dt: float,
        speeds: Sequence[Vec],
        stride: float,
        span_s: float,
        left: Sequence[float],
        lifted: Mapping[int, Vec],
        *,
        moved: bool,
    ) -> None:
        limit = 0.5 * stride if moved else SETTLED * size
        aloft = [any(self.swings[leg] is not None for leg in group) for group in GROUPS]
        for number in (self._next, 1 - self._next):
            group = GROUPS[number]
            if any(aloft) or not any(left[leg] > limit for leg in group):
                continue
            order = 0
            for leg in group:
                if leg in lifted or left[leg] < 0.35 * limit:
                    continue
                wait = STAGGER * span_s * order
                self.swings[leg] = Swing(self.tips[leg], span_s, -wait)
                order += 1
            aloft[number] = True
            self._next = 1 - number
        for leg in range(LEGS):
            if leg in lifted:
                continue
            swing = self.swings[leg]
            if swing is not None and swing.passed_s >= 0.0:
                continue
            # no leg is ever longer than its bones: what is nearly stretched steps now
            hip = along(self.hip(leg, frame, size), speeds[leg], dt)
            if length(minus(self.tips[leg], hip)) > FAR * self.bones.limbs[leg].reach * size:
                self.swings[leg] = Swing(self.tips[leg], min(span_s, 0.1), 0.0)
