"""Check digits tell patients apart who are taken for one another."""

from __future__ import annotations

import string

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from controller.session.check_digits import check_digits, found, with_digits
from controller.session.pseudonyms import folded

names = st.text(string.ascii_lowercase + string.digits + "-", min_size=1, max_size=40)


@given(names, st.data())
def test_one_sign_typed_for_another_changes_them(name: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(name) - 1))
    other = data.draw(st.sampled_from(string.ascii_lowercase + string.digits))
    typed = name[:at] + other + name[at + 1 :]
    assume(folded(typed) != folded(name))
    assert check_digits(typed) != check_digits(name)


@given(names, st.data())
def test_two_neighbours_exchanged_change_them(name: str, data: st.DataObject) -> None:
    assume(len(name) >= 2)
    at = data.draw(st.integers(0, len(name) - 2))
    typed = name[:at] + name[at + 1] + name[at] + name[at + 2 :]
    assume(folded(typed) != folded(name))
    assert check_digits(typed) != check_digits(name)


@given(st.text(max_size=40))
def test_they_are_two_digits_from_02_to_98(name: str) -> None:
    digits = check_digits(name)
    assert len(digits) == 2 and 2 <= int(digits) <= 98


@pytest.mark.parametrize("other", ["p-0417", "P\u20110417", " P-0417 "])
def test_pseudonyms_that_read_alike_have_the_same(other: str) -> None:
    assert check_digits(other) == check_digits("P-0417")


def test_the_formula_is_that_of_mod_97_10() -> None:
    name = "P-0417"
    number = int.from_bytes(b"p-0417", "big")
    assert (number * 100 + int(check_digits(name))) % 97 == 1


@given(st.lists(names, min_size=1, max_size=6, unique_by=folded), st.data())
def test_a_patient_is_found_by_name_by_digits_and_by_both(
    known: list[str], data: st.DataObject
) -> None:
    name = data.draw(st.sampled_from(known))
    digits = check_digits(name)
    for said in (name, name.upper(), digits, f"{name} {digits}", with_digits(name)):
        if folded(said).strip():
            assert name in found(said, known)


def test_with_digits_that_do_not_fit_nobody_is_found() -> None:
    known = ("P-0417", "P-0502")
    wrong = check_digits("P-0502")
    assert found(f"P-0417 {wrong}", known) == ()


def test_an_empty_line_finds_all_in_their_order() -> None:
    assert found("  ", ("B", "A")) == ("B", "A")
