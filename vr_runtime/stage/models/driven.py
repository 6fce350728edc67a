"""Owns what a shipped model does once it is loaded: wear its materials, obey its values.

Knows neither who loads it nor any single model: what a value moves is written in the model itself,
as tags "drive" of its nodes.

A tag "drive" holds one line for each thing a value does: `value what from to`, where what is
`x`, `y`, `z`, `scale_z`, `alpha`, `lit` (how much of its own light what is "dimmed" has left),
`show` (drawn while the value lies in from..to) or `swing` (a roll in degrees about `from` by `to`,
once to and fro while the value goes from 0 to 1). Two numbers
more say which part of the value's range it uses; for `swing` one more says how late it follows.
"""

from __future__ import annotations

import math

from panda3d.core import LVecBase2f, LVecBase4f, NodePath, TransparencyAttrib

from vr_runtime.stage.look.boned import take_bones
from vr_runtime.stage.look.casting import casts
from vr_runtime.stage.look.dress import TAG, dress
from vr_runtime.stage.look.limbed import take_skeleton
from vr_runtime.stage.look.within import take_light_within
from vr_runtime.stage.models.catalogue import MODELS

DRIVE = "drive"
TRACK = "track"
"""The tag that says after how many metres what travels begins its way again."""
SITE = "site"
SITE_PLACE = "site place"
LIGHTMAP = "lightmap"
"""The texture stage under which a node carries the light baked on it until it is made ready."""


def ready(root: NodePath, name: str) -> NodePath:
    """Dress the model `name` as it was read from its file, and set its values' defaults.

    Call it once on each file read, before copies are made. Gives `root` back.
    """
    _take_map(root)
    _take_light(root)
    take_skeleton(root)
    take_bones(root)
    take_light_within(root)
    for node in [root, *root.findAllMatches(f"**/={TAG}")]:
        if node.hasTag(TAG):
            dress(node, node.getTag(TAG))
        if node.hasTag(TRACK):
            node.setShaderInput("track", float(node.getTag(TRACK)))
    source = MODELS[name]
    for parameter, declared in source.parameters.items():
        drive(root, parameter, declared.default)
    if source.casts:
        casts(root)
    return root


def drive(root: NodePath, parameter: str, value: float) -> None:
    """Let the value `parameter` of a shipped model be `value`, 0 to 1."""
    held = min(1.0, max(0.0, value))
    for node in root.findAllMatches(f"**/={DRIVE}"):
        for line in node.getTag(DRIVE).splitlines():
            words = line.split()
            if words[0] == parameter:
                _apply(node, words[1], [float(word) for word in words[2:]], held)


def driving(parameter: str, what: str, *numbers: float) -> str:
    """One line of a tag "drive".

    Args:
        parameter: the value's name.
        what: x, y, z, scale_z, alpha, lit, show or swing.
        numbers: from, to, and the rest as told above.
    """
    return " ".join([parameter, what, *(f"{number:.6g}" for number in numbers)])


def _apply(node: NodePath, what: str, numbers: list[float], value: float) -> None:
    start, end = numbers[:2]
    if what == "show":
        if start <= value <= end:
            node.show()
        else:
            node.hide()
        return
    if what == "swing":
        node.setR(start + end * math.cos(2.0 * math.pi * (value - numbers[2])))
        return
    low, high = numbers[2:] or (0.0, 1.0)
    part = min(1.0, max(0.0, (value - low) / (high - low)))
    to = start + (end - start) * part
    if what == "x":
        node.setX(to)
    elif what == "y":
        node.setY(to)
    elif what == "z":
        node.setZ(to)
    elif what == "scale_z":
        node.setSz(max(to, 1e-4))
    elif what == "lit":
        node.setShaderInput("burning", to)
    elif what == "alpha":
        node.setAlphaScale(to)
        if to < 0.004:
            node.hide()
            return
        node.show()
        if to < 0.996:
            node.setTransparency(TransparencyAttrib.MAlpha)
        else:
            node.clearTransparency()


def _take_map(root: NodePath) -> None:
    """The map of shadows travels in the file as a texture; the shaders want it by name."""
    for node in [root, *root.findAllMatches(f"**/={SITE_PLACE}")]:
        if not node.hasTag(SITE_PLACE):
            continue
        west, south, per_x, per_y, low, span = map(float, node.getTag(SITE_PLACE).split())
        stage = next(iter(node.findAllTextureStages(SITE)), None)
        texture = None if stage is None else node.findTexture(stage)
        if stage is None or texture is None:
            continue
        node.clearTexture(stage)
        node.setShaderInput("site", texture)
        node.setShaderInput("site_place", LVecBase4f(west, south, per_x, per_y))
        node.setShaderInput("site_heights", LVecBase2f(low, span))


def _take_light(root: NodePath) -> None:
    """Baked light travels in the file as a texture; the shaders want it by name."""
    for node in [root, *root.findAllMatches("**")]:
        stage = next((s for s in node.findAllTextureStages(LIGHTMAP) if node.hasTexture(s)), None)
        if stage is not None:
            node.setShaderInput("lightmap", node.getTexture(stage))
            node.clearTexture(stage)
