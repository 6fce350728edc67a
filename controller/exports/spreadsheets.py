"""Owns the export as CSV: one file for each table and one that explains them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from controller.exports.answers import answers_table
from controller.exports.columns import Table
from controller.exports.course import course_table
from controller.exports.dictionary import dictionary
from controller.exports.material import Material
from controller.exports.separated import COMMA, SEMICOLON, written
from controller.exports.tables import tables


def csv_files(material: Material, *, decimal_comma: bool) -> dict[str, bytes]:
    """Name and content of each file.

    Args:
        material: the sessions, and the questionnaires.
        decimal_comma: semicolons, decimal commas and a byte order mark, for a French Excel.
    """
    return files_of(tables_of(material), decimal_comma=decimal_comma)


def tables_of(material: Material) -> tuple[Table, ...]:
    """The tables of the sessions, and the one of the questionnaires."""
    pseudonym = material.sessions[-1].history.header.pseudonym
    return (
        *tables(material.sessions),
        course_table(material.sessions),
        answers_table(material.answers, pseudonym),
    )


def files_of(of: Sequence[Table], *, decimal_comma: bool) -> dict[str, bytes]:
    """One file for each table, and `dictionary.csv`."""
    dialect = SEMICOLON if decimal_comma else COMMA
    every: Mapping[str, Table] = {t.name: t for t in (*of, dictionary(of, ".csv"))}
    return {f"{name}.csv": written(table, dialect) for name, table in every.items()}
