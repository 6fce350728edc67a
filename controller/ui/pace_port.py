"""Owns what the console needs of whoever tells time and breaks."""

from __future__ import annotations

from typing import Protocol

from controller.session.now import Outcome


class Paces(Protocol):
    """Breaks of the open session; how they stand is told by `Now.pace`."""

    async def begin_break(self) -> Outcome:
        """Pause where the patient is in the scene, and count the break down; said once durable."""
        ...
