"""Owns `palier sessions …`: a past session in lines, and what is said of it later.

A correction is a new entry; what was written first stays and is shown beside it.
"""

from __future__ import annotations

import argparse
import json
import math
import re
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from controller import paths, rectifying, typed
from controller.language import _
from controller.report.wording import KINDS
from controller.session.clinical import AdverseEvent, Expectancy
from controller.session.documents import (
    LONGEST_NOTE,
    LONGEST_REMARK,
    Correction,
    Document,
    Entry,
    Note,
    Rating,
    SessionClosed,
)
from controller.session.now import HOW_ENDED
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
    if options.what in ("adverse", "expectancy"):
        event = (
            adverse(options, retell(entries).duration_s)
            if options.what == "adverse"
            else expectancy(options)
        )
        said: Document = event
        if options.corrects is not None:
            said = rectifying.replaced(entries, options.corrects, event)
        return _enter(reader, options, database, session, ask, operator, said)
    if options.mistaken is not None:
        if options.suds is not None or options.text is not None:
            raise NotCorrected(_("--mistaken goes alone: nothing is put in its place."))
        said = rectifying.mistaken(entries, options.entry, options.mistaken)
        return _enter(reader, options, database, session, ask, operator, said)
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


def _enter(
    reader: Reader,
    options: argparse.Namespace,
    database: Path,
    session: str,
    ask: Ask,
    operator: str,
    said: Document,
) -> int:
    """Add one statement to a session that no console has open."""
    row = next(one for one in reader.sessions() if one.session == session)
    if row.closed is None:
        raise NotCorrected(_("The session is open: close it in the console first."))
    with Record.create_or_open(
        database, operator=operator, use_keyring=True, spool=paths.unsaved(), ask=ask
    ) as record:
        seq = record.append_now(session, said)
    if options.json:
        print(json.dumps({"session": session, "seq": seq}))
    else:
        print(_("Saved as entry {seq}.").format(seq=seq))
    return DONE


def adverse(options: argparse.Namespace, lasted_s: float) -> AdverseEvent:
    """What was typed as the entry it becomes, of a session of `lasted_s` seconds.

    Raises `NotCorrected`.
    """
    text, action = typed.line(options.text), typed.line(options.action)
    follow_up = typed.line(options.follow_up)
    if not 1 <= len(text) <= 2000 or len(action) > 1000 or len(follow_up) > 200:
        told = _(
            "Say what happened in 1 to 2000 characters, what was done in 1000 at most, and when "
            "it is looked at again in 200 at most."
        )
        raise NotCorrected(told)
    return AdverseEvent(
        type=options.type,
        severity=options.severity,
        serious=options.serious,
        related=options.related,
        description=text,
        action=action,
        outcome=options.outcome,
        follow_up=follow_up,
        at_s=None if options.at is None else _seconds(options.at, lasted_s),
    )


_MOMENT = re.compile(r"(?:([0-9]{1,2}):(?=[0-5][0-9]:))?([0-9]{1,3}):([0-5][0-9])")


def _seconds(clock: str, lasted_s: float) -> float:
    """Seconds of a moment of the session as it is written, `4:05`, `75:10` or `1:04:05`."""
    found = _MOMENT.fullmatch(clock)
    if found is None:
        raise NotCorrected(_("Write the moment as minutes and seconds, 4:05."))
    hours, minutes, seconds = (int(part or 0) for part in found.groups())
    total = 3600 * hours + 60 * minutes + seconds
    # The last second that was begun is still within the session.
    if total > math.ceil(lasted_s):
        text = _("The session ended at {time}: give a moment of it, or leave --at out.")
        ended = f"{int(lasted_s) // 60}:{int(lasted_s) % 60:02}"
        raise NotCorrected(text.format(time=ended))
    return float(total)


def expectancy(options: argparse.Namespace) -> Expectancy:
    """What was typed as the entry it becomes. Raises `NotCorrected`."""
    try:
        return Expectancy(
            feared=typed.line(options.feared),
            about=options.about,
            likelihood_before=options.before,
            severity_before=options.bad,
            test=typed.line(options.test),
            occurred={"yes": True, "no": False}.get(options.came),
            unclear=options.came == "unclear",
            likelihood_after=options.after,
            surprise=options.surprise,
            learned=typed.line(options.learned),
        )
    except ValidationError as error:
        text = _(
            "Likelihoods, severity and surprise are 0 to 100; the feared outcome is said in "
            "1 to 400 characters, what was agreed on in 400 at most, what was learned in 1000."
        )
        raise NotCorrected(text) from error


def correction(entries: list[Entry], seq: int, suds: int | None, text: str | None) -> Correction:
    """The entry that sets entry `seq` of a closed session right. Raises `NotCorrected`."""
    closed = next((e.data for e in entries if isinstance(e.data, SessionClosed)), None)
    if closed is None:
        raise NotCorrected(_("The session is open: correct it in the console."))
    meant = next((e.data for e in entries if e.seq == seq), None)
    text = None if text is None else typed.words(text)
    if isinstance(meant, Rating):
        if suds is None or not 0 <= suds <= 100:
            raise NotCorrected(
                _("Entry {entry} is a rating: give --suds 0 to 100.").format(entry=seq)
            )
        if text is not None and len(text) > LONGEST_REMARK:
            told = _("Say in {most} characters at most why the rating is corrected.")
            raise NotCorrected(told.format(most=LONGEST_REMARK))
        return Correction(corrects=seq, suds=suds, text=text or "", tick=closed.tick)
    if isinstance(meant, Note):
        if text is None or not 1 <= len(text) <= LONGEST_NOTE or suds is not None:
            told = _("Entry {entry} is a note: give --text with 1 to 4000 characters.")
            raise NotCorrected(told.format(entry=seq))
        return Correction(corrects=seq, text=text, tick=closed.tick)
    told = _(
        "Entry {entry} is no rating and no note; `palier sessions show` lists those. An adverse "
        "event or a feared outcome is said again with --corrects, or marked with --mistaken."
    )
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
        told = {
            **asdict(replace(row, lasted_s=history.duration_s)),
            "rating": ratings,
            "note": notes,
            "adverse": [_row(seq, one) for seq, one in history.adverse],
            "expectancy": [_row(seq, one) for seq, one in history.expectancies],
            "mistaken": [
                {"seq": said.of, "kind": said.was.kind, "why": said.why, "by_entry": seq}
                for seq, said in history.rectified
                if said.stands is None
            ],
        }
        print(json.dumps(told, ensure_ascii=False))
        return DONE
    how = _(HOW_ENDED[row.how or "open"])
    print(f"{row.session}  {row.opened[:16]}  {row.pseudonym}  {row.scenario}  {how}")
    lines = [
        _line(r.seq, r.at_s, _(KINDS[r.kind]), _figure(r.suds), _figure(r.first))
        for r in history.ratings
    ]
    lines += [_line(n.seq, n.at_s, _("note"), n.text, n.first) for n in history.notes]
    for _at, text in sorted(lines):
        print(text)
    later = {said.of for _seq, said in history.rectified}
    for seq, event in history.adverse:
        print(_after(seq, _("adverse event"), event.description, rectified=seq in later))
    for seq, feared in history.expectancies:
        print(_after(seq, _("feared outcome"), feared.feared, rectified=seq in later))
    for _seq, said in history.rectified:
        if said.stands is None:
            print(_after(said.of, _("noted by mistake"), said.why, rectified=False))
    return DONE


def _row(seq: int, one: AdverseEvent | Expectancy) -> dict[str, Any]:
    return {"seq": seq, **one.model_dump(mode="json", exclude={"kind"})}


def _after(seq: int, kind: str, text: str, *, rectified: bool) -> str:
    """A line on what has no place in the session's time."""
    return f"{seq:>6}          {kind}  {text}{'  ' + _('(corrected)') if rectified else ''}"


def _figure(suds: int | None) -> str:
    return "-" if suds is None else str(suds)


def _line(seq: int, at_s: float, kind: str, now: str, first: str) -> tuple[float, str]:
    minutes, seconds = divmod(int(at_s), 60)
    was = "" if first == now else f"  ({first})"
    return at_s, f"{seq:>6}  {minutes:>3}:{seconds:02}  {kind}  {now}{was}"
