"""Owns the bare database library, doing what a record makes it do: the measure of its cost.

Same library, same pragmas, same pages; no chain, no ledger, no tables made from entries.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as sqlcipher

from controller.store import private

Row = tuple[str, int, str]
"""Stream, number, body."""


class Yardstick:
    """A file of its own with rows as large as a record's. Used by one thread."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._key = secrets.token_hex(32)
        private.make(path, b"")
        self._connection = self._connect()
        self._connection.execute(
            "CREATE TABLE entries (session TEXT, seq INTEGER, body TEXT NOT NULL, "
            "PRIMARY KEY (session, seq))"
        )
        self._connection.execute("CREATE TABLE made (session TEXT PRIMARY KEY, told TEXT)")

    def _connect(self) -> Any:
        connection = sqlcipher.connect(self._path, isolation_level=None)
        connection.execute("PRAGMA cipher_log_level = NONE")
        connection.execute(f"PRAGMA key = \"x'{self._key}'\"")
        connection.execute("PRAGMA temp_store = MEMORY")
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        return connection

    def add(self, rows: Sequence[Row]) -> None:
        """Write rows in one commit; they are on disk when this returns."""
        self._connection.execute("BEGIN IMMEDIATE")
        self._connection.executemany("INSERT INTO entries VALUES (?, ?, ?)", rows)
        self._connection.execute("COMMIT")

    def open_again(self) -> None:
        """Close the file and open it, with the checks that opening a record makes."""
        self._connection.close()
        self._connection = self._connect()
        self._connection.execute("PRAGMA cipher_integrity_check").fetchall()
        self._connection.execute("PRAGMA quick_check").fetchall()

    def check(self) -> None:
        """Let the library check all pages and indexes, as `palier verify` does."""
        self._connection.execute("PRAGMA cipher_integrity_check").fetchall()
        self._connection.execute("PRAGMA integrity_check").fetchall()

    def read(self) -> int:
        """Read all rows in order; how many there are."""
        asked = self._connection.execute("SELECT * FROM entries ORDER BY session, seq")
        return sum(1 for _row in asked)

    def make(self, rows: Iterable[tuple[str, str]]) -> None:
        """Replace the rows of the second table, in one commit."""
        self._connection.execute("BEGIN IMMEDIATE")
        self._connection.execute("DELETE FROM made")
        self._connection.executemany("INSERT INTO made VALUES (?, ?)", list(rows))
        self._connection.execute("COMMIT")

    def listed(self) -> int:
        """Read the second table; how many rows it has."""
        return len(self._connection.execute("SELECT * FROM made ORDER BY session").fetchall())

    def close(self) -> None:
        """Let the file go."""
        self._connection.close()
