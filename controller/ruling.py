"""Owns which protocol is in force, and how another one is taken into the record.

For `palier protocol`. It prints nothing, and decides nothing about what a protocol says.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from controller import paths
from controller.clinic_files.telling import NotUsable
from controller.language import _, language
from controller.protocol import listing
from controller.protocol.chapters import review
from controller.protocol.reading import Written, check, read
from controller.report.protocol_page import write_page
from controller.session.clinic import in_force
from controller.session.documents import CLINIC
from controller.session.keeping import ProtocolSet
from controller.store.database import is_there
from controller.store.locked import Ask
from controller.store.reader import Reader
from controller.store.record import Record


@dataclass(frozen=True)
class Ruled:
    """A protocol, and how it stands in the record."""

    written: Written
    in_force: bool
    """The sessions of this record are led by it."""
    set: bool
    """A clinic took it into the record; False for the one that ships."""
    added: bool = False
    """It was taken into the record just now."""


def shown(database: Path | None, ask: Ask | None = None) -> Ruled:
    """The one in force in the record that is named, or in the usual one, which may not be there.

    Raises:
        ProtocolUnusable: this version cannot use what was set.
        RecordError: the record cannot be read.
    """
    if database is None and not is_there(paths.record()):
        return Ruled(in_force(None), in_force=True, set=False)
    said = Reader.open(paths.record() if database is None else database, ask).protocol()
    return Ruled(in_force(said), in_force=True, set=said is not None)


def checked(file: Path) -> Ruled:
    """The one in a clinic's file; no record is looked at. Raises `NotUsable`, `OSError`."""
    return Ruled(check(file), in_force=False, set=False)


def use(database: Path, file: Path, operator: str, ask: Ask | None = None) -> Ruled:
    """Take a clinic's file into the record, which is begun where there is none.

    A file that is in force already changes nothing.

    Raises:
        NotUsable: with all that is wrong with the file; the record is as it was.
        OSError: the file cannot be read.
        RecordError: the record cannot be written.
    """
    check(file)  # Before a record is begun or opened for it.
    with Record.create_or_open(
        database, operator=operator, use_keyring=True, spool=paths.unsaved(), ask=ask
    ) as record:
        written = check(file, _usable(record.reader.protocols()))
        last = record.reader.protocol()
        if last is not None and last.sha256 == written.sha256:
            return Ruled(written, in_force=True, set=True)
        made = ProtocolSet(
            id=written.protocol.id,
            version=written.protocol.version,
            sha256=written.sha256,
            text=written.text,
        )
        record.append_now(CLINIC, made)
    return Ruled(written, in_force=True, set=True, added=True)


def _usable(said: Sequence[ProtocolSet]) -> list[Written]:
    """What was in force at some time, as far as this version can read it."""
    found = []
    for one in said:
        try:
            found.append(read(one.text))
        except NotUsable:
            continue
    return found


def told(ruled: Ruled) -> str:
    """In one sentence what became of taking it into the record."""
    of = ruled.written.protocol
    text = (
        _("The protocol {name} {version} is in force from the next session on ({review}).")
        if ruled.added
        else _("The protocol {name} {version} is in force already ({review}).")
    )
    return text.format(name=of.id, version=of.version, review=review(of.reviewed))


def row(ruled: Ruled) -> dict[str, Any]:
    """The same for `--json`."""
    return {**listing.row(ruled.written), "in_force": ruled.in_force, "set": ruled.set}


def write(ruled: Ruled, path: Path) -> None:
    """Write it as a page to print. Raises `OSError`."""
    write_page(ruled.written, path, language())
