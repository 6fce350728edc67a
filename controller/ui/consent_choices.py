"""Owns the palette's way to a consent, on every screen of an open session.

A consent can be taken back at any moment: the way there stands where the search is opened. It
keeps nothing, and names nobody where it is asked who sits here.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from controller.language import _
from controller.ui.screens.base import Choice, PalierScreen
from controller.ui.screens.consent import ConsentScreen


def consent_choices(screen: PalierScreen) -> Iterator[Choice]:
    """Note a consent of the patient of the open session, or that one was taken back."""
    app, now = screen.palier, screen.palier.lead.now()
    if screen.GUARDS or isinstance(screen, ConsentScreen) or now.session is None or now.observing:
        return
    card = next((one for one in app.patients() if one.pseudonym == now.pseudonym), None)
    if card is not None:
        told = _("The session goes on meanwhile; what was taken back ends at once.")
        yield Choice(_("Consent: taken back or noted"), told, partial(_open, screen, card.id))


def _open(screen: PalierScreen, patient_id: str) -> None:
    screen.palier.put_over(ConsentScreen(patient_id, "session"))
