"""Operators as the entries say: old entries are read, nobody is lost, pauses grow and end."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from controller.session import operators
from controller.session.accesses import Accesses
from controller.session.documents import (
    CLINIC,
    Accessed,
    Document,
    Entry,
    OperatorAdded,
    OperatorChanged,
    OperatorPresent,
    WrongPassphrase,
)
from controller.session.operators import NotFit, changed, fit_name, fit_passphrase, known, next_id
from controller.session.tries import LONGEST_S, Tries, pause_s

AT = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)


def entries(*said: Document) -> list[Entry]:
    return [
        Entry.model_validate(
            {
                "session": CLINIC,
                "seq": n + 1,
                "kind": getattr(one, "kind", ""),
                "operator": "op-1",
                "mono_ns": n,
                "wall": AT.isoformat(),
                "data": one,
            }
        )
        for n, one in enumerate(said)
    ]


ADA = OperatorAdded(operator="op-1", name="Ada", secret="kept of it")
BEA = OperatorAdded(operator="op-2", name="Bea", administers=False)


def test_an_entry_of_the_first_version_is_read_as_a_therapist_who_administers() -> None:
    told = {"kind": "operator_added", "operator": "op-1", "name": "Ada"}
    (entry,) = entries(BEA)
    old = json.loads(entry.body()) | {"data": told}
    (one,) = known([Entry.from_body(json.dumps(old))])
    assert (one.role, one.administers, one.secret, one.disabled) == ("therapist", True, "", False)


def test_a_change_leaves_all_that_it_does_not_name() -> None:
    (one,) = known(entries(ADA, OperatorChanged(operator="op-1", role="supervisor")))
    assert (one.name, one.role, one.secret) == ("Ada", "supervisor", "kept of it")
    (one,) = known(entries(ADA, OperatorChanged(operator="op-1", secret="")))
    assert one.secret == ""


def test_who_is_disabled_stays_named_and_leads_no_more() -> None:
    found = known(entries(ADA, BEA, OperatorChanged(operator="op-2", disabled=True)))
    assert [one.name for one in found] == ["Ada", "Bea"]
    assert [one.name for one in operators.leading(found)] == ["Ada"]
    assert next_id(found) == "op-3"


def test_nothing_secret_is_shown_by_accident() -> None:
    (one,) = known(entries(ADA))
    change = OperatorChanged(operator="op-1", secret="kept of it")
    for shown in (one, ADA, change, operators.person(one)):
        assert "kept of it" not in f"{shown} {shown!r}"


def test_a_single_operator_without_a_passphrase_is_meant_without_a_question() -> None:
    assert operators.without_question(known(entries(BEA))) is not None
    assert operators.without_question(known(entries(ADA))) is None
    assert operators.without_question(known(entries(ADA, BEA))) is None
    gone = OperatorChanged(operator="op-1", disabled=True)
    assert operators.without_question(known(entries(ADA, BEA, gone))) is not None


@pytest.mark.parametrize("name", ["", "  ", "a" * 81, "ada", " ADA ", "A\u0007da"])
def test_a_name_that_would_not_tell_people_apart_is_refused(name: str) -> None:
    with pytest.raises(NotFit):
        fit_name(name, known(entries(ADA)))


def test_a_name_is_kept_tidy_and_one_may_keep_ones_own() -> None:
    assert fit_name("  Dr   E\u0301lise ", known(entries(ADA))) == "Dr Élise"
    assert fit_name("ADA", known(entries(ADA)), "op-1") == "ADA"


def test_a_passphrase_has_six_characters_and_the_same_one_from_every_keyboard() -> None:
    for short in ("", "12345", "e\u0301" * 5):
        with pytest.raises(NotFit):
            fit_passphrase(short)
    assert fit_passphrase("123456") == "123456"
    assert fit_passphrase("e\u0301te\u0301 26") == "été 26"


@pytest.mark.parametrize(
    "change", [{"disabled": True}, {"administers": False}], ids=["disabled", "not administering"]
)
def test_somebody_always_administers(change: dict[str, bool]) -> None:
    found = known(entries(ADA, BEA))
    with pytest.raises(NotFit):
        changed(found, OperatorChanged.model_validate({"operator": "op-1", **change}))
    both = changed(found, OperatorChanged(operator="op-2", administers=True))
    assert changed(both, OperatorChanged.model_validate({"operator": "op-1", **change}))


def test_a_trainee_alone_leads_no_patient() -> None:
    assert operators.why_not_lead("trainee")
    assert not operators.why_not_lead("therapist")
    assert not operators.why_not_lead("supervisor")


# -- wrong tries


def test_the_pause_after_wrong_tries_grows_and_has_an_end() -> None:
    assert [pause_s(n) for n in range(9)] == [0, 0, 0, 5, 10, 20, 40, 80, 160]
    assert pause_s(9) == pause_s(10**9) == LONGEST_S


@given(st.integers(1, 200), st.floats(0, 1e6))
def test_whoever_waits_may_always_try_again(wrong: int, later_s: float) -> None:
    tries = Tries()
    for _n in range(wrong):
        tries.wrong("op-1", AT)
    rest = tries.rest_s("op-1", AT + timedelta(seconds=later_s))
    assert 0.0 <= rest <= max(0.0, pause_s(wrong) - later_s) + 1e-3
    assert tries.rest_s("op-1", AT + timedelta(seconds=LONGEST_S)) == 0.0
    assert tries.rest_s("op-2", AT) == 0.0


def test_a_clock_that_was_set_back_does_not_prolong_a_pause() -> None:
    tries = Tries()
    for _n in range(5):
        tries.wrong("op-1", AT)
    assert tries.rest_s("op-1", AT - timedelta(days=365)) == 0.0


@pytest.mark.parametrize(
    "ends",
    [
        OperatorPresent(operator="op-1", how="unlock"),
        OperatorChanged(operator="op-1", secret="another"),
    ],
)
def test_wrong_tries_outlive_the_console_until_a_right_one(ends: Document) -> None:
    wrong = [WrongPassphrase(operator="op-1", how="start")] * 4
    assert Tries(entries(*wrong)).rest_s("op-1", AT) == 10.0
    renamed = OperatorChanged(operator="op-1", name="Eve")
    assert Tries(entries(*wrong, renamed)).rest_s("op-1", AT) == 10.0
    assert Tries(entries(*wrong, ends)).rest_s("op-1", AT) == 0.0


# -- the access log


def test_an_access_is_noted_once_for_each_operator_object_and_hour() -> None:
    kept: list[tuple[str, Accessed]] = []
    who, at = ["op-1"], [AT]
    log = Accesses(lambda said: kept.append((who[0], said)), lambda: who[0], lambda: at[0])
    for session in ("s-1", "s-1", "s-2"):
        log.note(Accessed(what="report", session=session))
    assert [said.session for _who, said in kept] == ["s-1", "s-2"]
    who[0] = "op-2"
    log.note(Accessed(what="report", session="s-1"))
    at[0] = AT + timedelta(minutes=59)
    log.note(Accessed(what="report", session="s-1"))
    assert len(kept) == 3
    at[0] = AT + timedelta(minutes=60)
    log.note(Accessed(what="report", session="s-1"))
    assert len(kept) == 4


def test_what_the_record_holds_of_this_hour_is_not_noted_again() -> None:
    kept: list[Accessed] = []
    said = Accessed(what="sessions")
    log = Accesses(kept.append, lambda: "op-1", lambda: AT, entries(said))
    log.note(said)
    assert kept == []
