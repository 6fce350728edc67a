"""Owns what each command of `palier db` does and says; how it is done is the store's."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from controller import asking, paths, tending
from controller.identify import from_environment_or_terminal
from controller.language import _, mark
from controller.report import recovery_sheet
from controller.session.tending import Tended
from controller.store import backup, letters, private, recovery, rekey, restore
from controller.store.clock import SystemClock
from controller.store.errors import NameTaken, RecordError
from controller.store.keys import Keys
from controller.store.record import upgrade
from controller.tending import Tender

DONE, FOUND = 0, 1
NOBODY_KNOWN = mark(
    "Who did this could not be looked up before; it is recorded as done by nobody known."
)


def carry_out(options: argparse.Namespace, ask: asking.Asking) -> int:
    """Do what was asked for; gives the exit code.

    Raises `NotAllowed`, `NoSuchOperator`, `NotIdentified`.
    """
    todo = {
        "backup": _backup,
        "restore": _restore,
        "upgrade": _upgrade,
        "rekey": _rekey,
        "recovery": _recovery,
    }
    try:
        return todo[options.what](options, ask)
    except RecordError as error:
        print(f"palier: {error}", file=sys.stderr)
        return error.exit_code


def _database(options: argparse.Namespace) -> Path:
    named: Path | None = getattr(options, "db", None)
    return paths.record() if named is None else named


def _tell(options: argparse.Namespace, told: dict[str, object], *lines: str) -> None:
    """One JSON document on one line, or these sentences."""
    if options.json:
        print(json.dumps(told, ensure_ascii=False))
    else:
        print(*lines, sep="\n")


def _who(options: argparse.Namespace, what: Tended, ask: asking.Asking) -> Tender:
    typed = from_environment_or_terminal()
    return tending.who_tends(_database(options), what, options.operator, typed, ask.passphrase)


def _leave_word(
    options: argparse.Namespace,
    keys: Keys,
    what: Tended,
    tender: Tender,
    ledger: int | None = None,
) -> None:
    """Leave word of it; only where that fails is anything said."""
    try:
        tending.leave_word(_database(options), keys, what, tender, SystemClock(), ledger)
    except OSError:
        text = _("palier: that this was done could not be kept for the access log.")
        print(text, file=sys.stderr)


def _backup(options: argparse.Namespace, ask: asking.Asking) -> int:
    tender = _who(options, "backup", ask)
    made = backup.backup(_database(options), options.out, ask=ask.passphrase, clock=SystemClock())
    if tender.keys is not None:
        _leave_word(options, tender.keys, "backup", tender, made.ledger.seq)
    told: dict[str, object] = {
        "file": str(made.file),
        "ok": made.ok,
        "text": made.text,
        "entries": made.entries,
        "ledger": asdict(made.ledger),
        "companions": list(made.companions),
    }
    text = _("The backup is at {file}: {entries} entries, ledger {seq} · {hash}.")
    lines = [text.format(file=made.file, entries=made.entries, **asdict(made.ledger))]
    if made.ok:
        lines.append(_("It was checked and is whole."))
    else:
        lines.append(_("It was copied as it is, but the record is not whole. {text}").format(
            text=made.text
        ))  # fmt: skip
    names = ", ".join(made.file.name + ending for ending in made.companions)
    lines.append(_("Keep these files with it: {names}").format(names=names))
    if recovery.ENDING not in made.companions:
        lines.append(
            _(
                "Without this machine's keys nothing opens it: print a recovery key with "
                "`palier db recovery`, then make a new backup."
            )
        )
    _tell(options, told, *lines)
    return DONE if made.ok else FOUND


def _restore(options: argparse.Namespace, ask: asking.Asking) -> int:
    tender = tending.who_restores(
        _database(options),
        options.file,
        options.operator,
        from_environment_or_terminal(),
        ask.passphrase,
    )
    made = restore.restore(
        options.file,
        _database(options),
        ask=ask.passphrase,
        ask_recovery=lambda file: _typed(ask, file),
        use_keyring=True,
        clock=SystemClock(),
        spool=paths.unsaved(),
        anyway=options.anyway,
    )
    _leave_word(options, made.keys, "restore", tender, made.ledger.seq)
    older = made.before is not None and made.before > made.ledger.seq
    told: dict[str, object] = {
        "ok": made.ok,
        "text": made.text,
        "entries": made.entries,
        "ledger": asdict(made.ledger),
        "signed": made.signed,
        "kept": None if made.kept is None else str(made.kept),
        "ledger_before": made.before,
        "older": older,
        "erased_again": made.erased,
        "list_reaches": made.unknown_since is None,
        "erased_unknown_since": made.unknown_since,
        "known": tender.one is not None,
    }
    text = _("The record was restored: {entries} entries, ledger {seq} · {hash}.")
    lines = [text.format(entries=made.entries, **asdict(made.ledger))]
    if not made.ok:
        lines.append(made.text)
    if older:
        text = _(
            "It is older than what stood here: the ledger ends at {seq} instead of {before}. What "
            "was written after {signed} is not in it."
        )
        signed = made.signed or "-"
        lines.append(text.format(seq=made.ledger.seq, before=made.before, signed=signed))
    if made.kept is not None:
        lines.append(_("What stood here before is kept at {file}.").format(file=made.kept))
    text = _(
        "Compare with your newest printed report: if the ledger number on it is above {seq}, it "
        "was printed after this backup, and entries are missing here."
    )
    lines.append(text.format(seq=made.ledger.seq))
    if made.erased:
        lines.append(_("Patients erased again: {count}.").format(count=made.erased))
    if made.unknown_since is not None:
        text = _(
            "No list of erased patients newer than the backup of {signed} was ever here: whoever "
            "was erased since is in the record again. Erase them once more with "
            "`palier patients erase`."
        )
        lines.append(text.format(signed=made.unknown_since or "-"))
    if tender.one is None:
        lines.append(_(NOBODY_KNOWN))
    _tell(options, told, *lines)
    return DONE if made.ok else FOUND


def _upgrade(options: argparse.Namespace, ask: asking.Asking) -> int:
    made = upgrade(_database(options), ask=ask.passphrase)
    if made.rebuilt:
        # Nobody is asked who they are: this must go also where nobody could be looked up.
        _leave_word(options, made.keys, "upgrade", Tender(None, None))
    told: dict[str, object] = {
        "before": made.before,
        "after": made.after,
        "copy": None if made.copy is None else str(made.copy),
        "rebuilt": list(made.rebuilt),
    }
    rebuilt = []
    if made.rebuilt:
        text = _("Tables that said something else than the entries were rebuilt: {tables}.")
        rebuilt.append(text.format(tables=", ".join(made.rebuilt)))
    if made.copy is None:
        text = _("The record is up to date, version {version}; nothing was changed.")
        lines = rebuilt or [text.format(version=made.after)]
        _tell(options, told, *lines)
        return DONE
    text = _("The record was brought from version {before} to {after}.")
    copied = _("A copy made before, with the same keys, is at {file}.").format(file=made.copy)
    _tell(options, told, text.format(before=made.before, after=made.after), copied, *rebuilt)
    return DONE


def _rekey(options: argparse.Namespace, ask: asking.Asking) -> int:
    tender = _who(options, "rekey", ask)
    made = rekey.rekey(
        _database(options),
        ask=ask.passphrase,
        new_passphrase=ask.new_passphrase,
        keep_in=options.keep_in,
        clock=SystemClock(),
        spool=paths.unsaved(),
    )
    _leave_word(options, made.keys, "rekey", tender)
    where = {
        "keyring": _("in the keyring of this system"),
        "files": _("in files beside the record"),
        "passphrase": _("beside the record, locked by the passphrase"),
    }
    lines = [
        _("The record has a new key; the old one opens it no more."),
        _("Its keys rest {where}.").format(where=where[made.place]),
        _(
            "Earlier backups still have the old key, which only their recovery key brings back: "
            "make a new backup."
        ),
    ]
    if made.recovery == "kept":
        lines.append(_("The printed recovery key still opens the record."))
    elif made.recovery == "lost":
        lines.append(_("The recovery file had been changed: print a new recovery key."))
    _tell(options, {"keys": made.place, "recovery": made.recovery}, *lines)
    return DONE


def _recovery(options: argparse.Namespace, ask: asking.Asking) -> int:
    database = _database(options)
    if options.use:
        tender = _who_brings_back(options, ask)
        secret = _typed(ask, database.name)
        if secret is None:
            print(_("palier: no recovery key was typed; nothing was changed."), file=sys.stderr)
            return RecordError.exit_code
        keys = recovery.bring_back(database, secret)
        _leave_word(options, keys, "recovery_used", tender)
        lines = [_("The keys are back, in files beside {file}.").format(file=database.name)]
        if tender.one is None:
            lines.append(_(NOBODY_KNOWN))
        _tell(options, {"keys": "files", "known": tender.one is not None}, *lines)
        return DONE
    tender = _who(options, "recovery", ask)
    if options.out is None:
        groups = recovery.new_sheet(database, ask=ask.passphrase, clock=SystemClock())
        _left_of_sheet(options, tender)
        _tell(options, {"groups": list(groups)}, _shown(groups, database))
        return DONE
    if options.out.exists():
        raise NameTaken(file=options.out.name)
    # Before the old sheet is made worthless: whether there is room for the new one.
    like = recovery_sheet.page(letters.written(bytes(letters.BYTES)), database.name)
    private.make(options.out, b" " * len(like.encode()))
    try:
        groups = recovery.new_sheet(database, ask=ask.passphrase, clock=SystemClock())
    finally:
        options.out.unlink()
    _left_of_sheet(options, tender)
    try:
        private.make(options.out, recovery_sheet.page(groups, database.name).encode())
    except OSError:
        # The key is there now, and the older one is not any more.
        print(_shown(groups, database), file=sys.stderr)
        raise
    text = _("The sheet is at {file}: print it, then delete that file.")
    _tell(options, {"file": str(options.out)}, text.format(file=options.out))
    return DONE


def _left_of_sheet(options: argparse.Namespace, tender: Tender) -> None:
    if tender.keys is not None:
        _leave_word(options, tender.keys, "recovery", tender)


def _who_brings_back(options: argparse.Namespace, ask: asking.Asking) -> Tender:
    """Who it is, if the record opens without the sheet; else nobody can be looked up before."""
    try:
        return _who(options, "recovery", ask)
    except RecordError:
        return Tender(None, None)


def _shown(groups: Sequence[str], database: Path) -> str:
    lines = [_("Recovery key of {file}, shown this once:").format(file=database.name), ""]
    lines += ["  " + "  ".join(row) for row in recovery_sheet.rows(groups)]
    told = _("Write it down or print it. It is not kept anywhere, and replaces any earlier one.")
    return "\n".join([*lines, "", told])


def _typed(ask: asking.Asking, file: str) -> bytes | None:
    """The secret on the sheet, asked for until it is typed well; None when nobody goes on."""
    for _attempt in range(asking.TRIES):
        typed = ask.recovery_key(file)
        if typed is None:
            return None
        try:
            return letters.read(typed)
        except letters.Mistyped as error:
            print(str(error), file=sys.stderr, flush=True)
    return None
