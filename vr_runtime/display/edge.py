"""Owns the soft dark ring at the edge of a view that is moved; knows neither vehicle nor speed."""

from __future__ import annotations

import numpy as np
from panda3d.core import CardMaker, NodePath, SamplerState, Texture, TransparencyAttrib

INNER, OUTER = 0.50, 1.15
"""Where the ring begins and is darkest, as parts of half the picture's breadth and height."""
DARKEST = 0.85
_POINTS = 128


class Edge:
    """A card over the whole picture, darkened outside its middle."""

    def __init__(self, root: NodePath) -> None:
        maker = CardMaker("edge")
        maker.setFrame(-1, 1, -1, 1)
        self._card = root.attachNewNode(maker.generate())
        self._card.setTexture(_ring())
        self._card.setTransparency(TransparencyAttrib.MAlpha)
        self._card.setDepthTest(False)
        self._card.setDepthWrite(False)
        self.strength = 0.0

    @property
    def strength(self) -> float:
        """How dark the ring is, 0 to 1; at 0 nothing is drawn."""
        return self._strength

    @strength.setter
    def strength(self, strength: float) -> None:
        self._strength = strength if strength > 0.002 else 0.0
        self._card.setColor(0.0, 0.0, 0.0, self._strength)
        if self._strength:
            self._card.show()
        else:
            self._card.hide()


def _ring() -> Texture:
    side = (np.arange(_POINTS) + 0.5) / _POINTS * 2.0 - 1.0
    away = np.hypot(side[None, :], side[:, None])
    part = np.clip((away - INNER) / (OUTER - INNER), 0.0, 1.0)
    dark = DARKEST * part * part * (3.0 - 2.0 * part)
    ring = Texture("ring")
    ring.setup2dTexture(_POINTS, _POINTS, Texture.TUnsignedByte, Texture.FAlpha)
    ring.setRamImage((dark * 255.0).astype(np.uint8).tobytes())
    ring.setMinfilter(SamplerState.FTLinear)
    ring.setMagfilter(SamplerState.FTLinear)
    ring.setWrapU(SamplerState.WMClamp)
    ring.setWrapV(SamplerState.WMClamp)
    return ring
