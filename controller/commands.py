"""Owns what each `palier` command does with its options; it draws and stores nothing itself."""

from __future__ import annotations

import argparse
import json
import os
import sys
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any, Literal

from controller import (
    answer_commands,
    asking,
    bench_commands,
    demo,
    exporting,
    operator_commands,
    pack_commands,
    paths,
    patient_commands,
    plan_commands,
    recorded_commands,
    reporting,
    session_commands,
    typed,
)
from controller.comforts import of_this_console
from controller.identify import from_environment_or_terminal, id_of, note_access, who_gives
from controller.language import _
from controller.local_runtime import Wanted
from controller.protocol.reading import Written
from controller.questionnaires.library import Entry, Library, check, library
from controller.report.file import ENDINGS
from controller.session import permissions
from controller.session.answered import Find
from controller.session.clinic import ProtocolUnusable, clinic_by, in_force
from controller.session.documents import Accessed, PatientAdded, stream_of
from controller.session.now import HOW_ENDED, Now
from controller.session.operators import Operator
from controller.session.ports import ReportFailed
from controller.session.pseudonyms import NotAPseudonym, fit_pseudonym
from controller.store.database import is_there
from controller.store.errors import RecordError
from controller.store.lengths import as_reported
from controller.store.reader import Reader
from controller.store.record import Record
from controller.store.verify import verify

DONE, FOUND, NOT_AVAILABLE = 0, 1, 3


class NotFound(Exception):
    """What was named is not there; the text says what to give instead."""


def carry_out(options: argparse.Namespace) -> int:
    """Do what was asked for; gives the exit code."""
    todo = {
        None: _console,
        "demo": _demo,
        "plain": _plain,
        "patients": _patients,
        "plans": plan_commands.carry_out,
        "sessions": _sessions,
        "operators": operator_commands.carry_out,
        "report": _report,
        "export": _export,
        "verify": _verify,
        "questionnaires": _questionnaires,
        "protocol": _protocol,
        "lines": recorded_commands.carry_out,
        "packs": pack_commands.carry_out,
        "bench": bench_commands.carry_out,
        "db": _db,
        "pair": _pair,
    }
    return todo[options.command](options)


def _database(options: argparse.Namespace) -> Path:
    named: Path | None = getattr(options, "db", None)
    return paths.record() if named is None else named


def _tell(value: object) -> None:
    """One JSON document on one line, and nothing else, on standard output."""
    print(json.dumps(value, ensure_ascii=False))


def _in_terminal() -> bool:
    # The screen is drawn on standard error, so that one must be the terminal too.
    return sys.stdin.isatty() and sys.stdout.isatty() and sys.stderr.isatty()


def _console(options: argparse.Namespace) -> int:
    if not _in_terminal():
        print(_("palier: the console needs a terminal."), file=sys.stderr)
        return NOT_AVAILABLE
    from controller import console

    display = getattr(options, "display", "auto")
    return console.run(
        _database(options),
        display=display,
        monitor=getattr(options, "monitor", None),
        sound_device=getattr(options, "sound_device", None),
        voices=getattr(options, "voices", None),
        patient_language=getattr(options, "patient_lang", None),
        quality=getattr(options, "quality", "auto"),
        runtime=getattr(options, "runtime", None),
        comforts=of_this_console(options.lang, os.environ),
    )


def _demo(options: argparse.Namespace) -> int:
    wish = demo.Wish(
        scenario=options.scenario,
        seed=options.seed,
        display=getattr(options, "display", "auto"),
        monitor=getattr(options, "monitor", None),
        sound_device=getattr(options, "sound_device", None),
        quality=getattr(options, "quality", "auto"),
        speed=options.speed,
        out=options.out,
    )
    if not options.auto:
        if not _in_terminal():
            text = _("palier: the demo needs a terminal; `palier demo --auto` needs none.")
            print(text, file=sys.stderr)
            return NOT_AVAILABLE
        return demo.by_hand(wish, of_this_console(options.lang, os.environ))
    told = demo.auto(wish, Progress())
    if options.json:
        _tell(asdict(told))
    else:
        text = _(
            "Session {session}: {ratings} ratings, {entries} entries, record {chain}. "
            "{frames} pictures on {display}."
        )
        print(text.format(**asdict(told)))
        if options.out is not None:
            print(_("The report is at {where}.").format(where=told.report))
    return DONE if told.chain == "ok" else FOUND


def _plain(options: argparse.Namespace) -> int:
    from controller import plain

    wanted = Wanted(
        display=getattr(options, "display", "auto"),
        monitor=getattr(options, "monitor", None),
        sound_device=getattr(options, "sound_device", None),
        voices=getattr(options, "voices", None),
        quality=getattr(options, "quality", "auto"),
    )
    wish = plain.Wish(
        wanted,
        runtime=getattr(options, "runtime", None),
        patient_language=getattr(options, "patient_lang", None),
        operator=options.operator,
        script=options.script,
        simulated=options.simulated,
        out=options.out,
        seed=options.seed,
    )
    return plain.run(_database(options), wish)


def _db(options: argparse.Namespace) -> int:
    from controller import db_commands

    if options.what == "purge":
        return patient_commands.purge(
            options, _database(options), _asking().passphrase, _who(options)
        )
    return db_commands.carry_out(options, _asking())


def _asking() -> asking.Asking:
    return asking.at_this_terminal(os.environ)


class Progress:
    """Tells on standard error, once for each minute of session time, how far the script is."""

    def __init__(self) -> None:
        self._minute = -1

    def __call__(self, now: Now) -> None:
        """Take note of this moment."""
        minute = int(now.at_s // 60)
        if now.session is not None and minute > self._minute and now.state is not None:
            self._minute = minute
            text = _("minute {minute}: level {level}")
            told = text.format(minute=minute, level=now.state.reached)
            print(told, file=sys.stderr, flush=True)


def _patients(options: argparse.Namespace) -> int:
    if options.what is not None:
        who = _who(options)
        if options.what in ("show", "copy"):
            patient = reporting.one_patient(_reader(options), options.patient)
            seen: Literal["sessions", "copy"] = "copy" if options.what == "copy" else "sessions"
            _note(options, who, Accessed(what=seen, patient=patient.patient))
        return patient_commands.carry_out(options, _database(options), _asking().passphrase, who)
    if options.add is not None:
        return _add_patient(options)
    _note(options, _who(options), Accessed(what="patients"))
    rows = [asdict(row) for row in _reader(options).patients()]
    return _list(options, rows, ("pseudonym", "ceiling", "scale"))


def _add_patient(options: argparse.Namespace) -> int:
    who = id_of(_who(options))
    with Record.create_or_open(
        _database(options),
        operator=who,
        use_keyring=True,
        spool=paths.unsaved(),
        ask=_asking().passphrase,
    ) as record:
        try:
            name = fit_pseudonym(options.add, (one.pseudonym for one in record.reader.patients()))
        except NotAPseudonym as error:
            raise NotFound(str(error)) from error
        scale = options.scale or clinic_by(in_force(record.reader.protocol())).scale
        added = PatientAdded(
            patient=uuid.uuid4().hex,
            pseudonym=name,
            ceiling=options.ceiling,
            scale=scale,
            safe_place=options.safe_place,
        )
        record.append_now(stream_of(added.patient), added)
    if options.json:
        _tell(added.model_dump(mode="json", exclude={"kind"}))
    else:
        print(_("Patient {name} was added.").format(name=name))
    return DONE


def _sessions(options: argparse.Namespace) -> int:
    who = _who(options)
    if options.what is not None:
        reader = _reader(options)
        session = reporting.one_session(reader, options.session)
        reporting.require_usable(reader, session)
        _note(options, who, Accessed(what="session", session=session))
        ask = _asking().passphrase
        return session_commands.carry_out(options, _database(options), session, ask, id_of(who))
    _note(options, who, Accessed(what="sessions"))
    reader = _reader(options)
    rows = [asdict(row) for row in as_reported(reader, reader.sessions())]
    if not options.json:
        rows = [row | {"how": _(HOW_ENDED[row["how"] or "open"])} for row in rows]
    return _list(options, rows, ("session", "opened", "pseudonym", "scenario", "ratings", "how"))


def _list(options: argparse.Namespace, rows: list[dict[str, Any]], columns: tuple[str, ...]) -> int:
    if options.json:
        _tell(rows)
        return DONE
    for row in rows:
        print("  ".join("-" if row[name] is None else str(row[name]) for name in columns))
    if not rows:
        print(_("There are none yet."))
    return DONE


def _who(options: argparse.Namespace) -> Operator | None:
    """Who gives this command; None before there are operators.

    Raises `NotAllowed` where they may not, `NobodyYet` where somebody has to be known first.
    """
    command = command_of(options)
    if not is_there(_database(options)):
        permissions.require(None, command)
    one = who_gives(
        _database(options),
        options.operator,
        from_environment_or_terminal(),
        unlock=_asking().passphrase,
    )
    permissions.require(one, command)
    return one


def command_of(options: argparse.Namespace) -> str:
    """The command as `permissions.MAY` calls it."""
    what = getattr(options, "what", None)
    if what is not None:
        return f"{options.command} {what}"
    if options.command == "patients" and options.add is not None:
        return "patients --add"
    if options.command == "questionnaires":
        return "questionnaires --ask" if options.ask is not None else "questionnaires --scores"
    return "protocol --use" if options.command == "protocol" else str(options.command)


def _note(options: argparse.Namespace, who: Operator | None, said: Accessed) -> None:
    """Leave word in the access log; only where that fails is anything said of it."""
    if not is_there(_database(options)):
        return  # nothing can be looked at, and the command says why
    try:
        note_access(_database(options), who, said, unlock=_asking().passphrase)
    except RecordError:
        raise  # It cannot be looked at either, and that is what is to be said.
    except OSError:
        text = _("palier: that this was looked at could not be kept for the access log.")
        print(text, file=sys.stderr)


def _reader(options: argparse.Namespace) -> Reader:
    return Reader.open(_database(options), _asking().passphrase)


def _report(options: argparse.Namespace) -> int:
    if options.out.suffix.lower() not in ENDINGS:
        raise NotFound(_("Name the file to write with the ending .html or .pdf."))
    who, find = (None if options.paper else _who(options)), _find(options)
    try:
        if options.paper:
            reporting.write_sheet(options.scenario, options.out, _in_force(options))
        elif options.patient is not None:
            reader = _reader(options)
            patient = reporting.one_patient(reader, options.patient)
            reporting.require_unrestricted(patient)
            _note(options, who, Accessed(what="report", patient=patient.patient))
            reporting.write_course(reader, patient, options.out, options.audience, find)
        else:
            reader = _reader(options)
            session = reporting.one_session(reader, options.session)
            reporting.require_usable(reader, session)
            _note(options, who, Accessed(what="report", session=session))
            reporting.write_session(reader, session, options.out, options.audience, find)
    except ReportFailed as error:
        print(f"palier: {error}", file=sys.stderr)
        return NOT_AVAILABLE
    print(_("The report is at {where}.").format(where=options.out))
    return DONE


def _in_force(options: argparse.Namespace) -> Written | None:
    """The clinic's protocol; None, with a word about it, where the record cannot be read.

    A sheet for the day on which nothing works must not fail because something does not.
    """
    from controller import ruling

    try:
        return ruling.shown(getattr(options, "db", None), _asking().passphrase).written
    except (RecordError, ProtocolUnusable) as error:
        told = _("palier: {error} The sheet goes by what Palier proposes.")
        print(told.format(error=error), file=sys.stderr)
        return None


def _find(options: argparse.Namespace) -> Find:
    """Where questionnaires are looked up: what ships, and the clinic's own files where named."""
    return _library(options).find


def _library(options: argparse.Namespace) -> Library:
    if options.folder is not None and not options.folder.is_dir():
        raise NotFound(_("There is no folder {name}.").format(name=options.folder))
    found = library(options.folder)
    if options.command != "questionnaires" or options.patient is not None:
        for problem in found.problems:
            print(problem, file=sys.stderr)
    return found


def _export(options: argparse.Namespace) -> int:
    def confirm(fields: Mapping[str, Sequence[str]]) -> bool:
        # What is asked and shown goes where the question is, so that JSON stays alone.
        print(_("These fields would be written, and no others:"), file=sys.stderr)
        for name, columns in fields.items():
            print(f"  {name}: {', '.join(columns)}", file=sys.stderr)
        if options.yes:
            return True
        if not (sys.stdin.isatty() and sys.stderr.isatty()):
            return False
        print(_("Write them? Type yes: "), end="", file=sys.stderr, flush=True)
        return sys.stdin.readline().strip().casefold() in ("yes", _("yes"))

    who, reader = _who(options), _reader(options)
    sessions = (
        _sessions_of(reader, options.patient)
        if options.patient is not None
        else [reporting.one_session(reader, options.session)]
    )
    for session in sessions:
        reporting.require_usable(reader, session)
    if options.format == "research" and not exporting.research_noted(reader, sessions[-1]):
        text = _(
            "palier: the record holds no consent of this patient to research; go on only if you "
            "hold it elsewhere."
        )
        print(text, file=sys.stderr)
    whole = options.patient is not None
    wish = exporting.Wish(options.format, options.out, options.decimal_comma, whole)
    for session in sessions:
        _note(options, who, Accessed(what="export", session=session))
    written = exporting.export(reader, sessions, wish, confirm, _find(options))
    if options.json:
        _tell(asdict(written))
    else:
        text = _("Written to {where}. Files: {count}.")
        print(text.format(count=len(written.files), where=written.out))
    return DONE


def _sessions_of(reader: Reader, named: str) -> list[str]:
    """All sessions of the patient with this pseudonym, the oldest first."""
    patient = reporting.one_patient(reader, named)
    rows = reader.sessions(patient.patient)
    if not rows:
        raise NotFound(_("This patient has no session yet."))
    return [row.session for row in rows]


def _verify(options: argparse.Namespace) -> int:
    verdict = verify(_database(options), options.session, ask=_asking().passphrase)
    if options.json:
        _tell(asdict(verdict))
    else:
        print(verdict.text)
    return DONE if verdict.ok else FOUND


def _questionnaires(options: argparse.Namespace) -> int:
    from controller.clinic_files.files import of_file, problem_rows
    from controller.questionnaires import listing
    from controller.questionnaires.reading import NotAQuestionnaire

    if options.patient is not None:
        return _answers(options, _library(options))
    if options.check is None:
        found = _library(options)
    else:
        try:
            found = Library(entries=(Entry(check(options.check), options.check),))
        except NotAQuestionnaire as error:
            problems = of_file(options.check, error.problems)
            found = Library(entries=(), problems=tuple(problems))
    if options.json:
        told = {"questionnaires": listing.rows(found)}
        _tell({**told, "problems": problem_rows(found.problems)})
    else:
        for line in [*listing.lines(found), *map(str, found.problems)]:
            print(line)
    return FOUND if found.problems else DONE


def _answers(options: argparse.Namespace, found: Library) -> int:
    """Ask a patient, or tell what a patient answered."""
    who, reader = _who(options), _reader(options)
    patient = reporting.one_patient(reader, options.patient)
    reporting.require_unrestricted(patient)
    if options.ask is not None:
        return answer_commands.ask(options, reader, patient, found, who, _asking().passphrase)
    _note(options, who, Accessed(what="questionnaires", patient=patient.patient))
    return answer_commands.scores(options, reader, patient, found)


def _protocol(options: argparse.Namespace) -> int:
    from controller import ruling
    from controller.clinic_files.files import of_file, problem_rows
    from controller.clinic_files.telling import NotUsable
    from controller.protocol import listing

    if options.out is not None and options.out.suffix.lower() not in (".html", ".htm"):
        raise NotFound(_("Name the page to write with the ending .html."))
    database = getattr(options, "db", None)
    file = options.check or options.use
    try:
        if options.use is not None:
            ruling.checked(options.use)  # Before anybody is asked who they are.
            ruled = ruling.use(
                _database(options), options.use, id_of(_who(options)), _asking().passphrase
            )
        elif options.check is not None:
            ruled = ruling.checked(options.check)
        else:
            ruled = ruling.shown(database, _asking().passphrase)
    except NotUsable as error:
        problems = of_file(file, error.problems)
        if options.json:
            _tell({"protocol": None, "problems": problem_rows(problems)})
        else:
            print("\n".join(map(str, problems)))
        return FOUND
    if options.out is not None:
        ruling.write(ruled, options.out)
    if options.json:
        _tell({**ruling.row(ruled), "problems": []})
        return DONE
    if options.use is not None:
        print(ruling.told(ruled))
    if options.out is not None:
        print(_("The page is at {where}.").format(where=options.out))
    elif options.use is None:
        print("\n".join(listing.lines(ruled.written)))
    return DONE


def _pair(options: argparse.Namespace) -> int:
    from controller import pairing

    def ask() -> str:
        print(_("Code: "), end="", file=sys.stderr, flush=True)
        return sys.stdin.readline().strip()

    called = typed.name(options.name)
    if called is None:
        raise NotFound(_("Give a name of 1 to 80 characters that can be printed."))
    wish = pairing.Wish(
        folder=paths.keys(),
        name=called[:80],
        address=options.address,
        listing=options.list,
        revoke=options.revoke,
        export=options.export,
        take=options.take,
        as_json=options.json,
    )
    return pairing.carry_out(wish, ask)
