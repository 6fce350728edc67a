"""Owns the list of erased patients beside a record, F.erased; knows no table's rows but patients'.

The list outlives what it names, so that a backup from before an erasure does not bring a patient
back. One JSON object a line, with `patient`, the record's own id.
"""

from __future__ import annotations

import json
from pathlib import Path

from controller.store import private
from controller.store.errors import ErasedAgain, UnreadableCompanion
from controller.store.keys import Keys
from controller.store.reader import Reader

ENDING = ".erased"


def listed(database: Path) -> tuple[str, ...]:
    """The patients who were erased from this record, by id. Raises `UnreadableCompanion`."""
    path = private.beside(database, ENDING)
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
        return tuple(str(json.loads(line)["patient"]) for line in lines if line.strip())
    except FileNotFoundError:
        return ()
    except (KeyError, TypeError, ValueError):
        raise UnreadableCompanion(file=path.name) from None


def apply_again(database: Path, keys: Keys) -> int:
    """Erase from the record whoever is on its list and there again; how many that were.

    Called on a restored record before it takes its place. This version erases nobody, so it
    refuses a record that holds an erased patient: raises `ErasedAgain`.
    """
    erased = set(listed(database))
    if not erased:
        return 0
    back = [row for row in Reader(database, keys).patients() if row.patient in erased]
    if back:
        raise ErasedAgain(count=len(back))
    return 0
