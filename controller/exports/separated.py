"""Owns how tables become text with separators, and what keeps a spreadsheet from running a cell.

It knows tables and nothing of sessions or folders.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from io import StringIO

from controller.exports.columns import Cell, Column, Kind, Table

BOM = "\ufeff"
_RUNS = re.compile(r"^'*[=+\-@\t\r\n＝＋－＠]")
"""Beginnings that a spreadsheet takes for a formula, also behind apostrophes of our own."""
_UNWRITABLE = re.compile(r"[\t\r\n\v\f\x1c-\x1e\x85\u2028\u2029\0]+")


@dataclass(frozen=True)
class Dialect:
    """How a file separates and writes its values."""

    separator: str
    decimal: str
    ending: str
    missing: str
    """What stands where there is no value, and where a text is empty."""
    bom: bool
    for_spreadsheets: bool
    """Whether texts that would be run are defused; else line breaks and tabs become spaces."""


COMMA = Dialect(",", ".", "\r\n", "", bom=False, for_spreadsheets=True)
"""CSV by RFC 4180."""
SEMICOLON = Dialect(";", ",", "\r\n", "", bom=True, for_spreadsheets=True)
"""What a French Excel opens by a double click."""
TAB = Dialect("\t", ".", "\n", "n/a", bom=False, for_spreadsheets=False)
"""TSV as BIDS has it."""

_WRITTEN: tuple[Kind, ...] = ("text", "code", "moment")


def written(table: Table, dialect: Dialect) -> bytes:
    """The table in UTF-8 with one line of names first."""
    head = [column.name for column in table.columns]
    body = ([_cell(c, v, dialect) for c, v in zip(table.columns, row, strict=True)]
            for row in table.rows)  # fmt: skip
    return _lines([head, *body], dialect)


def _lines(rows: Iterable[list[str]], dialect: Dialect) -> bytes:
    out = StringIO()
    writer = csv.writer(out, delimiter=dialect.separator, lineterminator=dialect.ending)
    writer.writerows(rows)
    return ((BOM if dialect.bom else "") + out.getvalue()).encode("utf-8")


def _cell(column: Column, value: Cell, dialect: Dialect) -> str:
    if value is None or value == "":
        return dialect.missing
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        # A number is written as one, its minus included: a spreadsheet reckons nothing with it.
        return plain(value).replace(".", dialect.decimal)
    if column.kind not in _WRITTEN:
        raise ValueError(f"{column.name}: a text in a column of figures")
    return defused(value) if dialect.for_spreadsheets else _UNWRITABLE.sub(" ", value)


def plain(value: int | float) -> str:
    """A number in digits, without exponent, that reads back as the same number."""
    return format(Decimal(repr(value)), "f")


def defused(text: str) -> str:
    """A text that no spreadsheet runs: one apostrophe goes before what would be a formula.

    = + - @ tab CR at the beginning of a cell (OWASP, "CSV Injection"), line feed and the wide forms
    of these signs. A text that has apostrophes before such a sign gets one more, so that
    `as_written` always gives back what was there.
    """
    return f"'{text}" if _RUNS.match(text) else text


def as_written(cell: str) -> str:
    """The text that `defused` was given."""
    return cell[1:] if cell.startswith("'") and _RUNS.match(cell) else cell
