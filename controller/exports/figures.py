"""Owns the tables of figures: distress over trials and sessions, each column with its formula.

The formulas and their results are those of the report. It knows no file format.
"""

from __future__ import annotations

from controller.exports.columns import Cell, Column, Table, figure, seconds
from controller.exports.material import Told
from controller.session.summary import APART, FORMULAS, Apart, Figures

SUDS, SUDS_MIN, SHARE = "SUDS", "SUDS min", "1"

OF_BOTH = (
    Column("ratings", "whole", "Ratings: how many answered ratings of the trial were counted."),
    Column("baseline", "number", FORMULAS["baseline"], SUDS),
    Column("anticipatory", "number", FORMULAS["anticipatory"], SUDS),
    Column("initial", "number", FORMULAS["initial"], SUDS),
    Column("peak", "number", FORMULAS["peak"], SUDS),
    Column("end", "number", FORMULAS["end"], SUDS),
    Column("activation", "number", FORMULAS["activation"], SUDS),
    Column("habituation", "number", FORMULAS["habituation"], SUDS),
    Column("habituation_share", "number", FORMULAS["habituation_share"], SHARE),
    Column("halved", "flag", FORMULAS["halved"]),
    Column("half_s", "number", FORMULAS["half"], "s"),
    Column("area", "number", FORMULAS["area"], SUDS_MIN),
    Column("area_s", "number", "Seconds that were summed for the area.", "s"),
    Column("area_gaps", "whole", "Neighbouring ratings too far apart to be joined in the area."),
    Column("mean", "number", FORMULAS["mean"], SUDS),
    Column("above_baseline", "number", FORMULAS["above_baseline"], SUDS_MIN),
    Column("deviation", "number", FORMULAS["deviation"], SUDS),
    Column("escape_s", "number", FORMULAS["escape"], "s"),
    Column("exposed_s", "number", FORMULAS["time"], "s"),
    Column("held_s", "number", FORMULAS["held"], "s"),
)
"""Figures of one trial, and of all trials of a session together."""
OF_SESSION = (
    Column("highest_level", "whole", "Highest whole level that was reached.", "level"),
    Column("due", "whole", "Ratings that fell due."),
    Column("answered", "whole", "Ratings that fell due and were answered."),
    Column("coverage", "number", FORMULAS["coverage"], SHARE),
    Column("latency_s", "number", FORMULAS["latency"], "s"),
    *(
        column
        for phase in APART
        for column in (
            Column(f"{phase}_times", "whole", f"How often: {phase}. 0 when never."),
            Column(f"{phase}_s", "number", f"For how long: {phase}.", "s"),
        )
    ),
)
"""Figures of a whole session; for a trial only the highest level is filled in."""
_PLACE = (
    Column(
        "scope",
        "code",
        "What the figures are of.",
        levels={"trial": "one exposure trial", "session": "all trials of the session together"},
    ),
    Column("trial", "whole", "Number of the trial; empty for the session."),
    Column("onset_s", "number", "When it began, from the opening of the session.", "s"),
    Column("duration_s", "number", "From its beginning to its end, with holds.", "s"),
    Column("begun_at", "whole", "The level at which the trial was begun.", "level"),
    Column("cause", "code", "The act that ended the trial; empty when none is known."),
)
_LEVEL_TIMES = (
    Column("level", "whole", "Level, 0 to 10.", "level"),
    Column("exposed_s", "number", f"{FORMULAS['level_time']} Without holds.", "s"),
    Column("held_s", "number", FORMULAS["level_held"], "s"),
)


def figures(told: Told) -> Table:
    """One row for each trial, and one for the session."""
    summary, h = told.summary, told.history
    blank: tuple[Cell, ...] = (None,) * (len(OF_SESSION) - 1)
    rows: list[tuple[Cell, ...]] = [
        (
            "trial",
            t.trial.number,
            seconds(t.trial.opened_s),
            seconds(t.trial.interval.length_s),
            t.trial.asked,
            t.trial.cause,
            *_cells(t.figures),
            t.trial.highest,
            *blank,
        )
        for t in summary.trials
    ]
    apart = {a.phase: a for a in summary.apart}
    rows.append(
        (
            "session",
            None,
            0.0,
            seconds(h.duration_s),
            None,
            "",
            *_cells(summary.session),
            summary.highest,
            summary.due,
            summary.answered,
            figure(summary.coverage),
            seconds(summary.latency_s),
            *(cell for phase in APART for cell in _times(apart.get(phase))),
        )
    )
    text = "Figures of each trial and of the session; none where it cannot be had."
    return Table("figures", text, _PLACE + OF_BOTH + OF_SESSION, tuple(rows))


def level_times(told: Told) -> Table:
    """How long the patient was at each level, over all trials."""
    rows: list[tuple[Cell, ...]] = [
        (x.level, seconds(x.exposed_s), seconds(x.held_s)) for x in told.summary.levels
    ]
    return Table("level_times", "Time at each level, in trials.", _LEVEL_TIMES, tuple(rows))


def _cells(f: Figures) -> tuple[Cell, ...]:
    return (
        f.ratings,
        figure(f.baseline),
        figure(f.anticipatory),
        figure(f.initial),
        figure(f.peak),
        figure(f.end),
        figure(f.activation),
        figure(f.habituation),
        figure(f.habituation_share),
        f.halved,
        seconds(f.half_s),
        None if f.area is None else figure(f.area.suds_min),
        None if f.area is None else seconds(f.area.covered_s),
        None if f.area is None else f.area.gaps,
        figure(f.mean),
        figure(f.above_baseline),
        figure(f.deviation),
        seconds(f.escape_s),
        seconds(f.exposed_s),
        seconds(f.held_s),
    )


def _times(apart: Apart | None) -> tuple[Cell, Cell]:
    return (0, 0.0) if apart is None else (apart.times, seconds(apart.seconds))
