"""Owns the loading of the tower that carries the balcony; knows nothing of how it was built."""

from __future__ import annotations

from panda3d.core import NodePath

from vr_runtime.stage.models.glb import read


def build() -> NodePath:
    """The tower as a node to be written."""
    return read("city/tower")[0]
