"""Owns the table of questionnaires: every answer and every score, a row each, with what it means.

No free words are in it: answers are whole numbers, items and scales are named by their ids. It
knows no file format and no database.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from controller.exports.columns import Cell, Column, Table, figure, wall
from controller.exports.material import ToldAnswers
from controller.session.answered import Answered

TABLE = "questionnaires"
_COLUMNS = (
    Column("patient", "code", "Pseudonym of the patient."),
    Column("session", "code", "Name of the session that it belongs to; empty where to none."),
    Column("answering", "whole", "Number of the answering in this export, from 1."),
    Column("answered", "moment", "When it was written down, UTC."),
    Column("questionnaire", "code", "Id of the questionnaire."),
    Column("version", "code", "Version of the questionnaire."),
    Column("language", "code", "Language in which the items were shown; empty where on paper."),
    Column(
        "when",
        "code",
        "When it was given.",
        levels={
            "baseline": "before the exposure",
            "in_session": "in the session",
            "after": "right after the exposure",
            "clinic": "at the clinic",
        },
    ),
    Column(
        "part",
        "code",
        "What the row holds.",
        levels={"item": "the answer to one item", "score": "the score of one scale"},
    ),
    Column("name", "code", "Id of the item or of the scale."),
    Column(
        "value",
        "number",
        "The answer, or the score by its formula (see source); empty where there is no answer, or "
        "where an answer that the score needs is missing. Never filled in.",
    ),
    Column("lowest", "number", "Lowest that can be answered or scored; empty where not known."),
    Column("highest", "number", "Highest that can be answered or scored; empty where not known."),
    Column("source", "text", "Where the formula of a score is from.", research=False),
)


def answers_table(answers: Sequence[ToldAnswers], pseudonym: str) -> Table:
    """Everything that was answered, the oldest first."""
    rows = tuple(
        (pseudonym, *_first(number, told.one), *rest)
        for number, told in enumerate(answers, start=1)
        for rest in (*_items(told.one), *_scores(told.one))
    )
    return Table(TABLE, "What was answered in questionnaires, and its scores.", _COLUMNS, rows)


def _first(number: int, one: Answered) -> tuple[Cell, ...]:
    said = one.said
    return (
        said.session or None,
        number,
        wall(one.wall),
        said.questionnaire,
        said.version,
        said.language,
        said.when,
    )


def _items(one: Answered) -> Iterator[tuple[Cell, ...]]:
    for name, value in one.said.answers:
        item = None if one.questionnaire is None else one.questionnaire.item(name)
        lowest = highest = None
        if one.questionnaire is not None and item is not None:
            span = one.questionnaire.range_of(item)
            lowest, highest = span.lowest, span.highest
        yield "item", name, value, lowest, highest, None


def _scores(one: Answered) -> Iterator[tuple[Cell, ...]]:
    for score in () if one.scores is None else one.scores.scores:
        scale = score.scale
        yield (
            "score",
            scale.id,
            figure(score.value),
            figure(float(scale.lowest)),
            figure(float(scale.highest)),
            scale.source.en,
        )
