"""A minor is exposed with the guardian's consent and their own assent, however it is known."""

from __future__ import annotations

from dataclasses import replace

import pytest
from loopback import paired
from preparing import (
    SCREENING,
    SIGNED,
    answers,
    asking,
    card,
    consent,
    preflight,
    prepare,
    ready,
    screened,
)

from controller.session.before import gate


@pytest.mark.parametrize("item", ["minor", "under_13"])
@pytest.mark.parametrize("dealt", ["cleared", "overridden"])
def test_a_yes_to_minor_needs_the_guardian_whatever_clearance_was_given(
    item: str, dealt: str
) -> None:
    minor = card(consents=(SIGNED,), screened=screened(**{item: (dealt, "Dr Example, 3 March")}))
    (found,) = gate.to_open(SCREENING, minor)
    assert found.what == "consent"
    for said in ("by the screening", "guardian", "assent", "Consent to exposure"):
        assert said in found.text
    guardian = replace(SIGNED, by="guardian")
    assert gate.to_open(SCREENING, replace(minor, consents=(guardian,))) == ()


@pytest.mark.parametrize("says", ["screening", "settings"])
async def test_no_session_opens_on_a_minors_own_consent_however_it_is_known(says: str) -> None:
    async with paired(asking()) as pair:
        lead, patient = pair.conductor, await ready(pair)
        # The patient consents before anybody has said that they are a minor.
        assert (await consent(lead.before, patient)).ok
        yes = {"minor": ("cleared", "the family knows")} if says == "screening" else None
        assert (await lead.before.answer_screening(patient, answers(yes))).ok
        if says == "settings":
            assert (await lead.before.set_patient(patient, minor=True)).ok
        refused = await lead.open_session(patient, "test.yard", seed=3)
        assert not refused.ok and says in refused.text and "guardian" in refused.text
        assert "session_opened" not in pair.record.kinds()
        assert not (await consent(lead.before, patient)).ok, "nor is it noted once more"
        noted = await lead.before.consent(
            patient, "session", "2026-11", by="guardian", assent=True, signed=True
        )
        assert noted.ok
        assert (await lead.open_session(patient, "test.yard", seed=3)).ok


async def test_nothing_begins_once_the_screening_says_minor_and_the_patient_consented_alone() -> (
    None
):
    async with paired(asking()) as pair:
        lead, patient = pair.conductor, await ready(pair)
        await prepare(lead, patient)
        assert (await lead.open_session(patient, "test.yard", seed=3)).ok
        await pair.pass_s(1.2)
        await preflight(lead)
        told = {"minor": ("overridden", "noticed late")}
        assert (await lead.before.answer_screening(patient, answers(told))).ok
        refused = await lead.arm_trial(1)
        assert not refused.ok and "guardian" in refused.text
        assert (await lead.safe_place()).ok


async def test_without_a_protocol_too_a_minors_own_consent_opens_nothing() -> None:
    async with paired() as pair:
        lead, patient = pair.conductor, await ready(pair)
        assert (await consent(lead.before, patient)).ok
        assert (await lead.before.set_patient(patient, minor=True)).ok
        refused = await lead.open_session(patient, "test.yard", seed=3)
        assert not refused.ok and "guardian" in refused.text
