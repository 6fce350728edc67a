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
from controller.exports.material import (
    NOWHERE,
    End,
    Material,
    Operator,
    Told,
    ToldAnswers,
    answers_acts,
    tell,
)
from controller.exports.research import disguised
from controller.exports.spreadsheets import csv_files
from controller.language import _
from controller.questionnaires.library import known
from controller.session.answered import Find, answered
from controller.session.documents import Entry, SessionOpened, stream_of
from controller.session.named import pseudonyms
from controller.store.reader import Reader

Format = Literal["csv", "bids", "fhir", "research"]
Confirm = Callable[[Mapping[str, Sequence[str]]], bool]
"""Shows the fields of each file and says whether they may be written."""


class NotConfirmed(Exception):
    """An export for research was not confirmed; the text says how to."""


class NoConsent(NotConfirmed):
    """The patient took the consent to research back."""


@dataclass(frozen=True)
class Wish:
    """What is to be written, and where."""

    format: Format
    out: Path
    decimal_comma: bool = False
    of_patient: bool = False
    """Also the questionnaires of the patient that belong to no session or to another one."""


@dataclass(frozen=True)
class Written:
    """What was written; the fields of the command's JSON."""

    format: str
    out: str
    sessions: int
    files: list[str]
    """By their paths in `out`, sorted."""


def export(
    reader: Reader, sessions: Sequence[str], wish: Wish, confirm: Confirm, find: Find = known
) -> Written:
    """Write these sessions, at least one and all of one patient, into a new folder.

    `find` knows the questionnaires that are scored.

    Raises:
        FolderNotEmpty: there is something in the folder; told before anything is read.
        FhirMissing: the library that FHIR needs is not installed.
        NoConsent: an export for research of a patient who took that consent back.
        NotConfirmed: `confirm` said no to an export for research.
        NotASession: the record of a session holds no opening.
        RecordError, OSError: the record or the folder cannot be used.
    """
    require_free(wish.out)
    if wish.format == "fhir":
        require_fhir()
    if wish.format == "research":
        research_noted(reader, sessions[-1])
    files = _files(_material(reader, sessions, wish, find), wish, confirm)
    write_whole(wish.out, files)
    return Written(wish.format, str(wish.out), len(sessions), sorted(files))


def research_noted(reader: Reader, session: str) -> bool:
    """Whether the record holds a consent to research of this session's patient.

    Without one the clinic may hold it elsewhere. Raises `NoConsent` where it was taken back.
    """
    whose = next(row.patient for row in reader.sessions() if row.session == session)
    noted = [one for one in reader.consents(whose) if one.consent_to == "research"]
    if any(one.withdrawn is not None for one in noted):
        raise NoConsent(_("The patient took back the consent to research: nothing was written."))
    return bool(noted)


def _material(reader: Reader, sessions: Sequence[str], wish: Wish, find: Find) -> Material:
    names = {row.operator: row.name for row in reader.operators()}
    heads, ledger = reader.heads(), reader.ledger_head()

    def known_as(entries: Sequence[Entry]) -> tuple[str, ...]:
        whose = (e.data.patient for e in entries if isinstance(e.data, SessionOpened))
        return pseudonyms(reader.entries(stream_of(next(whose, ""))))

    def told(session: str) -> Told:
        end = heads[session]
        # A console may be writing: what came after the end that is named is not told.
        entries = [entry for entry in reader.entries(session) if entry.seq <= end.seq]
        return tell(entries, names, End(end.seq, end.hash), known_as(entries))

    every = tuple(told(session) for session in sessions)
    stream = stream_of(every[-1].patient)
    own = heads.get(stream)
    end = NOWHERE if own is None else End(own.seq, own.hash)
    of_patient = [e for e in reader.entries(stream) if e.seq <= end.seq]
    return Material(
        sessions=every,
        ledger=End(ledger.seq, ledger.hash),
        made=datetime.now(UTC).isoformat(timespec="milliseconds"),
        palier=version("palier"),
        answers=tuple(
            ToldAnswers(one, Operator(one.by, names.get(one.by, "")))
            for one in answered(of_patient, find)
            if wish.of_patient or one.said.session in sessions
        ),
        answers_acts=tuple(answers_acts(of_patient, names, None if wish.of_patient else sessions)),
        answers_end=end,
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
