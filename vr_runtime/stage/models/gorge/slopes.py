"""Owns the name of the grassy slopes below the stone bridge."""

from __future__ import annotations

from panda3d.core import NodePath

from vr_runtime.stage.models.gorge.walls import sides


def build() -> NodePath:
    """The slopes as a node to be written."""
    return sides("slopes")
