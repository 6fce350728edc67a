from __future__ import annotations

import csv
from decimal import Decimal
from io import StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from controller.exports.columns import Column, Table
from controller.exports.separated import (
    BOM,
    COMMA,
    SEMICOLON,
    TAB,
    Dialect,
    as_written,
    defused,
    plain,
    written,
)

FORMULAS = (
    "=1+1", "+33 6 12", "-5 steps", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1+1", "'=1", "''=1",
)  # fmt: skip
HARMLESS = ("", "a = b", "3 - 2", "l'eau", "'quoted'", "1+1", "a@b")
TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=30)


def read(content: bytes, dialect: Dialect) -> list[list[str]]:
    text = content.decode("utf-8")
    assert text.startswith(BOM) == dialect.bom
    return list(csv.reader(StringIO(text.removeprefix(BOM)), delimiter=dialect.separator))


def table(*rows: tuple[str, float | None]) -> Table:
    columns = (Column("text", "text", "Words."), Column("number", "number", "A figure."))
    return Table("some", "Some.", columns, rows)


@pytest.mark.parametrize("dialect", [COMMA, SEMICOLON], ids=["comma", "semicolon"])
@pytest.mark.parametrize("text", FORMULAS)
def test_a_text_that_would_be_run_is_defused_and_reads_back(text: str, dialect: Dialect) -> None:
    ((cell, _number),) = read(written(table((text, 1.0)), dialect), dialect)[1:]
    assert cell[0] == "'"
    assert as_written(cell) == text


@pytest.mark.parametrize("text", HARMLESS)
def test_a_text_that_would_not_be_run_is_left_alone(text: str) -> None:
    assert defused(text) == text == as_written(text)


@given(TEXTS)
def test_every_text_comes_back_as_it_was_and_none_begins_a_formula(text: str) -> None:
    assert as_written(defused(text)) == text
    assert not defused(text).startswith(tuple("=+-@\t\r\n"))


@pytest.mark.parametrize(
    ("dialect", "cell"), [(COMMA, "-12.5"), (SEMICOLON, "-12,5"), (TAB, "-12.5")]
)
def test_a_negative_number_stays_a_number(dialect: Dialect, cell: str) -> None:
    assert read(written(table(("a", -12.5)), dialect), dialect)[1] == ["a", cell]


@given(st.lists(st.tuples(TEXTS, st.none() | st.floats(-1e6, 1e6)), max_size=5), st.booleans())
def test_tables_come_back_from_either_form(
    rows: list[tuple[str, float | None]], comma: bool
) -> None:
    dialect = COMMA if comma else SEMICOLON
    found = read(written(table(*rows), dialect), dialect)[1:]
    texts = [as_written(text) for text, _number in found]
    numbers = [None if n == "" else float(n.replace(",", ".")) for _text, n in found]
    assert list(zip(texts, numbers, strict=True)) == rows


@given(st.lists(TEXTS, min_size=1, max_size=5))
def test_a_line_of_a_tsv_is_one_row_whatever_was_written(texts: list[str]) -> None:
    content = written(table(*((text, None) for text in texts)), TAB).decode()
    lines = content.split("\n")
    assert len(lines) == len(texts) + 2
    assert all(line.count("\t") == 1 for line in lines[:-1])
    assert all(line.endswith("\tn/a") for line in lines[1:-1])


@given(st.floats(-1e12, 1e12) | st.integers(-(10**12), 10**12))
def test_a_number_is_written_in_digits_and_reads_back_equal(value: float) -> None:
    assert "e" not in plain(value).lower()
    assert Decimal(plain(value)) == Decimal(repr(value))


def test_a_text_never_slips_into_a_column_of_figures() -> None:
    with pytest.raises(ValueError, match="number"):
        written(Table("t", "", (Column("number", "number", ""),), (("=1",),)), COMMA)


def test_a_row_that_does_not_fit_its_columns_is_refused() -> None:
    with pytest.raises(ValueError, match="some"):
        Table("some", "", (Column("a", "text", ""),), (("x", "y"),))
