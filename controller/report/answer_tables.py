"""Owns the tables of questionnaires in a report: what was answered, its scores, and their changes.

It knows what is answered and how it is scored, and nothing of how a page looks. Every score names
the source of its formula; none is advice.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from controller.language import _, language, listed
from controller.questionnaires import telling
from controller.questionnaires.scoring import Change, Score
from controller.report.document import Column, Footnote, Row, Section
from controller.report.wording import DASH, day
from controller.session.answered import Answered, around_sessions

NO_NUMBERS: Mapping[str, int] = {}


def answer_tables(
    course: Sequence[Answered], numbers: Mapping[str, int] = NO_NUMBERS
) -> tuple[Section, ...]:
    """The tables that have something to say, in the order of the page.

    Args:
        course: what was answered, the oldest first.
        numbers: numbers of the sessions in the report, by their names; none in one of one session.
    """
    made = (questionnaires_table(course, numbers), around_table(course, numbers))
    return tuple(table for table in made if table.rows)


def questionnaires_table(course: Sequence[Answered], numbers: Mapping[str, int]) -> Section:
    """Every score over time, and its change."""
    columns = (
        Column(_("Day")),
        Column(_("Questionnaire")),
        Column(_("Given")),
        Column(_("Scale")),
        Column(_("Score"), True),
        Column(_("Range"), True),
        Column(_("Change"), True, 1),
        Column(_("Remark")),
    )
    rows = tuple(row for one in course for row in _rows(one, numbers))
    notes = (
        Footnote(_(telling.CHANGE), 1),
        *_sources(course),
        Footnote(_(telling.NO_ADVICE)),
    )
    return Section("questionnaires", _("Questionnaires"), columns, rows, notes)


def around_table(course: Sequence[Answered], numbers: Mapping[str, int]) -> Section:
    """What was answered both before and after one session, compared."""
    pairs = [pair for pair in around_sessions(course) if pair.changes]
    columns: tuple[Column, ...] = (
        Column(_("Session")),
        Column(_("Questionnaire")),
        Column(_("Scale")),
        Column(_("Before"), True),
        Column(_("After"), True),
        Column(_("Change"), True, 1),
        Column(_("Remark")),
    )
    rows = tuple(
        Row(
            (
                _numbered(pair.session, numbers),
                _name(pair.after),
                change.after.scale.title.of(language()),
                _figure(change.before),
                _figure(change.after),
                telling.signed(change) or DASH,
                change.why,
            ),
            "missing" if change.why else "",
        )
        for pair in pairs
        for change in pair.changes
    )
    if not numbers:
        columns, rows = columns[1:], tuple(Row(r.cells[1:], r.tone) for r in rows)
    notes = (
        Footnote(_("Change: score after the session − score before it."), 1),
        *_sources([pair.after for pair in pairs]),
        Footnote(
            _(
                "With a questionnaire on sickness this is the change in sickness; several of its "
                "symptoms are also signs of fear."
            )
        ),
    )
    return Section("before-after", _("Before and after the session"), columns, rows, notes)


def _rows(one: Answered, numbers: Mapping[str, int]) -> list[Row]:
    given = _(telling.WHEN[one.said.when])
    if one.said.session in numbers:
        number = numbers[one.said.session]
        given = _("{when}, session {number}").format(when=given, number=number)
    first = (day(one.wall), _name(one), given)
    if one.scores is None:
        return [Row((*first, DASH, DASH, DASH, DASH, one.why), "missing")]
    marked = telling.alerts(one.scores, dict(one.said.answers))
    changes = {change.after.scale.id: change for change in one.changes}
    return [
        Row(
            (
                *first,
                score.scale.title.of(language()),
                _figure(score),
                telling.span(score),
                _change(changes.get(score.scale.id)),
                listed((_band(score), score.why, *(marked if at == 0 else ()))),
            ),
            "missing" if score.why else "",
        )
        for at, score in enumerate(one.scores.scores)
    ]


def _numbered(session: str, numbers: Mapping[str, int]) -> str:
    return str(numbers[session]) if session in numbers else DASH


def _name(one: Answered) -> str:
    return f"{one.said.questionnaire} {one.said.version}"


def _figure(score: Score) -> str:
    return DASH if score.exact is None else telling.figure(score.exact)


def _change(change: Change | None) -> str:
    return DASH if change is None else telling.signed(change) or DASH


def _band(score: Score) -> str:
    return "" if score.band is None else score.band.of(language())


def _sources(course: Sequence[Answered]) -> list[Footnote]:
    """Of each instrument that is scored: its title, and where formulas and bands are from."""
    by_name = {_name(one): one for one in course if one.scores is not None}
    return [
        Footnote(
            _("{name}: {title}. Formulas: {sources}.").format(
                name=name,
                title="" if one.questionnaire is None else one.questionnaire.title.of(language()),
                sources=listed(_formulas(one)),
            )
        )
        for name, one in by_name.items()
    ]


def _formulas(one: Answered) -> list[str]:
    told = []
    for score in () if one.scores is None else one.scores.scores:
        scale = score.scale
        text = _("{scale}: {source}")
        told.append(
            text.format(scale=scale.title.of(language()), source=scale.source.of(language()))
        )
        bands = dict.fromkeys(band.source.of(language()) for band in scale.bands)
        if bands:
            text = _("ranges of {scale}: {source}")
            told.append(text.format(scale=scale.title.of(language()), source=", ".join(bands)))
    return told
