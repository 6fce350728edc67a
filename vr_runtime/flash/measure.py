"""Owns the verdict on a run of pictures: flashes, red flashes, stripes; knows no file, no screen.

Rules: WCAG 2.3.1 with its exemption for small areas and without it; the extended failure of
broadcasters (2 to 3 flashes a second kept up for 5 s); and Palier's own, stricter limit. Time comes
as time stamps; pictures are never counted. A flash is a pair of opposing changes.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

import numpy as np
from numpy.typing import NDArray

from vr_runtime.flash.light import (
    BROAD,
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
from vr_runtime.flash.reds import QUARTER, SMALL, Reds
from vr_runtime.flash.transitions import Kept, Together, Transitions

CHANGE, DARKER = 0.10, 0.80
"""A change of relative luminance counts from this size on, with its darker end below this."""
WCAG_MOST, OWN_MOST = 6, 4
"""Opposing changes allowed in any second: three pairs by WCAG, two by Palier; of red see `reds`."""
EXTENDED_LEAST, EXTENDED_S = 4, 5.0
STRIPES_AREA, STRIPES_S = 0.25, 0.5
STRIPES_EVERY_S = 0.1
"""Stripes are looked for this often: they must stay for half a second to count."""
WIDEST = 640
"""Points across at most that are looked at: more are taken together, as light adds up."""
LEAST_S = 0.0005
"""Time from one picture to the next, at least: no display shows 2000 of them in a second."""
LIKE = 0.05
"""Part by which the proportions of a picture may differ from those of the first one."""


class NotRising(ValueError):
    """The time of a picture does not come half a millisecond or more after the last one's."""


class OtherProportions(ValueError):
    """A picture is of other proportions than the first one: what is where cannot be compared."""


class Rule(StrEnum):
    """What a run of pictures is judged by."""

    WCAG = "wcag"
    """More than three flashes, or red flashes, a second, in a quarter of the picture or more."""
    WCAG_NO_EXEMPTION = "wcag_no_exemption"
    """The same in 0.3 % of the picture or more. Cars that pass close by break it too: it is told,
    and Palier's own limit looks at the mean of fields of 10 degrees instead."""
    EXTENDED = "extended"
    """Two to three flashes a second kept up for 5 s, in a quarter of the picture or more."""
    STRIPES = "stripes"
    """Regular stripes in a quarter of the picture or more for half a second."""
    OWN = "own"
    """More than two flashes a second in the mean of a field of 10 degrees, a red flash, or any of
    the above but for the small areas."""


KEEPING = frozenset[Rule]()


@dataclass(frozen=True, slots=True)
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
    transitions_field: int
    """Opposing changes in the last second of the mean of a field of 10 degrees, the worst one."""
    red_transitions: int
    """Opposing changes of red in the last second, 0.3 % of the picture or more."""
    red_in_place: int
    """Those of them that are not laid to red that moves past."""
    red_field: int
    """Opposing changes of red in the last second of the mean of a field of 10 degrees."""
    stripes: float
    """Area filled by regular stripes."""
    red_flashes: bool = False
    """Whether red alone breaks Palier's own limit now."""
    broken: frozenset[Rule] = KEEPING
    """The verdict on what was shown up to this picture, as far back as each rule looks: rules
    that are broken now. One that was broken before and is kept again is not among them."""


@dataclass
class Report:
    """The verdict. Each `..._s` is the first moment at which a rule was broken, else None."""

    frames: list[Frame] = field(default_factory=list)
    """Every picture, or none where only the verdict was asked for."""
    pictures: int = 0
    """How many were taken."""
    most: int = 0
    """Most opposing changes of any second, in 0.3 % of the picture or more."""
    broken_s: dict[Rule, float] = field(default_factory=dict)
    """First moment, in seconds, at which a rule was broken; of those alone that were."""

    @property
    def passes(self) -> bool:
        """Whether Palier's own limit was kept."""
        return self.own_s is None

    @property
    def wcag_s(self) -> float | None:
        """See `Rule.WCAG`."""
        return self.broken_s.get(Rule.WCAG)

    @property
    def wcag_no_exemption_s(self) -> float | None:
        """See `Rule.WCAG_NO_EXEMPTION`."""
        return self.broken_s.get(Rule.WCAG_NO_EXEMPTION)

    @property
    def extended_s(self) -> float | None:
        """See `Rule.EXTENDED`."""
        return self.broken_s.get(Rule.EXTENDED)

    @property
    def stripes_s(self) -> float | None:
        """See `Rule.STRIPES`."""
        return self.broken_s.get(Rule.STRIPES)

    @property
    def own_s(self) -> float | None:
        """See `Rule.OWN`."""
        return self.broken_s.get(Rule.OWN)


class Measurer:
    """Takes one picture after the other and keeps the verdict."""

    def __init__(self, keep_frames: bool = True) -> None:
        """Begin with no picture.

        Args:
            keep_frames: keep what each picture measured, some 300 bytes of memory for each.
        """
        self.report = Report()
        self._keep = keep_frames
        self._last_s = -math.inf
        self._wide = 0.0
        self._cells: _Counters | None = None
        self._striped_since: float | None = None
        self._looked: tuple[float, float] | None = None

    def take(self, at_s: float, picture: NDArray[Any], *, covered: bool = False) -> Frame:
        """Take the picture shown from `at_s` (seconds, rising) on.

        Args:
            at_s: its time.
            picture: see `light_of`.
            covered: Palier itself darkens it for a moment, to put the patient elsewhere.

        Raises:
            NotRising: time does not rise, or is no number.
            OtherProportions: the picture's are not those of the first one.
            ValueError: it has no pixels.
        """
        if not math.isfinite(at_s) or at_s - self._last_s < LEAST_S:
            raise NotRising("time stamps must rise from picture to picture")
        light = light_of(picture, WIDEST)
        wide = picture.shape[1] / picture.shape[0]
        bright, red = luminance(light), redness(light)
        cells, reds = in_cells(bright), np.stack([in_cells(each) for each in red])
        if self._cells is None:
            self._cells, self._wide = _Counters(cells.shape, wide), wide
        counters = self._cells
        if cells.shape != counters.shape or abs(wide / self._wide - 1.0) > LIKE:
            raise OtherProportions("the pictures are of different sizes")
        self._last_s = at_s
        changed = counters.bright.take(at_s, cells)
        counters.red.take(at_s, reds, covered=covered)
        for group in (counters.quarter, counters.small):
            group.take(at_s, changed, counters.bright.rising)
        counters.broad.take(at_s, in_fields(cells, BROAD, counters.field_wide))
        if self._looked is None or at_s - self._looked[0] >= STRIPES_EVERY_S - 1e-6:
            self._looked = at_s, striped_area(in_cells(bright, FINE * COLUMNS, FINE * ROWS))
        stripes = self._looked[1]
        frame = Frame(
            at_s=at_s,
            luminance=float(bright.mean()),
            red=float((red[1] > 0.0).mean()),
            changed=float(changed.mean()),
            transitions=counters.quarter.most,
            transitions_small=counters.small.most,
            transitions_field=int(counters.broad.last_second.max()),
            red_transitions=counters.red.small.most,
            red_in_place=counters.red.in_place,
            red_field=counters.red.in_field,
            stripes=stripes,
            red_flashes=counters.red.flashes,
            broken=self._broken(at_s, counters, stripes),
        )
        self._tell(frame)
        return frame

    def _broken(self, at_s: float, counters: _Counters, stripes: float) -> frozenset[Rule]:
        kept_s = counters.kept.take(at_s, counters.quarter.about_a_second)
        if stripes < STRIPES_AREA:
            self._striped_since = None
        elif self._striped_since is None:
            self._striped_since = at_s
        quarter = max(counters.quarter.most, counters.red.quarter.most)
        broken = set()
        if quarter > WCAG_MOST:
            broken.add(Rule.WCAG)
        if float((kept_s >= EXTENDED_S - 1e-6).mean()) >= QUARTER:
            broken.add(Rule.EXTENDED)
        if self._striped_since is not None and at_s - self._striped_since >= STRIPES_S - 1e-6:
            broken.add(Rule.STRIPES)
        fields = int(counters.broad.last_second.max())
        if broken or fields > OWN_MOST or counters.red.flashes:
            broken.add(Rule.OWN)
        if max(counters.small.most, counters.red.small.most) > WCAG_MOST:
            broken.add(Rule.WCAG_NO_EXEMPTION)
        return frozenset(broken) if broken else KEEPING

    def _tell(self, frame: Frame) -> None:
        told = self.report
        told.pictures += 1
        told.most = max(told.most, frame.transitions_small)
        for rule in frame.broken:
            told.broken_s.setdefault(rule, frame.at_s)
        if self._keep:
            told.frames.append(frame)


class _Counters:
    def __init__(self, shape: tuple[int, ...], wide: float) -> None:
        """Count in cells of this shape, of pictures so many times as wide as high."""
        self.shape = shape
        rows, columns = shape
        # A field is as wide as it is high, also where the cells of a narrow picture are not.
        self.field_wide = max(1, round(BROAD * columns / rows / wide))
        self.bright = Transitions(shape, CHANGE, DARKER)
        self.red = Reds(shape, BROAD, self.field_wide)
        fields = in_fields(np.zeros(shape), BROAD, self.field_wide)
        self.broad = Transitions(fields.shape, CHANGE, DARKER)
        self.quarter, self.small = Together(shape, QUARTER), Together(shape, SMALL)
        self.kept = Kept(shape, EXTENDED_LEAST)


def measure(pictures: Iterable[tuple[float, NDArray[Any]]], keep_frames: bool = True) -> Report:
    """The verdict on pictures given with their time stamps in seconds."""
    measurer = Measurer(keep_frames)
    for at_s, picture in pictures:
        measurer.take(at_s, picture)
    return measurer.report
