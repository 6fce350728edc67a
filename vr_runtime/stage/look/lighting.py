"""Owns sun, sky, haze, wind and the time of what moves by itself; knows nothing of materials."""

from __future__ import annotations

import math
from dataclasses import dataclass

from panda3d.core import (
    CullBinManager,
    DepthTestAttrib,
    Geom,
    GeomNode,
    GeomTriangles,
    GeomVertexData,
    GeomVertexFormat,
    GeomVertexWriter,
    LVecBase3f,
    LVecBase4f,
    NodePath,
    OmniBoundingVolume,
    RenderAttrib,
    Shader,
)

from vr_runtime.stage.look import glsl
from vr_runtime.stage.look.dress import unshaded
from vr_runtime.stage.look.surfaces import clouds

SUN = (-0.478, -0.430, 0.766)
"""Direction to the sun of the shipped places: from the left and behind, 50 degrees up. Shadows
in the models' maps were made for it."""

_SKY_BIN = "sky"
_EASING_S = 0.5


@dataclass(frozen=True)
class Weather:
    """The light of a place; colours are linear light, 1 is a white wall in good light."""

    sun: tuple[float, float, float] = (2.15, 1.90, 1.55)
    zenith: tuple[float, float, float] = (0.17, 0.34, 0.70)
    horizon: tuple[float, float, float] = (0.50, 0.64, 0.84)
    ground: tuple[float, float, float] = (0.30, 0.28, 0.25)
    haze_per_m: float = 0.00062
    haze_falloff_per_m: float = 0.006
    haze_most: float = 0.94
    overcast: float = 0.42
    """0 a clear sky, 1 a closed one."""
    sky: bool = True
    """False indoors: no dome is drawn."""


CLEAR_DAY = Weather()


class Lighting:
    """The light of one root. Advance it once for each picture; remove it with the place."""

    def __init__(self, root: NodePath, dome: NodePath | None) -> None:
        self._root = root
        self._dome = dome
        self._seconds = 0.0
        self._phase = 0.0
        self._wanted = 0.0
        self._strength = 0.0
        self._clouds = 0.0
        self._tell()

    @property
    def strength(self) -> float:
        """The wind as it blows in the picture now, 0 to 1."""
        return self._strength

    def wind(self, strength: float) -> None:
        """How strongly what can sway shall sway, 0 to 1; it is reached within a second or two."""
        self._wanted = min(1.0, max(0.0, strength))

    def clouds(self, share: float) -> None:
        """How much more of the sky than the weather's own is clouded, 0 to 1; at once."""
        self._clouds = min(1.0, max(0.0, share))

    def advance(self, dt: float) -> None:
        """`dt` seconds passed: clouds drift, the wind blows, cars and passers-by go on."""
        self._seconds += dt
        self._strength += (self._wanted - self._strength) * (1.0 - math.exp(-dt / _EASING_S))
        # the phase is summed, so that a change of strength never makes the leaves jump
        self._phase += dt * (0.7 + 1.5 * self._strength)
        self._tell()

    def remove(self) -> None:
        """Take sky and light away."""
        if self._dome is not None:
            self._dome.removeNode()
            self._dome = None
        self._root.clearShaderInput("moment")

    def _tell(self) -> None:
        moment = LVecBase4f(self._seconds, self._phase, self._strength, self._clouds)
        # priority 1: a dressed node carries a moment of its own, for places without light()
        self._root.setShaderInput("moment", moment, 1)


def light(root: NodePath, weather: Weather = CLEAR_DAY) -> Lighting:
    """Light all below `root`, whose origin must be the world's, and put a sky around it."""
    root.setShaderInput("sun_towards", LVecBase3f(*SUN))
    root.setShaderInput("sun_colour", LVecBase3f(*weather.sun))
    root.setShaderInput("sky_zenith", LVecBase3f(*weather.zenith))
    root.setShaderInput("sky_horizon", LVecBase3f(*weather.horizon))
    root.setShaderInput("ground_colour", LVecBase3f(*weather.ground))
    glow = 1.0 if weather.sky else 0.0
    root.setShaderInput(
        "haze",
        LVecBase4f(weather.haze_per_m, weather.haze_falloff_per_m, weather.haze_most, glow),
    )
    unshaded(root)
    return Lighting(root, sky(root, weather.overcast) if weather.sky else None)


def sky(root: NodePath, overcast: float) -> NodePath:
    """A dome with sun and drifting clouds around whoever looks, drawn behind everything."""
    bins = CullBinManager.getGlobalPtr()
    if bins.findBin(_SKY_BIN) < 0:
        # after all that is solid, so that only what stays uncovered is shaded; before glass
        bins.addBin(_SKY_BIN, CullBinManager.BT_fixed, 25)
    dome = root.attachNewNode(_ball())
    dome.setShader(Shader.make(Shader.SL_GLSL, glsl.SKY_VERTEX, glsl.SKY_FRAGMENT))
    dome.setShaderInput("clouds", clouds())
    dome.setShaderInput("overcast", overcast)
    dome.setBin(_SKY_BIN, 0)
    dome.setDepthWrite(False)
    dome.setDepthTest(True)
    dome.setAttrib(DepthTestAttrib.make(RenderAttrib.MLessEqual))
    dome.setTwoSided(True)
    dome.node().setBounds(OmniBoundingVolume())
    dome.node().setFinal(True)
    return dome


def _ball() -> GeomNode:
    """A coarse ball; only its directions matter."""
    data = GeomVertexData("sky", GeomVertexFormat.getV3(), Geom.UHStatic)
    writer = GeomVertexWriter(data, "vertex")
    around, rings = 16, 8
    for ring in range(rings + 1):
        up = math.pi * ring / rings
        for step in range(around + 1):
            turn = 2 * math.pi * step / around
            writer.addData3(
                math.sin(up) * math.cos(turn), math.sin(up) * math.sin(turn), math.cos(up)
            )
    faces = GeomTriangles(Geom.UHStatic)
    for ring in range(rings):
        for step in range(around):
            a = ring * (around + 1) + step
            b = a + around + 1
            faces.addVertices(a, b, a + 1)
            faces.addVertices(a + 1, b, b + 1)
    geom = Geom(data)
    geom.addPrimitive(faces)
    node = GeomNode("sky")
    node.addGeom(geom)
    return node
