"""Owns what may be entered about a patient's data, and why something is refused.

It knows neither options nor a database: what stands now is handed to it, and it gives the entry.
"""

from __future__ import annotations

from collections.abc import Collection

from pydantic import ValidationError

from controller import typed
from controller.language import _
from controller.session.documents import PatientChanged
from controller.session.keeping import (
    ConsentGiven,
    Consenting,
    ConsentTo,
    ConsentWithdrawn,
    Restriction,
)
from controller.session.pseudonyms import NotAPseudonym, fit_pseudonym


class RightRefused(ValueError):
    """It cannot be entered so; the text says what to do instead."""


def pseudonym(wish: str, taken: Collection[str]) -> str:
    """A pseudonym as it is kept, spaces put right. Raises `RightRefused`."""
    try:
        return fit_pseudonym(wish, taken)
    except NotAPseudonym as error:
        raise RightRefused(str(error)) from error


def renamed(patient: str, wish: str, taken: Collection[str]) -> PatientChanged:
    """Another pseudonym from now on; the earlier one stays in earlier entries."""
    return PatientChanged(patient=patient, pseudonym=pseudonym(wish, taken))


def still_open() -> str:
    """What is said where data are restricted while a session is open: a right waits for nothing,
    and nobody is left in a scene by it."""
    return _(
        "A session with {name} is still open and not ended by this: end it at the console (X), "
        "where it is found open when the console starts."
    )


def restricted(patient: str, reason: str) -> Restriction:
    """The data are kept and not used, for a reason of 1 to 200 characters."""
    return Restriction(patient=patient, on=True, reason=_why(reason))


def despite(reason: str) -> str:
    """Why a patient is erased before the clinic's duty ends, as it is kept: 1 to 200 characters."""
    return _why(reason)


def _why(reason: str) -> str:
    told = typed.line(reason)
    if not 1 <= len(told) <= 200:
        raise RightRefused(_("Say why in 1 to 200 characters."))
    return told


def consented(
    patient: str,
    to: ConsentTo,
    version: str,
    by: Consenting,
    *,
    minor: bool,
    assent: bool,
    signed: bool,
) -> ConsentGiven:
    """A consent as the paper says it. For a minor it is the guardian's, with the minor's assent."""
    if minor and by != "guardian":
        raise RightRefused(
            _("This patient is a minor: a guardian consents (--by guardian --assent).")
        )
    if by == "guardian" and not assent:
        raise RightRefused(_("Ask the minor too, and add --assent when they agree."))
    try:
        return ConsentGiven(
            patient=patient,
            to=to,
            version=typed.line(version),
            by=by,
            assent=True if by == "guardian" else None,
            how="signed" if signed else "verbal_witnessed",
        )
    except ValidationError:
        text = _("Name the version of the wording that was read, in 1 to 80 characters.")
        raise RightRefused(text) from None


def withdrawn(patient: str, to: ConsentTo, by: Consenting) -> ConsentWithdrawn:
    """A consent taken back, or refused from the first.

    Anybody who may consent may do so, at any time and without a reason; and whether or not the
    consent was ever noted here, for it is mostly on paper alone.
    """
    return ConsentWithdrawn(patient=patient, to=to, by=by)
