"""Owns the large dog as a model."""

from __future__ import annotations

from panda3d.core import NodePath

from vr_runtime.stage.models.animals.dog.build import dog


def build() -> NodePath:
    """The dog as a node to be written."""
    return dog("large_dog")
