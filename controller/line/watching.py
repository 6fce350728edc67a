"""Owns what a console may do in lines while it watches a session that another one leads.

Whether it may stop is the core's to say; a stop never comes here.
"""

from __future__ import annotations

from controller.language import _
from controller.session.now import Now

WATCHING = frozenset(
    {"status", "wait", "help", "language", "lock", "quit", "yes", "no"}
    | {"events", "tasks", "values", "scenarios"}
)
"""What only tells, or is about this console itself."""


def why_not(name: str, now: Now) -> str | None:
    """Why this command is not possible to a key that watches; None where it is.

    Between sessions too: lists are empty then, and to say that nothing is there would be untrue.
    """
    if not now.observing or name in WATCHING:
        return None
    if now.session is None:
        return waits_for(now)
    if now.may_stop:
        return _("This key may watch and stop: the therapist's console leads.")
    return _("This key may only watch: the therapist's console leads.")


def waits_for(now: Now) -> str:
    """What a console that watches may do, and what it waits for."""
    if now.may_stop:
        return _(
            "This key may watch and stop: a session is shown here once the patient has consented."
        )
    return _("This key may only watch: a session is shown here once the patient has consented.")
