"""Owns the copy of all that is kept about one patient: a page to read, and data for a program.

It knows no database: entries and reports are handed to it. GDPR, articles 15 and 20.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from controller.language import _, language, mark
from controller.privacy.own_entries import Beside, told
from controller.purpose import PURPOSE
from controller.session.answered import Answered
from controller.session.documents import Entry

_TEMPLATE = "access_copy.html.j2"

KINDS: Mapping[str, str] = {
    "patient_added": mark("you were added, by pseudonym"),
    "patient_changed": mark("your settings were changed"),
    "consent_given": mark("a consent of yours was noted"),
    "consent_withdrawn": mark("a consent of yours was withdrawn"),
    "restriction": mark("the use of your data was restricted, or allowed again"),
    "questionnaire_answered": mark("a questionnaire that you answered"),
    "session_opened": mark("a session began"),
    "session_continued": mark("a session was taken up again"),
    "session_closed": mark("a session ended"),
    "runtime": mark("what was shown, and what was done in the scene"),
    "rating": mark("a rating of your distress"),
    "note": mark("a note of your therapist"),
    "correction": mark("an earlier entry was corrected"),
    "rectification": mark("a later word took the place of an earlier one"),
    "alert_shown": mark("an answer of yours was shown to your therapist at once"),
    "adverse_event": mark("something untoward that befell you"),
    "expectancy": mark("what you feared, and whether it came"),
    "row_taken": mark("what of your fears, row by row, a session worked on"),
    "safety_behaviour": mark("a safety behaviour of yours that your therapist noted"),
    "bat_begun": mark("a test of how far you would go began"),
    "bat_step": mark("a step of that test"),
    "bat_ended": mark("that test ended"),
    "paced": mark("what was said or done of time and breaks"),
    "hierarchy_set": mark("what you fear, row by row, was written down"),
    "accessed": mark(
        "somebody looked at your sessions, what you fear, your questionnaires, a report, an export "
        "or this copy"
    ),
    "gap": mark("news of the scene that did not arrive"),
    "link": mark("the link between both machines changed"),
    "console_slept": mark("the therapist's machine stood still"),
    "clock_jumped": mark("a clock was set"),
}
"""What each kind of entry is, said to the patient."""


@dataclass(frozen=True)
class CopiedSession:
    """One session in the copy."""

    session: str
    opened: str
    """UTC."""
    title: str
    entries: tuple[Entry, ...]
    report: str
    """The session's report as a page of its own."""


@dataclass(frozen=True)
class Subject:
    """Whom the copy is about, and all there is."""

    pseudonym: str
    made: str
    """UTC, to the minute."""
    own: tuple[Entry, ...]
    """The patient's own stream."""
    mentions: tuple[Entry, ...]
    """Entries of the clinic that name this patient or one of their sessions."""
    beside: tuple[Beside, ...]
    """The same of what is not in the record yet: it lies beside it, as that this copy is made."""
    sessions: tuple[CopiedSession, ...]
    operators: Mapping[str, str]
    """Names by id, of all who may sit at the console."""
    answers: tuple[Answered, ...]
    """The questionnaires that the patient answered, the oldest first."""
    kept_until: str | None
    """The last day of the clinic's own duty; None where it has set none."""
    duty: str


def access_copy(subject: Subject) -> dict[str, bytes]:
    """All files of the copy by their path: `copy.html`, `copy.json` and each session's report."""
    files = {f"sessions/{one.session}.html": one.report.encode() for one in subject.sessions}
    return {
        "copy.html": _page(subject).encode(),
        "copy.json": (json.dumps(_data(subject), ensure_ascii=False, indent=1) + "\n").encode(),
        **files,
    }


def _data(subject: Subject) -> dict[str, object]:
    """Every entry as it is kept, unchanged; what lies beside the record has no number yet."""
    return {
        "format": "palier access copy 1",
        "pseudonym": subject.pseudonym,
        "made": subject.made,
        "kept_until": subject.kept_until,
        "operators": _met(subject),
        "patient": [one.model_dump(mode="json") for one in subject.own],
        "clinic": [one.model_dump(mode="json") for one in subject.mentions],
        "beside": [
            {"wall": one.wall, "operator": one.operator, "data": one.data.model_dump(mode="json")}
            for one in subject.beside
        ],
        "sessions": [
            {
                "session": one.session,
                "entries": [entry.model_dump(mode="json") for entry in one.entries],
            }
            for one in subject.sessions
        ],
    }


def _page(subject: Subject) -> str:
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    everything: list[Entry | Beside] = [*subject.own, *subject.mentions, *subject.beside]
    for session in subject.sessions:
        everything += session.entries
    kept = _("The clinic has not set how long it keeps a record.")
    if subject.kept_until is not None:
        kept = _("The clinic keeps it until {day} ({duty}).").format(
            day=subject.kept_until, duty=subject.duty
        )
    return environment.get_template(_TEMPLATE).render(
        language=language(),
        title=_("All that is kept about you"),
        about=_("Pseudonym: {name}. Copy made on {day}.").format(
            name=subject.pseudonym, day=subject.made[:10]
        ),
        facts=(
            (
                _("What for"),
                _("To lead your exposure sessions, to follow them, and to report on them."),
            ),
            (
                _("Who reads it"),
                _("Those who lead or supervise your sessions: {names}.").format(
                    names=", ".join(sorted(set(_met(subject).values()))) or "–"
                ),
            ),
            (_("Where it is"), _("On the clinic's own machine, encrypted. Nothing is sent away.")),
            (_("How long"), kept),
            (
                _("Your rights"),
                _(
                    "You may ask the clinic to correct, restrict or erase it, withdraw each "
                    "consent, and complain to the data protection authority."
                ),
            ),
        ),
        counted_title=_("What there is"),
        counted=_counted(everything),
        entries_word=_("Entries"),
        tables=told(
            subject.own, subject.mentions, subject.answers, subject.operators, subject.beside
        ),
        sessions_title=_("Your sessions"),
        sessions=[
            (one.opened[:10], one.title, f"sessions/{one.session}.html") for one in subject.sessions
        ],
        none=_("No session yet."),
        data=_("The same data for a program, whole and unchanged, are in copy.json."),
        purpose=_(PURPOSE),
    )


def _met(subject: Subject) -> dict[str, str]:
    """Names of those who wrote, or looked at, anything about this patient."""
    every = [*subject.own, *subject.mentions, *(e for s in subject.sessions for e in s.entries)]
    wrote = {entry.operator for entry in every} | {said.operator for said in subject.beside}
    return {one: name for one, name in subject.operators.items() if one in wrote}


def _counted(entries: Sequence[Entry | Beside]) -> list[tuple[str, int]]:
    counts: dict[str, int] = {}
    for entry in entries:
        counts[entry.kind] = counts.get(entry.kind, 0) + 1
    return [(_(KINDS[kind]) if kind in KINDS else kind, n) for kind, n in counts.items()]
