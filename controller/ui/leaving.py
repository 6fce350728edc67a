"""Owns what is said of a session and the runtime before a console is left; it leaves nothing."""

from __future__ import annotations

from controller.language import _
from controller.session.now import Now
from controller.ui.possible import IN_SCENE, phase_of


def what_becomes(now: Now) -> str:
    """What becomes of the patient when nobody leads any longer."""
    if now.observing:
        return _("This console only watches: whatever is led goes on as it is led.")
    if now.session is not None and now.simulated:
        return _(
            "The patient is simulated: leaving leads out of the scene and closes the session, and "
            "it cannot be continued."
        )
    if now.session is not None and phase_of(now) in IN_SCENE:
        return _(
            "An exposure is under way. Without a console the runtime holds after 1 second and "
            "goes to the safe place after the clinic's grace. The runtime stays open; the next "
            "console offers to continue this session."
        )
    if now.session is not None:
        return _(
            "The session is still open. The runtime stays open with the patient where they "
            "are; the next console offers to continue this session."
        )
    if now.left is not None:
        return _(
            "A session is still open at the patient's side. It stays as it is; the next "
            "console asks about it again."
        )
    return _("No session is open. The runtime ends together with this console.")
