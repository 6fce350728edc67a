"""Owns how several files of a record change places at once; knows nothing of what is in them.

All that is to come is first written beside the record F, under names that begin with F.next. Then
one small file, F.changeover, says which moves make it the record. Once that file is on disk the
change has happened: whoever opens the record after a crash carries out what is left of the moves.
Before it, nothing has, and what was written is taken away again: it is a whole copy of a record,
which an erasure that comes later would not find.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, StringConstraints, ValidationError

from controller.store import keys, private
from controller.store.errors import UnreadableCompanion
from controller.store.occupancy import Occupancy

ENDING = ".changeover"
NEXT = ".next"
"""Begins the endings of all files that are to come."""
_OURS = re.compile(re.escape(NEXT) + r"([.-][a-z0-9.-]+)?")
"""What may follow the record's name in that of a file to come. No other file is taken away."""
_PATIENCE_S = 10.0
"""So long a reader waits for a change that somebody else is carrying out."""

# A name with a separator could lead out of the record's folder.
Ending = Annotated[str, StringConstraints(pattern=r"^([.-][A-Za-z0-9.-]*)?$")]


class Step(BaseModel):
    """One move. Each may be tried again after a crash, and then does nothing if it was done."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    what: Literal["keep", "place", "remove"]
    """`keep`: out of the way, to a name that is free. `place`: over what is there."""
    ending: Ending
    """Of the file that moves; empty for the database itself."""
    to: Ending = ""


class Changeover(BaseModel):
    """The moves in their order, and the names under which a keyring may forget its keys."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    steps: tuple[Step, ...]
    forget: tuple[Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{32}$")], ...] = ()


def coming(database: Path) -> Path:
    """The name under which the next database is made."""
    return private.beside(database, NEXT)


def is_to_come(name: str, database: Path) -> bool:
    """Whether a file of this name beside the record is taken for one that is to come."""
    return name.startswith(database.name) and bool(_OURS.fullmatch(name[len(database.name) :]))


def clear(database: Path) -> None:
    """Remove what an attempt that broke off had made. Only while the record is held alone."""
    for file in list(database.parent.iterdir()):
        if is_to_come(file.name, database):
            file.unlink()


def commit(database: Path, change: Changeover) -> None:
    """Make the change: it has happened, or not, whenever this is broken off.

    All files it places must be durable. Raises `OSError`.
    """
    private.replace(private.beside(database, ENDING), change.model_dump_json().encode())
    finish(database)


def finish(database: Path) -> None:
    """Carry out what is left of a change, then forget what else was made ready.

    That is what an attempt which broke off before its change had made; and making ready may leave
    more than is placed, such as the copy before a migration. Only while the record is held alone.
    Raises `UnreadableCompanion` when the file that tells the moves was damaged.
    """
    if private.beside(database, ENDING).exists():
        _carry_out_all(database)
    clear(database)


def _carry_out_all(database: Path) -> None:
    path = private.beside(database, ENDING)
    try:
        change = Changeover.model_validate_json(path.read_bytes())
    except ValidationError:
        raise UnreadableCompanion(file=path.name) from None
    for step in change.steps:
        _carry_out(database, step)
    private.sync_folder(database.parent)
    for name in change.forget:
        keys.forget(name)
    path.unlink()
    private.sync_folder(database.parent)


def settle(database: Path) -> None:
    """Finish a change that a crash broke off, for whoever only reads.

    Raises `RecordInUse` when somebody else has been at it for long.
    """
    if private.beside(database, ENDING).exists():
        with alone(database, _PATIENCE_S):
            pass


@contextmanager
def alone(database: Path, wait_s: float = 0.0) -> Iterator[None]:
    """Hold the record alone meanwhile; what a crash left of a change is finished first.

    What was made ready meanwhile and did not become a change is taken away in the end. Raises
    `RecordInUse` when a console has it open.
    """
    occupancy = Occupancy(database, wait_s)
    try:
        finish(database)
        yield
    finally:
        # Once the moves are on disk the files to come are the record.
        with suppress(OSError):
            if not private.beside(database, ENDING).exists():
                clear(database)
        occupancy.leave()


def _carry_out(database: Path, step: Step) -> None:
    source = private.beside(database, step.ending)
    if step.what == "remove":
        source.unlink(missing_ok=True)
        return
    target = private.beside(database, step.to)
    # What was kept has the name already when the new file has come to the old place.
    if source.exists() and not (step.what == "keep" and target.exists()):
        os.replace(source, target)
