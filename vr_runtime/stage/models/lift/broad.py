"""Owns the lift of this size as a model; how it is built and how large it is stand elsewhere."""

from __future__ import annotations

from panda3d.core import NodePath

from vr_runtime.stage.models.lift.cabin import lift
from vr_runtime.stage.models.lift.plan import BROAD


def build() -> NodePath:
    """The lift as a node to be written."""
    return lift(BROAD)
