"""Owns the table of behavioural approach tests (BAT), as it is exported, with what it means.

One row for each time a step was offered. It knows no file format.
"""

from __future__ import annotations

from controller.exports import words
from controller.exports.columns import Cell, Column, seconds
from controller.session.history import SessionHistory

COLUMNS = (
    Column("bat", "whole", "Number of the test in its session."),
    Column("how", "code", "How the test ended; empty where not known.", levels=words.BAT_ENDED),
    Column("score", "whole", "Score of the test: the highest step that was done."),
    Column("steps", "whole", "How many steps its script has."),
    Column("step", "whole", "Number of the step."),
    Column("level", "whole", "Level of the step, 0 to 10.", "level"),
    Column("outcome", "code", "What became of the step.", levels=words.BAT_OUTCOMES),
    Column("onset_s", "number", "When it was offered, from the opening of the session.", "s"),
    Column("gone_s", "number", "When the patient went; empty where they did not.", "s"),
    Column("arrived_s", "number", "When the step's level was applied.", "s"),
    Column("ended_s", "number", "When the step ended.", "s"),
    Column(
        "suds_before",
        "whole",
        "The last rating between the offer and the patient's going; never carried on.",
        "SUDS",
    ),
    Column("suds_during", "whole", "The highest rating between going and the end.", "SUDS"),
    Column(
        "suds_after",
        "whole",
        "The last rating between the end and the next offer or the end of the test.",
        "SUDS",
    ),
    Column("measure", "number", "The value the script scores too, at a step that was done."),
)


def approach_tests(h: SessionHistory) -> list[tuple[Cell, ...]]:
    """The rows, in the order in which steps were offered."""
    return [
        (
            bat.number,
            bat.how,
            bat.score,
            bat.steps,
            one.number,
            None if (spec := bat.step(one.number)) is None else spec.level,
            one.outcome,
            seconds(one.offered_s),
            seconds(one.gone_s),
            seconds(one.arrived_s),
            seconds(one.ended_s),
            one.anticipatory,
            one.during,
            one.after,
            one.measure,
        )
        for bat in h.bats
        for one in bat.tried
    ]
