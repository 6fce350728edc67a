"""Owns `palier packs`: which packs of scenarios were approved here, by whom, and taking that back.

Approving is done at the console, where the pack is seen as the patient's side has it.
"""

from __future__ import annotations

import argparse
import json
import os
from pathlib import Path
from typing import Any

from controller import paths
from controller.asking import at_this_terminal
from controller.identify import from_environment_or_terminal, id_of, who_gives
from controller.language import _, language
from controller.session import operators, permissions
from controller.session.documents import CLINIC, Entry
from controller.session.pack_entries import KINDS, PackApproved, PackRevoked, approved
from controller.store.database import is_there
from controller.store.reader import Reader
from controller.store.record import Record

DONE = 0
LEAST_DIGITS = 8
"""Of a hash, so many name a pack."""


class NoSuchPack(Exception):
    """No approved pack is meant; the text says what to give instead."""


def carry_out(options: argparse.Namespace) -> int:
    """Do what was asked for; gives the exit code.

    Raises `NoSuchPack`, `NotAllowed`, `NobodyYet`, `NotIdentified` and the troubles of a record.
    """
    named: Path | None = getattr(options, "db", None)
    database = paths.record() if named is None else named
    unlock = at_this_terminal(os.environ).passphrase
    if options.revoke is not None:
        return _revoke(options, database)
    reader = Reader.open(database, unlock)
    names = {one.operator: one.name for one in operators.known(reader.clinic(*operators.KINDS))}
    return _print(options, _rows(reader.clinic(*KINDS), names))


def _revoke(options: argparse.Namespace, database: Path) -> int:
    unlock = at_this_terminal(os.environ).passphrase
    if not is_there(database):
        permissions.require(None, "packs --revoke")
    who = who_gives(database, options.operator, from_environment_or_terminal(), unlock=unlock)
    permissions.require(who, "packs --revoke")
    with Record.create_or_open(
        database, operator=id_of(who), use_keyring=True, spool=paths.unsaved(), ask=unlock
    ) as record:
        held = approved(entry.data for entry in record.reader.clinic(*KINDS))
        meant = [one for one in held.values() if _is_meant(one, options.revoke)]
        if not meant:
            text = _("No approved pack has this name or hash; `palier packs` lists them.")
            raise NoSuchPack(text)
        for one in meant:
            said = PackRevoked(name=one.name, version=one.version, sha256=one.sha256)
            record.append_now(CLINIC, said)
    if options.json:
        print(json.dumps({"revoked": [one.sha256 for one in meant]}))
    for one in [] if options.json else meant:
        text = _("{name} {version} is approved no more; it is asked about before its next session.")
        print(text.format(name=one.name, version=one.version))
    return DONE


def _is_meant(one: PackApproved, given: str) -> bool:
    wanted = given.replace(" ", "").casefold()
    return wanted == one.name or (len(wanted) >= LEAST_DIGITS and one.sha256.startswith(wanted))


def _rows(entries: list[Entry], names: dict[str, str]) -> list[dict[str, Any]]:
    """Every approval there was, the earliest first, and when it was taken back."""
    rows: list[dict[str, Any]] = []
    holding: dict[str, dict[str, Any]] = {}
    for entry in entries:
        said, by = entry.data, names.get(entry.operator, entry.operator)
        if isinstance(said, PackApproved):
            row = {
                **said.model_dump(mode="json", exclude={"kind"}),
                "approved": entry.wall,
                "approved_by": by,
                "revoked": None,
                "revoked_by": None,
            }
            rows.append(row)
            holding[said.sha256] = row
        elif isinstance(said, PackRevoked) and said.sha256 in holding:
            holding.pop(said.sha256).update(revoked=entry.wall, revoked_by=by)
    return rows


def _print(options: argparse.Namespace, rows: list[dict[str, Any]]) -> int:
    if options.json:
        print(json.dumps(rows, ensure_ascii=False))
        return DONE
    for row in rows:
        text = _("{name} {version}  {title}  {hash}  approved by {who}, {when}")
        told = text.format(name=row["name"], version=row["version"], hash=row["sha256"][:12],
                           title=row["title"][language()], who=row["approved_by"],
                           when=row["approved"][:16].replace("T", " "))  # fmt: skip
        if row["revoked"] is not None:
            text = _("taken back by {who}, {when}")
            when = row["revoked"][:16].replace("T", " ")
            told += "  " + text.format(who=row["revoked_by"], when=when)
        print(told)
    if not rows:
        print(_("No pack was approved here."))
    return DONE
