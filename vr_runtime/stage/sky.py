"""Owns hour and weather as a scenario asks for them and as they are now; knows no renderer.

Seen, each changes slowly, whatever is asked, and as much as the governor allows for all lights
together. Unseen it is at once what was asked for.
"""

from __future__ import annotations

from dataclasses import dataclass

from vr_runtime.flash.governor import Governor
from vr_runtime.stage.checked import number
from vr_runtime.stage.look.weather import Hour, white_wall

CLOUDS_PER_S = 0.1
"""Change of the clouds' share in a second at most: a sky that hurries is no sky."""
DAYLIGHT_PER_S = 0.08
"""From noon to night in 12.5 s at the fastest."""
RAIN_PER_S = 0.15
WETS_PER_S, DRIES_PER_S = 0.05, 0.015
"""How fast the ground gets wet and dries, as a share in a second."""
CLOUDED = 0.35
"""Relative luminance that white clouds add to a blue sky at noon, at most."""
DAY, CLOUDS = "day", "clouds"
"""By which the governor knows the light of hour and rain, and that of the clouds."""


@dataclass
class _Eased:
    """One share, 0 to 1, on its way."""

    now: float
    wanted: float

    def step(self, most: float) -> float:
        """The way towards what is wanted, at most so far up or down."""
        return min(most, max(-most, self.wanted - self.now))


class Sky:
    """Clouds, daylight and rain over a scene."""

    def __init__(self) -> None:
        self._clouds = _Eased(0.0, 0.0)
        self._daylight = _Eased(1.0, 1.0)
        self._rain = _Eased(0.0, 0.0)
        self.wet = 0.0
        """How wet the ground is, 0 to 1."""

    @property
    def clouded(self) -> float:
        """How clouded the sky is now, 0 to 1."""
        return self._clouds.now

    @property
    def daylight(self) -> float:
        """How much of the day there is now: 1 noon, 0.5 late afternoon, 0.25 dusk, 0 night."""
        return self._daylight.now

    @property
    def raining(self) -> float:
        """How strongly it rains now, 0 to 1."""
        return self._rain.now

    def clouds(self, share: float) -> None:
        """Ask for clouds; raises `ScenarioError` for what is no number."""
        self._clouds.wanted = number("clouds", share, 0.0, 1.0)

    def day(self, share: float) -> None:
        """Ask for an hour; raises `ScenarioError` for what is no number."""
        self._daylight.wanted = number("daylight", share, 0.0, 1.0)

    def rain(self, strength: float) -> None:
        """Ask for rain; raises `ScenarioError` for what is no number."""
        self._rain.wanted = number("rain", strength, 0.0, 1.0)

    def drift(self, dt: float, governor: Governor, *, seen: bool) -> None:
        """Let the sky change for `dt` seconds; one that nobody sees changes at once."""
        if not seen:
            self.leave(governor)
            for eased in (self._clouds, self._daylight, self._rain):
                eased.now = eased.wanted
            self.wet = self._rain.now
            return
        clouds = self._clouds.step(CLOUDS_PER_S * dt)
        if clouds:
            now = self._clouds.now
            self._clouds.now += clouds * governor.part(
                CLOUDS, CLOUDED * now, CLOUDED * (now + clouds)
            )
        day, rain = self._daylight.step(DAYLIGHT_PER_S * dt), self._rain.step(RAIN_PER_S * dt)
        if day or rain:
            part = governor.part(DAY, self._light(), self._light(day, rain))
            self._daylight.now += day * part
            self._rain.now += rain * part
        apart = self._rain.now - self.wet
        self.wet += min(WETS_PER_S * dt, max(-DRIES_PER_S * dt, apart))

    def _light(self, day: float = 0.0, rain: float = 0.0) -> float:
        """Relative luminance of a white wall with so much more of the day and of rain than now."""
        return white_wall(Hour(self._daylight.now + day, self._rain.now + rain))

    def leave(self, governor: Governor) -> None:
        """The sky is seen no longer."""
        governor.forget(DAY)
        governor.forget(CLOUDS)

    def fair(self) -> None:
        """At once a fair noon."""
        for eased, share in ((self._clouds, 0.0), (self._daylight, 1.0), (self._rain, 0.0)):
            eased.now = eased.wanted = share
        self.wet = 0.0
