"""Owns the name of the cliffs below the steel bridge and the bridge of ropes."""

from __future__ import annotations

from panda3d.core import NodePath

from vr_runtime.stage.models.gorge.walls import sides


def build() -> NodePath:
    """The cliffs as a node to be written."""
    return sides("cliffs")
