"""Owns what followed the last trial, told as it happened; knows no page and judges nothing.

The report tells each part as it was said last. Here every word that was said can be read, with who
said it: one that takes the place of another is told below that.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from controller.language import _, listed
from controller.protocol.chapters import ADVICE
from controller.report.after_table import rows_of
from controller.report.wording import clock
from controller.session.after.entries import (
    Debriefed,
    HomeworkGiven,
    NoteDrafted,
    NoteValidated,
    Released,
    SicknessAdvised,
)
from controller.session.after.words import ANSWERS
from controller.session.history import AfterLine, SessionHistory
from controller.session.reviewed import Kind, Told

_SAID_ANEW = Debriefed, HomeworkGiven, Released
"""What holds as it was said last: said again, it is a later word on the first time."""


def told_after(history: SessionHistory) -> Iterator[tuple[float, Told]]:
    """(second at which it stands, row) of every word; later ones stand with what they are about.

    A draft that the next word on the note goes on with is read there whole, and told there alone.
    """
    lines = [line for line in history.after if not _goes_on(history.after, line)]
    first = _firsts(lines)
    for line in lines:
        if first[line.seq] != line.seq:
            continue
        later = [one for one in lines if one is not line and first[one.seq] == line.seq]
        for text in _texts(history, line):
            kinds: tuple[Kind, ...] = ("around", "correction") if later else ("around",)
            yield line.at_s, Told(line.at_s, kinds, text)
        for one in later:
            text = _later(history, one)
            yield line.at_s, Told(None, ("correction", "around"), text, later=True)


def _goes_on(lines: tuple[AfterLine, ...], line: AfterLine) -> bool:
    """Whether it is a draft whose words all stand in the next word on the note."""
    if not isinstance(line.said, NoteDrafted):
        return False
    said = (one.said for one in lines if one.seq > line.seq)
    following = next((one for one in said if isinstance(one, NoteDrafted | NoteValidated)), None)
    return following is not None and line.said.text.strip() in following.text


def _firsts(lines: list[AfterLine]) -> Mapping[int, int]:
    """For each entry the one that it is a later word on, or itself."""
    first: dict[int, int] = {}
    of_kind: dict[type, int] = {}
    for line in lines:
        said = line.said
        if isinstance(said, NoteValidated) and said.corrects is not None:
            first[line.seq] = first.get(said.corrects, line.seq)
        elif isinstance(said, _SAID_ANEW):
            first[line.seq] = of_kind.setdefault(type(said), line.seq)
        else:
            first[line.seq] = line.seq
    return first


def _texts(history: SessionHistory, line: AfterLine) -> list[str]:
    """What was said, in as many rows as the report has, each with who said it."""
    by = history.written_by.get(line.seq, "")
    return [_colon(name, told) + (f" ({by})" if by else "") for name, told in _words(history, line)]


def _later(history: SessionHistory, line: AfterLine) -> str:
    """A later word in one row: what it is, who said it and when, and what was said."""
    words = _words(history, line)
    title, by = words[0][0], history.written_by.get(line.seq, "")
    # A note that was validated again says so by its own name.
    name = title if isinstance(line.said, NoteValidated) else listed((_("later word"), title))
    head = listed(filter(None, (name, by, clock(line.at_s))))
    return _colon(head, " · ".join(told for _name, told in words))


def _words(history: SessionHistory, line: AfterLine) -> list[tuple[str, str]]:
    """Name and words, as the report has them."""
    if isinstance(line.said, SicknessAdvised):
        said = line.said
        told = _("Sickness {rated}: {advice}; {answer}").format(
            rated=said.rated, advice=_(ADVICE[said.advice]), answer=_(ANSWERS[said.answer])
        )
        return [("", told)]
    return [(row.cells[1], row.cells[2]) for row in rows_of(history, line)]


def _colon(name: str, told: str) -> str:
    return _("{name}: {told}").format(name=name, told=told) if name else told
