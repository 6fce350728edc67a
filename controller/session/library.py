"""Owns asking the patient's side what lies beside a scenario; knows neither file nor picture."""

from __future__ import annotations

from controller.session.ports import LinkPort, NoAnswer
from vr_runtime.wire.beside import Beside


class Library:
    """The scenarios of the patient's side, beyond what each says of itself."""

    def __init__(self, link: LinkPort) -> None:
        """It asks by this link, and keeps nothing: another start may have other files."""
        self._link = link

    async def beside(self, scenario_id: str) -> Beside | None:
        """A scenario's picture, grade and origin; None while the patient's side does not answer."""
        try:
            return await self._link.beside(scenario_id)
        except NoAnswer:
            return None
