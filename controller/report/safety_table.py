"""Owns the table of reports on safety behaviours; knows no page and judges nothing."""

from __future__ import annotations

from controller.language import _
from controller.report.document import Column, Footnote, Row, Section
from controller.report.wording import clock
from controller.session.history import SessionHistory
from controller.session.safety.words import state


def safety_behaviours(history: SessionHistory) -> Section:
    """Each change that the therapist noted, with its moment."""
    columns = (Column(_("At"), True), Column(_("Safety behaviour")), Column(_("Noted as")))
    rows = tuple(Row((clock(at_s), said.shown, state(said.used))) for at_s, said in history.safety)
    note = _(
        "As the therapist saw and noted it, at the moment of noting; what was not noted is not "
        "known. Nothing of it is enforced."
    )
    return Section("safety", _("Safety behaviours"), columns, rows, (Footnote(note),))
