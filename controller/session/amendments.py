"""Owns what corrections do to what is read: the first word stays, the last word holds.

It knows neither database nor screen.
"""

from __future__ import annotations

from collections.abc import Sequence

from controller.session.documents import Correction, Entry, Note, Rating
from controller.session.history import CorrectionLine, NoteLine, RatingLine


def _by_target(corrections: Sequence[Entry]) -> dict[int, list[Correction]]:
    """The corrections of each entry, in order; one of a correction is one of the entry itself."""
    target = {e.seq: e.data.corrects for e in corrections if isinstance(e.data, Correction)}
    found: dict[int, list[Correction]] = {}
    for entry in corrections:
        if isinstance(entry.data, Correction):
            found.setdefault(_root(entry.seq, target), []).append(entry.data)
    return found


def _root(seq: int, target: dict[int, int]) -> int:
    """The entry that is meant in the end. A correction can only name an earlier entry."""
    while seq in target and target[seq] < seq:
        seq = target[seq]
    return seq


def amended_ratings(
    ratings: Sequence[tuple[Entry, float, float | None]], corrections: Sequence[Entry]
) -> tuple[RatingLine, ...]:
    """The ratings as they hold now, in order of time.

    Args:
        ratings: (entry, second of the answer, second it fell due).
        corrections: all corrections of the session, in order.
    """
    amended = _by_target(corrections)
    lines = []
    for entry, at_s, due_s in ratings:
        rating = entry.data
        assert isinstance(rating, Rating)
        values = [c.suds for c in amended.get(entry.seq, []) if c.suds is not None]
        lines.append(
            RatingLine(
                seq=entry.seq,
                at_s=at_s,
                tick=rating.tick,
                kind=rating.rating,
                suds=values[-1] if values else rating.suds,
                first=rating.suds,
                corrected=bool(values),
                raw=rating.raw,
                scale=rating.scale,
                level=rating.level,
                trial=rating.trial,
                phase=rating.phase,
                due_s=due_s,
                reason=rating.reason,
                source=rating.source,
            )
        )
    return tuple(sorted(lines, key=lambda line: (line.at_s, line.seq)))


def amended_notes(
    notes: Sequence[tuple[Entry, float]], corrections: Sequence[Entry]
) -> tuple[NoteLine, ...]:
    """The notes as they read now, in order of time."""
    amended = _by_target(corrections)
    lines = []
    for entry, at_s in notes:
        note = entry.data
        assert isinstance(note, Note)
        texts = [c.text for c in amended.get(entry.seq, []) if c.text]
        now = texts[-1] if texts else note.text
        lines.append(NoteLine(entry.seq, at_s, now, note.text, bool(texts)))
    return tuple(sorted(lines, key=lambda line: (line.at_s, line.seq)))


def correction_lines(
    corrections: Sequence[tuple[Entry, float | None]],
    ratings: Sequence[RatingLine],
    notes: Sequence[NoteLine],
) -> tuple[CorrectionLine, ...]:
    """Each correction with what it found and what it left, in order."""
    target = {e.seq: e.data.corrects for e, _s in corrections if isinstance(e.data, Correction)}
    rated = {line.seq: line for line in ratings}
    noted = {line.seq: line for line in notes}
    standing = {seq: "" if line.first is None else str(line.first) for seq, line in rated.items()}
    standing |= {seq: line.first for seq, line in noted.items()}
    lines = []
    for entry, at_s in corrections:
        data = entry.data
        assert isinstance(data, Correction)
        root = _root(entry.seq, target)
        before = after = standing.get(root, "")
        text = data.text
        if root in rated and data.suds is not None:
            after = str(data.suds)
        elif root in noted and data.text:
            after, text = data.text, ""
        standing[root] = after
        found = rated.get(root) or noted.get(root)
        lines.append(
            CorrectionLine(
                seq=entry.seq,
                at_s=at_s,
                corrects=root,
                of="rating" if root in rated else "note" if root in noted else "other",
                of_s=None if found is None else found.at_s,
                before=before,
                after=after,
                text=text,
            )
        )
    return tuple(lines)
