"""Owns which report of a session is made for whom; knows neither database nor screen."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from controller.report.document import Audience, Report
from controller.report.markup import html
from controller.report.patient_copy import patients_copy
from controller.report.session_report import clinicians_report, supervisors_report
from controller.session.history import SessionHistory

_MADE: Mapping[Audience, Callable[[SessionHistory, str | None], Report]] = {
    "clinician": clinicians_report,
    "patient": patients_copy,
    "supervision": supervisors_report,
}


def session_report(history: SessionHistory, head: str | None, audience: Audience) -> Report:
    """The report of a session, in the language spoken now.

    Args:
        history: the session.
        head: the ledger's newest head, as the record prints it; None when there is none yet.
        audience: for whom it is made.
    """
    return _MADE[audience](history, head)


def page(history: SessionHistory, head: str | None, audience: Audience = "clinician") -> str:
    """The same as HTML."""
    return html(session_report(history, head, audience))
