"""Owns the pictures of a main output as they were drawn, for who measures them; judges none."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from panda3d.core import GraphicsOutput, Texture

from vr_runtime.display.graphics import Output


class Keeping:
    """Copies each picture from now on; only for pictures that nobody sits before."""

    def __init__(self, output: Output) -> None:
        self._picture = Texture("kept")
        output.main.addRenderTexture(self._picture, GraphicsOutput.RTMCopyRam)

    def last(self) -> NDArray[np.uint8]:
        """The last picture: rows from the top, columns, and red, green, blue as displayed."""
        size = (self._picture.getYSize(), self._picture.getXSize(), 3)
        rows = np.frombuffer(self._picture.getRamImageAs("RGB"), dtype=np.uint8)
        return rows.reshape(size)[::-1]
