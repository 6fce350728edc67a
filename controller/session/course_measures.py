"""Owns the formulas beside those of `measures`: prompts, leaving, spells, expectations.

It knows neither record nor report. Times are seconds, ratings 0 to 100 (SUDS), likelihoods 0 to 100
percent. A figure that cannot be had is None and never 0; nothing is carried on. Whoever shows a
figure shows its formula, for the literature uses several of each name.
"""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from dataclasses import dataclass

from controller.session import measures
from controller.session.clinical import Expectancy
from controller.session.measures import Interval, Sample


def above_baseline(
    trials: Sequence[Sequence[Sample]],
    baseline: float | None,
    excluded: Sequence[Interval] = (),
    longest_s: float | None = None,
) -> float | None:
    """Area above baseline over several trials, in SUDS x minutes; negative where it lay below.

    Formula: sum over trials of the sum of ((s_i - b) + (s_i+1 - b)) / 2 x (t_i+1 - t_i), by
    `measures.area`; time below baseline counts against time above (area under the curve with
    respect to increase, AUC-I: Pruessner et al. 2003, with the baseline rating as reference).

    Args:
        trials: the ratings of each trial; ratings of two trials are never joined.
        baseline: the baseline rating; None gives None.
        excluded: holds, pauses, safe place: left out, and reported apart.
        longest_s: ratings further apart than this are a gap and not joined; None joins all.

    Returns:
        None without baseline, or when no trial has anything to sum.
    """
    if baseline is None:
        return None
    areas = [
        measures.area([Sample(s.t_s, s.suds - baseline) for s in trial], excluded, longest_s)
        for trial in trials
    ]
    known = [a.suds_min for a in areas if a is not None]
    return sum(known) if known else None


def variability(ratings: Sequence[float]) -> float | None:
    """Standard deviation of the ratings, in SUDS, 0 to about 71.

    Formula: square root of (sum of (s_i - mean)^2 / (n - 1)): of a sample, each rating counted
    once, however long it held. None with fewer than two ratings (variability as an inhibitory-
    learning strategy: Craske et al. 2014).
    """
    return statistics.stdev(ratings) if len(ratings) >= 2 else None


def prompt_latency_s(prompts: Sequence[tuple[float, float | None]]) -> float | None:
    """Median of max(0, answered - due) over the answered prompts, in seconds.

    An answer in the window before the prompt fell due counts as 0. Unanswered prompts are not part
    of it; coverage tells of those. With an even number of answers it is the mean of the middle two.
    None without an answered prompt.

    Args:
        prompts: (second it fell due, second it was answered or None).
    """
    late = [max(0.0, answered - due) for due, answered in prompts if answered is not None]
    return float(statistics.median(late)) if late else None


def escape_latency_s(
    trial: Interval, left_s: Sequence[float], excluded: Sequence[Interval] = ()
) -> float | None:
    """Seconds from the beginning of a trial to the patient's own leaving, without `excluded`.

    Formula: first leaving - beginning, less what of that time was held or paused. Only the
    patient's own act is a leaving: the therapist's safe place or stop is none, and neither is a
    fault. None when the patient did not leave in this trial.

    Args:
        trial: from its beginning to its end; a leaving at its very end ended it, and counts.
        left_s: when the patient pressed leave or stop, in any order.
        excluded: holds and pauses.
    """
    within = [t for t in left_s if trial.from_s <= t <= trial.to_s]
    if not within:
        return None
    return measures.total_s(measures.without(Interval(trial.from_s, min(within)), excluded))


@dataclass(frozen=True)
class Spell:
    """How often something other than exposure came, and for how long altogether."""

    times: int
    total_s: float
    longest_s: float


def spells(stretches: Sequence[Interval]) -> Spell:
    """Number and total time of safe places, or of pauses, or of holds.

    Stretches that overlap or follow one another without a gap are one; stretches of no length are
    none. With nothing, all three are 0: that nothing happened is known.
    """
    lengths = [i.length_s for i in _joined(stretches)]
    return Spell(len(lengths), sum(lengths), max(lengths, default=0.0))


@dataclass(frozen=True)
class Expectation:
    """A feared outcome that was tested: how likely before, whether it came, how likely after."""

    likelihood_before: float | None
    """Percent, 0 to 100."""
    occurred: bool | None
    """None: it was not said."""
    likelihood_after: float | None
    """Percent, 0 to 100."""

    def __post_init__(self) -> None:
        """Refuse what is no percentage.

        Raises:
            ValueError: a likelihood below 0 or above 100.
        """
        for value in (self.likelihood_before, self.likelihood_after):
            if value is not None and not 0 <= value <= 100:
                raise ValueError(f"a likelihood is 0 to 100 percent, not {value}")


def expected(said: Expectancy) -> Expectation:
    """What an entry of the record says, as figures."""
    return Expectation(
        likelihood_before=said.likelihood_before,
        occurred=said.occurred,
        likelihood_after=said.likelihood_after,
    )


def violation(of: Expectation) -> float | None:
    """Expectancy violation: likelihood before - (100 if it occurred, else 0), -100 to 100 points.

    100: what was held for certain did not come; -100: what was held for impossible came; 0: as
    expected. None when either is not known (Craske et al. 2014, expectancy violation).
    """
    if of.likelihood_before is None or of.occurred is None:
        return None
    return of.likelihood_before - (100 if of.occurred else 0)


def belief_change(of: Expectation) -> float | None:
    """Belief change: likelihood before - likelihood after, -100 to 100 points.

    Positive when the feared outcome is held for less likely than before. None when either is not
    known (Craske et al. 2014).
    """
    return _less(of.likelihood_before, of.likelihood_after)


def _less(first: float | None, second: float | None) -> float | None:
    return None if first is None or second is None else first - second


def _joined(stretches: Sequence[Interval]) -> list[Interval]:
    joined: list[Interval] = []
    for stretch in sorted(i for i in stretches if i.length_s > 0):
        if joined and stretch.from_s <= joined[-1].to_s:
            joined[-1] = Interval(joined[-1].from_s, max(joined[-1].to_s, stretch.to_s))
        else:
            joined.append(stretch)
    return joined
