"""Owns what is told to the programs of a body with bones; knows neither its ways nor its skin.

How many bones there are travels with the model as a tag. At first each is where it rests, so that a
model that nobody leads stands as it was made.
"""

from __future__ import annotations

from collections.abc import Sequence

from panda3d.core import LVecBase4f, NodePath, PTA_LVecBase4f

from vr_runtime.stage.look.chunks.boned import MOST_BONES

BONES = "bones"
Row = Sequence[float]
SLANT = (0.30, -0.25, 0.0, 1.0)
_AT_REST = ((1.0, 0.0, 0.0, 0.0), (0.0, 1.0, 0.0, 0.0), (0.0, 0.0, 1.0, 0.0))


def tell_bones(root: NodePath, count: int) -> None:
    """Write into a model that is being made how many bones it has.

    Raises:
        ValueError: there are more than a program takes.
    """
    if count > MOST_BONES:
        raise ValueError(f"{count} bones; {MOST_BONES} are the most")
    root.setTag(BONES, str(count))


def take_bones(root: NodePath) -> None:
    """Let the programs know the bones of a model that was read, at rest."""
    if root.hasTag(BONES):
        at_rest(root)


def at_rest(node: NodePath, priority: int = 0) -> None:
    """Have something drawn with every bone where it rests."""
    told = PTA_LVecBase4f()
    for _bone in range(MOST_BONES):
        for row in _AT_REST:
            told.pushBack(LVecBase4f(*row))
    node.setShaderInput("skeleton", told, priority)
    node.setShaderInput("slant", LVecBase4f(*SLANT), priority)


def bend(root: NodePath, rows: Sequence[Row]) -> None:
    """Where the bones of one body are in the next picture, in its own space.

    Args:
        root: of its model.
        rows: three for each bone, four numbers each: from a place at rest to where it is.
    """
    told = PTA_LVecBase4f()
    for row in rows:
        told.pushBack(LVecBase4f(*row))
    for _missing in range(3 * MOST_BONES - len(rows)):
        told.pushBack(LVecBase4f(0.0, 0.0, 0.0, 0.0))
    root.setShaderInput("skeleton", told)
