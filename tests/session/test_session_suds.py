"""A typed rating means what the therapist meant, on both scales and both keyboards."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from controller.language import use
from controller.session.suds import ROW, NotARating, as_digit, fits, parse, shown

MEANT = [
    ("7", "0-100", 70),
    ("0", "0-100", 0),
    ("07", "0-100", 7),
    ("70", "0-100", 70),
    ("00", "0-100", 0),
    ("99", "0-100", 99),
    ("100", "0-100", 100),
    ("t", "0-100", 100),
    ("T", "0-100", 100),
    ("*", "0-100", 100),
    (" 65 ", "0-100", 65),
    ("è", "0-100", 70),
    ("-(", "0-100", 65),
    ("&àà", "0-100", 100),
    ("§!", "0-100", 68),
    ("7", "0-10", 70),
    ("10", "0-10", 100),
    ("&à", "0-10", 100),
    ("t", "0-10", 100),
    ("0", "0-10", 0),
]


@pytest.mark.parametrize(("typed", "scale", "value"), MEANT)
def test_what_was_typed_is_this_rating(typed: str, scale: str, value: int) -> None:
    assert parse(typed, scale) == value  # type: ignore[arg-type]


REFUSED = ["", " ", "101", "110", "007", "1000", "-", "x", "7.5", "7,5", "tt", "7t", "٧", "７", "²"]


@pytest.mark.parametrize("typed", [t for t in REFUSED if t != "-"])
def test_anything_else_is_refused_with_a_sentence_that_says_what_to_type(typed: str) -> None:
    use("en")
    for scale in ("0-100", "0-10"):
        with pytest.raises(NotARating, match="Type a rating from 0 to 10"):
            parse(typed, scale)  # type: ignore[arg-type]


@pytest.mark.parametrize("typed", ["11", "07", "70", "100", "00"])
def test_the_short_scale_takes_no_tens(typed: str) -> None:
    with pytest.raises(NotARating):
        parse(typed, "0-10")


@given(st.integers(0, 99))
def test_two_digits_are_exact(value: int) -> None:
    assert parse(f"{value:02d}", "0-100") == value


@given(st.integers(0, 9))
def test_one_digit_is_tens_on_the_long_scale_and_itself_on_the_short_one(value: int) -> None:
    assert parse(str(value), "0-100") == 10 * value
    assert parse(str(value), "0-10") == 10 * value
    assert shown(parse(str(value), "0-10"), "0-10") == str(value)


@given(st.text(alphabet="0123456789", min_size=1, max_size=3), st.sampled_from(["0-100", "0-10"]))
def test_the_unshifted_azerty_row_means_the_same_as_digits(digits: str, scale: str) -> None:
    row = {digit: character for character, digit in reversed(ROW.items())}
    typed = "".join(row[digit] for digit in digits)
    assert fits(digits, scale) == fits(typed, scale)  # type: ignore[arg-type]
    if fits(digits, scale):  # type: ignore[arg-type]
        assert parse(digits, scale) == parse(typed, scale)  # type: ignore[arg-type]


@given(st.text(max_size=6), st.sampled_from(["0-100", "0-10"]))
def test_every_text_is_a_rating_from_0_to_100_or_refused(typed: str, scale: str) -> None:
    if fits(typed, scale):  # type: ignore[arg-type]
        assert 0 <= parse(typed, scale) <= 100  # type: ignore[arg-type]
    else:
        with pytest.raises(NotARating):
            parse(typed, scale)  # type: ignore[arg-type]


@given(st.integers(0, 100))
def test_a_rating_is_shown_without_rounding_on_either_scale(value: int) -> None:
    assert shown(value, "0-100") == str(value)
    assert float(shown(value, "0-10")) * 10 == pytest.approx(value)


@given(st.characters())
def test_only_ascii_digits_and_the_azerty_row_are_digits(character: str) -> None:
    known = character in "0123456789" or character in ROW
    assert (as_digit(character) is not None) == known
