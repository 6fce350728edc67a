"""Owns the table of reports on a session's time and breaks; knows no page and judges nothing."""

from __future__ import annotations

from controller.language import _
from controller.report.document import Column, Footnote, Row, Section
from controller.report.wording import clock
from controller.session.history import SessionHistory
from controller.session.pacing.words import told


def pace(history: SessionHistory) -> Section:
    """What was said of time and breaks, and the breaks that were taken."""
    columns = (Column(_("At"), True), Column(_("What")))
    rows = tuple(Row((clock(at_s), told(said))) for at_s, said in history.paced)
    note = _(
        "Exposure: time in the scene, holds included, since the last break ended. Nothing of it is "
        "enforced: what was said is advice of the protocol, and the therapist decides."
    )
    return Section("pace", _("Time and breaks"), columns, rows, (Footnote(note),))
