"""Owns how a node is given a material; knows neither light nor where models come from."""

from __future__ import annotations

from difflib import get_close_matches

from panda3d.core import (
    ColorBlendAttrib,
    LVecBase2f,
    LVecBase3f,
    LVecBase4f,
    NodePath,
    ShaderAttrib,
    Texture,
    TransparencyAttrib,
)

from vr_runtime.stage.look.boned import at_rest
from vr_runtime.stage.look.layers import METRES, layer
from vr_runtime.stage.look.limbed import without_skeleton
from vr_runtime.stage.look.materials import MATERIALS, material
from vr_runtime.stage.look.programs import programs
from vr_runtime.stage.look.surfaces import even_light, open_country, surfaces

TAG = "material"
"""The tag by which a node in a .bam file says which material it wears."""

CASTS = "casts"
"""The tag by which the sun's camera knows what bends at its joints."""
_DEEP_BELOW_M = -4000.0
_ENDLESS_M = 1e6
"""What travels never begins again, unless its model says after how many metres."""


def dress(node: NodePath, name: str) -> None:
    """Give `node` and what lies below it the material `name`.

    The light comes from `lighting.light` at a root above. Vertex colours, where there are any,
    tint the material; their fourth part is how open the place is to the sky, 0 to 1.

    Raises:
        KeyError: no material has this name; the message gives the nearest one.
    """
    if name not in MATERIALS:
        near = get_close_matches(name, MATERIALS, n=1, cutoff=0.0)
        raise KeyError(f'there is no material "{name}"; the nearest is "{near[0]}"')
    worn = material(name)
    node.setShader(programs().of(worn.kind))
    if worn.kind in ("driving", "walker", "shade", "falling"):
        node.setShaderInput("track", _ENDLESS_M)
    if worn.kind == "dimmed":
        node.setShaderInput("burning", 1.0)
    node.setShaderInput("moment", LVecBase4f(0, 0, 0, 0), -1)
    if worn.kind in ("limbed", "limbed_shade"):
        without_skeleton(node)
    if worn.kind in ("boned", "boned_shade"):
        at_rest(node, -1)
    if worn.kind in ("shade", "limbed_shade", "boned_shade"):
        node.setTransparency(TransparencyAttrib.MAlpha)
        node.setDepthWrite(False)
        node.setBin("transparent", -10)
        node.setDepthOffset(1)
        # a strip below a leg turns over where the leg swings past the trunk
        node.setTwoSided(worn.kind == "limbed_shade")
        return
    if worn.kind == "glow":
        node.setAttrib(ColorBlendAttrib.make(ColorBlendAttrib.MAdd))
        node.setDepthWrite(False)
        node.setBin("transparent", 10)
        return
    if worn.kind in ("water", "stream"):
        node.setShaderInput("tint", LVecBase3f(*worn.tint))
        return
    if worn.kind == "grating":
        node.setShaderInput("tint", LVecBase3f(*worn.tint))
        node.setTransparency(TransparencyAttrib.MAlpha)
        node.setDepthWrite(False)
        node.setTwoSided(True)
        return
    if worn.kind == "skinned":
        bent = node.getAttrib(ShaderAttrib).setFlag(ShaderAttrib.F_hardware_skinning, True)
        node.setAttrib(bent)
        node.setTag(CASTS, worn.kind)
    if worn.kind == "boned":
        node.setTag(CASTS, worn.kind)
    node.setShaderInput("surfaces", surfaces())
    node.setShaderInput("tint", LVecBase3f(*worn.tint))
    node.setShaderInput("picture", float(layer(worn.picture)))
    node.setShaderInput("metres", METRES[worn.picture])
    if worn.kind == "glass":
        node.setShaderInput("clear", worn.clear)
        node.setTransparency(TransparencyAttrib.MAlpha)
        node.setDepthWrite(False)
        node.setTwoSided(True)
        return
    node.setShaderInput("gloss", worn.gloss)
    if worn.kind in ("foliage", "cloth", "limbed", "boned"):
        node.setTwoSided(True)
    if worn.kind in ("foliage", "boned") and programs().grade.soft:
        node.setTransparency(TransparencyAttrib.MMultisample)


def unshaded(root: NodePath) -> None:
    """Say that nothing below `root` has shadows or baked light, unless it brings its own."""
    root.setShaderInput("site", open_country())
    root.setShaderInput("lightmap", even_light())
    root.setShaderInput("site_place", LVecBase4f(0, 0, 1, 1))
    root.setShaderInput("site_heights", LVecBase2f(_DEEP_BELOW_M, 1))
    unshaded_movers(root)


def unshaded_movers(root: NodePath) -> None:
    """Say that nothing darkens what moves below `root`."""
    moves_on(root, open_country(), LVecBase4f(0, 0, 1, 1), LVecBase2f(_DEEP_BELOW_M, 1))


def moves_on(root: NodePath, land: Texture, place: LVecBase4f, heights: LVecBase2f) -> None:
    """Say which map of shadows, in the world's metres, darkens what moves below `root`."""
    root.setShaderInput("land", land)
    root.setShaderInput("land_place", place)
    root.setShaderInput("land_heights", heights)
