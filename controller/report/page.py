"""Owns which report of a session is made for whom; knows neither database nor screen."""

from __future__ import annotations

from collections.abc import Sequence

from controller.report.document import Audience, Report
from controller.report.markup import html
from controller.report.patient_copy import patients_copy
from controller.report.session_report import clinicians_report, supervisors_report
from controller.session.answered import Answered
from controller.session.history import SessionHistory


def session_report(
    history: SessionHistory,
    head: str | None,
    audience: Audience,
    answers: Sequence[Answered] = (),
) -> Report:
    """The report of a session, in the language spoken now.

    Args:
        history: the session.
        head: the ledger's newest head, as the record prints it; None when there is none yet.
        audience: for whom it is made.
        answers: the questionnaires of this session; they are not in the patient's copy.
    """
    if audience == "patient":
        return patients_copy(history, head)
    if audience == "supervision":
        return supervisors_report(history, head, answers)
    return clinicians_report(history, head, answers)


def page(
    history: SessionHistory,
    head: str | None,
    audience: Audience = "clinician",
    answers: Sequence[Answered] = (),
) -> str:
    """The same as HTML."""
    return html(session_report(history, head, audience, answers))
