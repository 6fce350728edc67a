"""Owns a session as rows in the order of time, in the words of its report.

It knows history and words, and neither screen nor record. A later word stands below what it is
about, and both can be read.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from controller.language import _, language, listed
from controller.questionnaires import telling
from controller.report.bat_table import in_short, row_of
from controller.report.before_table import before_trial
from controller.report.clinical_tables import in_words
from controller.report.pace_table import pace
from controller.report.recorded_table import retold_line
from controller.report.rest_table import at_rest
from controller.report.retold_after import told_after
from controller.report.sections import all_sections, ended, fault_lines
from controller.report.task_table import tasks
from controller.report.wording import CAUSES, DASH, PHASES, event, length, moment, said
from controller.session.answered import Answered
from controller.session.around import level_at
from controller.session.clinical import AdverseEvent, Expectancy
from controller.session.document import Document
from controller.session.history import RatingLine, SessionHistory
from controller.session.rectifying import Rectification
from controller.session.reviewed import Correctable, Told
from controller.session.safety import words as safety_words
from controller.session.summary import summarise

FIRST, LAST = -1.0, float("inf")
"""Where rows stand that have no moment in the session: before it, or after it."""
Placed = tuple[float, Told]


def retold(history: SessionHistory, answers: Sequence[Answered] = ()) -> tuple[Told, ...]:
    """All that happened in a session, in order; `answers` are the questionnaires given with it."""
    later = _later(history)
    placed = [
        *_before(history, answers),
        *_phases(history),
        *_levels(history),
        *_ratings(history, later),
        *_played(history),
        *_words(history, later),
        *_machine(history),
        *told_after(history),
        *_clinical(history, later),
        *((LAST, _answer(one)) for one in answers if one.said.when != "baseline"),
    ]
    rows: list[Told] = []
    for at_s, row in sorted(placed, key=lambda one: one[0]):
        rows.append(_at(history, row, at_s))
        rows += [] if row.entry is None else later.pop(row.entry, [])
    # What is about an entry that is told nowhere above still has to be read.
    return (*rows, *(row for left in later.values() for row in left))


def _at(history: SessionHistory, row: Told, at_s: float) -> Told:
    """The row with the level that was applied then."""
    if row.level is not None or row.at_s is None:
        return row
    return replace(row, level=level_at(history, at_s))


def _before(history: SessionHistory, answers: Sequence[Answered]) -> Iterator[Placed]:
    for row in before_trial(history).rows:
        yield FIRST, Told(None, ("around",), _colon(*row.cells))
    for one in answers:
        if one.said.when == "baseline":
            yield FIRST, _answer(one)


def _answer(one: Answered) -> Told:
    scores = () if one.scores is None else one.scores.scores
    told = listed(
        f"{score.scale.title.of(language())} {telling.figure(score.exact)}"
        for score in scores
        if score.exact is not None
    )
    words = _("Questionnaire {name}, {moment}: {scores}")
    text = words.format(
        name=one.said.questionnaire, moment=moment(one.wall), scores=told or one.why or DASH
    )
    return Told(None, ("around",), text)


def _phases(history: SessionHistory) -> Iterator[Placed]:
    for band in history.bands:
        name, why = (
            said(PHASES, band.phase.value),
            _(CAUSES[band.cause]) if band.cause in CAUSES else "",
        )
        lasted = length(band.to_s - band.from_s)
        text = listed((_colon(name, why), lasted))
        yield band.from_s, Told(band.from_s, ("phase",), text, phase=band.phase)


def _levels(history: SessionHistory) -> Iterator[Placed]:
    sentences = history.header.scenario.levels
    for trial in history.trials:
        begun = _("Trial {number} begins, towards level {level}.")
        text = begun.format(number=trial.number, level=trial.asked)
        yield trial.opened_s, Told(trial.opened_s, ("level", "phase"), text)
        for at_s, level in trial.path:
            if at_s > trial.opened_s:
                text = _("level {level} reached").format(level=level)
                text = _colon(text, sentences[level].get(language()))
                yield at_s, Told(at_s, ("level",), text, level=float(level))
        over = _("Trial {number} is over: {why}.").format(number=trial.number, why=ended(trial))
        yield trial.until_s, Told(trial.until_s, ("level", "phase"), over)
    for at_s, name in history.set_apart:
        spec = history.header.scenario.value(name)
        label = name if spec is None else spec.label.get(language())
        text = _("set apart from the level: {name}").format(name=label)
        yield at_s, Told(at_s, ("level",), text)


def _ratings(history: SessionHistory, later: dict[int, list[Told]]) -> Iterator[Placed]:
    table = next(t for t in all_sections(history, summarise(history)) if t.name == "ratings")
    for rating, row in zip(history.ratings, table.rows, strict=True):
        kind, suds, raw, remark = row.cells[1], row.cells[2], row.cells[3], row.cells[7]
        told = _("distress {suds}").format(suds=suds)
        plain = raw == DASH or rating.raw in (str(rating.suds), str(rating.first))
        parts = (told, kind, "" if plain else raw, remark)
        yield rating.at_s, _rated(rating, " · ".join(filter(None, parts)), rating.seq in later)


def _rated(rating: RatingLine, text: str, corrected: bool) -> Told:
    return Told(
        rating.at_s,
        ("rating", "correction") if corrected else ("rating",),
        text,
        level=rating.level,
        suds=rating.suds,
        missing=rating.suds is None,
        entry=rating.seq,
        of="rating",
        held="" if rating.suds is None else str(rating.suds),
    )


def _played(history: SessionHistory) -> Iterator[Placed]:
    scenario = history.header.scenario
    for one in history.events:
        lasted = "" if one.ended_s is None else length(one.ended_s - one.started_s)
        cut = _("broken off when the scene was left") if one.how == "cancelled" else ""
        parts = (event(scenario, one.name), lasted, cut)
        yield one.started_s, Told(one.started_s, ("event",), listed(filter(None, parts)))
    for at_s, text in history.marks:
        yield at_s, Told(at_s, ("event",), listed((text, _("marked by the scenario"))))
    for task, row in zip(history.tasks, tasks(history).rows, strict=True):
        text = _("task given: {name}").format(name=listed(row.cells[1:]))
        yield task.given_s, Told(task.given_s, ("event",), text)
    for bat in history.bats:
        for tried in bat.tried:
            step = row_of(history, bat, tried)
            text = _("{bat} {number}: {told}").format(
                bat=_("BAT"), number=tried.number, told=listed((*step.cells[2:4], step.cells[-1]))
            )
            yield tried.offered_s, Told(tried.offered_s, ("event",), text)
        if bat.ended_s is not None:
            text = _("BAT ended: {told}").format(told=in_short(bat))
            yield bat.ended_s, Told(bat.ended_s, ("event",), text)
    for at_s, planned in history.rows:
        text = _("row of the hierarchy worked on: {item}, level {level}, predicted {distress}")
        told = text.format(item=planned.item, level=planned.level, distress=planned.distress)
        yield at_s, Told(at_s, ("note",), told)
    for at_s, noted in history.safety:
        yield at_s, Told(at_s, ("note",), safety_words.told(noted.shown, noted.used))
    for paced, row in zip(history.paced, pace(history).rows, strict=True):
        yield paced[0], Told(paced[0], ("around",), row.cells[1])
    for line, row in zip(history.at_rest, at_rest(history.at_rest).rows, strict=True):
        yield line.at_s, Told(line.at_s, ("event", "around"), row.cells[1])


def _words(history: SessionHistory, later: dict[int, list[Told]]) -> Iterator[Placed]:
    for note in history.notes:
        text = note.text
        if note.corrected:
            text = _("{text} (corrected)").format(text=text)
        yield (
            note.at_s,
            Told(
                note.at_s,
                ("note", "correction") if note.seq in later else ("note",),
                _("note: {text}").format(text=text),
                entry=note.seq,
                of="note",
                held=note.text,
            ),
        )
    shown = _("The patient was shown the words: {text}")
    for at_s, text in history.texts:
        yield at_s, Told(at_s, ("note",), shown.format(text=text))
    for line in history.recorded:
        yield line.at_s, Told(line.at_s, ("note",), retold_line(line))


def _machine(history: SessionHistory) -> Iterator[Placed]:
    for at_s, words in fault_lines(history):
        yield at_s, Told(at_s, ("machine",), words)
    sections = all_sections(history, summarise(history), complete=True)
    table = next(t for t in sections if t.name == "refusals")
    for one, row in zip(history.refusals, table.rows, strict=True):
        _clock, asked, by, why = row.cells
        text = _("refused: {act}, asked for by {who}: {why}").format(act=asked, who=by, why=why)
        yield one.at_s, Told(one.at_s, ("machine",), text)


def _clinical(history: SessionHistory, later: dict[int, list[Told]]) -> Iterator[Placed]:
    """What befell and what was feared, also what was noted by mistake: that is told too."""
    found: list[tuple[int, Document]] = [*history.adverse, *history.expectancies]
    gone = {
        one.of: one.was
        for _seq, one in history.rectified
        if one.stands is None and isinstance(one.was, AdverseEvent | Expectancy)
    }
    for seq, one in (*found, *gone.items()):
        assert isinstance(one, AdverseEvent | Expectancy)
        befell = isinstance(one, AdverseEvent)
        named = _("adverse event") if befell else _("feared outcome")
        if seq in gone:
            named = listed((named, _("noted by mistake")))
        by = history.written_by.get(seq, "")
        text = _colon(named, in_words(one)) + (f" ({by})" if by else "")
        at_s = one.at_s if isinstance(one, AdverseEvent) else None
        of: Correctable | None = "adverse" if befell else "feared"
        yield (
            LAST if at_s is None else at_s,
            Told(
                at_s,
                ("adverse", "correction") if seq in later else ("adverse",),
                text,
                entry=seq,
                of=None if seq in gone else of,
            ),
        )


def _later(history: SessionHistory) -> dict[int, list[Told]]:
    """Later words, by the number of the entry they are about."""
    found: dict[int, list[Told]] = {}
    for line in history.corrections:
        before, after = line.before or DASH, line.after or DASH
        changed = f"{before} → {after}" if line.before != line.after else ""
        text = _said(history, line.seq, _("corrected"), (changed, line.text))
        row = Told(None, ("correction", "rating" if line.of == "rating" else "note"), text)
        found.setdefault(line.corrects, []).append(_below(row))
    for seq, one in history.rectified:
        found.setdefault(one.of, []).append(_below(_rectified(history, seq, one)))
    return found


def _rectified(history: SessionHistory, seq: int, one: Rectification) -> Told:
    before = _("before: {words}").format(words=in_words(one.was))
    name = _("noted by mistake") if one.stands is None else _("later word")
    return Told(None, ("correction", "adverse"), _said(history, seq, name, (one.why, before)))


def _said(history: SessionHistory, seq: int, name: str, parts: Sequence[str]) -> str:
    """Who said it, when, and what."""
    at = history.written_at.get(seq)
    by = history.written_by.get(seq, "")
    told = listed(filter(None, (name, by, "" if at is None else moment(at))))
    return _colon(told, " · ".join(filter(None, parts)))


def _below(row: Told) -> Told:
    return replace(row, later=True)


def _colon(name: str, told: str) -> str:
    """A name and what is told of it, as the language sets a colon; one alone where one is empty."""
    return _("{name}: {told}").format(name=name, told=told) if name and told else name or told
