"""Owns which records a clinic's own rule lets go; erases nothing and knows no database.

The years and the duty are the clinic's statement. For orientation, not reviewed by a lawyer: French
health establishments keep a record 20 years from the last stay or consultation (Code de la santé
publique, R1112-7), and longer for those who were minors.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from controller.session.keeping import RetentionSet


@dataclass(frozen=True)
class Kept:
    """One patient as the rule sees them."""

    patient: str
    pseudonym: str
    last: date | None
    """Day of the last session or questionnaire, UTC; None before the first."""
    minor: bool
    restricted: bool
    """Their data are kept and not used; until that ends nothing of them is erased by a rule."""


@dataclass(frozen=True)
class LeftOut:
    """How many stay whose last session or questionnaire is past the rule all the same."""

    restricted: int
    minors: int
    """Without those who are counted as restricted."""


@dataclass(frozen=True)
class Due:
    """A patient whose record the clinic need not keep any more."""

    patient: str
    pseudonym: str
    last: date
    until: date
    """The last day of the duty."""


def kept_until(last: date, rule: RetentionSet) -> date:
    """The last day on which the clinic has to keep a record.

    `last` is the day of the last session or questionnaire.
    So many years later, on the same day; from 29 February to 28 where there is none.
    """
    year = last.year + rule.years
    try:
        return last.replace(year=year)
    except ValueError:
        return last.replace(year=year, day=28)


def due(patients: Iterable[Kept], rule: RetentionSet, today: date) -> list[Due]:
    """Whose record may go, the longest due first.

    A patient without session and questionnaire is never due by a rule that counts from the last
    one, and neither is one who is noted as a minor: their term runs from an age that the record
    does not hold. Nor is one whose data are restricted: they may be needed for a legal claim, or
    kept because the patient wants them kept (GDPR art. 18 (1) b, c), and art. 18 (2) allows storing
    them and nothing else.
    """
    found = [
        Due(one.patient, one.pseudonym, one.last, kept_until(one.last, rule))
        for one in patients
        if one.last is not None
        and _past(one.last, rule, today)
        and not (one.minor or one.restricted)
    ]
    return sorted(found, key=lambda one: (one.until, one.pseudonym))


def left_out(patients: Iterable[Kept], rule: RetentionSet, today: date) -> LeftOut:
    """How many are past the rule and yet not `due`."""
    past = [one for one in patients if one.last is not None and _past(one.last, rule, today)]
    restricted = sum(one.restricted for one in past)
    return LeftOut(restricted, sum(one.minor and not one.restricted for one in past))


def _past(last: date, rule: RetentionSet, today: date) -> bool:
    return kept_until(last, rule) < today
