"""`palier packs`: who approved what and when is listed, and taken back by those who treat."""

from __future__ import annotations

from typing import Any

import pytest
from test_operators_commands import Palier, clinic, palier  # noqa: F401

from controller.session.documents import CLINIC
from controller.session.pack_entries import PackApproved, PackRevoked
from controller.store.books import RecordBooks
from controller.store.reader import Reader
from controller.store.record import Record
from controller.store.verify import verify
from scenarios.api.manifest import Words

ONE = PackApproved(
    name="piers",
    version="1.0.0",
    sha256="ab" * 32,
    title=Words(fr="Jetées", en="Piers"),
    author="A. Author",
    licence="MIT",
    scenarios=("heights.pier",),
    signed_by=None,
)
TWO = ONE.model_copy(update={"version": "1.1.0", "sha256": "cd" * 32})


@pytest.fixture
def approved(clinic: Palier) -> Palier:  # noqa: F811
    """Bea, a supervisor, approved two versions of a pack."""
    with Record.create_or_open(clinic.path, operator="op-2") as record:
        record.append_now(CLINIC, ONE)
        record.append_now(CLINIC, TWO)
    return clinic


def listed(approved: Palier) -> list[dict[str, Any]]:
    return approved.json("packs")


def holding(approved: Palier) -> frozenset[str]:
    return RecordBooks(Reader.open(approved.path)).approved()


def test_every_approval_is_listed_with_who_gave_it_and_when(approved):
    rows = listed(approved)
    assert [(r["name"], r["version"], r["approved_by"]) for r in rows] == [
        ("piers", "1.0.0", "Bea"),
        ("piers", "1.1.0", "Bea"),
    ]
    assert all(r["approved"] and r["revoked"] is None for r in rows)
    assert approved("packs") == 0
    assert "Piers" in approved.out and "approved by Bea" in approved.out


def test_a_supervisor_takes_all_versions_back_and_both_entries_stay(approved):
    assert approved("packs", "--revoke", "piers", "--operator", "Bea") == 0
    assert holding(approved) == frozenset()
    assert [r["revoked_by"] for r in listed(approved)] == ["Bea", "Bea"]
    kinds = [e.data for e in Reader.open(approved.path).entries(CLINIC)]
    assert sum(isinstance(k, PackApproved) for k in kinds) == 2
    assert sum(isinstance(k, PackRevoked) for k in kinds) == 2
    assert verify(approved.path).ok


def test_the_first_digits_of_a_hash_name_one_version(approved):
    assert approved("packs", "--revoke", "CDCD CDCD", "--operator", "Bea", "--json") == 0
    assert holding(approved) == {ONE.sha256}


@pytest.mark.parametrize("wrong", ["pier", "abab", "00" * 32, ""])
def test_what_names_no_approved_pack_changes_nothing_and_is_said(approved, wrong):
    assert approved("packs", "--revoke", wrong, "--operator", "Bea") == 2
    assert "palier packs" in approved.err
    assert len(holding(approved)) == 2


def test_a_trainee_takes_nothing_back(approved):
    bruno = ("--operator", "Bruno")
    assert approved("packs", "--revoke", "piers", *bruno, passphrase="geheim 2") == 2
    assert "Therapists and supervisors" in approved.err
    assert len(holding(approved)) == 2


def test_taking_back_twice_is_said(approved):
    assert approved("packs", "--revoke", "piers", "--operator", "Bea") == 0
    assert approved("packs", "--revoke", "piers", "--operator", "Bea") == 2


def test_where_nothing_was_approved_it_says_so(clinic):  # noqa: F811
    assert clinic("packs") == 0
    assert clinic.out == "No pack was approved here.\n"
