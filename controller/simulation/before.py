"""Owns how a simulated patient passes what is asked before exposure: said as what it is.

It goes through the same acts as everybody, and nothing is told of a person who is not there: checks
of a room, a seat or a press that nobody can make are left out, with that as the reason.
"""

from __future__ import annotations

from typing import get_args

from controller.clinic_files.parts import Words
from controller.language import _
from controller.session.before.entries import Check, ScreeningAnswer
from controller.session.before.leading import Before
from controller.session.before.words import TODAY
from controller.session.now import Outcome
from controller.simulation.failed import ScriptFailed


async def prepare(before: Before, patient_id: str) -> None:
    """Screening and consent of a simulated patient. Raises `ScriptFailed`."""
    if before.screening is None:
        return
    answers = [
        ScreeningAnswer(item=one.id, asked=Words(en=one.en, fr=one.fr), yes=False)
        for one in before.screening.items
    ]
    _must(await before.answer_screening(patient_id, answers))
    version = _("simulated patient")
    _must(
        await before.consent(
            patient_id, "session", version, by="patient", assent=False, signed=False
        )
    )


async def preflight(before: Before) -> None:
    """Today's state and the checks of a session with a simulated patient. Raises `ScriptFailed`."""
    if before.seen() is None:
        return
    _must(await before.answer_today([(item, False, "") for item in TODAY]))
    for check in get_args(Check):
        _must(await before.check(check, _("a simulated patient: nobody is there")))


def _must(outcome: Outcome) -> None:
    if not outcome.ok:
        raise ScriptFailed(outcome.text)
