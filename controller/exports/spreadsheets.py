"""Owns the export as CSV: one file for each table and one that explains them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from controller.exports.columns import Table
from controller.exports.dictionary import dictionary
from controller.exports.material import Material
from controller.exports.separated import COMMA, SEMICOLON, written
from controller.exports.tables import tables


def csv_files(material: Material, *, decimal_comma: bool) -> dict[str, bytes]:
    """Name and content of each file.

    Args:
        material: the sessions.
        decimal_comma: semicolons, decimal commas and a byte order mark, for a French Excel.
    """
    return files_of(tables(material.sessions), decimal_comma=decimal_comma)


def files_of(of: Sequence[Table], *, decimal_comma: bool) -> dict[str, bytes]:
    """One file for each table, and `dictionary.csv`."""
    dialect = SEMICOLON if decimal_comma else COMMA
    every: Mapping[str, Table] = {t.name: t for t in (*of, dictionary(of, ".csv"))}
    return {f"{name}.csv": written(table, dialect) for name, table in every.items()}
