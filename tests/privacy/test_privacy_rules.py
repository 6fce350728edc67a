"""What may be entered about a patient's data, and whose record a clinic may let go."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from controller.privacy import rights
from controller.privacy.retention import Kept, LeftOut, due, kept_until, left_out
from controller.privacy.rights import RightRefused
from controller.session.keeping import ConsentGiven, RetentionSet

DAYS = st.dates(date(1990, 1, 1), date(2080, 12, 31))


def kept(patient: str, last: date | None, *, minor: bool = False, restricted: bool = False) -> Kept:
    return Kept(patient, patient.upper(), last, minor=minor, restricted=restricted)


@pytest.mark.parametrize(
    ("last", "years", "until"),
    [
        (date(2006, 5, 4), 20, date(2026, 5, 4)),
        (date(2004, 2, 29), 20, date(2024, 2, 29)),
        (date(2004, 2, 29), 21, date(2025, 2, 28)),
        (date(2026, 12, 31), 0, date(2026, 12, 31)),
    ],
)
def test_a_record_is_kept_so_many_years_to_the_day(last: date, years: int, until: date) -> None:
    assert kept_until(last, RetentionSet(years=years, duty="rule")) == until


@given(DAYS, st.integers(0, 50), DAYS)
def test_nobody_is_due_on_or_before_the_last_day_of_the_duty(
    last: date, years: int, today: date
) -> None:
    rule = RetentionSet(years=years, duty="rule")
    found = due([kept("p", last)], rule, today)
    assert bool(found) == (kept_until(last, rule) < today)


def test_nobody_without_a_session_no_minor_and_nobody_restricted_is_due() -> None:
    rule = RetentionSet(years=0, duty="rule")
    long_ago, today = date(2000, 1, 1), date(2026, 1, 1)
    patients = [
        kept("a", None),
        kept("b", long_ago, minor=True),
        kept("c", long_ago, restricted=True),
        kept("d", long_ago, minor=True, restricted=True),
        kept("e", today, minor=True, restricted=True),
    ]
    assert due(patients, rule, today) == []
    assert left_out(patients, rule, today) == LeftOut(restricted=2, minors=1)


@given(st.lists(DAYS, max_size=8), st.integers(0, 30))
def test_the_longest_due_come_first(days: list[date], years: int) -> None:
    rule = RetentionSet(years=years, duty="rule")
    patients = [kept(str(n), day) for n, day in enumerate(days)]
    found = due(patients, rule, max(days, default=date(2026, 1, 1)) + timedelta(days=40 * 366))
    assert [one.until for one in found] == sorted(one.until for one in found)
    assert len(found) == len(days)


def consented(**changes: object) -> ConsentGiven:
    told: dict[str, object] = {"minor": False, "assent": False, "signed": True, **changes}
    by = told.pop("by", "patient")
    version = told.pop("version", "2026-11")
    return rights.consented("p", "pose", version, by, **told)  # type: ignore[arg-type]


def test_a_minors_consent_is_the_guardians_with_the_minors_own_assent() -> None:
    with pytest.raises(RightRefused, match="guardian"):
        consented(minor=True)
    with pytest.raises(RightRefused, match="assent"):
        consented(minor=True, by="guardian")
    given = consented(minor=True, by="guardian", assent=True)
    assert (given.by, given.assent) == ("guardian", True)


def test_no_entry_can_hold_a_guardians_consent_without_assent() -> None:
    with pytest.raises(ValidationError):
        ConsentGiven(patient="p", to="pose", version="1", by="guardian", how="signed")


@pytest.mark.parametrize("version", ["", "   ", "x" * 81])
def test_a_consent_names_the_wording_that_was_read(version: str) -> None:
    with pytest.raises(RightRefused, match="version"):
        consented(version=version)


def test_a_pseudonym_is_nobody_elses_whatever_its_spelling() -> None:
    assert rights.pseudonym("  Blue   tit ", ["Heron"]) == "Blue tit"
    for wish in ("heron", " HERON "):
        with pytest.raises(RightRefused, match="already"):
            rights.pseudonym(wish, ["Heron"])


@pytest.mark.parametrize("reason", ["", "  ", "x" * 201])
def test_a_restriction_says_why(reason: str) -> None:
    with pytest.raises(RightRefused):
        rights.restricted("p", reason)
