"""Owns what the console needs of whoever leads a behavioural approach test (BAT)."""

from __future__ import annotations

from typing import Protocol

from controller.session.now import Outcome


class Bats(Protocol):
    """The test of the open session; where it stands is told by `Now.bat`."""

    async def begin(self) -> Outcome:
        """Begin it: its script is locked from here on. Refused in the scene."""
        ...

    async def offer(self) -> Outcome:
        """Name the next step to the patient; nothing changes in the scene."""
        ...

    async def go(self) -> Outcome:
        """The patient goes: one act towards the step."""
        ...

    async def done(self) -> Outcome:
        """The step is done; refused before its time has passed."""
        ...

    async def no_further(self) -> Outcome:
        """The patient refuses the step, or stays no longer."""
        ...

    async def end(self) -> Outcome:
        """End the test; the score is said once it is durable."""
        ...
