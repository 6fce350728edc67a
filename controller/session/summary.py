"""Owns which figures are given of a session, each with the name of its formula.

Report and exports give the same ones. It knows the history and the formulas, and neither page,
chart nor file.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import inf

from controller.language import mark
from controller.session import course_measures, measures
from controller.session.history import RatingLine, SessionHistory, Trial
from controller.session.measures import Area, Interval, Sample
from vr_runtime.wire.acts import Phase

IN_TRIAL = frozenset({"interval", "end", "spontaneous"})
"""Kinds of ratings that say, in a trial, how it is at that moment."""

BY_PATIENT = frozenset({"patient_left", "patient_stopped"})
"""Kinds of acts by which the patient leaves; the therapist's, and faults, are none."""

APART = (Phase.HOLD, Phase.PAUSE, Phase.SAFE_PLACE, Phase.STOPPED)
"""What is no exposure and is reported apart from it, in this order."""

FORMULAS: Mapping[str, str] = {
    "baseline": mark("Baseline: the last baseline rating before the first trial."),
    "anticipatory": mark("Before: the last rating given in expectation of the trial."),
    "initial": mark("Initial: the first rating in the trial."),
    "peak": mark("Peak: the highest rating in the trial, also one asked for afterwards."),
    "end": mark("End: the last rating in the trial."),
    "activation": mark("Activation: peak − baseline."),
    "habituation": mark("Fall: peak − end."),
    "habituation_share": mark("Fall in percent: (peak − end) / peak; none when the peak is 0."),
    "halved": mark(
        "Halved: end ≤ 0.5 × peak; not judged when the peak is below the floor that the session's "
        "protocol sets."
    ),
    "half": mark("Time to half: from the highest rating to the first later one ≤ 0.5 × peak."),
    "area": mark(
        "Area, in SUDS × min: sum of (first + second) / 2 × minutes between, over neighbouring "
        "ratings of a trial; holds are left out, and so are ratings more prompt intervals apart "
        "than the session's protocol allows."
    ),
    "mean": mark("Mean: area / minutes that were summed."),
    "above_baseline": mark(
        "Above baseline, in SUDS × min: the same sum of (rating − baseline); negative where "
        "distress lay below it."
    ),
    "deviation": mark(
        "Spread: standard deviation of the ratings in the trial, √(Σ(rating − mean)² / (n − 1))."
    ),
    "escape": mark(
        "Left after: from the beginning of the trial to the patient's own leaving, without holds "
        "and pauses."
    ),
    "latency": mark(
        "Answering time: median of (answered − due) over the ratings answered; 0 for one given "
        "before it fell due."
    ),
    "time": mark("Time: from the beginning of the trial to its end, without holds."),
    "level_time": mark(
        "Time at a level: from the moment the level was reached until the next one was."
    ),
    "held": mark("On hold: all holds within the trial, added up."),
    "level_held": mark(
        "On hold: all holds from the moment the level was reached until the next one was."
    ),
    "coverage": mark("Answered: ratings answered / ratings that fell due."),
    "duration": mark(
        "Duration: from the opening of the session to its close, or to what is known last."
    ),
    "highest_session": mark("Highest level: the highest whole level reached in any trial."),
    "peak_session": mark(
        "Peak distress: the highest rating in trials, also one asked for afterwards."
    ),
    "end_session": mark("Last distress: the last rating given in a trial."),
}


@dataclass(frozen=True)
class Figures:
    """Distress over one trial, or over all trials of a session together."""

    ratings: int
    baseline: float | None
    anticipatory: float | None
    initial: float | None
    peak: float | None
    end: float | None
    activation: float | None
    habituation: float | None
    habituation_share: float | None
    halved: bool | None
    half_s: float | None
    area: Area | None
    mean: float | None
    above_baseline: float | None
    """Area above the baseline, in SUDS x minutes."""
    deviation: float | None
    """Standard deviation of the ratings, in SUDS."""
    escape_s: float | None
    """Until the patient left by their own act; None when they did not, and over several trials."""
    exposed_s: float
    """Seconds in the scene without holds."""
    held_s: float


@dataclass(frozen=True)
class TrialFigures:
    """One trial and its figures."""

    trial: Trial
    figures: Figures


@dataclass(frozen=True)
class LevelTime:
    """How long the patient was at one level."""

    level: int
    exposed_s: float
    """Without holds."""
    held_s: float


@dataclass(frozen=True)
class Apart:
    """How often and how long something other than exposure went on."""

    phase: Phase
    times: int
    seconds: float
    longest_s: float


@dataclass(frozen=True)
class Summary:
    """All figures of one session."""

    trials: tuple[TrialFigures, ...]
    session: Figures
    highest: int | None
    """Highest whole level reached; None without a trial."""
    levels: tuple[LevelTime, ...]
    apart: tuple[Apart, ...]
    due: int
    answered: int
    coverage: float | None
    latency_s: float | None
    """Median time from falling due to the answer; 0 for one given before, never negative."""


def summarise(history: SessionHistory) -> Summary:
    """All figures of a session."""
    trials = tuple(
        TrialFigures(trial, _figures(history, (trial,), _expected_of(history, index)))
        for index, trial in enumerate(history.trials)
    )
    asked = [r for r in history.ratings if r.due_s is not None]
    answered = sum(r.suds is not None for r in asked)
    return Summary(
        trials=trials,
        session=_figures(history, history.trials, None),
        highest=max((t.highest for t in history.trials), default=None),
        levels=_level_times(history),
        apart=apart(history),
        due=len(asked),
        answered=answered,
        coverage=measures.coverage(answered, len(asked)),
        latency_s=course_measures.prompt_latency_s(
            [(r.due_s, None if r.suds is None else r.at_s) for r in asked if r.due_s is not None]
        ),
    )


def apart(history: SessionHistory) -> tuple[Apart, ...]:
    """Holds, pauses, safe places and stops of one session; a phase that never came is left out."""
    return tuple(
        _apart(phase, intervals) for phase in APART if (intervals := history.intervals(phase))
    )


def together(sessions: Sequence[Sequence[Apart]]) -> tuple[Apart, ...]:
    """The same over several sessions: times and seconds added up, the longest of all."""
    found: dict[Phase, Apart] = {}
    for one in (one for of_session in sessions for one in of_session):
        known = found.get(one.phase)
        found[one.phase] = one if known is None else _added_to(known, one)
    return tuple(found[phase] for phase in APART if phase in found)


def _added_to(known: Apart, one: Apart) -> Apart:
    return Apart(
        known.phase,
        known.times + one.times,
        known.seconds + one.seconds,
        max(known.longest_s, one.longest_s),
    )


def _apart(phase: Phase, intervals: Sequence[Interval]) -> Apart:
    spell = course_measures.spells(intervals)
    return Apart(phase, spell.times, spell.total_s, spell.longest_s)


def in_trial(rating: RatingLine) -> bool:
    """Whether a rating says how it was at its own moment in a trial."""
    return rating.trial > 0 and rating.kind in IN_TRIAL


def samples_of(history: SessionHistory, trial: Trial) -> list[Sample]:
    """The answered ratings that say how it was at their moment in this trial."""
    return [
        Sample(r.at_s, float(r.suds))
        for r in ratings_of(history, trial)
        if in_trial(r) and r.suds is not None
    ]


def ratings_of(history: SessionHistory, trial: Trial) -> list[RatingLine]:
    """The ratings of a trial: those with its number, and peaks asked for before the next trial."""
    # A runtime that started anew counts trials from 1 again, hence the look at the time as well.
    next_s = min((t.opened_s for t in history.trials if t.opened_s > trial.opened_s), default=inf)
    return [
        r
        for r in history.ratings
        if trial.opened_s <= r.at_s < next_s
        and (r.trial == trial.number or (r.kind == "peak" and not r.trial))
    ]


def peak_floor(history: SessionHistory) -> float:
    """The least peak for which the 50 % criterion is judged, in SUDS, by the session's protocol."""
    applied = history.header.clinic_protocol
    return measures.PEAK_FLOOR if applied is None else applied.peak_floor


def longest_between(history: SessionHistory) -> float:
    """Prompt intervals between two ratings beyond which they are not joined."""
    applied = history.header.clinic_protocol
    return measures.LONGEST_BETWEEN if applied is None else applied.longest_between


def longest_between_s(history: SessionHistory) -> float | None:
    """The same in seconds; None when no rating falls due by time."""
    every_s = history.header.prompt_every_s
    return longest_between(history) * every_s if every_s > 0 else None


def _rated(ratings: Sequence[RatingLine], kind: str) -> list[Sample]:
    return [Sample(r.at_s, float(r.suds)) for r in ratings if r.kind == kind and r.suds is not None]


def _expected_of(history: SessionHistory, index: int) -> float | None:
    """The anticipatory rating of a trial: given before it and after the one before."""
    since = history.trials[index - 1].until_s if index else -inf
    expected = [s for s in _rated(history.ratings, "anticipatory") if s.t_s >= since]
    return measures.last_before(expected, history.trials[index].opened_s)


def _figures(
    history: SessionHistory, trials: Sequence[Trial], anticipatory: float | None
) -> Figures:
    holds = history.intervals(Phase.HOLD)
    first_s = history.trials[0].opened_s if history.trials else inf
    baseline = measures.last_before(_rated(history.ratings, "baseline"), first_s)
    by_trial = [samples_of(history, trial) for trial in trials]
    samples = [s for of_one in by_trial for s in of_one]
    told = [s.suds for trial in trials for s in _rated(ratings_of(history, trial), "peak")]
    peak, end = measures.peak(samples, told), measures.end(samples)
    # Trials are summed one by one: ratings are never joined across the time between them.
    area = _added([measures.area(s, holds, longest_between_s(history)) for s in by_trial])
    return Figures(
        ratings=len(samples),
        baseline=baseline,
        anticipatory=anticipatory,
        initial=measures.initial(samples),
        peak=peak,
        end=end,
        activation=measures.initial_fear_activation(peak, baseline),
        habituation=measures.habituation(peak, end),
        habituation_share=measures.habituation_share(peak, end),
        halved=measures.halved(peak, end, peak_floor(history)),
        # Over several trials the time between them would be counted as time to fall.
        half_s=measures.time_to_half_s(samples, told) if len(trials) == 1 else None,
        area=area,
        mean=measures.mean_over_time(area),
        above_baseline=course_measures.above_baseline(
            by_trial, baseline, holds, longest_between_s(history)
        ),
        deviation=course_measures.variability([s.suds for s in samples]),
        escape_s=_escape_s(history, trials[0]) if len(trials) == 1 else None,
        exposed_s=sum(measures.total_s(measures.without(t.interval, holds)) for t in trials),
        held_s=sum(measures.overlap_s(t.interval, holds) for t in trials),
    )


def _escape_s(history: SessionHistory, trial: Trial) -> float | None:
    left_s = [t.until_s for t in history.trials if t.cause in BY_PATIENT]
    apart = history.intervals(Phase.HOLD, Phase.PAUSE)
    return course_measures.escape_latency_s(trial.interval, left_s, apart)


def _added(areas: Sequence[Area | None]) -> Area | None:
    known = [a for a in areas if a is not None]
    if not known:
        return None
    return Area(
        sum(a.suds_min for a in known),
        sum(a.covered_s for a in known),
        sum(a.gaps for a in known),
    )


def _level_times(history: SessionHistory) -> tuple[LevelTime, ...]:
    holds = history.intervals(Phase.HOLD)
    exposed: dict[int, float] = {}
    present: dict[int, float] = {}
    for trial in history.trials:
        for into, excluded in ((exposed, holds), (present, ())):
            within = Interval(trial.opened_s, trial.until_s)
            for level, s in measures.time_at_levels(trial.path, within, excluded).items():
                into[level] = into.get(level, 0.0) + s
    return tuple(
        LevelTime(level, exposed.get(level, 0.0), present[level] - exposed.get(level, 0.0))
        for level in sorted(present)
    )
