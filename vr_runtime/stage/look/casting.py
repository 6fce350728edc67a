"""Owns what the sun sees of what moves, and how a place is told of it; opens no buffer itself."""

from __future__ import annotations

from functools import cache

from panda3d.core import (
    BitMask32,
    Camera,
    CullFaceAttrib,
    LMatrix4f,
    LPoint3f,
    LVecBase3f,
    NodePath,
    OrthographicLens,
    RenderState,
    SamplerState,
    Shader,
    ShaderAttrib,
    Texture,
)

from vr_runtime.stage.look import glsl
from vr_runtime.stage.look.dress import CASTS
from vr_runtime.stage.look.weather import SUN

CASTERS = BitMask32.bit(5)
"""The bit by which the sun's camera knows what casts a shadow."""
CASTER = "caster"
"""The tag of a model that casts."""
AROUND_M = 14.0
"""Width of the ground around the patient on which such shadows fall."""
_AWAY_M, _DEEP_M = 40.0, 80.0
_OVER_ALL = 1000
_HALF = LMatrix4f(0.5, 0, 0, 0, 0, 0.5, 0, 0, 0, 0, 0.5, 0, 0.5, 0.5, 0.5, 1)


def uncast(root: NodePath) -> None:
    """Say that below `root` nothing casts a shadow by itself."""
    root.setShaderInput("cast_map", _nothing())
    root.setShaderInput("cast_matrix", LMatrix4f.identMat())
    root.setShaderInput("cast_on", 0.0)


def casts(node: NodePath) -> None:
    """Let `node` and what is below it be seen by the sun."""
    node.showThrough(CASTERS)
    node.setTag(CASTER, "yes")


def shadow_picture(side: int) -> Texture:
    """An empty picture of depths, `side` pixels wide and high, that is compared when read."""
    picture = Texture("what the sun sees")
    picture.setup2dTexture(side, side, Texture.TFloat, Texture.FDepthComponent)
    picture.setMinfilter(SamplerState.FTShadow)
    picture.setMagfilter(SamplerState.FTShadow)
    picture.setWrapU(SamplerState.WMClamp)
    picture.setWrapV(SamplerState.WMClamp)
    return picture


class Sun:
    """The camera that looks at a scene from the sun, and what the scene is told of it."""

    def __init__(self, scene: NodePath, picture: Texture) -> None:
        scene.hide(CASTERS)
        lens = OrthographicLens()
        lens.setFilmSize(AROUND_M, AROUND_M)
        lens.setNearFar(1.0, _DEEP_M)
        self._node = Camera("sun", lens)
        self._node.setCameraMask(CASTERS)
        # A program of its own, far cheaper than that of the materials (runtime.md 2).
        self._node.setInitialState(_bare())
        self._node.setTagStateKey(CASTS)
        for kind in ("skinned", "boned"):
            self._node.setTagState(kind, _bare(kind))
        self._scene = scene
        self._lens = lens
        self._texel = AROUND_M / picture.getXSize()
        self.camera = scene.attachNewNode(self._node)
        scene.setShaderInput("cast_map", picture)
        self.on(False)

    def on(self, shown: bool) -> None:
        """Whether shadows are drawn."""
        self._scene.setShaderInput("cast_on", 1.0 if shown else 0.0)

    def look(self, at: tuple[float, float, float]) -> None:
        """Look at the ground around this place, in metres; in whole pixels, so nothing crawls."""
        camera = self.camera
        towards = LVecBase3f(*SUN)
        camera.setPos(LPoint3f(*SUN) * _AWAY_M)
        camera.lookAt(LPoint3f(0, 0, 0))
        right = self._scene.getRelativeVector(camera, LVecBase3f(1, 0, 0))
        up = self._scene.getRelativeVector(camera, LVecBase3f(0, 0, 1))
        middle = LPoint3f(*at)
        across = round(right.dot(middle) / self._texel) * self._texel
        along = round(up.dot(middle) / self._texel) * self._texel
        deep = towards.dot(middle)
        camera.setPos(right * across + up * along + towards * (deep + _AWAY_M))
        seen = self._scene.getMat(camera) * self._lens.getProjectionMat() * _HALF
        self._scene.setShaderInput("cast_matrix", LMatrix4f(seen))


def _bare(kind: str = "") -> RenderState:
    vertex, fragment = glsl.depth(kind)
    attrib = ShaderAttrib.make(Shader.make(Shader.SL_GLSL, vertex, fragment), _OVER_ALL)
    if kind == "skinned":
        attrib = attrib.setFlag(ShaderAttrib.F_hardware_skinning, True)
    both_sides = CullFaceAttrib.make(CullFaceAttrib.MCullNone)
    state = RenderState.make(attrib, _OVER_ALL)
    return state.addAttrib(both_sides, _OVER_ALL)


@cache
def _nothing() -> Texture:
    """A picture for places where nothing is cast: everything is lit."""
    picture = shadow_picture(1)
    picture.setRamImage(b"\x00\x00\x80\x3f")
    return picture
