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
LIGHTENS_PER_S, WANES_PER_S = 3.5, 0.8
"""How fast the glow of a lightning comes and goes, as a share in a second: it rises softly within a
third of a second and fades for more than one."""
LIGHTNING_S = 4.0
"""Least seconds from one lightning to the next: it is one change of light, and never a flicker."""
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
        self._glow = _Eased(0.0, 0.0)
        self._since_lightning_s = LIGHTNING_S
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

    @property
    def lightning(self) -> float:
        """How much of the glow of a lightning lies in the clouds now, 0 to 1."""
        return self._glow.now

    def flash(self, strength: float) -> None:
        """Let one lightning glow; one that would come too soon after another is left out.

        Raises:
            ScenarioError: the strength is no number from 0 to 1.
        """
        asked = number("lightning", strength, 0.0, 1.0)
        if asked > 0.0 and self._since_lightning_s >= LIGHTNING_S:
            self._glow.wanted, self._since_lightning_s = asked, 0.0

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
            self._no_glow()
            return
        self._since_lightning_s += dt
        clouds = self._clouds.step(CLOUDS_PER_S * dt)
        if clouds:
            now = self._clouds.now
            self._clouds.now += clouds * governor.part(
                CLOUDS, CLOUDED * now, CLOUDED * (now + clouds)
            )
        day, rain = self._daylight.step(DAYLIGHT_PER_S * dt), self._rain.step(RAIN_PER_S * dt)
        glow = self._glow_step(dt)
        if day or rain or glow:
            part = governor.part(DAY, self._light(), self._light(day, rain, glow))
            self._daylight.now += day * part
            self._rain.now += rain * part
            self._glow.now = max(0.0, self._glow.now + glow * part)
            # one that all lights together leave no room for fades from where it is
            if glow > 0.0 and (part < 1.0 or self._glow.now >= self._glow.wanted - 1e-9):
                self._glow.wanted = 0.0
        apart = self._rain.now - self.wet
        self.wet += min(WETS_PER_S * dt, max(-DRIES_PER_S * dt, apart))

    def _glow_step(self, dt: float) -> float:
        if self._glow.wanted > 0.0:
            return min(LIGHTENS_PER_S * dt, self._glow.wanted - self._glow.now)
        return -min(WANES_PER_S * dt, self._glow.now)

    def _no_glow(self) -> None:
        self._glow.now = self._glow.wanted = 0.0
        self._since_lightning_s = LIGHTNING_S

    def _light(self, day: float = 0.0, rain: float = 0.0, glow: float = 0.0) -> float:
        """Relative luminance of a white wall with so much more of each than now."""
        daylight, raining = self._daylight.now + day, self._rain.now + rain
        return white_wall(Hour(daylight, raining, lightning=self._glow.now + glow))

    def leave(self, governor: Governor) -> None:
        """The sky is seen no longer."""
        governor.forget(DAY)
        governor.forget(CLOUDS)

    def fair(self) -> None:
        """At once a fair noon."""
        for eased, share in ((self._clouds, 0.0), (self._daylight, 1.0), (self._rain, 0.0)):
            eased.now = eased.wanted = share
        self.wet = 0.0
        self._no_glow()
