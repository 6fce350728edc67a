"""Owns what of saturated red flashes in cells, and what of it only moves; knows no picture.

A red lamp reddens its cells at once, where nothing near was as red: of such changes in their place
Palier allows no pair in a second. A red car reddens a cell beside those it fills, and they stay
red, or lose it to that cell. So a rise is laid to movement where a cell near was as red before and
is not rising itself; a fall likewise where one near is as red now and is not falling. What moves
changes each place once a passage; of all changes in the mean of a field of 10 degrees no more than
two pairs a second are allowed, as of any other light, so that two lamps which blink in turn are
found however near. Fields are so wide because a thing that moves past posts flickers in a cell.
WCAG knows no such difference: by its rules all changes count. In doubt it counts as in its place:
of things narrower than two cells, and of what leaps farther than two in a picture, as at more than
60 cells a second.
"""

from __future__ import annotations

from collections import deque

import numpy as np

from vr_runtime.flash.light import Values, in_fields
from vr_runtime.flash.transitions import ALMOST, Cells, Together, Transitions

RED_CHANGE = 20.0 / 320.0
"""Change of R - G - B that counts where a saturated red is one of its ends."""
SMALL = 0.003
"""0.006 sr of a picture 60 degrees high: the same area where the picture fills the field."""
QUARTER = 0.25
"""Share of the picture below which WCAG exempts, seen on a monitor."""
IN_PLACE_MOST, FIELD_MOST = 1, 4
"""Opposing changes of red in any second that Palier allows: no pair in its place, and two pairs,
as of any other light, of all together."""
REACH = 2
"""Cells that a red thing may move from one picture to the next."""
STEADY_S = 1.0 / 30.0
"""What rises or falls by half of a change in this time or one picture is no thing that moves."""
LATER = 3
"""A picture comes to who looks at it so many pictures late at most."""
COVER_APART_S = 0.9
"""A cover that begins sooner after the last one is no longer taken for one: a little less than the
second that the stage keeps between two, since pictures and ticks do not fall together."""


class Reds:
    """Opposing changes of red in cells of a run of pictures."""

    def __init__(self, shape: tuple[int, ...], tall: int, wide: int) -> None:
        """Count in cells of this shape, and in fields of so many cells each way."""
        self._field = tall, wide
        self._all, self._placed = Transitions(shape, RED_CHANGE), Transitions(shape, RED_CHANGE)
        self._fields = Transitions(in_fields(np.zeros(shape), tall, wide).shape, RED_CHANGE)
        self._mean = Transitions((1, 1), RED_CHANGE)
        self.quarter, self.small = Together(shape, QUARTER), Together(shape, SMALL)
        """Of all changes, those that so much of the picture made at once."""
        self._small = Together(shape, SMALL)
        self._sum = np.zeros(shape)
        """What rose and fell in its place, added up."""
        self._lately: deque[tuple[float, Values]] = deque()
        self._cover = _Cover()

    @property
    def in_place(self) -> int:
        """Most changes in the last second of red that does not move, in 0.3 % of the cells."""
        return self._small.most

    @property
    def in_field(self) -> int:
        """Most changes in the last second of the mean of a field, or of all, whatever moved."""
        return max(int(each.last_second.max()) for each in (self._fields, self._mean))

    @property
    def flashes(self) -> bool:
        """Whether more was counted in the last second than Palier allows."""
        return self.in_place > IN_PLACE_MOST or self.in_field > FIELD_MOST

    def begin_anew(self, *, fields: bool) -> None:
        """Compare what comes in cells, or in `fields` too, with nothing that was.

        What counted stays counted; the whole picture's mean is compared all the same.
        """
        self._all.begin_anew()
        self._placed.begin_anew()
        self._lately.clear()
        if fields:
            self._fields.begin_anew()

    def take(self, at_s: float, red: Values, *, covered: bool = False) -> None:
        """The picture at `at_s` seconds has this `redness`; `covered`: the engine darkens it."""
        red = self._cover.judged(at_s, red, covered=covered)
        cells, saturated = red[0], _saturated(red[1])
        self._look_for_movement(at_s, cells)
        for changes, values, groups in (
            (self._all, cells, (self.quarter, self.small)),
            (self._placed, self._sum, (self._small,)),
        ):
            changed = changes.take(at_s, values, saturated)
            for group in groups:
                group.take(at_s, changed, changes.rising)
        fields, pure = (in_fields(each, *self._field) for each in red)
        self._fields.take(at_s, fields, _saturated(pure))
        mean, pure = (each.mean(keepdims=True) for each in red)
        self._mean.take(at_s, mean, _saturated(pure))

    def _look_for_movement(self, at_s: float, red: Values) -> None:
        lately = self._lately
        if lately and (red.any() or any(was.any() for _then, was in lately)):
            while len(lately) > 1 and lately[1][0] <= at_s - STEADY_S + ALMOST:
                lately.popleft()
            before = lately[-1][1]
            low = np.minimum.reduce([was for _then, was in lately])
            high = np.maximum.reduce([was for _then, was in lately])
            came = np.where(red - low < RED_CHANGE / 2.0, before, 0.0)
            went = np.where(high - red < RED_CHANGE / 2.0, red, 0.0)
            rose = np.maximum(red - np.maximum(before, _near(came)), 0.0)
            fell = np.maximum(before - np.maximum(red, _near(went)), 0.0)
            self._sum = self._sum + rose - fell
        else:
            # Nothing red, or nothing to compare with: no older picture is of use.
            lately.clear()
        lately.append((at_s, red))


class _Cover:
    """What is judged while the engine darkens the picture for a moment, to change in the dark.

    Red is held as it was meanwhile: it goes and comes back with all else, which is counted as a
    change of light. More red than before is seen at once, so that nothing can flash behind it.
    """

    def __init__(self) -> None:
        self._held: Values | None = None
        self._last: Values | None = None
        self._began_s = -np.inf
        self._free = False
        self._covered = False

    def judged(self, at_s: float, red: Values, *, covered: bool) -> Values:
        """The redness that counts."""
        if covered and not self._covered:
            self._free = at_s - self._began_s >= COVER_APART_S
            self._began_s = at_s
        self._covered = covered
        if covered and self._free:
            if self._held is None:
                self._held = red if self._last is None else self._last
            return np.maximum(self._held, red)
        self._held, self._last = None, red
        return red


def _saturated(pure: Values) -> Cells:
    """Where so much of a saturated red is that its coming or going would count."""
    told: Cells = pure >= RED_CHANGE - ALMOST
    return told


def _near(values: Values) -> Values:
    """The most within `REACH` cells each way."""
    rows, columns = values.shape
    wide = np.zeros((rows + 2 * REACH, columns + 2 * REACH))
    wide[REACH:-REACH, REACH:-REACH] = values
    down = wide[:rows]
    for step in range(1, 2 * REACH + 1):
        down = np.maximum(down, wide[step : step + rows])
    told = down[:, :columns]
    for step in range(1, 2 * REACH + 1):
        told = np.maximum(told, down[:, step : step + columns])
    return told
