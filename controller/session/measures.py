"""Owns the formulas on distress ratings within one session; knows neither record nor report.

Times are seconds, ratings 0 to 100 (SUDS, Subjective Units of Distress). A figure that cannot be
had is None and never 0: most need two ratings. A missing rating is simply not among the samples;
nothing here carries a rating on. Definitions follow the emotional-processing reading of exposure
(Foa & Kozak 1986: initial fear activation and habituation within the session). The literature also
uses initial-to-end differences, so whoever shows a figure shows its formula.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

PEAK_FLOOR = 20.0
"""Least peak for which the 50 % criterion says anything; below it there was little to fall.
Where no protocol says otherwise, as in sessions from before there were any."""
LONGEST_BETWEEN = 2.0
"""Ratings further apart than this many prompt intervals are not joined: a gap. As above."""


@dataclass(frozen=True, order=True)
class Sample:
    """One answered rating: when, and how much."""

    t_s: float
    suds: float


@dataclass(frozen=True, order=True)
class Interval:
    """A stretch of time, `from_s` to `to_s`, in seconds."""

    from_s: float
    to_s: float

    @property
    def length_s(self) -> float:
        """Seconds, 0 or more."""
        return max(0.0, self.to_s - self.from_s)


@dataclass(frozen=True)
class Area:
    """Distress summed over time, and over how much of it."""

    suds_min: float
    """Area under the ratings, in SUDS x minutes."""
    covered_s: float
    """Seconds that were summed; holds, pauses, safe place and gaps are not among them."""
    gaps: int
    """Pairs of neighbouring ratings that were too far apart to be joined."""


def last_before(samples: Sequence[Sample], t_s: float) -> float | None:
    """The last rating at or before `t_s`, or None.

    With the ratings of kind baseline and the beginning of the first trial it is the *baseline*;
    with those of kind anticipatory and the beginning of a trial, the *anticipatory* rating.
    """
    before = [s for s in samples if s.t_s <= t_s]
    return max(before, key=lambda s: s.t_s).suds if before else None


def initial(samples: Sequence[Sample]) -> float | None:
    """The first rating of the trial; None with fewer than two."""
    return min(samples, key=lambda s: s.t_s).suds if len(samples) >= 2 else None


def end(samples: Sequence[Sample]) -> float | None:
    """The last rating of the trial; None with fewer than two."""
    return max(samples, key=lambda s: s.t_s).suds if len(samples) >= 2 else None


def peak(samples: Sequence[Sample], told_after: Sequence[float] = ()) -> float | None:
    """The highest rating of the trial; None with fewer than two.

    Args:
        samples: the ratings given in the trial.
        told_after: answers to "how high was it at most?", which count for the height of the peak
            but have no time.
    """
    if len(samples) < 2:
        return None
    return max([s.suds for s in samples] + list(told_after))


def time_to_half_s(samples: Sequence[Sample], told_after: Sequence[float] = ()) -> float | None:
    """Seconds from the first highest rating to the first later one at or below half of it.

    first t >= t_peak with s <= 0.5 x peak, less t_peak. None with fewer than two ratings, when the
    peak is 0, when no later rating fell to half, and when a higher peak was only told afterwards:
    its time is not known.
    """
    top = peak(samples, told_after)
    if not top or top > max(s.suds for s in samples):
        return None
    ordered = sorted(samples, key=lambda s: s.t_s)
    t_peak = next(s.t_s for s in ordered if s.suds == top)
    return next((s.t_s - t_peak for s in ordered if s.t_s >= t_peak and 2 * s.suds <= top), None)


def initial_fear_activation(top: float | None, baseline: float | None) -> float | None:
    """peak - baseline, in SUDS; may be negative; None when either is."""
    return None if top is None or baseline is None else top - baseline


def habituation(top: float | None, last: float | None) -> float | None:
    """Within-session habituation, absolute: peak - end, in SUDS; None when either is."""
    return None if top is None or last is None else top - last


def habituation_share(top: float | None, last: float | None) -> float | None:
    """Within-session habituation, relative: (peak - end) / peak, 0 to 1.

    None when either is None, and for a peak of 0, where it is undefined.
    """
    return None if not top or last is None else (top - last) / top


def between(before: float | None, now: float | None) -> float | None:
    """Between-session change: figure of an earlier session - the same figure of this one, in SUDS.

    Of peaks it is between-session habituation (Foa & Kozak 1986), positive when distress fell. The
    two are only comparable at the same level of the same version and configuration of a scenario,
    which whoever asks has made sure of. None when either is.
    """
    return None if before is None or now is None else before - now


def halved(top: float | None, last: float | None, floor: float = PEAK_FLOOR) -> bool | None:
    """Whether end <= 0.5 x peak; None when either is, or when the peak is below `floor`."""
    if top is None or last is None or top < floor:
        return None
    return 2 * last <= top


def area(
    samples: Sequence[Sample],
    excluded: Sequence[Interval] = (),
    longest_s: float | None = None,
) -> Area | None:
    """The area under the ratings by the trapezoid rule: sum of (s_i + s_i+1) / 2 x (t_i+1 - t_i).

    Two ratings around an excluded stretch are joined by a straight line, of which only the part
    outside the stretch is summed.

    Args:
        samples: the ratings, in any order.
        excluded: holds, pauses, safe place: reported apart, never summed; they may overlap.
        longest_s: two ratings further apart than this are a gap and not joined; None joins all.

    Returns:
        None with fewer than two ratings or when nothing is left to sum.
    """
    ordered = sorted(samples)
    total = covered = 0.0
    gaps = 0
    for a, b in pairwise(ordered):
        length = b.t_s - a.t_s
        if longest_s is not None and length > longest_s:
            gaps += 1
            continue
        for part in without(Interval(a.t_s, b.t_s), excluded):
            middle = (part.from_s + part.to_s) / 2
            height = a.suds + (b.suds - a.suds) * (middle - a.t_s) / length
            total += height * part.length_s
            covered += part.length_s
    return Area(total / 60, covered, gaps) if covered > 0 else None


def mean_over_time(of: Area | None) -> float | None:
    """Time-weighted mean: area / summed time, in SUDS; None where there is no area."""
    return None if of is None else of.suds_min * 60 / of.covered_s


def coverage(answered: int, due: int) -> float | None:
    """Share of the due ratings that were answered, 0 to 1; None when none fell due."""
    return None if due == 0 else answered / due


def total_s(intervals: Sequence[Interval]) -> float:
    """Seconds covered by the stretches together; where they overlap, time counts once."""
    return sum(i.length_s for i in _merged(intervals))


def overlap_s(stretch: Interval, intervals: Sequence[Interval]) -> float:
    """Seconds of `stretch` that lie in any of the intervals."""
    return stretch.length_s - total_s(without(stretch, intervals))


def without(stretch: Interval, excluded: Sequence[Interval]) -> tuple[Interval, ...]:
    """What is left of a stretch when others are taken out; parts of no length are left out."""
    left = []
    at = stretch.from_s
    for cut in _merged(excluded):
        if cut.from_s > at:
            left.append(Interval(at, min(cut.from_s, stretch.to_s)))
        at = max(at, cut.to_s)
    left.append(Interval(at, stretch.to_s))
    return tuple(i for i in left if i.length_s > 0)


def time_at_levels(
    path: Sequence[tuple[float, int]], within: Interval, excluded: Sequence[Interval] = ()
) -> dict[int, float]:
    """Seconds at each whole level that was reached, within a stretch of time.

    A level counts from the moment it was reached until the next one was.

    Args:
        path: (second, level reached then), in order of time.
        within: the trial.
        excluded: what is not to be counted, such as holds.
    """
    seconds: dict[int, float] = {}
    ends = [t for t, _level in path[1:]] + [within.to_s]
    for (start, level), stop in zip(path, ends, strict=True):
        stay = Interval(max(start, within.from_s), min(stop, within.to_s))
        if stay.length_s > 0:
            seconds[level] = seconds.get(level, 0.0) + total_s(without(stay, excluded))
    return dict(sorted(seconds.items()))


def _merged(intervals: Sequence[Interval]) -> list[Interval]:
    """The same time in stretches that do not overlap, in order."""
    merged: list[Interval] = []
    for interval in sorted(i for i in intervals if i.length_s > 0):
        if merged and interval.from_s <= merged[-1].to_s:
            merged[-1] = Interval(merged[-1].from_s, max(merged[-1].to_s, interval.to_s))
        else:
            merged.append(interval)
    return merged
