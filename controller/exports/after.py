"""Owns the table of what followed the last trial, as it is exported, each column with its meaning.

All words stay, the earlier ones too: the last of each part holds. It knows no file format.
"""

from __future__ import annotations

from collections.abc import Iterator

from controller.exports import words
from controller.exports.columns import Cell, Column, seconds
from controller.session.after.entries import (
    Debriefed,
    HomeworkGiven,
    LeftOut,
    NoteDrafted,
    NoteValidated,
    RecoveryEnded,
    Released,
    SicknessAdvised,
)
from controller.session.history import AfterLine, SessionHistory

COLUMNS = (
    Column("entry", "whole", "Number of the entry in the session's record.", research=False),
    Column("onset_s", "number", "When, from the opening of the session.", "s"),
    Column("part", "code", "Which part of what follows the last trial.", levels=words.AFTER),
    Column(
        "item",
        "code",
        "Threshold of the advice, point of the release, or part that was left out.",
    ),
    Column("how", "code", "What became of it.", levels=words.AFTER_HOW),
    Column("suds", "whole", "Recovery: last distress since the scene was left.", "SUDS"),
    Column("baseline", "whole", "Recovery: distress before the first trial.", "SUDS"),
    Column("above", "number", "Recovery: recovered at baseline + this.", "SUDS"),
    Column("waited_s", "number", "Recovery: how long it was waited for.", "s"),
    Column("sickness", "whole", "Advice: the sickness rating that led to it."),
    Column("text", "text", "What was said or written, or why it was left out.", research=False),
    Column("by", "text", "Who wrote it down.", research=False),
)
_REST: tuple[Cell, ...] = (None, None, None, None, None)


def after(h: SessionHistory) -> list[tuple[Cell, ...]]:
    """The rows, in the order of the record."""
    return [
        (line.seq, seconds(line.at_s), *cells, h.written_by.get(line.seq, ""))
        for line in h.after
        for cells in _cells(line)
    ]


def _cells(line: AfterLine) -> Iterator[tuple[Cell, ...]]:
    match line.said:
        case SicknessAdvised() as said:
            rest = (None, None, None, None, said.rated)
            yield ("sickness_advice", said.threshold, said.answer, *rest, "")
        case RecoveryEnded() as said:
            figures = (said.last, said.baseline, said.above, said.waited_s, None)
            yield ("recovery", None, said.how, *figures, "")
        case Debriefed(learned=learned):
            yield ("debrief", None, "said", *_REST, learned)
        case HomeworkGiven() as said:
            told = "; ".join(filter(None, (said.what, said.often, said.until)))
            yield ("homework", None, "given", *_REST, told)
        case Released(items=items):
            for item in items:
                how = "confirmed" if item.confirmed else "left_out"
                yield ("release", item.id, how, *_REST, item.reason)
        case NoteDrafted(text=text):
            yield ("note", None, "drafted", *_REST, text)
        case NoteValidated(text=text, corrects=corrects):
            how = "validated" if corrects is None else "corrected"
            yield ("note", None, how, *_REST, text)
        case LeftOut(parts=parts):
            for part in parts:
                yield ("left_out", part, "not_done", *_REST, "")
