"""Owns the table of rows of the hierarchy that sessions worked on, as it is exported.

It knows no file format.
"""

from __future__ import annotations

from controller.exports.columns import Cell, Column, figure, seconds
from controller.session.history import SessionHistory
from controller.session.plans.met import FORMULAS, rows_met
from controller.session.summary import Summary

COLUMNS = (
    Column("onset_s", "number", "When it was taken, from the opening of the session.", "s"),
    Column("scenario", "code", "Identifier of the row's scenario."),
    Column("level", "whole", "The row's level, 0 to 10.", "level"),
    Column("predicted", "whole", FORMULAS["predicted"], "SUDS"),
    Column("met", "number", FORMULAS["met"], "SUDS"),
    Column("trials", "whole", "How many trials began meanwhile, without those of a BAT."),
    Column("likelihood", "whole", "How likely what is feared seemed; empty where not asked.", "%"),
    Column("item", "text", "What is met, in the patient's words.", research=False),
    Column("feared", "text", "What is feared, in the patient's words.", research=False),
    Column("drops", "text", "Safety behaviours to be dropped.", research=False),
)


def worked_on(h: SessionHistory, summary: Summary) -> list[tuple[Cell, ...]]:
    """The rows, in the order in which they were taken."""
    return [
        (
            seconds(one.at_s),
            one.row.scenario,
            one.row.level,
            one.row.distress,
            figure(one.met),
            len(one.trials),
            one.row.likelihood,
            one.row.item,
            one.row.feared,
            one.row.drops,
        )
        for one in rows_met(h, summary)
    ]
