"""Owns a scene that was left and whose code has not ended yet; knows neither phase nor picture.

What the patient sees and hears has changed long before a scenario's code hears of it.
"""

from __future__ import annotations

from vr_runtime.engine.host import ScenarioHost


class Parting:
    """At most one scene, from the moment it is left until its code is through with it."""

    def __init__(self) -> None:
        self._host: ScenarioHost | None = None
        self._since = 0
        self._kept: list[ScenarioHost] = []
        """Given up, and never let go of: see `ScenarioHost.give_up`."""

    @property
    def outstanding(self) -> bool:
        """Whether a scene that was left still has to end."""
        return self._host is not None

    def begin(self, host: ScenarioHost, tick: int) -> None:
        """The scene is left at this tick."""
        self._host, self._since = host, tick

    def due(self, tick: int) -> bool:
        """Whether it has to end before this tick passes: a whole one went by for a picture."""
        return self._host is not None and tick > self._since

    def take(self) -> ScenarioHost | None:
        """The scene whose code may be entered now, once; None where nothing was left."""
        host, self._host = self._host, None
        return host

    def remove(self, host: ScenarioHost) -> None:
        """Take it off the stage for good."""
        host.remove()
        if host.given_up and host not in self._kept:
            self._kept.append(host)
