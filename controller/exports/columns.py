"""Owns what a table for other programs is: named columns, each described, and rows of values.

It knows no session and no way of writing. Names and descriptions are English whatever language the
console speaks, so that a program reads one and the same thing everywhere.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Literal

Cell = str | int | float | bool | None
"""One value; None where there is none."""
Kind = Literal["text", "code", "moment", "whole", "number", "flag"]
"""`text` was written by a person or a scenario's author, `code` comes from a known list or is an
identifier, `moment` is a wall time (UTC, ISO 8601), `whole` and `number` are figures, `flag` is
true or false."""


@dataclass(frozen=True)
class Column:
    """One column: what it holds, in which unit, and whether research may have it."""

    name: str
    kind: Kind
    description: str
    units: str = ""
    levels: Mapping[str, str] = field(default_factory=dict)
    """What each code means; empty where the column holds none."""
    research: bool = True
    """False for what identifies or tells in free words: it stays out of a research export."""


@dataclass(frozen=True)
class Table:
    """Rows of values under described columns."""

    name: str
    description: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]

    def __post_init__(self) -> None:
        if any(len(row) != len(self.columns) for row in self.rows):
            raise ValueError(f"{self.name}: a row has more or fewer values than there are columns")

    def where(self, wanted: Callable[[Column], bool]) -> Table:
        """The same table with only the columns that are wanted."""
        kept = [n for n, column in enumerate(self.columns) if wanted(column)]
        return replace(
            self,
            columns=tuple(self.columns[n] for n in kept),
            rows=tuple(tuple(row[n] for n in kept) for row in self.rows),
        )

    def records(self) -> list[dict[str, Cell]]:
        """The rows as values by the name of their column."""
        names = [column.name for column in self.columns]
        return [dict(zip(names, row, strict=True)) for row in self.rows]


def joined(tables: tuple[Table, ...]) -> Table:
    """One table with the rows of several that have the same columns, in order."""
    rows = tuple(row for table in tables for row in table.rows)
    return replace(tables[0], rows=rows)


def seconds(value: float | None) -> float | None:
    """A time to the millisecond; a tick of the runtime is 33 ms."""
    return None if value is None else round(value, 3)


def figure(value: float | None) -> float | None:
    """A computed figure, to six decimals."""
    return None if value is None else round(value, 6)


def wall(told: str) -> str:
    """A wall time of the record (UTC, ISO 8601) in one spelling: microseconds, Z at the end."""
    utc = datetime.fromisoformat(told).astimezone(UTC)
    return utc.isoformat(timespec="microseconds").replace("+00:00", "Z")
