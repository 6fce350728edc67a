"""Owns how light it is where something moves: the widest map of shadows in the scene tells it.

Knows no scenario.
"""

from __future__ import annotations

from panda3d.core import LVecBase2f, LVecBase4f, NodePath

from vr_runtime.stage.look.dress import moves_on, unshaded_movers


class Ground:
    """What darkens movers below one root."""

    def __init__(self, root: NodePath) -> None:
        self._root = root
        self._width_m = 0.0

    def take(self, model: NodePath) -> None:
        """If `model` stands upright, unturned, and brings the widest map so far, movers heed it."""
        for node in [model, *model.findAllMatches("**")]:
            if not node.hasShaderInput("site_place"):
                continue
            place = node.getShaderInput("site_place").getVector()
            heights = node.getShaderInput("site_heights").getVector()
            turned = node.getHpr(self._root).length() > 0.01
            if turned or 1.0 / place[2] <= self._width_m:
                continue
            self._width_m = 1.0 / place[2]
            x, y, z = node.getPos(self._root)
            moves_on(
                self._root,
                node.getShaderInput("site").getTexture(),
                LVecBase4f(place[0] + x, place[1] + y, place[2], place[3]),
                LVecBase2f(heights[0] + z, heights[1]),
            )

    def forget(self) -> None:
        """The scenario has ended."""
        self._width_m = 0.0
        unshaded_movers(self._root)
