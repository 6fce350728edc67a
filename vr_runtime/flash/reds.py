"""Owns what of saturated red flashes in cells, and what of it only moves; knows no picture.

A red lamp reddens its cells at once, where nothing near was as red. A red car reddens a cell beside
those it fills, and they stay red, or lose it to that cell. So a rise is laid to movement where a
cell near was as red before and is not rising itself; a fall likewise where one near is as red now
and is not falling. What is left is red that changes in its place. WCAG knows no such difference: by
its rules all changes count, and of those that move no more are allowed than of any other light.
In doubt it counts: of things narrower than two cells, of what leaps farther than two in a picture,
as at more than 60 cells a second.
"""

from __future__ import annotations

from collections import deque

import numpy as np

from vr_runtime.flash.light import Values
from vr_runtime.flash.transitions import ALMOST, Together, Transitions

RED_CHANGE = 20.0 / 320.0
"""Change of R - G - B that counts where a saturated red is one of its ends."""
SMALL = 0.003
"""0.006 sr of a picture 60 degrees high: the same area where the picture fills the field."""
QUARTER = 0.25
"""Share of the picture below which WCAG exempts, seen on a monitor."""
IN_PLACE_MOST, MOVING_MOST = 1, 4
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

    def __init__(self, shape: tuple[int, ...]) -> None:
        """Count in cells of this shape."""
        self._all, self._placed = Transitions(shape, RED_CHANGE), Transitions(shape, RED_CHANGE)
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
    def flashes(self) -> bool:
        """Whether more was counted in the last second than Palier allows."""
        return self.in_place > IN_PLACE_MOST or self.small.most > MOVING_MOST

    def begin_anew(self) -> None:
        """Compare what comes with nothing that was; what counted stays counted."""
        self._all.begin_anew()
        self._placed.begin_anew()
        self._lately.clear()

    def take(self, at_s: float, red: Values, *, covered: bool = False) -> None:
        """The picture at `at_s` seconds has this redness; `covered`: the engine darkens it."""
        red = self._cover.judged(at_s, red, covered=covered)
        self._look_for_movement(at_s, red)
        for changes, values, groups in (
            (self._all, red, (self.quarter, self.small)),
            (self._placed, self._sum, (self._small,)),
        ):
            changed = changes.take(at_s, values)
            for group in groups:
                group.take(at_s, changed, changes.rising)

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
