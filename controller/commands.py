"""Owns what each `palier` command does with its options; it draws and stores nothing itself."""

from __future__ import annotations

import argparse
import json
import sys
import uuid
from dataclasses import asdict
from pathlib import Path
from typing import Any

from controller import demo, operator_commands, paths
from controller.assembly import write_session
from controller.bench import stop
from controller.identify import from_environment_or_terminal, id_of, note_access, who_gives
from controller.language import _
from controller.session.documents import CLINIC, Accessed, PatientAdded
from controller.session.now import Now
from controller.session.operators import Operator
from controller.session.ports import ReportFailed
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
        "patients": _patients,
        "sessions": _sessions,
        "operators": operator_commands.carry_out,
        "report": _report,
        "verify": _verify,
        "bench": _bench,
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
        runtime=getattr(options, "runtime", None),
    )


def _demo(options: argparse.Namespace) -> int:
    wish = demo.Wish(
        scenario=options.scenario,
        seed=options.seed,
        display=getattr(options, "display", "auto"),
        monitor=getattr(options, "monitor", None),
        speed=options.speed,
        out=options.out,
    )
    if not options.auto:
        if not _in_terminal():
            text = _("palier: the demo needs a terminal; `palier demo --auto` needs none.")
            print(text, file=sys.stderr)
            return NOT_AVAILABLE
        return demo.by_hand(wish)
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


def _bench(options: argparse.Namespace) -> int:
    def progress(tries: int) -> None:
        if tries % 50 == 0:
            print(_("{count} stops").format(count=tries), file=sys.stderr, flush=True)

    told = stop.measure(options.tries, options.display, progress)
    if options.json:
        _tell(told)
    else:
        for name, value in told.items():
            print(f"{name}: {json.dumps(value)}")
    return DONE if told["holds"] else FOUND


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
    if options.add is not None:
        return _add_patient(options)
    _who(options)
    rows = [asdict(row) for row in _reader(options).patients()]
    return _list(options, rows, ("pseudonym", "ceiling", "scale"))


def _add_patient(options: argparse.Namespace) -> int:
    name = " ".join(options.add.split())
    who = id_of(_who(options))
    with Record.create_or_open(
        _database(options), operator=who, use_keyring=True, spool=paths.unsaved()
    ) as record:
        if not 1 <= len(name) <= 40:
            raise NotFound(_("Give a pseudonym of 1 to 40 characters."))
        if any(p.pseudonym.casefold() == name.casefold() for p in record.reader.patients()):
            raise NotFound(_("There is a patient of this pseudonym already; choose another."))
        added = PatientAdded(
            patient=uuid.uuid4().hex, pseudonym=name, ceiling=options.ceiling, scale=options.scale
        )
        record.append_now(CLINIC, added)
    if options.json:
        _tell(added.model_dump(mode="json", exclude={"kind"}))
    else:
        print(_("Patient {name} was added.").format(name=name))
    return DONE


def _sessions(options: argparse.Namespace) -> int:
    who, reader = _who(options), _reader(options)
    _note(options, who, Accessed(what="sessions"))
    rows = [asdict(row) for row in reader.sessions()]
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
    """Who gives this command; None before there are operators."""
    return who_gives(_database(options), options.operator, from_environment_or_terminal())


def _note(options: argparse.Namespace, who: Operator | None, said: Accessed) -> None:
    """Leave word in the access log; only where that fails is anything said of it."""
    try:
        note_access(_database(options), who, said)
    except OSError:
        text = _("palier: that this was looked at could not be kept for the access log.")
        print(text, file=sys.stderr)


def _reader(options: argparse.Namespace) -> Reader:
    return Reader.open(_database(options))


def _report(options: argparse.Namespace) -> int:
    if options.out.suffix.lower() not in (".html", ".htm"):
        raise NotFound(_("Name the page to write with the ending .html."))
    who, reader = _who(options), _reader(options)
    session = _one_session(reader, options.session)
    _note(options, who, Accessed(what="report", session=session))
    try:
        write_session(reader, session, options.out)
    except ReportFailed as error:
        print(f"palier: {error}", file=sys.stderr)
        return NOT_AVAILABLE
    print(_("The report is at {where}.").format(where=options.out))
    return DONE


def _one_session(reader: Reader, named: str) -> str:
    """The session meant by its name, the beginning of it, or `last`."""
    rows = reader.sessions()
    if named == "last" and rows:
        return rows[-1].session
    meant = [row.session for row in rows if row.session.startswith(named)]
    if named in meant or len(meant) == 1:
        return named if named in meant else meant[0]
    if meant:
        raise NotFound(_("Several sessions begin with {name}; give more of it.").format(name=named))
    text = _("There is no session {name}; `palier sessions` lists them.")
    raise NotFound(text.format(name=named))


def _verify(options: argparse.Namespace) -> int:
    verdict = verify(_database(options), options.session)
    if options.json:
        _tell(asdict(verdict))
    else:
        print(verdict.text)
    return DONE if verdict.ok else FOUND


def _pair(options: argparse.Namespace) -> int:
    from controller import pairing

    def ask() -> str:
        print(_("Code: "), end="", file=sys.stderr, flush=True)
        return sys.stdin.readline().strip()

    wish = pairing.Wish(
        folder=paths.keys(),
        name=options.name[:80],
        address=options.address,
        listing=options.list,
        revoke=options.revoke,
        export=options.export,
        take=options.take,
        as_json=options.json,
    )
    return pairing.carry_out(wish, ask)
