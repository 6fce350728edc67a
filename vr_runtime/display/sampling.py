"""Owns a few points of each picture as it was drawn, for who looks whether it flashes.

They are spread into a tiny buffer, which is read while the next picture is made: so it costs one
copy at most, and nothing waits for it.
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
from vr_runtime.flash.light import COLUMNS, ROWS, Values, in_cells, light_of

FINER = 2
"""Points that are read of each cell, each way."""


class Sampler:
    """The picture before the last one, in the cells of the proof."""

    def __init__(self, output: Output, finished: Callable[[], Texture | None]) -> None:
        """Sample the texture that `finished` names at each time, or what the main output shows."""
        self._output = output
        self._finished = finished
        self._picture = Texture("sampled")
        self._picture.setMinfilter(SamplerState.FTLinear)
        self._picture.setMagfilter(SamplerState.FTLinear)
        if finished() is None:
            output.main.addRenderTexture(self._picture, GraphicsOutput.RTMCopyTexture)
        self._points = Texture("points")
        size = (COLUMNS * FINER, ROWS * FINER)
        self._buffer = output.buffer("points", size, self._points)
        region = self._buffer.makeDisplayRegion()
        self._camera = before(self._picture, "sampled")
        region.setCamera(self._camera)
        output.draw_with_main(self._buffer)

    def light(self) -> Values | None:
        """Linear colours (rows, columns, 3) of a picture; None before the first was read."""
        finished = self._finished()
        if finished is not None:
            self._camera.getTop().setTexture(finished, 1)
        if not self._points.hasRamImage():
            return None
        size = (self._points.getYSize(), self._points.getXSize(), 3)
        points: NDArray[np.uint8] = np.frombuffer(
            self._points.getRamImageAs("RGB"), dtype=np.uint8
        ).reshape(size)
        return in_cells(light_of(points))

    def close(self) -> None:
        """Give the buffer back."""
        self._output.remove(self._buffer)
