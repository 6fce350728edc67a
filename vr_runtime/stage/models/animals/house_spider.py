"""Owns the house spider as a model."""

from __future__ import annotations

from panda3d.core import NodePath

from vr_runtime.stage.models.animals.spider.build import spider


def build() -> NodePath:
    """The spider as a node to be written."""
    return spider("house_spider")
