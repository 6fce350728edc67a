"""Owns the way from a scenario that was found to its place as built; knows no phase and no act.

Whoever has not been examined yet is examined first, by another process and for some seconds;
pictures and stops go on meanwhile.
"""

from __future__ import annotations

from vr_runtime.engine.host import ScenarioHost
from vr_runtime.engine.loadable import Examine, Loadable, Meanwhile


class Building:
    """How each scenario of an engine is built, one after the other."""

    def __init__(self, examine: Examine) -> None:
        """`examine` looks at a scenario before its code is run here."""
        self._examine = examine
        self.awaiting: Meanwhile = _nothing
        """What goes on while another process examines a scenario."""
        self.examining = False
        """Whether one does: nothing of the scenario stands then."""

    def build(self, scenario: Loadable, host: ScenarioHost) -> None:
        """Examine it and build it. Raises `HostFailed`, and `ScenarioError` for one refused."""
        self.examining = True
        try:
            self._examine(scenario, self.awaiting)
        finally:
            self.examining = False
        host.build()


def _nothing() -> None:
    """Nothing goes on meanwhile."""
