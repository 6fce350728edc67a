"""Owns what screens need of whoever writes down what happens at the patient's side.

Every act returns an `Outcome` with one sentence and never raises for a refusal.
"""

from __future__ import annotations

from typing import Protocol

from controller.session.clinical import About, AdverseType, Severity
from controller.session.now import Outcome


class Bedside(Protocol):
    """What is written down at the patient's side beside ratings and notes."""

    async def befell(self, what: AdverseType, severity: Severity) -> Outcome:
        """Record an adverse event at this moment; said once it is durable."""
        ...

    async def expects(
        self,
        feared: str,
        about: About,
        likelihood: int | None,
        severity: int | None,
        test: str = "",
    ) -> Outcome:
        """Record what is feared before it is tested: likelihood in per cent, how bad 0 to 100."""
        ...

    async def came(
        self,
        seq: int,
        occurred: bool | None,
        likelihood: int | None,
        surprise: int | None,
        learned: str = "",
    ) -> Outcome:
        """Record what became of the fear of entry `seq`; `occurred` None where it is unclear."""
        ...

    async def safety(self, name: str, used: bool | None) -> Outcome:
        """Record a safety behaviour as in use or dropped; None: the other way than it is."""
        ...
