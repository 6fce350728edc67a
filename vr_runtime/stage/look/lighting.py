"""Owns sun, sky, haze, wind and the time of what moves by itself; knows nothing of materials."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

from panda3d.core import (
    CullBinManager,
    DepthTestAttrib,
    GeomNode,
    LVecBase3f,
    LVecBase4f,
    NodePath,
    OmniBoundingVolume,
    PTA_LVecBase4f,
    RenderAttrib,
)

from scenarios.api.stage import Vec
from vr_runtime.flash.governor import without_saturated_red
from vr_runtime.stage.look.casting import uncast
from vr_runtime.stage.look.curved import curved
from vr_runtime.stage.look.dress import unshaded
from vr_runtime.stage.look.glsl import MOST_LAMPS
from vr_runtime.stage.look.programs import programs
from vr_runtime.stage.look.rain import MOST_STREAKS, rain
from vr_runtime.stage.look.surfaces import clouds
from vr_runtime.stage.look.weather import CLEAR_DAY, FAIR, SUN, Hour, Weather, at_hour

__all__ = ["CLEAR_DAY", "SKY_BIN", "SUN", "Hour", "Lighting", "Lit", "Weather", "light"]

SKY_BIN = "sky"
"""Drawn after all that is solid; the dome comes first in it."""
_EASING_S = 0.5
_FALL_M_S = 8.0
"""Speed of large drops (Gunn and Kinzer 1949: 4 to 9 m/s)."""
_SLANT = 0.9
"""Metres that a storm carries a drop aside for each metre it falls."""


@dataclass(frozen=True)
class Lit:
    """One lamp that is a source of light."""

    at: tuple[float, float, float]
    """In the world, metres."""
    reach: float
    """Metres at which its light ends."""
    colour: tuple[float, float, float]
    """Linear light on a white surface a metre away; of a saturated red it is whitened."""
    share: float
    """How much it is on, 0 to 1."""


class Lighting:
    """The light of one root. Advance it once for each picture; remove it with the place."""

    def __init__(self, root: NodePath, dome: NodePath | None, weather: Weather = CLEAR_DAY) -> None:
        self._root = root
        self._dome = dome
        self._weather = weather
        self._streaks: NodePath | None = None
        self._most_streaks = MOST_STREAKS
        self._hour = FAIR
        self._lamps: tuple[Lit, ...] = ()
        self._seconds = 0.0
        self._phase = 0.0
        self._wanted = 0.0
        self._strength = 0.0
        self._fallen = [0.0, 0.0, 0.0]
        self._light()
        self._tell()

    @property
    def strength(self) -> float:
        """The wind as it blows in the picture now, 0 to 1."""
        return self._strength

    def wind(self, strength: float) -> None:
        """How strongly what can sway shall sway, 0 to 1; it is reached within a second or two."""
        self._wanted = min(1.0, max(0.0, strength))

    def turn(self, hour: Hour) -> None:
        """Hour, rain, wetness and clouds from the next picture on; whoever calls it eases them."""
        if hour != self._hour:
            self._hour = hour
            self._light()

    def over(self, weather: Weather) -> None:
        """Have the light of this place from the next picture on, its sun and its sky."""
        if weather == self._weather:
            return
        self._weather = weather
        self._root.setShaderInput("sun_towards", LVecBase3f(*weather.towards))
        if self._dome is None and weather.sky:
            self._dome = sky(self._root, weather.overcast)
        elif self._dome is not None:
            (self._dome.show if weather.sky else self._dome.hide)()
        self._light()

    def clouds(self, share: float) -> None:
        """How much more of the sky than the weather's own is clouded, 0 to 1; at once."""
        self.turn(replace(self._hour, clouds=min(1.0, max(0.0, share))))

    def lamps(self, lit: Sequence[Lit]) -> None:
        """The lamps that shine from now on, at most `MOST_LAMPS`; those beyond are left out."""
        now = tuple(lit)
        if now != self._lamps:
            self._lamps = now
            _tell_lamps(self._root, now)

    def draw_with(self, *, streaks: int, leaves: float) -> None:
        """How much of what is many is drawn: streaks of rain, share of leaves (0 to 1)."""
        self._root.setShaderInput("leafage", leaves)
        if streaks != self._most_streaks:
            self._most_streaks = streaks
            self._stop_rain()
            self._light()

    def advance(self, dt: float) -> None:
        """`dt` seconds passed: clouds drift, rain falls, wind blows, cars and passers-by go on."""
        self._seconds += dt
        self._strength += (self._wanted - self._strength) * (1.0 - math.exp(-dt / _EASING_S))
        # the phase is summed, so that a change of strength never makes the leaves jump
        self._phase += dt * (0.7 + 1.5 * self._strength)
        # and so is the way of the rain
        slant = _SLANT * self._strength
        for axis, speed in enumerate((slant, 0.3 * slant, -1.0)):
            self._fallen[axis] += dt * speed * _FALL_M_S
        self._tell()

    def remove(self) -> None:
        """Take sky, rain and light away."""
        if self._dome is not None:
            self._dome.removeNode()
            self._dome = None
        self._stop_rain()
        self._root.clearShaderInput("moment")

    def _light(self) -> None:
        """Tell all that changes by hour and weather."""
        weather, hour = at_hour(self._weather, self._hour), self._hour
        glow = weather.sun if weather.glow is None else weather.glow
        root = self._root
        root.setShaderInput("sun_colour", LVecBase3f(*weather.sun))
        root.setShaderInput("sky_zenith", LVecBase3f(*weather.zenith))
        root.setShaderInput("sky_horizon", LVecBase3f(*weather.horizon))
        root.setShaderInput("ground_colour", LVecBase3f(*weather.ground))
        root.setShaderInput("glow_colour", LVecBase3f(*glow))
        root.setShaderInput("glow_towards", LVecBase3f(*weather.glow_towards()))
        bright = min(1.0, weather.bright())
        root.setShaderInput("hour", LVecBase4f(weather.night, hour.wet, bright, hour.rain))
        shining = 1.0 if weather.sky else 0.0
        haze = (weather.haze_per_m, weather.haze_falloff_per_m, weather.haze_most, shining)
        root.setShaderInput("haze", LVecBase4f(*haze))
        if self._dome is not None:
            cover = weather.overcast + weather.gathers * hour.clouds
            self._dome.setShaderInput("overcast", cover)
        if hour.rain <= 0.0:
            self._stop_rain()
        elif self._streaks is None:
            self._streaks = rain(root, self._most_streaks)

    def _stop_rain(self) -> None:
        if self._streaks is not None:
            self._streaks.removeNode()
            self._streaks = None

    def _tell(self) -> None:
        moment = LVecBase4f(self._seconds, self._phase, self._strength, self._hour.clouds)
        # priority 1: a dressed node carries a moment of its own, for places without light()
        self._root.setShaderInput("moment", moment, 1)
        fallen = LVecBase4f(*self._fallen, _SLANT * self._strength)
        self._root.setShaderInput("fallen", fallen)


def light(root: NodePath, weather: Weather = CLEAR_DAY) -> Lighting:
    """Light all below `root`, whose origin must be the world's, and put a sky around it."""
    root.setShaderInput("sun_towards", LVecBase3f(*weather.towards))
    root.setShaderInput("leafage", 1.0)
    _tell_lamps(root, ())
    unshaded(root)
    uncast(root)
    return Lighting(root, sky(root, weather.overcast) if weather.sky else None, weather)


def _tell_lamps(root: NodePath, lit: Sequence[Lit]) -> None:
    places, lights = PTA_LVecBase4f(), PTA_LVecBase4f()
    for lamp in lit[:MOST_LAMPS]:
        places.pushBack(LVecBase4f(*lamp.at, max(0.1, lamp.reach)))
        lights.pushBack(LVecBase4f(*without_saturated_red(lamp.colour), lamp.share))
    for _ in range(MOST_LAMPS - len(places)):
        places.pushBack(LVecBase4f(0, 0, 0, 1))
        lights.pushBack(LVecBase4f(0, 0, 0, 0))
    root.setShaderInput("lamps", places)
    root.setShaderInput("lamplight", lights)
    root.setShaderInput("lamps_lit", float(min(len(lit), MOST_LAMPS)))


def sky(root: NodePath, overcast: float) -> NodePath:
    """A dome with sun and drifting clouds around whoever looks, drawn behind everything."""
    bins = CullBinManager.getGlobalPtr()
    if bins.findBin(SKY_BIN) < 0:
        # after all that is solid, so that only what stays uncovered is shaded; before glass
        bins.addBin(SKY_BIN, CullBinManager.BT_fixed, 25)
    dome = root.attachNewNode(_ball())
    dome.setShader(programs().named("sky"))
    dome.setShaderInput("clouds", clouds())
    dome.setShaderInput("overcast", overcast)
    dome.setBin(SKY_BIN, 0)
    dome.setDepthWrite(False)
    dome.setDepthTest(True)
    dome.setAttrib(DepthTestAttrib.make(RenderAttrib.MLessEqual))
    dome.setTwoSided(True)
    dome.node().setBounds(OmniBoundingVolume())
    dome.node().setFinal(True)
    return dome


def _ball() -> GeomNode:
    """A coarse ball; only its directions matter."""

    def point(down: float, along: float) -> Vec:
        up, turn = math.pi * down, 2 * math.pi * along
        return math.sin(up) * math.cos(turn), math.sin(up) * math.sin(turn), math.cos(up)

    node = GeomNode("sky")
    node.addGeom(curved("sky", 8, 16, point))
    return node
