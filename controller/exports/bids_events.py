"""Owns the one table of events of a session that BIDS asks for: all that has an onset, in order.

It knows no file format.
"""

from __future__ import annotations

from datetime import datetime

from controller.exports import words
from controller.exports.columns import Cell, Column, Table, figure, seconds
from controller.exports.material import Told
from controller.exports.tables import happened, stood

_TYPES = {
    "rating": "distress was asked or told",
    "phase": "the patient was in one phase",
    "trial": "one exposure trial; level is the one at which it was begun",
    "level": "a whole level was reached",
    "note": "the therapist wrote a note",
    "correction": "an earlier entry was corrected; name is what kind of entry",
    "adverse_event": "something untoward befell the patient; name is its kind, outcome what became "
    "of it, text what happened, in the words that hold now",
    "expectancy": "what was feared was written down; name is what it is about, outcome whether it "
    "came (yes, no, n/a where nobody said), text the feared outcome, in the words that hold now",
    "rectification": "a later word on an adverse event or on what was feared; name is which of the "
    "two, outcome is rectified, or mistaken where it holds no more; text is why",
    **words.HAPPENED,
}
_ONSETS = {
    "happened": "when it happened",
    "written": "when it was written down; the session may have been over",
}
COLUMNS = (
    Column("onset", "number", "When it began, from the opening of the session.", "s"),
    Column("duration", "number", "How long it went on; 0 for a moment, n/a when unknown.", "s"),
    Column("trial_type", "code", "What sort of thing it is.", levels=_TYPES),
    Column("rating", "code", "For a rating: its kind.", levels=words.RATINGS),
    Column(
        "suds",
        "whole",
        "For a rating: distress, 0 none to 100 worst, after corrections; n/a where there was no "
        "answer.",
        "SUDS",
    ),
    Column("first_suds", "whole", "For a rating: distress as it was first written.", "SUDS"),
    Column("source", "code", "For a rating: who gave it.", levels=words.SOURCES),
    Column("level", "number", "Level, 0 to 10: applied then, reached, or begun at.", "level"),
    Column("trial", "whole", "Number of the trial; 0 for a rating outside one."),
    Column("phase", "code", "Where the patient was.", levels=words.PHASES),
    Column("name", "code", "Which one of its sort; see trial_type."),
    Column("outcome", "code", "How it ended, what led to it, or why it was refused."),
    Column("text", "text", "Words that belong to it."),
    Column(
        "onset_is",
        "code",
        "For corrections, adverse events, what was feared, and later words: what the onset is.",
        levels=_ONSETS,
    ),
    Column("by", "text", "For the same: who wrote it down, and who set it right."),
    Column("likelihood_before", "whole", "For what was feared: held how likely before.", "%"),
    Column("likelihood_after", "whole", "For what was feared: held how likely after.", "%"),
)
_CAME = {True: "yes", False: "no", None: None}
_MOMENTS = (
    *("mark", "text", "incident", "at_rest", "refusal", "missing_news"),
    *("paced", "safety_behaviour", "row"),
)


def events(told: Told) -> Table:
    """All events of a session."""
    h = told.history
    rows: list[tuple[Cell, ...]] = []
    opened = datetime.fromisoformat(h.header.opened)
    # A wall clock may have been set back since; no event begins before the session.
    written = {
        act.seq: max(0.0, (datetime.fromisoformat(act.wall) - opened).total_seconds())
        for act in told.acts
    }

    def add(at_s: float, lasted: Cell, kind: str, **more: Cell) -> None:
        first = {"onset": seconds(at_s), "duration": lasted, "trial_type": kind}
        row = first | more
        rows.append(tuple(row.get(column.name) for column in COLUMNS))

    for b in h.bands:
        add(b.from_s, seconds(b.to_s - b.from_s), "phase", phase=b.phase.value, outcome=b.cause)
    for t in h.trials:
        lasted = seconds(t.interval.length_s)
        add(t.opened_s, lasted, "trial", level=t.asked, trial=t.number, outcome=t.cause)
        for at_s, reached in t.path:
            add(at_s, 0, "level", level=reached, trial=t.number)
    for r in h.ratings:
        add(
            r.at_s,
            0,
            "rating",
            rating=r.kind,
            suds=r.suds,
            first_suds=r.first,
            source=r.source,
            level=figure(r.level),
            trial=r.trial,
            phase=r.phase,
            text=r.reason,
        )
    for n in h.notes:
        add(n.at_s, 0, "note", text=n.text)
    for c in h.corrections:
        add(
            written[c.seq] if c.at_s is None else c.at_s,
            0,
            "correction",
            name=c.of,
            text=c.text,
            onset_is="written",
            by=h.written_by.get(c.seq),
        )
    for seq, one in h.adverse:
        phase, level, trial = stood(h, one.at_s)
        add(
            written[seq] if one.at_s is None else one.at_s,
            0,
            "adverse_event",
            level=level,
            trial=trial,
            phase=phase,
            name=one.type,
            outcome=one.outcome,
            text=one.description,
            onset_is="written" if one.at_s is None else "happened",
            by=h.written_by.get(seq),
        )
    for seq, feared in h.expectancies:
        add(
            written[seq],
            0,
            "expectancy",
            name=feared.about,
            outcome="unclear" if feared.unclear else _CAME[feared.occurred],
            text=feared.feared,
            onset_is="written",
            by=h.written_by.get(seq),
            likelihood_before=feared.likelihood_before,
            likelihood_after=feared.likelihood_after,
        )
    for seq, said in h.rectified:
        add(
            written[seq],
            0,
            "rectification",
            name=said.was.kind,
            outcome="mistaken" if said.stands is None else "rectified",
            text=said.why,
            onset_is="written",
            by=h.written_by.get(seq),
        )
    for at, lasted_s, kind, name, outcome, text in happened(h):
        assert isinstance(at, float) and isinstance(kind, str)
        length = 0 if kind in _MOMENTS else lasted_s
        add(at, length, kind, name=name, outcome=outcome, text=text)
    return Table("events", "All events.", COLUMNS, tuple(sorted(rows, key=_onset)))


def _onset(row: tuple[Cell, ...]) -> float:
    onset = row[0]
    assert isinstance(onset, float)
    return onset
