"""Owns `palier sessions show` and `correct`: a past session in lines, and a word set right later.

A correction is a new entry; what was written first stays and is shown beside it.
"""

from __future__ import annotations

import argparse
import json
from dataclasses import asdict
from pathlib import Path

from controller import paths
from controller.language import _
from controller.session.documents import Correction, Entry, Note, Rating, SessionClosed
from controller.session.retelling import retell
from controller.store.locked import Ask
from controller.store.reader import Reader
from controller.store.record import Record

DONE = 0


class NotCorrected(ValueError):
    """It cannot be corrected so; the text says what to do instead."""


def carry_out(
    options: argparse.Namespace, database: Path, session: str, ask: Ask, operator: str
) -> int:
    """Do what was asked about one session; gives the exit code. Raises `NotCorrected`."""
    reader = Reader.open(database, ask)
    if options.what == "show":
        return _show(reader, session, as_json=options.json)
    entries = reader.entries(session)
    said = correction(entries, options.entry, options.suds, options.text)
    with Record.create_or_open(
        database,
        operator=operator,
        use_keyring=True,
        spool=paths.unsaved(),
        ask=ask,
    ) as record:
        seq = record.append_now(session, said)
    if options.json:
        print(json.dumps({"session": session, "seq": seq, "corrects": options.entry}))
    else:
        text = _("Entry {entry} is corrected by entry {seq}; both stay.")
        print(text.format(entry=options.entry, seq=seq))
    return DONE


def correction(entries: list[Entry], seq: int, suds: int | None, text: str | None) -> Correction:
    """The entry that sets entry `seq` of a closed session right. Raises `NotCorrected`."""
    closed = next((e.data for e in entries if isinstance(e.data, SessionClosed)), None)
    if closed is None:
        raise NotCorrected(_("The session is open: correct it in the console."))
    meant = next((e.data for e in entries if e.seq == seq), None)
    if isinstance(meant, Rating):
        if suds is None or not 0 <= suds <= 100:
            raise NotCorrected(
                _("Entry {entry} is a rating: give --suds 0 to 100.").format(entry=seq)
            )
        return Correction(corrects=seq, suds=suds, text=text or "", tick=closed.tick)
    if isinstance(meant, Note):
        if text is None or not 1 <= len(text) <= 4000 or suds is not None:
            told = _("Entry {entry} is a note: give --text with 1 to 4000 characters.")
            raise NotCorrected(told.format(entry=seq))
        return Correction(corrects=seq, text=text, tick=closed.tick)
    told = _("Entry {entry} is no rating and no note; `palier sessions show` lists those.")
    raise NotCorrected(told.format(entry=seq))


def _show(reader: Reader, session: str, *, as_json: bool) -> int:
    row = next(one for one in reader.sessions() if one.session == session)
    history = retell(reader.entries(session))
    if as_json:
        ratings = [
            {"seq": r.seq, "seconds": r.at_s, "kind": r.kind, "suds": r.suds, "first": r.first}
            for r in history.ratings
        ]
        notes = [
            {"seq": n.seq, "seconds": n.at_s, "text": n.text, "first": n.first}
            for n in history.notes
        ]
        told = {**asdict(row), "rating": ratings, "note": notes}
        print(json.dumps(told, ensure_ascii=False))
        return DONE
    print(f"{row.session}  {row.opened[:16]}  {row.pseudonym}  {row.scenario}  {row.how or '-'}")
    lines = [
        _line(r.seq, r.at_s, r.kind, _figure(r.suds), _figure(r.first)) for r in history.ratings
    ]
    lines += [_line(n.seq, n.at_s, _("note"), n.text, n.first) for n in history.notes]
    for _at, text in sorted(lines):
        print(text)
    return DONE


def _figure(suds: int | None) -> str:
    return "-" if suds is None else str(suds)


def _line(seq: int, at_s: float, kind: str, now: str, first: str) -> tuple[float, str]:
    minutes, seconds = divmod(int(at_s), 60)
    was = "" if first == now else f"  ({first})"
    return at_s, f"{seq:>6}  {minutes:>3}:{seconds:02}  {kind}  {now}{was}"
