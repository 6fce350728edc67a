"""Owns what is told to the programs of an animal with limbs; knows neither its ways nor its skin.

The skeleton travels with the model as a tag. The rest pose is told at once, so that a model that
nobody leads stands as one does that rests.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Protocol

from panda3d.core import LVecBase4f, NodePath, PTA_LVecBase4f

from vr_runtime.stage.look.chunks.limbs import LIMBS

SKELETON = "skeleton"
Four = tuple[float, float, float, float]
SLANT: Four = (0.30, -0.25, 0.0, 1.0)
"""How far a shadow falls aside for each unit of height, where nothing tells whence light comes."""


class Limb(Protocol):
    """What is told of a limb: see `models.animals.spider.plan`."""

    @property
    def hip(self) -> tuple[float, float, float]:
        """Where it begins on the trunk."""
        ...

    @property
    def rest(self) -> tuple[float, float, float]:
        """Where its tip rests."""
        ...

    @property
    def bones(self) -> tuple[float, float, float]:
        """Lengths of thigh, shin and foot."""
        ...

    @property
    def bend(self) -> float:
        """Of the foot from the shin, in radians."""
        ...


class Skeleton(Protocol):
    """What is told of an animal."""

    @property
    def limbs(self) -> Sequence[Limb]:
        """All of them."""
        ...

    @property
    def height(self) -> float:
        """Of the trunk above the ground."""
        ...


def tell_skeleton(root: NodePath, bones: Skeleton) -> None:
    """Write the skeleton into a model that is being made."""
    told = {
        "hips": [(*limb.hip, 0.0) for limb in bones.limbs],
        "bones": [(*limb.bones, limb.bend) for limb in bones.limbs],
        "tips": [(*limb.rest, 0.0) for limb in bones.limbs],
        "height": bones.height,
    }
    root.setTag(SKELETON, json.dumps(told))


def without_skeleton(node: NodePath) -> None:
    """Have something drawn with the programs of limbs though no skeleton was told."""
    for name, row in (("hips", (0.1, 0.1, 0.0, 0.0)), ("bones", (1.0,) * 4), ("tips", (0.2,) * 4)):
        node.setShaderInput(name, fours([row] * LIMBS), -1)
    for name in ("trunk", "sway", "slant"):
        node.setShaderInput(name, LVecBase4f(0, 0, 0, 0), -1)


def take_skeleton(root: NodePath) -> None:
    """Let the programs know the skeleton of a model that was read, in its rest."""
    if not root.hasTag(SKELETON):
        return
    told = json.loads(root.getTag(SKELETON))
    root.setShaderInput("hips", fours(told["hips"]))
    root.setShaderInput("bones", fours(told["bones"]))
    pose(root, told["tips"], (0.0, 0.0, told["height"], 0.0), (0.0, 0.0, 0.0, 0.0))
    root.setShaderInput("slant", LVecBase4f(*SLANT))


def pose(root: NodePath, tips: Sequence[Four], trunk: Four, sway: Four) -> None:
    """Where tips and trunk of one animal are in the next picture, in its own space.

    Args:
        root: of the animal's model.
        tips: of all limbs, the fourth number unused.
        trunk: the waist's place, and how far the fore part is raised in radians.
        sway: roll and turn of the trunk, rise of the hind part, in radians; the fourth unused.
    """
    root.setShaderInput("tips", fours(tips))
    root.setShaderInput("trunk", LVecBase4f(*trunk))
    root.setShaderInput("sway", LVecBase4f(*sway))


def fours(rows: Sequence[Sequence[float]]) -> PTA_LVecBase4f:
    """Rows of four numbers as a uniform takes them."""
    out = PTA_LVecBase4f()
    for row in rows:
        out.pushBack(LVecBase4f(*row))
    return out
