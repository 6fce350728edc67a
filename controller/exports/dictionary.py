"""Owns the data dictionary: every file and column with what it means; knows no session."""

from __future__ import annotations

from collections.abc import Sequence

from controller.exports.columns import Cell, Column, Table

_COLUMNS = (
    Column("file", "text", "File."),
    Column("column", "text", "Column in that file."),
    Column("type", "code", "Kind of value."),
    Column("units", "text", "Unit; empty where there is none."),
    Column("levels", "text", "Codes and what they mean."),
    Column("description", "text", "What it holds, with the formula of a figure."),
)


def dictionary(tables: Sequence[Table], ending: str) -> Table:
    """One row for each column of each table; files are named with `ending`, as ".csv"."""
    rows: list[tuple[Cell, ...]] = [
        (
            f"{table.name}{ending}",
            column.name,
            column.kind,
            column.units,
            "; ".join(f"{code} = {meaning}" for code, meaning in column.levels.items()),
            column.description,
        )
        for table in tables
        for column in table.columns
    ]
    return Table("dictionary", "What each file and column holds.", _COLUMNS, tuple(rows))
