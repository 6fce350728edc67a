"""Owns how long a session is said to have lasted, wherever sessions are listed.

It must say the same as the session's report, and knows neither page nor list.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from controller.session.retelling import NotASession, retell
from controller.store.errors import UnreadableEntry
from controller.store.reader import Reader, SessionRow

APART_S = 2.0
"""Both clocks of a console may differ by this much over a session and yet tell the same."""


def as_reported(reader: Reader, rows: Iterable[SessionRow]) -> list[SessionRow]:
    """The sessions, each as long as its report says it was.

    A row counts by the console's own clock, its history by the ticks of the patient's side. They
    agree where one console led a session in real time to its end, and only there: the clock goes on
    while the console waits for a patient's side that is gone, it stands while the machine sleeps,
    another machine or a new start counts from elsewhere, and a script leads faster than time.
    """
    return [row if _by_one_clock(row) else _known(reader, row) for row in rows]


def _by_one_clock(row: SessionRow) -> bool:
    """Whether the row's own figure is the session's; without a look at the entries, which takes
    long where there are many sessions."""
    if row.closed is None or row.how != "closed" or row.simulated:
        return False
    try:
        passed = datetime.fromisoformat(row.closed) - datetime.fromisoformat(row.opened)
    except ValueError:
        return False  # somebody changed it
    return abs(passed.total_seconds() - row.lasted_s) <= APART_S


def _known(reader: Reader, row: SessionRow) -> SessionRow:
    try:
        return replace(row, lasted_s=retell(reader.entries(row.session)).duration_s)
    except (NotASession, UnreadableEntry):
        return row  # `palier verify` tells of it; a list is shown all the same
