"""Owns the tables that a session is exported as, each column with what it means.

Times are seconds from the opening of the session. What is missing is None, never a value carried
on. It knows no file format and no database.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import groupby
from operator import itemgetter

from controller.exports import words
from controller.exports.after import COLUMNS, after
from controller.exports.bat import COLUMNS as BAT
from controller.exports.bat import approach_tests
from controller.exports.columns import Cell, Column, Table, figure, joined, seconds, wall
from controller.exports.figures import figures, level_times
from controller.exports.material import Told
from controller.exports.rows import COLUMNS as ROWS
from controller.exports.rows import worked_on
from controller.session.around import as_text, moment
from controller.session.course_measures import belief_change, expected, violation
from controller.session.history import Refusal, SessionHistory
from controller.session.summary import longest_between, peak_floor

PATIENT = Column("patient", "code", "Pseudonym of the patient.")
SESSION = Column("session", "code", "Name of the session.")
KEYS = (PATIENT, SESSION)
"""They come first in every table."""
ONSET = Column("onset_s", "number", "When, from the opening of the session.", "s")
ENTRY = Column("entry", "whole", "Number of the entry in the session's record.", research=False)

_SESSIONS = (
    Column("opened", "moment", "When the session was opened, UTC."),
    Column("closed", "moment", "When the session was closed, UTC; empty while it is open."),
    Column("ending", "code", "How the session ended.", levels=words.ENDINGS),
    Column("whole", "flag", "Closed in order, no news missing, patient's side never restarted."),
    Column("duration_s", "number", "To its closing, or to the last thing known.", "s"),
    Column("simulated", "flag", "The patient was simulated by the software."),
    Column("scenario", "code", "Identifier of the scenario."),
    Column("scenario_version", "code", "Version of the scenario."),
    Column("scenario_sha256", "code", "Hash of the scenario's files; empty when never told."),
    Column("pack", "code", "Pack the scenario comes from; empty where from none."),
    Column("pack_version", "code", "Version of the pack."),
    Column("pack_sha256", "code", "Hash of the pack, which holds that of each of its files."),
    Column("phobia", "code", "Which fear the scenario is made for."),
    Column("scale", "code", "Scale on which distress was asked.", levels=words.SCALES),
    Column("ceiling", "whole", "Highest level allowed, at the end of the session.", "level"),
    Column("prompts", "code", "When ratings fell due.", levels=words.PROMPTS),
    Column("prompt_every_s", "number", "Time between ratings; 0 where none fell due by it.", "s"),
    Column("prompt_window_s", "number", "Length of the window in which to ask.", "s"),
    Column("grace_s", "number", "Hold before the safe place when the console is silent.", "s"),
    Column("limit_s", "number", "Length foreseen for the session; empty where not recorded.", "s"),
    Column("peak_floor", "number", "Least peak for which halving is judged.", "SUDS"),
    Column("longest_between", "number", "Prompt intervals beyond which ratings are not joined."),
    Column("protocol_reviewed", "flag", "A clinician had reviewed the clinic's protocol."),
    Column("clinic_protocol", "code", "Id of the clinic's protocol.", research=False),
    Column("clinic_protocol_version", "code", "Its version.", research=False),
    Column("clinic_protocol_sha256", "code", "Hash of its file.", research=False),
    Column("display", "code", "Where the patient's pictures went.", levels=words.DISPLAYS),
    Column("language", "code", "Language of the console, fr or en.", research=False),
    Column("seed", "whole", "The session's own chance.", research=False),
    Column("entries", "whole", "How many entries its record has.", research=False),
    Column("palier", "code", "Version of the software that led the session."),
    Column("protocol", "whole", "Version of the messages between console and patient's side."),
)
_RATINGS = (
    ENTRY,
    ONSET,
    Column("due_s", "number", "When the rating fell due; empty for one that was not asked.", "s"),
    Column("kind", "code", "Kind of rating.", levels=words.RATINGS),
    Column(
        "suds",
        "whole",
        "Distress, 0 none to 100 worst (Subjective Units of Distress), after corrections; "
        "empty where there was no answer. Never carried on from an earlier rating.",
        "SUDS",
    ),
    Column("first_suds", "whole", "Distress as it was first written.", "SUDS"),
    Column("corrected", "flag", "A later entry corrected the value."),
    Column("scale", "code", "Scale on which it was asked.", levels=words.SCALES),
    Column("raw", "text", "What was typed, as it was typed.", research=False),
    Column("level", "number", "Applied level at that moment, 0 to 10.", "level"),
    Column("trial", "whole", "Number of the trial, 0 outside one."),
    Column("phase", "code", "Where the patient was.", levels=words.PHASES),
    Column("reason", "text", "Why there is no answer.", research=False),
    Column("source", "code", "Who gave it.", levels=words.SOURCES),
)
_LEVELS = (
    ONSET,
    Column(
        "level",
        "number",
        "Applied level, 0 to 10; in between it is the straight line from one row to the next.",
        "level",
    ),
)
_PHASES = (
    ONSET,
    Column("duration_s", "number", "How long the phase lasted.", "s"),
    Column("phase", "code", "Where the patient was.", levels=words.PHASES),
    Column("cause", "code", "The act that led there; empty when it is not known."),
)
_EVENTS = (
    ONSET,
    Column("duration_s", "number", "How long it went on; empty for a moment or when open.", "s"),
    Column("kind", "code", "What sort of thing happened.", levels=words.HAPPENED),
    Column("name", "code", "Which one; see the kinds."),
    Column("outcome", "code", "How an event or a task ended, or why something was refused."),
    Column("text", "text", "What was said of it, as it was recorded.", research=False),
)
_NOTES = (
    ENTRY,
    ONSET,
    Column("text", "text", "The note as it reads now.", research=False),
    Column("first_text", "text", "The note as it was first written.", research=False),
    Column("corrected", "flag", "A later entry corrected the note."),
)
_CORRECTIONS = (
    ENTRY,
    Column(
        "onset_s",
        "number",
        "When, from the opening of the session; empty for one written after its end and for a "
        "later word on an adverse event or on what was feared.",
        "s",
    ),
    Column("corrects", "whole", "Number of the entry that is corrected.", research=False),
    Column(
        "of",
        "code",
        "What is corrected.",
        levels={
            "rating": "a rating",
            "note": "a note",
            **words.SET_RIGHT,
            "other": "another entry",
        },
    ),
    Column("of_s", "number", "When the corrected entry was made.", "s"),
    Column("before", "text", "What held before.", research=False),
    Column("after", "text", "What holds from then on; empty: a mistake.", research=False),
    Column("text", "text", "What was remarked.", research=False),
    Column("written", "moment", "When it was written down, UTC.", research=False),
    Column("by", "text", "Who wrote it down.", research=False),
)
_ADVERSE = (
    ENTRY,
    Column("at_s", "number", "When, from the opening; empty where not known or afterwards.", "s"),
    Column("phase", "code", "Where the patient was then.", levels=words.PHASES),
    Column("level", "number", "Applied level then, 0 to 10; empty outside a trial.", "level"),
    Column("trial", "whole", "Number of the trial then, 0 outside one."),
    Column("type", "code", "Kind of adverse event.", levels=words.ADVERSE),
    Column("severity", "code", "How bad it was.", levels=words.SEVERITIES),
    Column("serious", "flag", "Hospital, injury or danger to life; empty where nobody was asked."),
    Column("related", "code", "Whether it is held to come of the session.", levels=words.RELATED),
    Column("outcome", "code", "What became of it.", levels=words.OUTCOMES),
    Column("description", "text", "What happened.", research=False),
    Column("action", "text", "What was done.", research=False),
    Column("follow_up", "text", "When it is looked at again.", research=False),
    Column("reporter", "text", "Who wrote it down.", research=False),
    Column(
        "minute_before",
        "text",
        "What the record holds of the 60 s before: seconds, kind, what.",
        research=False,
    ),
)
_EXPECTANCIES = (
    ENTRY,
    Column("feared", "text", "The feared outcome, in the patient's words.", research=False),
    Column("about", "code", "What it is about.", levels=words.ABOUT),
    Column("likelihood_before", "whole", "How likely it was held before.", "%"),
    Column("severity_before", "whole", "How bad it would be, 0 to 100, before."),
    Column("occurred", "flag", "Whether it came; empty where nobody said, or it is unclear."),
    Column("unclear", "flag", "It was asked whether it came, and could not be told."),
    Column("likelihood_after", "whole", "How likely it is held after.", "%"),
    Column("surprise", "whole", "Surprise, 0 to 100."),
    Column(
        "violation",
        "number",
        "Expectancy violation: likelihood before - 100 if it came, else - 0; in points.",
    ),
    Column("belief_change", "number", "Likelihood before - likelihood after; in points."),
    Column("test", "text", "What was agreed on.", research=False),
    Column("learned", "text", "What the patient learned.", research=False),
)


def tables(sessions: tuple[Told, ...]) -> tuple[Table, ...]:
    """All tables of some sessions, at least one; each has the rows of all of them."""
    made = (_tables(told) for told in sessions)
    return tuple(joined(same) for same in zip(*made, strict=True))


def _tables(told: Told) -> tuple[Table, ...]:
    h = told.history

    def table(
        name: str, text: str, columns: tuple[Column, ...], rows: list[tuple[Cell, ...]]
    ) -> Table:
        return Table(name, text, columns, tuple(rows))

    bare = (
        table("sessions", "One row for each session.", _SESSIONS, [_session(h)]),
        table("ratings", "Distress ratings, also those not given.", _RATINGS, _ratings(h)),
        table("levels", "The applied level as a line.", _LEVELS, _levels(h)),
        table("phases", "Where the patient was, and for how long.", _PHASES, _phases(h)),
        table("events", "All that happened.", _EVENTS, happened(h)),
        table("notes", "What the therapist wrote.", _NOTES, _notes(h)),
        table("corrections", "Later statements about entries.", _CORRECTIONS, _corrections(h)),
        table("adverse_events", "What befell the patient.", _ADVERSE, _adverse(h)),
        table("expectancies", "What was feared and tested.", _EXPECTANCIES, _expectancies(h)),
        table("after", "Advice on sickness, and what followed the last trial.", COLUMNS, after(h)),
        table("rows", "Rows of the hierarchy worked on.", ROWS, worked_on(h, told.summary)),
        table("bat", "Steps of behavioural approach tests.", BAT, approach_tests(h)),
        figures(told),
        level_times(told),
    )
    return tuple(_keyed(one, h) for one in bare)


def _keyed(table: Table, h: SessionHistory) -> Table:
    rows = tuple((h.header.pseudonym, h.header.session, *row) for row in table.rows)
    return replace(table, columns=KEYS + table.columns, rows=rows)


def _session(h: SessionHistory) -> tuple[Cell, ...]:
    head, applied = h.header, h.header.clinic_protocol
    return (
        wall(head.opened),
        None if head.closed is None else wall(head.closed),
        h.ending,
        h.whole,
        seconds(h.duration_s),
        head.simulated,
        head.scenario.id,
        head.scenario.version,
        head.scenario_sha256,
        None if head.pack is None else head.pack.name,
        None if head.pack is None else head.pack.version,
        None if head.pack is None else head.pack.sha256,
        head.scenario.phobia,
        head.scale,
        head.ceiling,
        head.prompt_mode,
        head.prompt_every_s,
        head.prompt_window_s,
        head.grace_s,
        None if applied is None else applied.limit_s,
        peak_floor(h),
        longest_between(h),
        applied is not None and applied.reviewed is not None,
        None if applied is None else applied.id,
        None if applied is None else applied.version,
        None if applied is None else applied.sha256,
        head.display,
        head.language,
        head.seed,
        h.entries,
        head.palier,
        head.protocol,
    )


def _ratings(h: SessionHistory) -> list[tuple[Cell, ...]]:
    return [
        (
            r.seq,
            seconds(r.at_s),
            seconds(r.due_s),
            r.kind,
            r.suds,
            r.first,
            r.corrected,
            r.scale,
            r.raw,
            figure(r.level),
            r.trial,
            r.phase,
            r.reason,
            r.source,
        )
        for r in h.ratings
    ]


def _levels(h: SessionHistory) -> list[tuple[Cell, ...]]:
    points = [(seconds(at_s), figure(level)) for at_s, level in h.levels]
    # Where nothing moved, the same point is told twice.
    return [point for point, _same in groupby(points)]


def _phases(h: SessionHistory) -> list[tuple[Cell, ...]]:
    return [
        (seconds(b.from_s), seconds(b.to_s - b.from_s), b.phase.value, b.cause) for b in h.bands
    ]


def happened(h: SessionHistory) -> list[tuple[Cell, ...]]:
    """(onset, duration, kind, name, outcome, text) of all that happened, in order of time."""

    def lasted(from_s: float, to_s: float | None) -> float | None:
        return None if to_s is None else seconds(to_s - from_s)

    rows: list[tuple[float, tuple[Cell, ...]]] = [
        *(
            (e.started_s, (lasted(e.started_s, e.ended_s), "event", e.name, e.how, ""))
            for e in h.events
        ),
        *((t.given_s, (lasted(t.given_s, t.ended_s), "task", t.name, t.how, "")) for t in h.tasks),
        *(
            (s.offered_s, (lasted(s.offered_s, s.ended_s), "bat", str(s.number), s.outcome, ""))
            for bat in h.bats
            for s in bat.tried
        ),
        *((at_s, (None, "paced", p.what, "", f"{p.minutes:g} min")) for at_s, p in h.paced),
        *(
            (at_s, (None, "safety_behaviour", "", "used" if s.used else "dropped", s.name))
            for at_s, s in h.safety
        ),
        *((at_s, (None, "row", f"{row.level}", "", row.item)) for at_s, row in h.rows),
        *((at_s, (None, "mark", "", "", text)) for at_s, text in h.marks),
        *((at_s, (None, "text", "", "", text)) for at_s, text in h.texts),
        *(
            (r.at_s, (seconds(r.heard_s), "recorded_line", r.name, r.how, r.words))
            for r in h.recorded
        ),
        *((i.at_s, (None, "incident", i.kind, "", i.text)) for i in h.incidents),
        *((r.at_s, (None, "at_rest", r.kind, "", r.text)) for r in h.at_rest),
        *((r.at_s, (None, "refusal", r.act, r.code, _by_whom(r))) for r in h.refusals),
        *((x.from_s, (lasted(x.from_s, x.to_s), "link", x.state, "", "")) for x in h.link_losses),
        *(
            (m.at_s, (None, "missing_news", "", "", f"{m.after + 1} to {m.until}"))
            for m in h.missing_news
        ),
    ]
    return [(seconds(at_s), *rest) for at_s, rest in sorted(rows, key=itemgetter(0))]


def _by_whom(refusal: Refusal) -> str:
    return refusal.by if refusal.times == 1 else f"{refusal.by} ({refusal.times} times)"


def _notes(h: SessionHistory) -> list[tuple[Cell, ...]]:
    return [(n.seq, seconds(n.at_s), n.text, n.first, n.corrected) for n in h.notes]


def _adverse(h: SessionHistory) -> list[tuple[Cell, ...]]:
    return [
        (
            seq,
            seconds(one.at_s),
            *stood(h, one.at_s),
            one.type,
            one.severity,
            one.serious,
            one.related,
            one.outcome,
            one.description,
            one.action,
            one.follow_up,
            h.written_by.get(seq, ""),
            "" if one.at_s is None else as_text(moment(h, one.at_s)),
        )
        for seq, one in h.adverse
    ]


def stood(h: SessionHistory, at_s: float | None) -> tuple[Cell, Cell, Cell]:
    """Phase, applied level (0 to 10, in a trial alone) and number of the trial at a moment."""
    if at_s is None:
        return None, None, None
    then = moment(h, at_s)
    level = figure(then.level) if then.trial else None
    return None if then.phase is None else then.phase.value, level, then.trial


def _expectancies(h: SessionHistory) -> list[tuple[Cell, ...]]:
    return [
        (
            seq,
            one.feared,
            one.about,
            one.likelihood_before,
            one.severity_before,
            one.occurred,
            one.unclear,
            one.likelihood_after,
            one.surprise,
            violation(of := expected(one)),
            belief_change(of),
            one.test,
            one.learned,
        )
        for seq, one in h.expectancies
    ]


def _corrections(h: SessionHistory) -> list[tuple[Cell, ...]]:
    return [
        (
            c.seq,
            seconds(c.at_s),
            c.corrects,
            c.of,
            seconds(c.of_s),
            c.before,
            c.after,
            c.text,
            *_written(h, c.seq),
        )
        for c in h.corrections
    ] + [
        (
            seq,
            None,
            said.of,
            said.was.kind,
            None,
            said.was.model_dump_json(exclude_defaults=True),
            "" if said.stands is None else said.stands.model_dump_json(exclude_defaults=True),
            said.why,
            *_written(h, seq),
        )
        for seq, said in h.rectified
    ]


def _written(h: SessionHistory, seq: int) -> tuple[Cell, Cell]:
    at = h.written_at.get(seq)
    return None if at is None else wall(at), h.written_by.get(seq, "")
