"""Owns a few points of each picture as it was drawn, for who looks whether it flashes.

The driver copies the picture to a texture and spreads that into a tiny buffer, which is read while
the next picture is made: so it costs one copy, and nothing waits for it.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray
from panda3d.core import (
    GraphicsOutput,
    SamplerState,
    Texture,
)

from vr_runtime.display.graphics import Output
from vr_runtime.display.spread import before
from vr_runtime.flash.light import Values, in_cells, light_of

COLUMNS, ROWS = 32, 18
"""Cells across and down."""
FINER = 4
"""Points that are read of each cell, each way."""


class Sampler:
    """The picture before the last one, in cells."""

    def __init__(self, output: Output, of: Callable[[], Texture] | None = None) -> None:
        """Look at what stands in the main output, or at the finished picture that `of` gives."""
        self._output = output
        self._of = of
        if of is None:
            picture = Texture("sampled")
            picture.setMinfilter(SamplerState.FTLinear)
            picture.setMagfilter(SamplerState.FTLinear)
            output.main.addRenderTexture(picture, GraphicsOutput.RTMCopyTexture)
        else:
            picture = of()
        self._points = Texture("points")
        size = (COLUMNS * FINER, ROWS * FINER)
        self._buffer = output.buffer("points", size, self._points)
        region = self._buffer.makeDisplayRegion()
        camera = before(picture, "sampled")
        self._card = camera.getTop().find("+GeomNode")
        region.setCamera(camera)
        output.draw_with_main(self._buffer)

    def renew(self) -> None:
        """Before a picture: another one may be finished elsewhere from now on."""
        if self._of is not None:
            self._card.setTexture(self._of(), 1)

    def light(self) -> Values | None:
        """Linear colours (rows, columns, 3) of a picture; None before the first was read."""
        if not self._points.hasRamImage():
            return None
        size = (self._points.getYSize(), self._points.getXSize(), 3)
        points: NDArray[np.uint8] = np.frombuffer(
            self._points.getRamImageAs("RGB"), dtype=np.uint8
        ).reshape(size)
        return in_cells(light_of(points), COLUMNS, ROWS)

    def close(self) -> None:
        """Give the buffer back."""
        self._output.remove(self._buffer)
