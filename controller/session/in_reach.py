"""Owns what a console may choose from: scenarios, patients and sessions; reads and changes none.

A key that only watches another's session is given nobody of this machine's own patients.
"""

from __future__ import annotations

from controller.session.lists import Lists
from controller.session.now import PatientCard, SessionCard
from controller.session.presence import Presence
from scenarios.api.manifest import Manifest


class InReach:
    """The part of a conductor that lists what is there."""

    _lists: Lists
    _presence: Presence

    def manifests(self) -> tuple[Manifest, ...]:
        """The scenarios the runtime can show."""
        return self._presence.manifests

    def patients(self) -> tuple[PatientCard, ...]:
        """All patients; none where this console's key only watches."""
        return () if self._presence.observing else self._lists.patients

    def sessions(self) -> tuple[SessionCard, ...]:
        """All sessions, newest first; none where this console's key only watches."""
        return () if self._presence.observing else self._lists.sessions
