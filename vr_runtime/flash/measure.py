"""Owns the verdict on a run of pictures: flashes, red flashes, stripes; knows no file, no screen.

Rules: WCAG 2.3.1 with its exemption for small areas and without it; the extended failure of
broadcasters (2 to 3 flashes a second kept up for 5 s); and Palier's own, stricter limit. Time comes
as time stamps; pictures are never counted. A flash is a pair of opposing changes.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from vr_runtime.flash.light import (
    COLUMNS,
    FINE,
    ROWS,
    in_cells,
    in_fields,
    light_of,
    luminance,
    redness,
)
from vr_runtime.flash.patterns import striped_area
from vr_runtime.flash.transitions import Kept, Together, Transitions

CHANGE, DARKER = 0.10, 0.80
"""A change of relative luminance counts from this size on, with its darker end below this."""
RED_CHANGE = 20.0 / 320.0
"""Change of R - G - B that counts where a saturated red is one of its ends."""
WCAG_MOST, OWN_MOST, OWN_RED_MOST = 6, 4, 1
"""Opposing changes allowed in any second: three pairs by WCAG, two by Palier, of red none."""
EXTENDED_LEAST, EXTENDED_S = 4, 5.0
QUARTER = 0.25
"""Share of the picture below which WCAG exempts, seen on a monitor."""
SMALL = 0.003
"""0.006 sr of a picture 60 degrees high: the same area where the picture fills the field."""
STRIPES_AREA, STRIPES_S = 0.25, 0.5
STRIPES_EVERY_S = 0.1
"""Stripes are looked for this often: they must stay for half a second to count."""


@dataclass(frozen=True)
class Frame:
    """What one picture measured; areas are shares of the picture, 0 to 1."""

    at_s: float
    luminance: float
    """Mean relative luminance, 0 to 1."""
    red: float
    """Area in a saturated red."""
    changed: float
    """Area in which a change of luminance counted in this picture."""
    transitions: int
    """Opposing changes in the last second that a quarter of the picture or more made at once."""
    transitions_small: int
    """Those that 0.3 % of the picture or more made at once."""
    red_transitions: int
    """Opposing changes of red in the last second, 0.3 % of the picture or more."""
    stripes: float
    """Area filled by regular stripes."""


@dataclass
class Report:
    """The verdict. Each `..._s` is the first moment at which a rule was broken, else None."""

    frames: list[Frame] = field(default_factory=list)
    wcag_s: float | None = None
    """More than three flashes a second, or red flashes, in a quarter of the picture or more."""
    wcag_no_exemption_s: float | None = None
    """The same in 0.3 % of the picture or more. Cars that pass close by break it too: it is told,
    and Palier's own limit looks at the mean of fields of 10 degrees instead."""
    extended_s: float | None = None
    """Two to three flashes a second kept up for 5 s, in a quarter of the picture or more."""
    stripes_s: float | None = None
    """Regular stripes in a quarter of the picture or more for half a second."""
    own_s: float | None = None
    """More than two flashes a second in the mean of a field of 10 degrees, a red flash, or any of
    the above but for the small areas."""

    @property
    def passes(self) -> bool:
        """Whether Palier's own limit was kept."""
        return self.own_s is None

    @property
    def most(self) -> int:
        """Most opposing changes of any second, in 0.3 % of the picture or more."""
        return max((f.transitions_small for f in self.frames), default=0)


class Measurer:
    """Takes one picture after the other and keeps the verdict."""

    def __init__(self) -> None:
        self.report = Report()
        self._cells: _Counters | None = None
        self._striped_since: float | None = None
        self._looked: tuple[float, float] | None = None

    def take(self, at_s: float, picture: NDArray[Any]) -> Frame:
        """Take the picture shown from `at_s` (seconds, rising) on.

        Raises:
            ValueError: time does not rise, the picture has no pixels, or its proportions changed
                so much that its cells are other ones.
        """
        frames = self.report.frames
        if frames and at_s <= frames[-1].at_s:
            raise ValueError("time stamps must rise from picture to picture")
        light = light_of(picture)
        bright, red = luminance(light), redness(light)
        cells, reds = in_cells(bright), in_cells(red)
        if self._cells is None:
            self._cells = _Counters(cells.shape)
        counters = self._cells
        if cells.shape != counters.shape:
            raise ValueError("the pictures are of different sizes")
        changed = counters.bright.take(at_s, cells)
        reddened = counters.red.take(at_s, reds)
        for group in (counters.quarter, counters.small):
            group.take(at_s, changed, counters.bright.rising)
        for group in (counters.red_quarter, counters.red_small):
            group.take(at_s, reddened, counters.red.rising)
        counters.broad.take(at_s, in_fields(cells))
        if self._looked is None or at_s - self._looked[0] >= STRIPES_EVERY_S - 1e-6:
            self._looked = at_s, striped_area(in_cells(bright, FINE * COLUMNS, FINE * ROWS))
        frame = Frame(
            at_s=at_s,
            luminance=float(bright.mean()),
            red=float((red > 0.0).mean()),
            changed=float(changed.mean()),
            transitions=counters.quarter.most,
            transitions_small=counters.small.most,
            red_transitions=counters.red_small.most,
            stripes=self._looked[1],
        )
        frames.append(frame)
        self._judge(frame, counters)
        return frame

    def _judge(self, frame: Frame, counters: _Counters) -> None:
        told, at_s = self.report, frame.at_s
        kept_s = counters.kept.take(at_s, counters.quarter.last_second)
        if frame.stripes < STRIPES_AREA:
            self._striped_since = None
        elif self._striped_since is None:
            self._striped_since = at_s
        if max(frame.transitions, counters.red_quarter.most) > WCAG_MOST:
            told.wcag_s = _first(told.wcag_s, at_s)
        if max(frame.transitions_small, frame.red_transitions) > WCAG_MOST:
            told.wcag_no_exemption_s = _first(told.wcag_no_exemption_s, at_s)
        if float((kept_s >= EXTENDED_S - 1e-6).mean()) >= QUARTER:
            told.extended_s = _first(told.extended_s, at_s)
        if self._striped_since is not None and at_s - self._striped_since >= STRIPES_S - 1e-6:
            told.stripes_s = _first(told.stripes_s, at_s)
        broken = (told.wcag_s, told.extended_s, told.stripes_s)
        if (
            int(counters.broad.last_second.max()) > OWN_MOST
            or frame.red_transitions > OWN_RED_MOST
            or any(moment is not None for moment in broken)
        ):
            told.own_s = _first(told.own_s, at_s)


class _Counters:
    def __init__(self, shape: tuple[int, ...]) -> None:
        self.shape = shape
        self.bright = Transitions(shape, CHANGE, DARKER)
        self.red = Transitions(shape, RED_CHANGE)
        self.broad = Transitions(in_fields(np.zeros(shape)).shape, CHANGE, DARKER)
        self.quarter, self.small = Together(shape, QUARTER), Together(shape, SMALL)
        self.red_quarter, self.red_small = Together(shape, QUARTER), Together(shape, SMALL)
        self.kept = Kept(shape, EXTENDED_LEAST)


def _first(before: float | None, now: float) -> float:
    return now if before is None else before


def measure(pictures: Iterable[tuple[float, NDArray[Any]]]) -> Report:
    """The verdict on pictures given with their time stamps in seconds."""
    measurer = Measurer()
    for at_s, picture in pictures:
        measurer.take(at_s, picture)
    return measurer.report
