"""Owns `palier operators`: who may lead here is listed, added and changed, and the access log."""

from __future__ import annotations

import argparse
import json
import os
import sys
from pathlib import Path
from typing import Any

from controller import paths
from controller.asking import at_this_terminal
from controller.identify import (
    NEW_PASSPHRASE,
    Ask,
    NotIdentified,
    from_environment_or_terminal,
    id_of,
    named,
    who_gives,
)
from controller.language import _
from controller.session import accesses, operators, permissions
from controller.session.documents import (
    CLINIC,
    Accessed,
    Document,
    OperatorAdded,
    OperatorChanged,
)
from controller.session.operators import NotFit, Operator
from controller.session.tending import RecordTended
from controller.store.passphrases import Passphrases
from controller.store.reader import Reader
from controller.store.record import Record

DONE = 0


class Unclear(Exception):
    """What was asked for cannot be; the text says what to give instead."""


def carry_out(options: argparse.Namespace) -> int:
    """Do what was asked for; gives the exit code.

    Raises `Unclear`, `NoSuchOperator`, `NotIdentified` and the troubles of a record.
    """
    named_file: Path | None = getattr(options, "db", None)
    database = paths.record() if named_file is None else named_file
    try:
        if options.add is not None:
            return _add(options, database)
        if options.change is not None or options.disable is not None or options.enable is not None:
            return _change(options, database)
    except NotFit as error:
        raise Unclear(str(error)) from error
    if options.log:
        return _log(options, database)
    reader = Reader.open(database, at_this_terminal(os.environ).passphrase)
    return _print(options, [_told(one) for one in operators.known(reader.clinic(*operators.KINDS))])


def _told(one: Operator) -> dict[str, Any]:
    """An operator as they are listed; of the passphrase, only whether there is one."""
    return {
        "operator": one.operator,
        "name": one.name,
        "role": one.role,
        "administers": one.administers,
        "passphrase": bool(one.secret),
        "disabled": one.disabled,
    }


def _print(options: argparse.Namespace, rows: list[dict[str, Any]]) -> int:
    if options.json:
        print(json.dumps(rows, ensure_ascii=False))
        return DONE
    for row in rows:
        told = [row["operator"], row["name"], _(operators.ROLES[row["role"]])]
        told += [_("administers")] if row["administers"] else []
        told += [] if row["passphrase"] else [_("no passphrase")]
        told += [_("disabled")] if row["disabled"] else []
        print("  ".join(told))
    if not rows:
        print(_("There are none yet."))
    return DONE


def _giver(options: argparse.Namespace, database: Path) -> Operator | None:
    return who_gives(
        database,
        options.operator,
        from_environment_or_terminal(),
        unlock=at_this_terminal(os.environ).passphrase,
    )


def _new_secret() -> str:
    """A new passphrase, typed twice or taken from the environment, as it is kept."""
    ask: Ask = from_environment_or_terminal(NEW_PASSPHRASE)
    first = ask(_("New passphrase or PIN, at least 6 characters: "))
    again = None if first is None else ask(_("The same once more: "))
    if first is None or again is None:
        text = _("A new passphrase is needed: give it in a terminal or by {variable}, or ask for "
                 "none with --no-passphrase.")  # fmt: skip
        raise NotIdentified(text.format(variable=NEW_PASSPHRASE))
    if first != again:
        raise NotFit(_("The two are not the same; begin again."))
    return Passphrases().kept(operators.fit_passphrase(first))


def _add(options: argparse.Namespace, database: Path) -> int:
    giver = _giver(options, database)
    if giver is not None:
        permissions.require(giver, "operators --add")
    with _opened(database, giver) as record:
        known = operators.known(record.reader.clinic(*operators.KINDS))
        name = operators.fit_name(options.add, known)
        # Somebody has to be able to add the next one.
        administers = not known or bool(options.administers)
        secret = "" if options.no_passphrase else _new_secret()
        added = OperatorAdded(
            operator=operators.next_id(known),
            name=name,
            role=options.role or "therapist",
            administers=administers,
            secret=secret,
        )
        if not known:
            record.operator = added.operator
        record.append_now(CLINIC, added)
    return _done(options, database, added.operator, _("Operator {name} was added."))


def _change(options: argparse.Namespace, database: Path) -> int:
    giver = _giver(options, database)
    asked = (options.change, options.disable, options.enable)
    whom = next(name for name in asked if name is not None)
    _require_for_change(options, giver, whom)
    with _opened(database, giver) as record:
        known = operators.known(record.reader.clinic(*operators.KINDS))
        one = named(known, whom)
        change = _asked(options, one, known)
        operators.changed(known, change)
        record.append_now(CLINIC, change)
    return _done(options, database, one.operator, _("Operator {name} was changed."))


def _require_for_change(options: argparse.Namespace, giver: Operator | None, whom: str) -> None:
    """Raise `NotAllowed` but for somebody's own name and passphrase."""
    own = (
        giver is not None
        and options.change is not None
        and whom.strip().casefold() in (giver.name.casefold(), giver.operator)
    )
    if giver is None or (own and options.role is None and options.administers is None):
        return
    what = next(
        name for name in ("change", "disable", "enable") if getattr(options, name) is not None
    )
    permissions.require(giver, f"operators --{what}")


def _asked(
    options: argparse.Namespace, one: Operator, known: tuple[Operator, ...]
) -> OperatorChanged:
    """The change that the options ask for. Raises `NotFit`, and `Unclear` where they ask none."""
    if options.disable is not None or options.enable is not None:
        return OperatorChanged(operator=one.operator, disabled=options.disable is not None)
    secret = None
    if options.passphrase or options.no_passphrase:
        secret = _new_secret() if options.passphrase else ""
    name = None if options.name is None else operators.fit_name(options.name, known, one.operator)
    change = OperatorChanged(
        operator=one.operator,
        name=name,
        role=options.role,
        administers=options.administers,
        secret=secret,
    )
    if change == OperatorChanged(operator=one.operator):
        raise Unclear(_("Say what to change: --name, --role, --administers or --passphrase."))
    return change


def _opened(database: Path, giver: Operator | None) -> Record:
    return Record.create_or_open(
        database,
        operator=id_of(giver),
        use_keyring=True,
        spool=paths.unsaved(),
        ask=at_this_terminal(os.environ).passphrase,
    )


def _done(options: argparse.Namespace, database: Path, operator: str, text: str) -> int:
    reader = Reader.open(database, at_this_terminal(os.environ).passphrase)
    known = operators.known(reader.clinic(*operators.KINDS))
    one = next(one for one in known if one.operator == operator)
    if options.json:
        print(json.dumps(_told(one), ensure_ascii=False))
    else:
        print(text.format(name=one.name))
    return DONE


# -- the access log

LOGGED = (
    accesses.KIND,
    "operator_present",
    "wrong_passphrase",
    "record_tended",
    *operators.KINDS,
)


def _log(options: argparse.Namespace, database: Path) -> int:
    """Who looked at what and who came, the oldest first; also what is not in the record yet."""
    giver = _giver(options, database)
    permissions.require(giver, "operators --log")
    reader = Reader.open(database, at_this_terminal(os.environ).passphrase)
    names = {one.operator: one.name for one in operators.known(reader.clinic(*operators.KINDS))}
    pseudonyms = {row.patient: row.pseudonym for row in reader.patients()}
    found: list[tuple[str, str, Document, bool]] = [
        (e.wall, e.operator, e.data, True) for e in reader.clinic(*LOGGED)
    ]
    found += [(s.wall, s.operator, s.document, False) for s in reader.aside.lying()]
    rows = [
        _row(wall, operator, said, saved, names)
        for wall, operator, said, saved in sorted(found, key=lambda one: one[0])
    ]
    if options.json:
        print(json.dumps(rows, ensure_ascii=False))
    else:
        for row in rows:
            print(_sentence(row, names, pseudonyms))
        if not rows:
            print(_("There are none yet."))
    if lost := reader.aside.unreadable():
        text = _("Notes beside the record that cannot be read: {count}.")
        print(text.format(count=lost), file=sys.stderr)
    return DONE


def _row(
    wall: str, operator: str, said: Document, saved: bool, names: dict[str, str]
) -> dict[str, Any]:
    about = getattr(said, "operator", "")
    elsewhere = said.name if isinstance(said, RecordTended) else ""
    return {
        "at": wall,
        "operator": operator,
        "name": names.get(operator, elsewhere),
        "what": said.what
        if isinstance(said, Accessed | RecordTended)
        else getattr(said, "kind", ""),
        "patient": getattr(said, "patient", ""),
        "session": getattr(said, "session", ""),
        "about": about,
        "how": getattr(said, "how", ""),
        "saved": saved,
    }


def _sentence(row: dict[str, Any], names: dict[str, str], pseudonyms: dict[str, str]) -> str:
    about = names.get(row["about"], row["about"])
    told = {
        "session": _("opened session {session}"),
        "sessions": _("listed the sessions of {patient}"),
        "patients": _("listed the patients"),
        "report": _("wrote a report of {of}"),
        "export": _("wrote an export of session {session}"),
        "copy": _("wrote the own copy of {patient}"),
        "questionnaires": _("read what {patient} answered in questionnaires"),
        "hierarchy": _("read the fear hierarchy of {patient}"),
        "operator_present": _("{about} showed who they are"),
        "wrong_passphrase": _("wrong passphrase for {about}"),
        "operator_added": _("{about} was added"),
        "operator_changed": _("{about} was changed"),
        "backup": _("made a backup of the record"),
        "restore": _("put a backup in place of the record"),
        "rekey": _("gave the record a new key"),
        "recovery": _("made a sheet with a recovery key"),
        "upgrade": _("wrote tables anew that said something else than the entries"),
        "recovery_used": _("brought the keys back with a recovery key"),
    }[row["what"]]
    patient = pseudonyms.get(row["patient"], row["patient"]) or _("all patients")
    of = row["session"] or patient
    told = told.format(session=row["session"], patient=patient, about=about, of=of)
    who = row["name"] or _("nobody known")
    waits = "" if row["saved"] else "  " + _("(beside the record until it is opened next)")
    return f"{row['at'][:16].replace('T', ' ')} UTC  {who}  {told}{waits}"
