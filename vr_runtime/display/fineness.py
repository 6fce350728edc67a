"""Owns how many points the patient's picture is drawn with; knows no view and no rate."""

from __future__ import annotations

from collections.abc import Callable

from panda3d.core import (
    GraphicsOutput,
    SamplerState,
    Texture,
)

from vr_runtime.display.graphics import Output
from vr_runtime.display.spread import before
from vr_runtime.wire.acts import Quality

LOWERED = 0.7
"""Part of width and height that is drawn when lowered: half of the points."""

Lay = Callable[[GraphicsOutput], Callable[[], None]]
"""Lays the view into an output; gives what renews it before each picture."""


class Fineness:
    """The view in the main output, whole, or from a smaller picture that is spread over it.

    The smaller one is drawn within the same picture, so that nothing is shown later than before.
    """

    def __init__(self, output: Output, lay: Lay) -> None:
        self._output = output
        self._scale = 1.0
        self._lowered = False
        self._lay = lay
        self._whole = lay(output.main)
        main = output.main
        self._regions = [main.getDisplayRegion(i) for i in range(main.getNumDisplayRegions())]
        self._points = Texture("fewer points")
        self._points.setMagfilter(SamplerState.FTLinear)
        self._points.setMinfilter(SamplerState.FTLinear)
        self._points.setWrapU(SamplerState.WMClamp)
        self._points.setWrapV(SamplerState.WMClamp)
        self._spread = main.makeDisplayRegion()
        self._spread.setSort(5)
        self._spread.setCamera(before(self._points, "spread"))
        self._spread.setActive(False)
        self._buffer: GraphicsOutput | None = None
        self._fewer: Callable[[], None] = self._whole
        self._of = (0, 0)

    @property
    def quality(self) -> Quality:
        """As the next picture will be drawn."""
        return "lowered" if self._lowered else "full"

    def draw_with(self, quality: Quality) -> None:
        """From the next picture on; the same again does nothing."""
        self._change(self._scale, lowered=quality == "lowered")

    def draw_at(self, scale: float) -> None:
        """Also when not lowered, draw this part of width and height, 0 to 1."""
        self._change(scale, lowered=self._lowered)

    @property
    def part(self) -> float:
        """Part of width and height that is drawn."""
        return self._scale * (LOWERED if self._lowered else 1.0)

    def _change(self, scale: float, *, lowered: bool) -> None:
        before = self.part
        self._scale, self._lowered = scale, lowered
        if self.part == before:
            return
        self.forget()
        spread = self.part < 1.0
        if spread:
            self._make()
        for region in self._regions:
            region.setActive(not spread)
        self._spread.setActive(spread)

    def finished(self) -> None:
        """The main output has the whole picture."""

    def renew(self) -> None:
        """Before a picture."""
        if self._buffer is None:
            self._whole()
            return
        if self._output.size != self._of:
            self.forget()
            self._make()
        self._fewer()

    def _make(self) -> None:
        self._of = self._output.size
        size = max(1, round(self._of[0] * self.part)), max(1, round(self._of[1] * self.part))
        self._buffer = self._output.buffer("fewer points", size, self._points, in_memory=False)
        self._output.draw_with_main(self._buffer)
        self._fewer = self._lay(self._buffer)

    def forget(self) -> None:
        """Give the smaller picture back."""
        if self._buffer is not None:
            self._output.remove(self._buffer)
        self._buffer = None
