"""Owns `palier export`: sessions of the record are told, written in one format, and confirmed.

It joins record and exports, and knows neither options nor how a format is made.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from random import SystemRandom
from typing import Literal

from controller.exports.bids import bids_files
from controller.exports.fhir import fhir_files, require_fhir
from controller.exports.folder import require_free, write_whole
from controller.exports.material import End, Material, Told, tell
from controller.exports.research import disguised
from controller.exports.spreadsheets import csv_files
from controller.language import _
from controller.store.reader import Reader

Format = Literal["csv", "bids", "fhir", "research"]
Confirm = Callable[[Mapping[str, Sequence[str]]], bool]
"""Shows the fields of each file and says whether they may be written."""


class NotConfirmed(Exception):
    """An export for research was not confirmed; the text says how to."""


@dataclass(frozen=True)
class Wish:
    """What is to be written, and where."""

    format: Format
    out: Path
    decimal_comma: bool = False


@dataclass(frozen=True)
class Written:
    """What was written; the fields of the command's JSON."""

    format: str
    out: str
    sessions: int
    files: list[str]
    """By their paths in `out`, sorted."""


def export(reader: Reader, sessions: Sequence[str], wish: Wish, confirm: Confirm) -> Written:
    """Write these sessions, at least one and all of one patient, into a new folder.

    Raises:
        FolderNotEmpty: there is something in the folder; told before anything is read.
        FhirMissing: the library that FHIR needs is not installed.
        NotConfirmed: `confirm` said no to an export for research.
        NotASession: the record of a session holds no opening.
        RecordError, OSError: the record or the folder cannot be used.
    """
    require_free(wish.out)
    if wish.format == "fhir":
        require_fhir()
    files = _files(_material(reader, sessions), wish, confirm)
    write_whole(wish.out, files)
    return Written(wish.format, str(wish.out), len(sessions), sorted(files))


def _material(reader: Reader, sessions: Sequence[str]) -> Material:
    names = {row.operator: row.name for row in reader.operators()}
    heads, ledger = reader.heads(), reader.ledger_head()

    def told(session: str) -> Told:
        end = heads[session]
        # A console may be writing: what came after the end that is named is not told.
        entries = [entry for entry in reader.entries(session) if entry.seq <= end.seq]
        return tell(entries, names, End(end.seq, end.hash))

    return Material(
        sessions=tuple(told(session) for session in sessions),
        ledger=End(ledger.seq, ledger.hash),
        made=datetime.now(UTC).isoformat(timespec="milliseconds"),
        palier=version("palier"),
    )


def _files(material: Material, wish: Wish, confirm: Confirm) -> dict[str, bytes]:
    match wish.format:
        case "csv":
            return csv_files(material, decimal_comma=wish.decimal_comma)
        case "bids":
            return bids_files(material)
        case "fhir":
            return fhir_files(material)
        case "research":
            hidden = disguised(material, SystemRandom())
            if not confirm(hidden.fields()):
                raise NotConfirmed(
                    _("Nothing was written. Confirm the fields in a terminal, or give --yes.")
                )
            return hidden.files(decimal_comma=wish.decimal_comma)
