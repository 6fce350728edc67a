"""Owns what an export is made of: sessions told from their entries, and who wrote them.

It knows no database: entries, names of operators and ends of chains are handed to it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from controller.session.answered import Answered
from controller.session.answering import QuestionnaireAnswered
from controller.session.clinical import AdverseEvent, Expectancy
from controller.session.documents import (
    Correction,
    Entry,
    SessionClosed,
    SessionContinued,
    SessionOpened,
)
from controller.session.history import SessionHistory
from controller.session.named import named
from controller.session.rectifying import Rectification
from controller.session.retelling import retell
from controller.session.summary import Summary, summarise

Deed = Literal[
    "opened",
    "continued",
    "corrected",
    "adverse",
    "expectancy",
    "rectified",
    "mistaken",
    "closed",
]


@dataclass(frozen=True)
class End:
    """Where a chain of the record ends: number and hash of its last entry."""

    seq: int
    hash: str


NOWHERE = End(0, "")
"""End of a chain that has no entry."""


@dataclass(frozen=True)
class Operator:
    """Who wrote an entry."""

    id: str
    name: str
    """Empty when the record holds no name for this id."""


@dataclass(frozen=True)
class Act:
    """Something that somebody did to the record of a session."""

    deed: Deed
    seq: int
    wall: str
    """UTC, ISO 8601."""
    by: Operator
    about: Rectification | None = None
    """The later word itself, where an entry was set right or marked as a mistake."""


@dataclass(frozen=True)
class Told:
    """One session as it is exported."""

    patient: str
    """The record's own id of the patient, which is never written into an export."""
    history: SessionHistory
    summary: Summary
    acts: tuple[Act, ...]
    end: End
    """End of this session's own chain."""


@dataclass(frozen=True)
class ToldAnswers:
    """One questionnaire answered once, and who wrote it down."""

    one: Answered
    by: Operator


@dataclass(frozen=True)
class Material:
    """All sessions of one export; they belong to one patient."""

    sessions: tuple[Told, ...]
    ledger: End
    """End of the ledger, as it is printed on reports; number 0 while it is empty."""
    made: str
    """When the export is made: UTC, ISO 8601."""
    palier: str
    """Version of the software that writes the export."""
    answers: tuple[ToldAnswers, ...] = ()
    """Questionnaires, the oldest first: the patient's, or those of the sessions alone."""
    answers_acts: tuple[Act, ...] = ()
    """Who set these questionnaires right, or called one a mistake; in the order of their words."""
    answers_end: End = NOWHERE
    """End of the patient's own chain, which holds them."""


def tell(
    entries: Sequence[Entry], names: Mapping[str, str], end: End, patient: Sequence[str] = ()
) -> Told:
    """One session from its entries. Raises `NotASession`.

    Args:
        entries: all entries of the session.
        names: operators' names by their ids.
        end: where the session's chain ends.
        patient: every pseudonym of the patient, the present one last.
    """
    history = named(retell(entries), entries, patient, names)
    opened = next(e.data for e in entries if isinstance(e.data, SessionOpened))
    return Told(
        patient=opened.patient,
        history=history,
        summary=summarise(history),
        acts=tuple(_acts(entries, names)),
        end=end,
    )


def answers_acts(
    entries: Iterable[Entry], names: Mapping[str, str], sessions: Sequence[str] | None
) -> Iterator[Act]:
    """What was done to the questionnaires of a patient's stream after they were written down.

    Args:
        entries: of the patient's own stream.
        names: operators' names by their ids.
        sessions: those whose questionnaires are told; None for all.
    """
    for act in _acts(entries, names):
        if act.about is None or not isinstance(act.about.was, QuestionnaireAnswered):
            continue
        words = (act.about.was, act.about.stands)
        of = [said.session for said in words if isinstance(said, QuestionnaireAnswered)]
        if sessions is None or not set(of).isdisjoint(sessions):
            yield act


def _acts(entries: Iterable[Entry], names: Mapping[str, str]) -> Iterator[Act]:
    for e in sorted(entries, key=lambda e: e.seq):
        if (deed := _deed(e)) is not None:
            about = e.data if isinstance(e.data, Rectification) else None
            yield Act(deed, e.seq, e.wall, Operator(e.operator, names.get(e.operator, "")), about)


def _deed(entry: Entry) -> Deed | None:
    match entry.data:
        case SessionOpened():
            return "opened"
        case SessionContinued():
            return "continued"
        case Correction():
            return "corrected"
        case AdverseEvent():
            return "adverse"
        case Expectancy():
            return "expectancy"
        case Rectification(stands=stands):
            return "mistaken" if stands is None else "rectified"
        case SessionClosed():
            return "closed"
    return None
