"""Owns the honey bee as a model."""

from __future__ import annotations

from panda3d.core import NodePath

from vr_runtime.stage.models.animals.insect.build import insect


def build() -> NodePath:
    """The honey bee as a node to be written."""
    return insect("bee")
