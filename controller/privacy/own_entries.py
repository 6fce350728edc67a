"""Owns what the copy of a patient's data tells of their own entries, row by row, in plain words.

Consents, restrictions, questionnaires, settings and accesses: what is kept beside the sessions,
whose reports stand for themselves. It knows no page and no database.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from controller.language import _, language, listed, mark
from controller.questionnaires import telling
from controller.session import part_words
from controller.session.answered import Answered
from controller.session.appointments import Appointment, spoken
from controller.session.at_rest import REFUGES
from controller.session.before import words as screened_words
from controller.session.before.entries import ScreeningAnswered
from controller.session.documents import (
    Accessed,
    Document,
    Entry,
    PatientAdded,
    PatientChanged,
)
from controller.session.keeping import ConsentGiven, ConsentWithdrawn, Restriction
from controller.session.plans.entries import HierarchySet, PlanRow
from controller.session.rectifying import Rectification, standing

BY: Mapping[str, str] = {"patient": mark("by you"), "guardian": mark("by your guardian")}
HOW: Mapping[str, str] = {
    "signed": mark("signed"),
    "verbal_witnessed": mark("said before a witness"),
}
LOOKED_AT: Mapping[str, str] = {
    "session": mark("a session"),
    "sessions": mark("the list of sessions"),
    "patients": mark("the list of patients"),
    "report": mark("a report"),
    "export": mark("an export"),
    "copy": mark("this copy"),
    "questionnaires": mark("questionnaires"),
    "hierarchy": mark("what you fear, row by row"),
}


@dataclass(frozen=True)
class Beside:
    """What was said of the patient and lies beside the record until it is written next."""

    wall: str
    """UTC, ISO 8601."""
    operator: str
    data: Document

    @property
    def kind(self) -> str:
        """As of an entry."""
        return str(self.data.model_dump()["kind"])


@dataclass(frozen=True)
class _Line:
    """What the page tells from: an entry, or what is not one yet, with its last word."""

    wall: str
    operator: str
    data: Document
    right: Entry | None = None
    """The last entry that set it right; None where none did."""


@dataclass(frozen=True)
class Told:
    """One table of the page."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def told(
    own: Sequence[Entry],
    mentions: Sequence[Entry],
    answers: Sequence[Answered],
    names: Mapping[str, str],
    beside: Sequence[Beside] = (),
) -> tuple[Told, ...]:
    """The tables that have a row, in the order of the page.

    Args:
        own: the patient's own entries; what was rectified is told by its last word, with who
            wrote it first and who set it right last.
        mentions: those of the clinic that name them.
        answers: the questionnaires that they answered.
        names: operators' names by id.
        beside: what names them and is not in the record yet.
    """
    lines = [
        *_last_words(own),
        *(_Line(e.wall, e.operator, e.data) for e in mentions),
        *(_Line(said.wall, said.operator, said.data) for said in beside),
    ]
    ordered = sorted(lines, key=lambda line: line.wall)
    made = (
        Told(
            _("What you consented to"),
            (_("Day"), _("What for"), _("What"), _("Written by")),
            tuple(row for e in ordered if (row := _consent(e, names)) is not None),
        ),
        Told(
            _("What you were asked about your health"),
            (_("Day"), _("Question"), _("Your answer"), _("Written by")),
            tuple(row for e in ordered for row in _screening(e, names)),
        ),
        Told(
            _("What you answered in questionnaires"),
            (_("Day"), _("Questionnaire"), _("Given"), _("Question"), _("Your answer")),
            tuple(row for one in answers for row in _answers(one)),
        ),
        Told(
            _("Scores of your questionnaires"),
            (_("Day"), _("Questionnaire"), _("Given"), _("Scale"), _("Score")),
            tuple(row for one in answers for row in _scores(one)),
        ),
        Told(
            _("Restrictions of use"),
            (_("Day"), _("What"), _("Reason"), _("Written by")),
            tuple(row for e in ordered if (row := _restriction(e, names)) is not None),
        ),
        Told(
            _("Your settings"),
            (_("Day"), _("What"), _("Written by")),
            tuple(row for e in ordered if (row := _setting(e, names)) is not None),
        ),
        Told(
            _("What you fear, row by row"),
            (_("Day"), _("Row"), _("Distress"), _("Scenario and level"), _("Written by")),
            tuple(row for e in ordered for row in _hierarchy(e, names)),
        ),
        Told(
            _("When you come next"),
            (_("Day"), _("What"), _("Written by")),
            tuple(row for e in ordered if (row := _appointment(e, names)) is not None),
        ),
        Told(
            _("Who looked at your data"),
            (_("Day"), _("Who"), _("What")),
            tuple(
                (e.wall[:10], _who(e, names), _(LOOKED_AT[e.data.what]))
                for e in ordered
                if isinstance(e.data, Accessed)
            ),
        ),
    )
    return tuple(table for table in made if table.rows)


def _last_words(own: Sequence[Entry]) -> list[_Line]:
    """What holds now of the patient's own entries, in their order."""
    held = standing((entry.seq, entry.data) for entry in own)
    right = {entry.data.of: entry for entry in own if isinstance(entry.data, Rectification)}
    found = []
    for entry in sorted(own, key=lambda e: e.seq):
        data = held.get(entry.seq, entry.data)
        if data is not None:
            found.append(_Line(entry.wall, entry.operator, data, right.get(entry.seq)))
    return found


def _who(entry: _Line, names: Mapping[str, str]) -> str:
    wrote = _name(entry.operator, names)
    if entry.right is None:
        return wrote
    return _("{wrote}; set right by {name} on {day}").format(
        wrote=wrote, name=_name(entry.right.operator, names), day=entry.right.wall[:10]
    )


def _name(operator: str, names: Mapping[str, str]) -> str:
    return names.get(operator) or operator or "–"


def _consent(entry: _Line, names: Mapping[str, str]) -> tuple[str, ...] | None:
    said = entry.data
    if isinstance(said, ConsentGiven):
        parts = [
            _("given {by}, {how}").format(by=_(BY[said.by]), how=_(HOW[said.how])),
            _("wording of {version}").format(version=said.version),
        ]
        if said.assent is not None:
            parts.append(_("you agreed too") if said.assent else _("you were not asked"))
        what = listed(parts)
    elif isinstance(said, ConsentWithdrawn):
        what = _("withdrawn {by}").format(by=_(BY[said.by]))
    else:
        return None
    return entry.wall[:10], _(screened_words.CONSENTS[said.to]), what, _who(entry, names)


def _screening(entry: _Line, names: Mapping[str, str]) -> list[tuple[str, ...]]:
    said = entry.data
    if not isinstance(said, ScreeningAnswered):
        return []
    return [
        (
            entry.wall[:10] if at == 0 else "",
            one.asked.of(language()),
            screened_words.answer(one),
            _who(entry, names) if at == 0 else "",
        )
        for at, one in enumerate(said.answers)
    ]


def _restriction(entry: _Line, names: Mapping[str, str]) -> tuple[str, ...] | None:
    said = entry.data
    if not isinstance(said, Restriction):
        return None
    what = _("restricted") if said.on else _("allowed again")
    return entry.wall[:10], what, said.reason or "–", _who(entry, names)


def _setting(entry: _Line, names: Mapping[str, str]) -> tuple[str, ...] | None:
    said = entry.data
    if not isinstance(said, PatientAdded | PatientChanged):
        return None
    parts = []
    if said.pseudonym is not None:
        parts.append(_("pseudonym {name}").format(name=said.pseudonym))
    if said.ceiling is not None:
        parts.append(_("highest level {level}").format(level=said.ceiling))
    if said.scale is not None:
        parts.append(_("scale {scale}").format(scale=said.scale.replace("-", "–")))
    if said.safe_place is not None:
        parts.append(_("safe place: {place}").format(place=_(REFUGES[said.safe_place])))
    if isinstance(said, PatientChanged) and said.minor is not None:
        parts.append(_("a guardian consents") if said.minor else _("you consent yourself"))
    if isinstance(said, PatientChanged) and said.takes_part is not None:
        parts.extend(part_words.told(said.takes_part))
    if isinstance(said, PatientChanged) and said.anchor is not None:
        text = _("{value} on your scale: {words}")
        parts.append(text.format(value=said.anchor.value, words=said.anchor.words or "–"))
    return entry.wall[:10], listed(parts) or "–", _who(entry, names)


def _hierarchy(entry: _Line, names: Mapping[str, str]) -> list[tuple[str, ...]]:
    said = entry.data
    if not isinstance(said, HierarchySet):
        return []
    return [
        (
            entry.wall[:10] if at == 0 else "",
            " · ".join((row.item, *_also(row))),
            f"{row.distress}/100",
            _("{scenario}, level {level}").format(scenario=row.scenario, level=row.level),
            _who(entry, names) if at == 0 else "",
        )
        for at, row in enumerate(said.rows)
    ]


def _also(row: PlanRow) -> list[str]:
    found = []
    if row.feared:
        found.append(_("feared: {what}").format(what=row.feared))
    if row.likelihood is not None:
        found.append(_("how likely: {likelihood} %").format(likelihood=row.likelihood))
    if row.drops:
        found.append(_("to be left out: {what}").format(what=row.drops))
    return found


def _appointment(entry: _Line, names: Mapping[str, str]) -> tuple[str, ...] | None:
    said = entry.data
    if not isinstance(said, Appointment):
        return None
    what = _("no appointment any more") if said.on is None else spoken(said)
    return entry.wall[:10], what, _who(entry, names)


def _answers(one: Answered) -> list[tuple[str, ...]]:
    questionnaire = one.questionnaire
    texts: dict[str, str] = {}
    if questionnaire is not None:
        texts = {i.id: i.of(language()) or "" for i in questionnaire.items}
    return [
        (
            one.wall[:10] if at == 0 else "",
            one.said.questionnaire if at == 0 else "",
            _(telling.WHEN[one.said.when]) if at == 0 else "",
            f"{item} {texts.get(item, '')}".strip(),
            "–" if value is None else str(value),
        )
        for at, (item, value) in enumerate(one.said.answers)
    ]


def _scores(one: Answered) -> list[tuple[str, ...]]:
    first = (one.wall[:10], one.said.questionnaire, _(telling.WHEN[one.said.when]))
    if one.scores is None:
        return [(*first, "–", one.why)]
    return [
        (
            *first,
            score.scale.title.of(language()),
            score.why
            if score.exact is None
            else f"{telling.figure(score.exact)} ({telling.span(score)})",
        )
        for score in one.scores.scores
    ]
