"""Owns what the library of scenarios needs of whoever leads; knows neither link nor file."""

from __future__ import annotations

from typing import Protocol

from vr_runtime.wire.beside import Beside


class Library(Protocol):
    """What is known of a scenario beyond its manifest."""

    async def beside(self, scenario_id: str) -> Beside | None:
        """A scenario's picture, grade and origin; None while the patient's side does not answer."""
        ...
