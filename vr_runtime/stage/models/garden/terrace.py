"""Owns the garden terrace as a model: a laid table in the sun, a lawn, a hedge, the house."""

from __future__ import annotations

from panda3d.core import NodePath

from vr_runtime.stage.models.garden.food import food
from vr_runtime.stage.models.garden.furniture import furniture
from vr_runtime.stage.models.garden.ground import ground
from vr_runtime.stage.models.garden.laid import Laid


def build() -> NodePath:
    """The terrace as a node to be written; the same each time."""
    root = NodePath("terrace")
    laid = Laid()
    ground(laid)
    furniture(laid)
    food(laid)
    laid.nodes(root)
    return root
