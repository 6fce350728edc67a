"""Owns the table of reports on recorded lines that the patient heard; knows no page."""

from __future__ import annotations

from controller.language import _, listed
from controller.recorded.model import GLYPH
from controller.report.document import Column, Footnote, Row, Section
from controller.report.wording import clock, length
from controller.session.history import HeardLine, SessionHistory
from controller.session.recorded.words import HOW


def recorded_lines(history: SessionHistory) -> Section:
    """Each line that the therapist played, for how long it was heard, and how it ended."""
    columns = (
        Column(_("At"), True),
        Column(_("Recorded line")),
        Column(_("Name")),
        Column(_("Heard for"), True),
        Column(_("How it ended")),
    )
    rows = tuple(
        Row((clock(one.at_s), one.words, one.name, length(one.heard_s), _how(one)))
        for one in history.recorded
    )
    note = _(
        "Played by the therapist; heard as the patient's side told it. The words are those that "
        "the clinic wrote down with the recording; the sound itself is not in the record."
    )
    return Section("recorded", _("Recorded lines"), columns, rows, (Footnote(note),))


def _how(one: HeardLine) -> str:
    return _("its end is not known") if one.how is None else _(HOW[one.how])


def retold_line(one: HeardLine) -> str:
    """The same as one row in the order of time."""
    told = _("{glyph} recorded line heard: {words}").format(glyph=GLYPH, words=one.words)
    heard = "" if one.heard_s is None else length(one.heard_s)
    return listed(filter(None, (told, heard, _how(one))))
