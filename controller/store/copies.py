"""Owns which copies of a record lie beside it under its own name; opens and removes none.

Two kinds: `F.before-VERSION`, made before the tables were changed, which has the record's own keys;
and `F.before-restore-…`, a whole other record with companions and keys of its own, which stood here
before a backup was put in its place.
"""

from __future__ import annotations

import re
from pathlib import Path

BEFORE = ".before-"
"""Begins the endings of both."""
KEPT = ".before-restore-"
_KEPT_RECORD = re.compile(re.escape(KEPT) + r"[0-9]{8}T[0-9]{6}Z(-[0-9]+)?")


def of_migrations(database: Path) -> list[Path]:
    """The copies made before the tables were changed, with what belongs to them."""
    return [
        file
        for file in _beside(database)
        if not file.name.removeprefix(database.name).startswith(KEPT)
    ]


def kept_records(database: Path) -> list[Path]:
    """The records that stood here before a backup was restored, without their companions."""
    return [
        file
        for file in _beside(database)
        if _KEPT_RECORD.fullmatch(file.name.removeprefix(database.name))
    ]


def _beside(database: Path) -> list[Path]:
    prefix = database.name + BEFORE
    return sorted(file for file in database.parent.iterdir() if file.name.startswith(prefix))
