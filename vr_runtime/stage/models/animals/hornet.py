"""Owns the hornet as a model."""

from __future__ import annotations

from panda3d.core import NodePath

from vr_runtime.stage.models.animals.insect.build import insect


def build() -> NodePath:
    """The hornet as a node to be written."""
    return insect("hornet")
