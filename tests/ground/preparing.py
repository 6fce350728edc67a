"""What is asked and checked before exposure, answered as a clinic would, for tests."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from loopback import Pair

from controller.clinic_files.parts import Words
from controller.protocol.reading import shipped
from controller.session.before.entries import Dealt, ScreeningAnswer, ScreeningAnswered
from controller.session.before.leading import Before, answered
from controller.session.before.screened import Screened
from controller.session.before.words import TODAY
from controller.session.clinic import Clinic, clinic_by
from controller.session.conductor import Conductor
from controller.session.keeping import ConsentTo
from controller.session.now import Consented, Outcome, PatientCard

SCREENING = shipped().protocol.screening
ALL_WELL = tuple((item, False, "") for item in TODAY)
"""Nothing about today is a yes."""


def asking(countdown_s: int = 0) -> Clinic:
    """A clinic whose protocol asks what the one that ships asks."""
    return replace(clinic_by(shipped()), countdown_s=countdown_s, screening=SCREENING)


def answers(
    dealt: dict[str, tuple[Dealt, str]] | None = None,
) -> tuple[ScreeningAnswer, ...]:
    """All questions answered by no, but for those of `dealt`."""
    given = {} if dealt is None else dealt
    found = []
    for one in SCREENING.items:
        how, why = given.get(one.id, (None, ""))
        asked = Words(en=one.en, fr=one.fr)
        found.append(
            ScreeningAnswer(item=one.id, asked=asked, yes=how is not None, dealt=how, why=why)
        )
    return tuple(found)


async def consent(before: Before, patient: str, to: ConsentTo = "session") -> Outcome:
    """The patient consents to exposure, or to something else, signed."""
    return await before.consent(patient, to, "2026-11", by="patient", assent=False, signed=True)


async def prepare(lead: Conductor, patient: str) -> None:
    """Screening and consent, so that a session may be opened."""
    assert (await lead.before.answer_screening(patient, answers())).ok
    assert (await consent(lead.before, patient)).ok


async def preflight(lead: Conductor) -> None:
    """Today and all checks; ways out are left out for a reason."""
    assert (await lead.before.answer_today(ALL_WELL)).ok
    for check in ("display", "sound", "space", "seat", "stop_signal"):
        why = "no device in a test" if check == "sound" else ""
        assert (await lead.before.check(check, why)).ok
    for way in ("way_out_patient", "way_out_therapist"):
        assert (await lead.before.check(way, "tried in the session before")).ok


WHEN = "2026-11-30T09:00:00.000000Z"
SIGNED = Consented("session", "1", "patient", WHEN)


def card(**more: Any) -> PatientCard:
    return replace(PatientCard("p", "P-01", 8, "0-100", 0, None), **more)


def screened(**dealt: Any) -> Screened:
    said = answered(asking(), "p", answers(dealt))
    assert isinstance(said, ScreeningAnswered)
    return Screened(WHEN, said)


async def ready(pair: Pair) -> str:
    """A patient who has been added; gives the id."""
    await pair.pass_s(1.4)
    assert (await pair.conductor.add_patient("P-01", 8, "0-100")).ok
    return pair.conductor.patients()[0].id
