"""Owns how long a session is said to have lasted, wherever sessions are listed.

It must say the same as the session's report, and knows neither page nor list.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from controller.session.retelling import NotASession, retell
from controller.store.errors import UnreadableEntry
from controller.store.reader import Reader, SessionRow


def as_reported(reader: Reader, rows: Iterable[SessionRow]) -> list[SessionRow]:
    """The sessions, each that was not closed in order as long as its history is known.

    The console's own clock, by which a row counts, goes on for as long as the console waits for a
    patient's side that is gone; the history ends with what that side told last.
    """
    return [row if row.how == "closed" else _known(reader, row) for row in rows]


def _known(reader: Reader, row: SessionRow) -> SessionRow:
    try:
        return replace(row, lasted_s=retell(reader.entries(row.session)).duration_s)
    except (NotASession, UnreadableEntry):
        return row  # `palier verify` tells of it; a list is shown all the same
