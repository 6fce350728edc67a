"""Owns `palier patients …` and `palier db purge`: what is asked and said about a patient's data.

What may be entered is decided in `privacy`, how it leaves the record in `store`.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Sequence
from dataclasses import asdict
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, cast

from controller import paths, rectifying, reporting, screening_commands, typed
from controller.exports.folder import require_free, write_whole
from controller.identify import id_of
from controller.language import _, language, listed, mark
from controller.privacy import rights
from controller.privacy.access_copy import CopiedSession, Subject, access_copy
from controller.privacy.own_entries import Beside
from controller.privacy.retention import Due, Kept, LeftOut, due, kept_until, left_out
from controller.privacy.rights import RightRefused
from controller.questionnaires.library import known
from controller.report.page import page
from controller.reporting import answers_of
from controller.reporting import told as retold
from controller.session import appointments, part_words
from controller.session.anchors import LONGEST_ANCHOR, Anchor
from controller.session.answered import Answered, answered, of_session
from controller.session.at_rest import REFUGES
from controller.session.before.words import CONSENTS
from controller.session.clinic import clinic_by, in_force
from controller.session.documents import Document, Entry, PatientChanged, stream_of
from controller.session.keeping import ConsentGiven, Restriction, RetentionSet, WhyErased
from controller.session.now import HOW_ENDED
from controller.session.operators import Operator
from controller.session.pseudonyms import folded
from controller.session.taking_part import USUAL, TakingPart
from controller.store import copies, erasures, private
from controller.store.books import RecordBooks, own_anchors, parts_taken
from controller.store.lengths import as_reported
from controller.store.locked import Ask
from controller.store.reader import PatientRow, Reader, SessionRow
from controller.store.record import Record, erase_patient
from vr_runtime.wire.acts import Refuge

DONE, FOUND, WRONG_USAGE = 0, 1, 2
SPOKEN = {
    "fr": mark("French"),
    "en": mark("English"),
    USUAL: mark("the usual language of the console"),
}
"""What a patient reads and hears."""


class Asked:
    """One command on one record, its options at hand."""

    def __init__(
        self, options: argparse.Namespace, database: Path, ask: Ask, who: Operator | None
    ) -> None:
        self.options = options
        self.database = database
        self.ask = ask
        self.who = who
        """Who gives the command; None before there are operators."""
        self.reader = Reader.open(database, ask)

    def patient(self) -> PatientRow:
        """The patient that is meant. Raises `NothingSuch`."""
        return reporting.one_patient(self.reader, self.options.patient)

    def enter(self, patient: str, document: Document) -> None:
        """Add one entry to the patient's own stream; durable when this returns."""
        with Record.create_or_open(
            self.database,
            operator=self.operator(),
            use_keyring=True,
            spool=paths.unsaved(),
            ask=self.ask,
        ) as record:
            record.append_now(stream_of(patient), document)

    def operator(self) -> str:
        """Who says so."""
        return id_of(self.who)

    def tell(self, told: dict[str, Any], sentence: str) -> int:
        """One JSON document, or one sentence."""
        print(json.dumps(told, ensure_ascii=False) if self.options.json else sentence)
        return DONE

    def confirmed(self, question: str, answer: str) -> bool:
        """Whether whoever sits there typed `answer`; `--yes` stands for it."""
        if self.options.yes:
            return True
        if not (sys.stdin.isatty() and sys.stderr.isatty()):
            return False
        print(question, end=" ", file=sys.stderr, flush=True)
        return folded(sys.stdin.readline()) == folded(answer)


def carry_out(options: argparse.Namespace, database: Path, ask: Ask, who: Operator | None) -> int:
    """Do what was asked about one patient; gives the exit code. Raises `RightRefused`."""
    todo: dict[str, Callable[[Asked], int]] = {
        "show": _show,
        "rename": _rename,
        "minor": _minor,
        "safe-place": _safe_place,
        "language": _language,
        "anchor": _anchor,
        "appointment": _appointment,
        "screening": _screening,
        "restrict": _restrict,
        "allow": _allow,
        "consent": _consent,
        "withdraw": _withdraw,
        "correct": _correct,
        "copy": _copy,
        "erase": _erase,
    }
    return todo[options.what](Asked(options, database, ask, who))


def _show(asked: Asked) -> int:
    row = asked.patient()
    entries = asked.reader.entries(stream_of(row.patient))
    numbers: dict[str, int] = {
        e.data.to: e.seq for e in entries if isinstance(e.data, ConsentGiven)
    }
    consents = [
        {**asdict(one), "entry": numbers.get(one.consent_to)}
        for one in asked.reader.consents(row.patient)
    ]
    answers = [
        {
            "entry": one.seq,
            "at": one.wall,
            "questionnaire": one.said.questionnaire,
            "version": one.said.version,
            "session": one.said.session or None,
        }
        for one in answered(entries, known)
    ]
    part = parts_taken(asked.reader).get(row.patient, TakingPart())
    agreed = appointments.next_one(
        e.data for e in entries if isinstance(e.data, appointments.Appointment)
    )
    anchors = own_anchors(asked.reader).get(row.patient, ())
    rows = as_reported(asked.reader, asked.reader.sessions(row.patient))
    sessions = [asdict(one) for one in rows]
    if asked.options.json:
        told = asdict(row) | {
            "takes_part": part.model_dump(),
            "anchors": {str(value): words for value, words in anchors},
            "appointment": _agreed(agreed),
            "consents": consents,
            "questionnaires": answers,
            "sessions": sessions,
        }
        return asked.tell(told, "")
    text = _("{name}: ceiling {level}, scale {scale}.")
    print(text.format(name=row.pseudonym, level=row.ceiling, scale=row.scale))
    for value, words in anchors:
        print(f"  {value:>4}  {words}")
    print(_("Safe place: {place}.").format(place=_(REFUGES[cast(Refuge, row.safe_place)])))
    usual = _("nothing was set, all is as the clinic has it")
    text = _("How they take part: {what}.")
    print(text.format(what=listed(part_words.told(part)) or usual))
    if agreed is not None:
        text = _("Next appointment: {when}.").format(when=appointments.spoken(agreed))
        late = appointments.passed(agreed, date.today())
        print(f"{text} {_('This day has passed.')}" if late else text)
    if RecordBooks(asked.reader).is_minor(row.patient):
        print(_("A minor: a guardian consents, and the patient agrees."))
    if row.restricted is not None:
        print(_("Restricted: {reason}").format(reason=row.restricted))
    for one in consents:
        withdrawn = _("withdrawn {day}").format(day=(one["withdrawn"] or "")[:10])
        state = _("given {day}").format(day=(one["given"] or "")[:10])
        how = state if one["withdrawn"] is None else withdrawn
        text = _("{what}: {state} ({meaning})")
        meaning = _(CONSENTS[one["consent_to"]])
        line = text.format(what=one["consent_to"], state=how, meaning=meaning)
        print(f"  {one['entry'] or '-':>4}  {line}")
    for answer in answers:
        day = str(answer["at"])[:16].replace("T", " ")
        print(f"  {answer['entry']:>4}  {answer['questionnaire']} {answer['version']}  {day}")
    for session in sessions:
        how = _(HOW_ENDED[session["how"] or "open"])
        print(f"  {session['session']}  {session['opened'][:16]}  {how}")
    return DONE


def _rename(asked: Asked) -> int:
    row = asked.patient()
    taken = [p.pseudonym for p in asked.reader.patients() if p.patient != row.patient]
    change = rights.renamed(row.patient, asked.options.new, taken)
    asked.enter(row.patient, change)
    text = _("{old} is {new} from now on; earlier entries keep the name they were written under.")
    told = {"patient": row.patient, "pseudonym": change.pseudonym}
    return asked.tell(told, text.format(old=row.pseudonym, new=change.pseudonym))


def _minor(asked: Asked) -> int:
    row, minor = asked.patient(), asked.options.answer == "yes"
    asked.enter(row.patient, PatientChanged(patient=row.patient, minor=minor))
    text = _("{name} is noted as a minor: a guardian consents, and the patient agrees.")
    grown = _("{name} is not noted as a minor any more.")
    sentence = (text if minor else grown).format(name=row.pseudonym)
    return asked.tell({"patient": row.patient, "minor": minor}, sentence)


def _safe_place(asked: Asked) -> int:
    row, place = asked.patient(), asked.options.place
    asked.enter(row.patient, PatientChanged(patient=row.patient, safe_place=place))
    text = _("The safe place of {name} is the {place} from the next session on.")
    told = {"patient": row.patient, "safe_place": place}
    return asked.tell(told, text.format(name=row.pseudonym, place=_(REFUGES[place])))


def _language(asked: Asked) -> int:
    row, spoken = asked.patient(), asked.options.language
    part = TakingPart(language=spoken)
    asked.enter(row.patient, PatientChanged(patient=row.patient, takes_part=part))
    text = _("From the next session on {name} reads and hears: {language}.")
    told = {"patient": row.patient, "language": spoken}
    return asked.tell(told, text.format(name=row.pseudonym, language=_(SPOKEN[spoken])))


def _anchor(asked: Asked) -> int:
    row, value = asked.patient(), asked.options.value
    words = typed.line(asked.options.words)
    if len(words) > LONGEST_ANCHOR:
        text = _("What an anchor stands for has at most {most} characters.")
        raise RightRefused(text.format(most=LONGEST_ANCHOR))
    anchor = Anchor(value=value, words=words)
    asked.enter(row.patient, PatientChanged(patient=row.patient, anchor=anchor))
    text = _("For {name} {value} stands for: {words}")
    gone = _("For {name} {value} stands for nothing of their own any more.")
    sentence = (text if words else gone).format(name=row.pseudonym, value=value, words=words)
    return asked.tell({"patient": row.patient, "value": value, "words": words}, sentence)


def _appointment(asked: Asked) -> int:
    row = asked.patient()
    if row.restricted is not None:
        text = _("The data of {name} are restricted: nothing is added before it is allowed.")
        raise RightRefused(text.format(name=row.pseudonym))
    try:
        said = appointments.written(typed.line(asked.options.when), row.patient)
    except appointments.NotADay as error:
        raise RightRefused(str(error)) from error
    asked.enter(row.patient, said)
    if said.on is None:
        text = _("For {name} no appointment is agreed on any more.").format(name=row.pseudonym)
    else:
        told = _("{name} comes next: {when}.")
        text = told.format(name=row.pseudonym, when=appointments.spoken(said))
    return asked.tell({"patient": row.patient, "appointment": _agreed(said)}, text)


def _agreed(said: appointments.Appointment | None) -> dict[str, Any] | None:
    """Day, local time and what it is about, for `--json`; None where none is agreed on."""
    if said is None or said.on is None:
        return None
    at = None if said.at is None else f"{said.at:%H:%M}"
    return {"on": said.on.isoformat(), "at": at, "about": said.about}


def _screening(asked: Asked) -> int:
    row, clinic = asked.patient(), clinic_by(in_force(asked.reader.protocol()))
    if screening_commands.asks(asked.options):
        asked.enter(row.patient, screening_commands.entry(asked.options, clinic, row.patient))
    cards = RecordBooks(asked.reader).patients()
    card = next(one for one in cards if one.id == row.patient)
    text = "\n".join(screening_commands.lines(clinic, card))
    return asked.tell(screening_commands.told(clinic, card), text)


def _restrict(asked: Asked) -> int:
    row = asked.patient()
    said = rights.restricted(row.patient, asked.options.reason)
    asked.enter(row.patient, said)
    text = _("The data of {name} are kept and not used: no session, report or export.")
    open_ones = [one.session for one in asked.reader.sessions(row.patient) if one.closed is None]
    told = {"patient": row.patient, "restricted": said.reason, "open_sessions": open_ones}
    text = " ".join([text, rights.still_open()] if open_ones else [text])
    return asked.tell(told, text.format(name=row.pseudonym))


def _allow(asked: Asked) -> int:
    row = asked.patient()
    if row.restricted is None:
        raise RightRefused(_("The data of this patient are not restricted."))
    asked.enter(row.patient, Restriction(patient=row.patient, on=False))
    text = _("The data of {name} may be used again.").format(name=row.pseudonym)
    return asked.tell({"patient": row.patient, "restricted": None}, text)


def _consent(asked: Asked) -> int:
    row, options = asked.patient(), asked.options
    given = rights.consented(
        row.patient,
        options.to,
        options.version,
        options.by,
        minor=RecordBooks(asked.reader).is_minor(row.patient),
        assent=options.assent,
        signed=not options.verbal,
    )
    if options.corrects is None:
        asked.enter(row.patient, given)
        text = _("Noted: {name} consents to {what}.")
    else:
        entries = asked.reader.entries(stream_of(row.patient))
        if rectifying.meant(entries, options.corrects, ConsentGiven).to != given.to:
            text = _(
                "That consent was to something else: mark it with `palier patients correct … "
                "--mistaken`, and note this one anew."
            )
            raise RightRefused(text)
        asked.enter(row.patient, rectifying.replaced(entries, options.corrects, given))
        text = _("Corrected: {name} consents to {what}; both entries stay.")
    sentence = text.format(name=row.pseudonym, what=given.to)
    return asked.tell(given.model_dump(mode="json", exclude={"kind"}), sentence)


def _correct(asked: Asked) -> int:
    row, options = asked.patient(), asked.options
    entries = asked.reader.entries(stream_of(row.patient))
    said = rectifying.mistaken(entries, options.entry, options.mistaken)
    asked.enter(row.patient, said)
    text = _("Entry {entry} is marked as a mistake; it stays in the record, and counts no more.")
    told = {"patient": row.patient, "corrects": said.of, "stands": None}
    return asked.tell(told, text.format(entry=said.of))


def _withdraw(asked: Asked) -> int:
    row, options = asked.patient(), asked.options
    said = rights.withdrawn(row.patient, options.to, options.by)
    asked.enter(row.patient, said)
    text = _("Noted: {name} does not consent to {what}.")
    told = said.model_dump(mode="json", exclude={"kind"})
    return asked.tell(told, text.format(name=row.pseudonym, what=said.to))


def _copy(asked: Asked) -> int:
    row, out = asked.patient(), asked.options.out
    require_free(out)
    reader = asked.reader
    sessions = reader.sessions(row.patient)
    answers = answers_of(reader, row.patient, known)
    names = {row.patient, *(one.session for one in sessions)}
    rule = reader.retention()
    last = _last(reader, row.patient)
    subject = Subject(
        pseudonym=row.pseudonym,
        made=datetime.now(UTC).strftime("%Y-%m-%d %H:%M"),
        own=tuple(reader.entries(stream_of(row.patient))),
        mentions=(mentions := tuple(e for e in reader.entries() if _mentions(e.data, names))),
        beside=_beside(reader, names, mentions),
        sessions=tuple(_copied(reader, one, answers) for one in sessions),
        operators={one.operator: one.name for one in reader.operators()},
        answers=answers,
        kept_until=str(kept_until(last, rule)) if rule is not None and last else None,
        duty="" if rule is None else rule.duty,
    )
    files = access_copy(subject)
    write_whole(out, files)
    if lost := reader.aside.unreadable():
        text = _("Notes beside the record that cannot be read: {count}.")
        print(text.format(count=lost), file=sys.stderr)
    text = _("All that is kept about {name} is in {where}. It is not encrypted: keep it safe.")
    told = {"patient": row.patient, "out": str(out), "files": sorted(files)}
    return asked.tell(told, text.format(name=row.pseudonym, where=out))


def _copied(reader: Reader, row: SessionRow, answers: Sequence[Answered]) -> CopiedSession:
    entries = reader.entries(row.session)
    head = reader.ledger_head()
    told = f"{head.seq} · {head.hash}" if head.seq else None
    title = row.title_fr if language() == "fr" else row.title_en
    history, _whose = retold(reader, row.session)
    report = page(history, told, answers=of_session(answers, row.session))
    return CopiedSession(row.session, row.opened, title, tuple(entries), report)


def _mentions(document: Document, names: set[str]) -> bool:
    """Whether what is said in the clinic's stream names the patient or one of their sessions."""
    said = document.model_dump(mode="json")
    return any(isinstance(value, str) and value in names for value in said.values())


def _beside(reader: Reader, names: set[str], mentions: Sequence[Entry]) -> tuple[Beside, ...]:
    """What lies beside the record and names them; that this copy is made is among it."""
    # A console may have written it meanwhile, and not have taken the file away yet.
    there = {(entry.wall, entry.operator) for entry in mentions}
    return tuple(
        Beside(said.wall, said.operator, said.document)
        for said in reader.aside.lying()
        if _mentions(said.document, names) and (said.wall, said.operator) not in there
    )


def _last(reader: Reader, patient: str) -> date | None:
    """Day, UTC, of the last session or questionnaire; None before there was any."""
    days = [one.opened[:10] for one in reader.sessions(patient)]
    days += [one.wall[:10] for one in answered(reader.entries(stream_of(patient)), known)]
    return max(map(date.fromisoformat, days), default=None)


def _erase(asked: Asked) -> int:
    row, options = asked.patient(), asked.options
    sessions = asked.reader.sessions(row.patient)
    open_ones = [one for one in sessions if one.closed is None]
    if open_ones:
        raise RightRefused(_("A session of this patient is open; close it first."))
    despite = rights.despite(options.despite) if options.despite else ""
    if row.restricted is not None and not despite:
        text = _(
            "The data of this patient are restricted, so they are kept. End that with `palier "
            "patients allow`, or to erase them all the same add --despite with the reason."
        )
        raise RightRefused(text)
    rule, last = asked.reader.retention(), _last(asked.reader, row.patient)
    if rule is not None and last is not None and kept_until(last, rule) >= _today():
        if not despite:
            text = _(
                "The clinic's duty ({duty}) keeps this record until {day}. To erase it all the "
                "same, add --despite with the reason."
            )
            raise RightRefused(text.format(duty=rule.duty, day=kept_until(last, rule)))
    kept = copies.kept_records(asked.database)
    text = _(
        "All about {name} will be gone for good, sessions: {count}. Type the pseudonym to erase:"
    )
    question = text.format(name=row.pseudonym, count=len(sessions)) + _still_holding(kept) + "\n"
    if not asked.confirmed(question, row.pseudonym):
        raise RightRefused(_("Nothing was erased: it was not confirmed."))
    gone = _gone(asked, row.patient, options.reason, despite)
    text = _("{name} was erased. Sessions: {count}.")
    sentence = text.format(name=row.pseudonym, count=len(sessions))
    told = {
        "patient": row.patient,
        "sessions": [one.session for one in sessions],
        "copies_removed": gone,
        "kept_records": [file.name for file in kept],
    }
    if not options.json:
        text = _(
            "Backups elsewhere still hold it. Restored where {file} lies they lose it again; "
            "restored anywhere else an older one brings it back, and it is to be erased once more."
        )
        listed = private.beside(asked.database, erasures.ENDING).name
        sentence += " " + text.format(file=listed)
        sentence += _still_holding(kept)
    return asked.tell(told, sentence)


def _still_holding(kept: Sequence[Path]) -> str:
    """What to do about the records that stood here before a backup was restored."""
    if not kept:
        return ""
    text = _(
        "These whole records from before a backup was restored stay, and may hold the same "
        "patient: {files}. Erase there too with `palier patients erase PSEUDONYM --db FILE`, or "
        "delete them with all files whose names begin so once you need them no more."
    )
    return "\n" + text.format(files=", ".join(file.name for file in kept))


def _gone(asked: Asked, patient: str, reason: WhyErased, despite: str) -> list[str]:
    """Erase, and remove the pages and the copies of migrations that this program had made.

    Gives the names of those. A whole other record that was kept by restoring is not touched.
    """
    database = asked.database
    done = erase_patient(
        database,
        patient,
        operator=asked.operator(),
        ask=asked.ask,
        reason=reason,
        despite=despite,
        spool=paths.unsaved(),
    )
    removed = []
    pages = [path for name in done.sessions for path in paths.reports().glob(f"{name}.*")]
    for path in [*pages, *copies.of_migrations(database)]:
        path.unlink(missing_ok=True)
        removed.append(path.name)
    return removed


def purge(options: argparse.Namespace, database: Path, ask: Ask, who: Operator | None) -> int:
    """Set the clinic's rule, or let go what it needs no more. Raises `RightRefused`."""
    asked = Asked(options, database, ask, who)
    if options.keep_years is not None:
        return _set_rule(asked)
    rule = asked.reader.retention()
    if rule is None:
        text = _(
            "Say first how long the clinic keeps a record: palier db purge --keep-years N --duty "
            '"the rule that says so".'
        )
        raise RightRefused(text)
    patients = _kept(asked.reader)
    found, stay = due(patients, rule, _today()), left_out(patients, rule, _today())
    rows = [{**asdict(one), "last": str(one.last), "until": str(one.until)} for one in found]
    if options.dry_run or not found:
        return _list_due(asked, rule, found, stay, rows)
    kept = copies.kept_records(asked.database)
    question = _("Erase them for good, patients: {count}? Type yes:").format(count=len(found))
    if not options.json:
        _list_due(asked, rule, found, stay, rows)
    if not asked.confirmed(question + _still_holding(kept) + "\n", _("yes")):
        raise RightRefused(_("Nothing was erased: it was not confirmed."))
    for one in found:
        _gone(asked, one.patient, "retention", "")
    sentence = _("Erased, patients: {count}.").format(count=len(found)) + _still_holding(kept)
    told = {
        "erased": rows,
        "left_out": asdict(stay),
        "kept_records": [file.name for file in kept],
    }
    return asked.tell(told, sentence)


def _set_rule(asked: Asked) -> int:
    duty = typed.line(asked.options.duty or "")
    if not 1 <= len(duty) <= 200:
        raise RightRefused(_("Name the rule that says so with --duty, in 1 to 200 characters."))
    rule = RetentionSet(years=asked.options.keep_years, duty=duty)
    with Record.create_or_open(
        asked.database,
        operator=asked.operator(),
        use_keyring=True,
        spool=paths.unsaved(),
        ask=asked.ask,
    ) as record:
        record.append_now("clinic", rule)
    text = _("A record is kept for {years} years after the last session or questionnaire ({duty}).")
    told = rule.model_dump(mode="json", exclude={"kind"})
    return asked.tell(told, text.format(years=rule.years, duty=rule.duty))


def _kept(reader: Reader) -> list[Kept]:
    """Patients as the rule sees them; nobody with an open session."""
    by_patient: dict[str, list[SessionRow]] = {}
    for one in reader.sessions():
        by_patient.setdefault(one.patient, []).append(one)
    return [
        Kept(
            row.patient,
            row.pseudonym,
            _last(reader, row.patient),
            minor=row.minor,
            restricted=row.restricted is not None,
        )
        for row in reader.patients()
        if all(one.closed is not None for one in by_patient.get(row.patient, []))
    ]


def _list_due(
    asked: Asked,
    rule: RetentionSet,
    found: list[Due],
    stay: LeftOut,
    rows: list[dict[str, Any]],
) -> int:
    if asked.options.json:
        told = {"years": rule.years, "duty": rule.duty, "due": rows, "left_out": asdict(stay)}
        return asked.tell(told, "")
    for one in found:
        text = _("{name}: last session or questionnaire {last}, kept until {until}")
        print(text.format(name=one.pseudonym, last=one.last, until=one.until))
    if not found:
        print(_("No record may go by the clinic's rule."))
    if stay.restricted:
        text = _("Past it, but restricted and so kept, patients: {count}.")
        print(text.format(count=stay.restricted))
    if stay.minors:
        text = _("Past it, but noted as minors and so kept, patients: {count}.")
        print(text.format(count=stay.minors))
    return DONE


def _today() -> date:
    return datetime.now(UTC).date()
