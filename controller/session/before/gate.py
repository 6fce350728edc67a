"""Owns what is missing before a session is opened and before its first trial, as pure functions.

Whatever leads out of a scene, stays outside it or makes it easier is never asked about here. It
knows neither record nor screen: what holds is handed to it.
"""

from __future__ import annotations

from typing import get_args

from controller.language import _
from controller.protocol.model import Screening
from controller.session.before.entries import REHEARSED, Check, OpenedOn
from controller.session.before.so_far import BeforeTrial, Missing
from controller.session.before.words import CHECKS
from controller.session.now import PatientCard


def to_open(screening: Screening, patient: PatientCard) -> tuple[Missing, ...]:
    """What is missing before a session with this patient is opened; empty where nothing is.

    Consent to exposure can never be gone ahead without. Whoever consents for a minor is a guardian,
    whatever became of a yes in the screening.
    """
    found = list(of_consent(patient))
    screened = patient.screened
    if screened is None:
        found.append(Missing("screening", _("The screening was not answered.")))
    elif not screened.of(screening):
        text = _("The protocol's screening has changed since it was answered: ask it anew.")
        found.append(Missing("screening", text))
    elif screened.open:
        text = _("The screening has a yes that is neither cleared nor overridden ({n}).")
        found.append(Missing("screening", text.format(n=len(screened.open))))
    return tuple(found)


def of_consent(patient: PatientCard) -> tuple[Missing, ...]:
    """Whether the consent to exposure is missing, which no trial is begun without."""
    if patient.consent("session") is None and not patient.needs_guardian:
        return (Missing("consent", _("Consent to exposure is not noted.")),)
    return of_a_minor(patient)


def of_a_minor(patient: PatientCard) -> tuple[Missing, ...]:
    """Whether a minor's consent to exposure is not the guardian's; empty for whoever is of age.

    A guardian's is never noted without the minor's own assent (`keeping.ConsentGiven`).
    """
    consent = patient.consent("session")
    if not patient.needs_guardian or (consent is not None and consent.by == "guardian"):
        return ()
    if patient.minor:
        text = _(
            "A minor by their settings: note the guardian's consent, with the minor's own assent, "
            "in Consent to exposure."
        )
    else:
        text = _(
            "A minor by the screening: note the guardian's consent, with the minor's own assent, "
            "in Consent to exposure."
        )
    return (Missing("consent", text),)


def opened_on(patient: PatientCard) -> OpenedOn | None:
    """What a session with this patient is opened on, for its first entry."""
    consent, screened = patient.consent("session"), patient.screened
    if consent is None or screened is None:
        return None
    return OpenedOn(
        screened=screened.at,
        protocol=screened.said.protocol,
        version=screened.said.version,
        yes=screened.yes,
        consent=consent.version,
        by=consent.by,
    )


def to_begin(so_far: BeforeTrial) -> tuple[Missing, ...]:
    """What is missing before the first trial of a session; empty where nothing is."""
    found = []
    if so_far.today is None:
        found.append(Missing("today", _("How the patient is today was not asked.")))
    for check in get_args(Check):
        if not is_settled(so_far, check):
            text = _("Not checked: {what}.").format(what=_(CHECKS[check]))
            found.append(Missing(check, text))
    return tuple(found)


def is_settled(so_far: BeforeTrial, check: Check) -> bool:
    """Whether this was done, rehearsed, or left out for a reason."""
    said = so_far.checks.get(check)
    if check in so_far.rehearsed:
        return True
    return said is not None and (not said.done or check not in REHEARSED)


def in_one(missing: tuple[Missing, ...]) -> str:
    """What is missing in one sentence, and how much more; empty where nothing is."""
    if not missing:
        return ""
    if len(missing) == 1:
        return missing[0].text
    return _("{first} ({n} more)").format(first=missing[0].text, n=len(missing) - 1)
