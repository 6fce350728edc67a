"""Owns what the present trial shows so far, by two readings side by side; judges and enforces none.

Emotional processing reads how far distress fell from its peak (Foa & Kozak 1986; half of the peak
as the usual orientation), inhibitory learning whether what was feared was tested (Craske et al.
2014); `clinical.md` 2.2, not reviewed by a clinician. Ratings 0 to 100, as corrected; None is
never 0.
"""

from __future__ import annotations

from dataclasses import dataclass

from controller.session import measures
from controller.session.expected import Feared
from controller.session.measures import Sample
from controller.session.now import Now


@dataclass(frozen=True)
class TrialShows:
    """The last trial, open or closed."""

    number: int
    peak: int | None
    """Highest rating of the trial; None with fewer than two."""
    last: int | None
    """The last rating of the trial, while it is two at least."""
    share: int | None
    """(peak - last) / peak, in percent; None where the peak is 0."""
    halved: bool | None
    """last <= 0.5 x peak; None below the protocol's least peak."""
    earlier: tuple[int, ...]
    """Peaks of earlier trials of this session that have one, in order."""
    feared: Feared | None
    """What the trial puts to the test; the last one written down where there are several."""


def _ratings(now: Now, trial: int) -> tuple[list[Sample], list[float]]:
    """Those given in a trial, and those told of its peak afterwards."""
    given, told = list[Sample](), list[float]()
    for one in now.ratings:
        if one.rating.trial != trial or one.suds is None:
            continue
        if one.rating.rating == "peak":
            told.append(one.suds)
        else:
            given.append(Sample(one.at_s, one.suds))
    return given, told


def trial_shows(now: Now, floor: float) -> TrialShows | None:
    """What the last trial shows; None before the first.

    Args:
        now: the session as it is.
        floor: least peak for which half of it says anything, as the protocol has it.
    """
    if not now.trials:
        return None
    *before, trial = now.trials
    given, told = _ratings(now, trial.number)
    top, last = measures.peak(given, told), measures.end(given)
    share = measures.habituation_share(top, last)
    peaks = [measures.peak(*_ratings(now, one.number)) for one in before]
    tested = now.expected.within(trial.opened_s, trial.closed_s)
    return TrialShows(
        number=trial.number,
        peak=None if top is None else round(top),
        last=None if last is None else round(last),
        share=None if share is None else round(100 * share),
        halved=measures.halved(top, last, floor),
        earlier=tuple(round(one) for one in peaks if one is not None),
        feared=tested[-1] if tested else None,
    )
