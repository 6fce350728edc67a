"""Owns the loading of the balcony itself; knows nothing of how it was built."""

from __future__ import annotations

from panda3d.core import NodePath

from vr_runtime.stage.models.glb import read


def build() -> NodePath:
    """The balcony as a node to be written."""
    return read("balcony/terrace")[0]
