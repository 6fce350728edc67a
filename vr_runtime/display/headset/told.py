"""Owns the line that tells a patient in a headset that someone is watching.

It hangs in the room, ahead and below the gaze, so that both eyes agree on where it is. It knows
neither who watches nor why.
"""

from __future__ import annotations

from panda3d.core import CardMaker, NodePath, TransparencyAttrib

from vr_runtime.display.headset.eyes import HeadEyes
from vr_runtime.display.notice import WATCHED, texture_of, written
from vr_runtime.wire.acts import View

AHEAD_M, BELOW_M, HEIGHT_M = 1.6, 0.55, 0.075


class RoomNotice:
    """One card in every view, in the place of the line over a flat picture."""

    def __init__(self, eyes: HeadEyes, views: tuple[View, ...], language: str) -> None:
        """Hang the cards up, unseen."""
        self._eyes = eyes
        image = written(WATCHED.get(language))
        wide = HEIGHT_M * image.width / image.height
        maker = CardMaker("notice")
        maker.setFrame(-wide / 2.0, wide / 2.0, 0.0, HEIGHT_M)
        texture = texture_of(image)
        self._cards: list[NodePath] = []
        for view in views:
            card = eyes.room(view).attachNewNode(maker.generate())
            card.setTexture(texture, 1)
            card.setTransparency(TransparencyAttrib.MAlpha)
            card.setDepthTest(False)
            card.setDepthWrite(False)
            # Over everything: what is nearer would cut it, and one eye's picture more than another.
            card.setBin("fixed", 100)
            card.setLightOff(1)
            card.setFogOff(1)
            card.setShaderOff(1)
            card.hide()
            self._cards.append(card)
        self._shown = False

    @property
    def shown(self) -> bool:
        """Whether the next picture has the line."""
        return self._shown

    @shown.setter
    def shown(self, shown: bool) -> None:
        self._shown = shown
        for card in self._cards:
            if shown:
                card.show()
            else:
                card.hide()

    def shape(self, size: tuple[int, int]) -> None:
        """Before a picture: stay ahead of "ahead", below the eyes; it never follows the head."""
        for card in self._cards:
            card.setPos(0.0, AHEAD_M, self._eyes.height - BELOW_M)
