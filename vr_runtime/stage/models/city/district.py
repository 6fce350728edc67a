"""Owns the model of the whole district: the shipped place, and what lives in it."""

from __future__ import annotations

from panda3d.core import NodePath

from vr_runtime.stage.models.city.life import enliven
from vr_runtime.stage.models.city.street import Tree
from vr_runtime.stage.models.glb import read


def build() -> NodePath:
    """The district as a node to be written; the same each time."""
    root, opened = read("city/district")
    told = opened.told
    enliven(
        root,
        trees=[Tree(*grown) for grown in told["trees"]],
        parked=[tuple(car) for car in told["parked"]],
        squares=[tuple(square) for square in told["squares"]],
        lamps=[tuple(head) for head in told["lamps"]],
    )
    return root
