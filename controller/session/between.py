"""Owns the figures over the sessions of one patient, each with the name of its formula.

Sessions are compared at equal levels, and only where what was shown was equal. It knows histories
and figures, and neither page nor picture.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from controller.language import mark
from controller.session import measures
from controller.session.history import SessionHistory
from controller.session.summary import Summary, samples_of, summarise

FORMULAS: Mapping[str, str] = {
    "sessions": mark("Sessions: all that were closed."),
    "time_all": mark(
        "Time in scenes: all trials together, from their beginning to their end, without holds."
    ),
    "highest_all": mark("Highest level: the highest level reached in any of the sessions."),
    "answered_all": mark("Answered: ratings answered / ratings that fell due, over all sessions."),
    "highest": mark("Highest: the highest level reached in the session."),
    "peak": mark("Peak: the highest rating in trials, also one asked for afterwards."),
    "end": mark("End: the last rating given in a trial of the session."),
    "fall": mark("Fall: peak − end, within the session."),
    "fall_share": mark("Fall in percent: (peak − end) / peak; none when the peak is 0."),
    "level_first": mark(
        "First: the first rating given in a trial while exactly this level was applied."
    ),
    "level_peak": mark(
        "Peak: the highest rating given in a trial while exactly this level was applied; none with "
        "fewer than two."
    ),
    "between_first": mark("Fall of first: first in the session compared with − first in this one."),
    "between_peak": mark("Fall of peak: peak in the session compared with − peak in this one."),
    "coverage": mark("Share: ratings answered / ratings that fell due."),
}
WHY_NOT: Mapping[str, str] = {
    "first": mark("not compared: the first session at this level"),
    "few": mark("not compared: fewer than two ratings"),
    "simulated": mark("not compared: a patient and a simulated one"),
    "version": mark("not compared: another version of the scenario"),
    "files": mark("not compared: the scenario's files differ or are not known"),
    "display": mark("not compared: another display"),
    "scale": mark("not compared: another scale"),
    "apart": mark("not compared: a value was set apart from the level"),
}
"""Why no change between two sessions is given."""


@dataclass(frozen=True)
class Sitting:
    """One session of a course, by its number in it."""

    number: int
    """From 1, in the order of time."""
    history: SessionHistory
    summary: Summary

    @property
    def scenario(self) -> str:
        """Id of the scenario."""
        return self.history.header.scenario.id


@dataclass(frozen=True)
class AtLevel:
    """One session at one level, and how it stands to an earlier one."""

    sitting: Sitting
    level: int
    ratings: int
    first: float | None
    """None with fewer than two ratings, as the peak is."""
    peak: float | None
    against: int | None
    """Number of the session it is compared with; None when it is compared with none."""
    first_change: float | None
    peak_change: float | None
    why_not: str
    """Code of `WHY_NOT`; empty where it is compared."""


def sittings(histories: Sequence[SessionHistory]) -> tuple[Sitting, ...]:
    """The sessions numbered in the order of time, but those that were opened by mistake."""
    meant = [one for one in histories if one.ending != "mistaken"]
    ordered = sorted(meant, key=lambda h: (h.header.opened, h.header.session))
    return tuple(Sitting(n, h, summarise(h)) for n, h in enumerate(ordered, start=1))


def at_levels(course: Sequence[Sitting]) -> tuple[AtLevel, ...]:
    """Each level at which a session has a rating, by scenario, level and session.

    Between-session change (Foa & Kozak 1986): the figure of the latest earlier session at the same
    level with equal scenario version and configuration, less that of this session, in SUDS.
    """
    seen: dict[tuple[str, int], list[_Stay]] = {}
    found: list[AtLevel] = []
    for sitting in course:
        for stay in _stays(sitting):
            earlier = seen.setdefault((sitting.scenario, stay.level), [])
            found.append(_compared(stay, earlier))
            earlier.append(stay)
    return tuple(sorted(found, key=lambda a: (a.sitting.scenario, a.level, a.sitting.number)))


@dataclass(frozen=True)
class _Stay:
    """What was rated at one level of one session, and whether a value was set apart there."""

    sitting: Sitting
    level: int
    ratings: int
    first: float | None
    peak: float | None
    apart: bool


def _stays(sitting: Sitting) -> list[_Stay]:
    history = sitting.history
    level_at = {r.at_s: r.level for r in history.ratings}
    by_level: dict[int, list[measures.Sample]] = {}
    apart: set[int] = set()
    for trial in history.trials:
        changed = [s for s, _n in history.set_apart if trial.opened_s <= s <= trial.until_s]
        for sample in samples_of(history, trial):
            level = level_at[sample.t_s]
            if level != int(level):
                continue  # on its way: of no level
            by_level.setdefault(int(level), []).append(sample)
            if any(s <= sample.t_s for s in changed):
                apart.add(int(level))
    return [
        _Stay(
            sitting,
            level,
            len(samples),
            measures.initial(samples),
            measures.peak(samples),
            level in apart,
        )
        for level, samples in sorted(by_level.items())
    ]


def _compared(stay: _Stay, earlier: Sequence[_Stay]) -> AtLevel:
    with_it: _Stay | None = None
    why = "first"
    if earlier:
        reasons = [(other, _why_not(other, stay)) for other in reversed(earlier)]
        with_it = next((other for other, reason in reasons if not reason), None)
        why = "" if with_it is not None else reasons[0][1]
    return AtLevel(
        sitting=stay.sitting,
        level=stay.level,
        ratings=stay.ratings,
        first=stay.first,
        peak=stay.peak,
        against=None if with_it is None else with_it.sitting.number,
        first_change=measures.between(None if with_it is None else with_it.first, stay.first),
        peak_change=measures.between(None if with_it is None else with_it.peak, stay.peak),
        why_not=why,
    )


def _why_not(before: _Stay, now: _Stay) -> str:
    """Code of what keeps the two from being compared; empty where nothing does."""
    a, b = before.sitting.history.header, now.sitting.history.header
    checks = (
        ("simulated", a.simulated != b.simulated),
        ("version", a.scenario.version != b.scenario.version),
        (
            "files",
            a.scenario_sha256 is None
            or a.scenario_sha256 != b.scenario_sha256
            or a.scenario.graded != b.scenario.graded,
        ),
        ("display", a.display != b.display),
        ("scale", a.scale != b.scale),
        # Also where both were set apart alike: how far a value came back is not told.
        ("apart", before.apart or now.apart),
        ("few", before.peak is None or now.peak is None),
    )
    return next((code for code, holds in checks if holds), "")
