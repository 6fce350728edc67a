"""Owns how light it is where something moves: the widest map of shadows in the scene tells it.

Knows no scenario.
"""

from __future__ import annotations

from panda3d.core import LVecBase2f, LVecBase4f, NodePath

from vr_runtime.stage.look.dress import moves_on, unshaded_movers
from vr_runtime.stage.models.driven import SITE_PLACE


class Ground:
    """What darkens movers below one root."""

    def __init__(self, root: NodePath) -> None:
        self._root = root
        self._width_m = 0.0

    def take(self, model: NodePath) -> None:
        """If `model` stands upright, unturned, and brings the widest map so far, movers heed it."""
        for node in [model, *model.findAllMatches(f"**/={SITE_PLACE}")]:
            if not node.hasTag(SITE_PLACE):
                continue
            west, south, per_x, per_y, low, span = map(float, node.getTag(SITE_PLACE).split())
            turned = node.getHpr(self._root).length() > 0.01
            if turned or 1.0 / per_x <= self._width_m:
                continue
            self._width_m = 1.0 / per_x
            x, y, z = node.getPos(self._root)
            moves_on(
                self._root,
                node.getShaderInput("site").getTexture(),
                LVecBase4f(west + x, south + y, per_x, per_y),
                LVecBase2f(low + z, span),
            )

    def forget(self) -> None:
        """The scenario has ended."""
        self._width_m = 0.0
        unshaded_movers(self._root)
