"""Owns the line the patient reads before a vehicle moves; knows neither vehicle nor scenario."""

from __future__ import annotations

from panda3d.core import (
    Camera,
    GraphicsOutput,
    NodePath,
    OrthographicLens,
    TextNode,
)

_HEIGHT = 0.055
"""Height of a line of letters as a part of the picture's height."""
_LOW = -0.52
"""Where its middle lies: below what is looked at, above the line at the lower edge."""
_LETTERS_A_LINE = 42


class Announcing:
    """A line over the picture, drawn only while there is something to say."""

    def __init__(self, output: GraphicsOutput) -> None:
        """Lay it over what `output` shows."""
        root = NodePath("announcing")
        self._node = TextNode("announcing")
        self._node.setAlign(TextNode.ACenter)
        self._node.setWordwrap(_LETTERS_A_LINE * 0.5)
        self._node.setTextColor(0.93, 0.94, 0.95, 1.0)
        self._node.setCardColor(0.07, 0.09, 0.11, 0.62)
        self._node.setCardAsMargin(0.5, 0.5, 0.25, 0.25)
        self._node.setCardDecal(True)
        self._text = root.attachNewNode(self._node)
        self._text.setDepthTest(False)
        self._text.setDepthWrite(False)
        flat = OrthographicLens()
        flat.setFilmSize(2, 2)
        flat.setNearFar(-10, 10)
        self._region = output.makeDisplayRegion()
        self._region.setSort(19)
        self._region.setCamera(root.attachNewNode(Camera("announcing", flat)))
        self._region.setActive(False)

    @property
    def said(self) -> str | None:
        """What the next picture says."""
        return self._node.getText() if self._region.isActive() else None

    def say(self, words: str | None, size: tuple[int, int]) -> None:
        """From the next picture, of this width and height, on say this, or nothing."""
        self._region.setActive(words is not None)
        if words is None:
            return
        if self._node.getText() != words:
            self._node.setText(words)
        tall = 2.0 * _HEIGHT
        self._text.setScale(tall * size[1] / size[0], 1.0, tall)
        self._text.setZ(_LOW)
