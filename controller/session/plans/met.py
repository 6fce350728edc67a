"""Owns what became of the rows that a session worked on: predicted distress beside distress met.

It judges nothing and says of no row that it was met: that is for those who were there. It knows
neither page nor file.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import inf

from controller.language import mark
from controller.session.history import SessionHistory, Trial
from controller.session.plans.entries import PlanRow
from controller.session.summary import Summary

FORMULAS: Mapping[str, str] = {
    "predicted": mark("Predicted: distress as the row had it when it was taken, 0 to 100."),
    "met": mark(
        "Met: the highest peak of the trials that began while the row was worked on, without those "
        "of a BAT; a peak needs two ratings of its trial."
    ),
}


@dataclass(frozen=True)
class RowMet:
    """One row, from when it was taken until the next one was."""

    at_s: float
    row: PlanRow
    trials: tuple[Trial, ...]
    """Those that began meanwhile, without those of a behavioural approach test."""
    met: float | None
    """Distress, 0 to 100; None where no trial has a peak."""


def rows_met(history: SessionHistory, summary: Summary) -> tuple[RowMet, ...]:
    """The rows in the order in which they were taken."""
    found: list[RowMet] = []
    for at, (at_s, row) in enumerate(history.rows):
        until_s = history.rows[at + 1][0] if at + 1 < len(history.rows) else inf
        of = [
            one
            for one in summary.trials
            if at_s <= one.trial.opened_s < until_s and not _tested(history, one.trial)
        ]
        peaks = [one.figures.peak for one in of if one.figures.peak is not None]
        trials = tuple(one.trial for one in of)
        found.append(RowMet(at_s, row, trials, max(peaks, default=None)))
    return tuple(found)


def _tested(history: SessionHistory, trial: Trial) -> bool:
    """Whether a trial was one of a behavioural approach test, which follows its own script."""
    return any(
        bat.begun_s <= trial.opened_s < (inf if bat.ended_s is None else bat.ended_s)
        for bat in history.bats
    )
