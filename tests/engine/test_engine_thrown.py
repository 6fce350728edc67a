"""What an author's exception says can be written and shown, whatever it says."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from vr_runtime.thrown import LONGEST, words_of


class Wordless(Exception):
    def __str__(self) -> str:
        raise SystemExit


def test_an_exception_whose_words_fail_has_none():
    assert words_of(Wordless()) == ""


@given(st.text(st.characters(codec=None), max_size=500))
def test_the_words_of_any_exception_are_one_short_line_that_can_be_written(text: str):
    told = words_of(ValueError(text))
    assert len(told) <= LONGEST
    assert "\n" not in told and "\x1b" not in told
    told.encode("utf-8")
