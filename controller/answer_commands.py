"""Owns what `palier questionnaires --ask` and `--scores` do: what is asked, kept and said.

How a questionnaire is gone through and scored is in `questionnaires`. Scores are shown with their
source and are never advice.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from controller import paths, rectifying, reporting
from controller.identify import id_of
from controller.language import _, language, mark
from controller.protocol.sickness import asked as sickness_asked
from controller.questionnaires import dialogue, telling
from controller.questionnaires.fingerprint import fingerprint
from controller.questionnaires.given import answers_in, require_some
from controller.questionnaires.library import Library
from controller.questionnaires.limits import reached
from controller.questionnaires.model import Advice, Item, Questionnaire, Threshold, Used
from controller.session.answered import Answered
from controller.session.answering import AlertShown, QuestionnaireAnswered
from controller.session.clinic import ProtocolUnusable, in_force
from controller.session.documents import stream_of
from controller.session.operators import Operator
from controller.store.locked import Ask
from controller.store.reader import PatientRow, Reader
from controller.store.record import Record

DONE, NOT_AVAILABLE, LEFT = 0, 3, 130


ADVICE: dict[Advice, str] = {
    "caution": mark("A threshold of the protocol is reached, to be careful at"),
    "recommend_stop": mark("A threshold of the protocol is reached, to offer a stop at"),
    "stop": mark("A threshold of the protocol is reached, to stop at"),
}


class NotAsked(Exception):
    """It cannot be asked so; the text says what to give instead."""


def ask(
    options: argparse.Namespace,
    reader: Reader,
    patient: PatientRow,
    library: Library,
    who: Operator | None,
    unlock: Ask,
) -> int:
    """Ask one questionnaire and keep the answers; gives the exit code.

    Raises:
        NotAsked: there is no such questionnaire, or it is not used then.
        NothingSuch: there is no such session of this patient.
        WrongAnswer: the file of answers holds something else.
        RecordError, OSError: record or file cannot be used.
    """
    entries = reader.entries(stream_of(patient.patient))
    former = (
        None
        if options.corrects is None
        else rectifying.meant(entries, options.corrects, QuestionnaireAnswered)
    )
    version = None if former is None else former.version
    questionnaire = library.find(options.ask, version)
    if former is not None and former.questionnaire != options.ask:
        text = _(
            "Entry {entry} is of another questionnaire: mark it with `palier patients correct … "
            "--mistaken`, and ask this one anew."
        )
        raise NotAsked(text.format(entry=options.corrects))
    if questionnaire is None:
        text = _("There is no questionnaire of this name; `palier questionnaires` lists them.")
        raise NotAsked(text)
    named: Used | None = options.when
    if named is None and former is not None:
        named = former.when
    when = _when(named, questionnaire)
    session = "" if former is None else former.session
    if options.session is not None:
        session = _session(reader, patient, options.session)
    if options.answers is None and not (sys.stdin.isatty() and sys.stderr.isatty()):
        text = _("palier: asking needs a terminal; --answers FILE needs none.")
        print(text, file=sys.stderr)
        return NOT_AVAILABLE
    given = None if options.answers is None else answers_in(options.answers, questionnaire)
    database = getattr(options, "db", None) or paths.record()
    # Opened before anything is asked: nobody is to answer what cannot be kept afterwards.
    with Record.create_or_open(
        database, operator=id_of(who), use_keyring=True, spool=paths.unsaved(), ask=unlock
    ) as record:
        if given is None:
            alerts = _Alerts(record, patient.patient, questionnaire)
            try:
                answers = dialogue.go_through(questionnaire, _typed, _said, alerts)
            except (KeyboardInterrupt, EOFError):
                left = _("No answer was saved; that an alert was shown is in the record.")
                _said("\n" + (left if alerts.shown else _("Nothing was saved.")))
                return LEFT
        else:
            answers = given
            for alert in dialogue.told_at_once(questionnaire, answers):
                _said(f"!! {alert}")
        require_some(answers)
        said = QuestionnaireAnswered(
            patient=patient.patient,
            questionnaire=questionnaire.id,
            version=questionnaire.version,
            language=None if given is not None else dialogue.shown_in(questionnaire),
            when=when,
            answers=tuple(answers.items()),
            session=session,
            scoring=fingerprint(questionnaire),
        )
        if former is None:
            number = record.append_now(stream_of(patient.patient), said)
        else:
            rectified = rectifying.replaced(entries, options.corrects, said)
            record.append_now(stream_of(patient.patient), rectified)
            number = rectified.of
    course = reporting.answers_of(reader, patient.patient, library.find)
    (kept,) = (one for one in course if one.seq == number)
    limits = _reached(reader, course, kept)
    for limit in limits:
        _said(f"!! {_(ADVICE[limit.advice])}: {limit.of(language())}")
    if options.json:
        advised = [{"id": one.id, "advice": one.advice} for one in limits]
        print(json.dumps({**row(kept), "limits": advised}, ensure_ascii=False))
        return DONE
    print(_("Saved for {name}.").format(name=patient.pseudonym))
    print("\n".join([*lines(kept), _(telling.NO_ADVICE)]))
    return DONE


class _Alerts:
    """Keeps that an alert was shown, before anything else is asked."""

    def __init__(self, record: Record, patient: str, questionnaire: Questionnaire) -> None:
        self._record = record
        self._patient = patient
        self._questionnaire = questionnaire
        self.shown = False

    def __call__(self, item: Item) -> None:
        """An alert on this item was shown."""
        said = AlertShown(
            patient=self._patient,
            questionnaire=self._questionnaire.id,
            version=self._questionnaire.version,
            item=item.id,
        )
        self._record.append_now(stream_of(self._patient), said)
        self.shown = True


def _reached(reader: Reader, course: Sequence[Answered], newest: Answered) -> tuple[Threshold, ...]:
    """The thresholds of the clinic's protocol that this answer has reached, the gravest first."""
    try:
        sickness = in_force(reader.protocol()).protocol.sickness
    except ProtocolUnusable as error:
        # What was answered is kept already; its limits cannot be looked up.
        _said(str(error))
        return ()
    asked = sickness_asked(sickness)
    if asked is None or newest.said.questionnaire != asked.id:
        return ()
    ratings = [
        (datetime.fromisoformat(one.wall).timestamp(), float(scored.value))
        for one in course
        if one.of == newest.of and one.wall <= newest.wall and one.scores is not None
        for scored in one.scores.scores
        if scored.scale.id == sickness.scale and scored.value is not None
    ]
    return reached(asked, sickness.scale, ratings)


def scores(
    options: argparse.Namespace, reader: Reader, patient: PatientRow, library: Library
) -> int:
    """Tell all that a patient answered, the oldest first, with scores and changes."""
    course = reporting.answers_of(reader, patient.patient, library.find)
    if options.json:
        told = {"patient": patient.pseudonym, "answered": [row(one) for one in course]}
        print(json.dumps(told, ensure_ascii=False))
        return DONE
    for one in course:
        print("\n".join(lines(one)))
    if course:
        print(_(telling.CHANGE))
        print(_(telling.NO_ADVICE))
    else:
        print(_("There are none yet."))
    return DONE


def row(one: Answered) -> dict[str, Any]:
    """One questionnaire answered once, for `--json`."""
    said = one.said
    return {
        "entry": one.seq,
        "at": one.wall,
        "questionnaire": said.questionnaire,
        "version": said.version,
        "language": said.language,
        "when": said.when,
        "session": said.session or None,
        "answers": dict(said.answers),
        "alerts": []
        if one.scores is None
        else [{"item": a.item, "text": {"en": a.en, "fr": a.fr}} for a in one.scores.alerts],
        "scores": [] if one.scores is None else telling.rows(one.scores, one.changes),
        "compared_with": one.before.seq if one.before is not None and one.changes else None,
        "why": one.why,
    }


def lines(one: Answered) -> list[str]:
    """The same for people, in the language that is spoken."""
    said = one.said
    title = "" if one.questionnaire is None else f"  {one.questionnaire.title.of(language())}"
    session = "  " + _("session {session}").format(session=said.session) if said.session else ""
    when = _(telling.WHEN[said.when])
    day = one.wall[:16].replace("T", " ")
    told = [f"{day} UTC  {said.questionnaire} {said.version}{title}  {when}{session}"]
    if one.scores is None:
        return [*told, f"    {one.why}"]
    marked = telling.alerts(one.scores, dict(said.answers))
    return [
        *told,
        *(f"    {line}" for line in (*marked, *telling.lines(one.scores, one.changes))),
    ]


def _when(named: Used | None, questionnaire: Questionnaire) -> Used:
    """When it is given: as it was said, or the only time that this questionnaire is used at."""
    if named in questionnaire.used:
        return named
    if named is None and len(questionnaire.used) == 1:
        return questionnaire.used[0]
    text = _("Say by --when when {name} is given; it is used: {times}.")
    raise NotAsked(text.format(name=questionnaire.id, times=", ".join(questionnaire.used)))


def _session(reader: Reader, patient: PatientRow, named: str) -> str:
    """The session meant, which is one of this patient's."""
    own = [one.session for one in reader.sessions(patient.patient)]
    if named == "last" and own:
        return own[-1]
    found = reporting.one_session(reader, named)
    if found not in own:
        text = _("Session {session} is of another patient.")
        raise reporting.NothingSuch(text.format(session=found))
    return found


def _typed(prompt: str) -> str:
    print(prompt, end="", file=sys.stderr, flush=True)
    line = sys.stdin.readline()
    if not line:
        raise EOFError
    return line.rstrip("\r\n")


def _said(text: str) -> None:
    # Where the questions are: standard output is for what was kept, and for JSON.
    print(text, file=sys.stderr, flush=True)
