"""Owns which report is written of what the record holds: a session, a course, or an empty sheet.

It knows the record's questions and the reports, and neither options nor screen.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from pydantic import ValidationError

from controller.language import _, language
from controller.protocol.reading import Written
from controller.questionnaires.library import known
from controller.report.course_report import course_report
from controller.report.document import Audience
from controller.report.file import ReportNotWritten, write
from controller.report.hierarchy_table import with_hierarchy
from controller.report.page import session_report
from controller.report.paper import sheet
from controller.session.answered import Answered, Find, answered, of_session
from controller.session.documents import SessionOpened, stream_of
from controller.session.history import SessionHistory
from controller.session.named import named, pseudonyms
from controller.session.ports import ReportFailed
from controller.session.pseudonyms import SeveralMeant, meant
from controller.session.retelling import NotASession, retell
from controller.store.errors import RecordError
from controller.store.reader import PatientRow, Reader
from scenarios.api.manifest import Manifest

PATIENCE_S = 60.0
"""How long the patient's side may take to say what a scenario is."""


class NothingSuch(Exception):
    """What was named is not there; the text says what to give instead."""


def write_session(
    reader: Reader,
    session: str,
    path: Path,
    audience: Audience = "clinician",
    find: Find = known,
) -> None:
    """Write one session's report in the language spoken. Raises `ReportFailed`.

    `find` knows the questionnaires that are scored in it.
    """
    try:
        history, whose = told(reader, session)
        answers = of_session(answers_of(reader, whose, find), session)
        head = _head(reader)
        own = reader.entries(stream_of(whose))
        write(
            lambda: with_hierarchy(
                session_report(history, head, audience, answers), [history], own, audience
            ),
            path,
            language(),
        )
    except (NotASession, ReportNotWritten, RecordError) as error:
        raise ReportFailed(str(error)) from error


def write_course(
    reader: Reader,
    patient: PatientRow,
    path: Path,
    audience: Audience = "clinician",
    find: Find = known,
) -> None:
    """Write the report of all closed sessions of a patient in the language spoken.

    `find` knows the questionnaires that are scored in it.

    Raises:
        NothingSuch: none of this patient's sessions is closed.
        ReportFailed: the record could not be read, or the file not be written.
    """
    try:
        rows = reader.sessions(patient.patient)
        meant = [row for row in rows if row.how != "mistaken"]
        closed = [row for row in meant if row.closed is not None]
        if not closed:
            text = _("No session of this patient is closed yet; there is no course to report.")
            raise NothingSuch(text)
        histories = [told(reader, row.session)[0] for row in closed]
        answers = answers_of(reader, patient.patient, find)
        still_open, head = len(meant) - len(closed), _head(reader)
        own = reader.entries(stream_of(patient.patient))
        write(
            lambda: with_hierarchy(
                course_report(histories, still_open, head, audience, answers),
                histories,
                own,
                audience,
            ),
            path,
            language(),
        )
    except (NotASession, ReportNotWritten, RecordError) as error:
        raise ReportFailed(str(error)) from error


def told(reader: Reader, session: str) -> tuple[SessionHistory, str]:
    """A session under the patient's present name, and the record's own id of the patient.

    Raises:
        NotASession: the record of the session holds no opening.
    """
    entries = reader.entries(session)
    history = retell(entries)
    whose = next(e.data.patient for e in entries if isinstance(e.data, SessionOpened))
    names = pseudonyms(reader.entries(stream_of(whose)))
    operators = {row.operator: row.name for row in reader.operators()}
    return named(history, entries, names, operators), whose


def answers_of(reader: Reader, patient: str, find: Find) -> tuple[Answered, ...]:
    """The questionnaires that this patient answered, the oldest first."""
    return answered(reader.entries(stream_of(patient)), find)


def write_sheet(scenario: str | None, path: Path, written: Written | None = None) -> None:
    """Write the sheet of paper, with a scenario's levels where one is named.

    It goes by the protocol `written`; None is the one that ships.

    Raises:
        NothingSuch: there is no such scenario.
        ReportFailed: the file could not be written.
    """
    manifest = None if scenario is None else declared(scenario)
    try:
        write(lambda: sheet(manifest, written), path, language())
    except ReportNotWritten as error:
        raise ReportFailed(str(error)) from error


def declared(scenario: str) -> Manifest:
    """What a scenario says of itself, asked of the patient's side on this machine.

    Asked of a program and not by import, as ever: a scenario is code, and none runs in here.

    Raises:
        NothingSuch: there is no such scenario.
        ReportFailed: it did not answer.
    """
    command = [sys.executable, "-m", "vr_runtime.authoring.cli", "show", scenario, "--json"]
    try:
        told = subprocess.run(
            command, capture_output=True, text=True, timeout=PATIENCE_S, stdin=subprocess.DEVNULL
        )
        if told.returncode == 0:
            # It says more than the declaration: where the file is, and its hash.
            return Manifest.model_validate_json(told.stdout, extra="ignore")
    except (OSError, subprocess.TimeoutExpired, ValidationError) as error:
        raise ReportFailed(
            _("The scenarios could not be listed; try again, or leave --scenario out.")
        ) from error
    text = _("There is no scenario {name}; `palier-scenario list` lists them.")
    raise NothingSuch(text.format(name=scenario))


def one_session(reader: Reader, named: str) -> str:
    """The session meant by its name, the beginning of it, or `last`. Raises `NothingSuch`."""
    rows = reader.sessions()
    if named == "last" and rows:
        return rows[-1].session
    meant = [row.session for row in rows if named and row.session.startswith(named)]
    if named in meant or len(meant) == 1:
        return named if named in meant else meant[0]
    if meant:
        raise NothingSuch(_("Several sessions begin so; give more of the name."))
    raise NothingSuch(_("There is no session of this name; `palier sessions` lists them."))


def one_patient(reader: Reader, named: str) -> PatientRow:
    """The patient meant by pseudonym, however it is composed. Raises `NothingSuch`."""
    rows = {row.pseudonym: row for row in reader.patients()}
    try:
        found = meant(named, list(rows))
    except SeveralMeant as error:
        raise NothingSuch(str(error)) from error
    if found is not None:
        return rows[found]
    # What was typed is not repeated: it may be somebody's name, and this may go into a log.
    raise NothingSuch(_("There is no patient of this pseudonym; `palier patients` lists them."))


class Restricted(NothingSuch):
    """The data are kept and not used; the text says what is possible all the same."""


def require_unrestricted(patient: PatientRow) -> None:
    """Raise `Restricted` where this patient's data are kept and not used.

    The patient's own copy is another command. The reason is the record's and is not repeated.
    """
    if patient.restricted is not None:
        text = _(
            "The data of this patient are restricted. `palier patients copy` gives the patient's "
            "own copy, `palier patients allow` ends the restriction."
        )
        raise Restricted(text)


def require_usable(reader: Reader, session: str) -> None:
    """Raise `Restricted` where this session is of a patient whose data are not used."""
    whose = {row.session: row.patient for row in reader.sessions()}.get(session)
    for patient in reader.patients():
        if patient.patient == whose:
            require_unrestricted(patient)


def _head(reader: Reader) -> str | None:
    """Where the ledger ends, as it is printed; None when nothing was sealed yet."""
    head = reader.ledger_head()
    return f"{head.seq} · {head.hash}" if head.seq else None
