"""Owns the small picture of the patient's view for the therapist; knows no link, stores nothing."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO

from panda3d.core import GraphicsOutput, Texture
from PIL import Image

from vr_runtime.display.graphics import Output

LEAST_S = 0.1
"""At most ten pictures a second are drawn, whoever asks; in between the last one is given again."""
QUALITY = 70
SMALLEST = 16


def fitting(shape: tuple[int, int], width: int, height: int) -> tuple[int, int]:
    """The largest size within `width` and `height` with the proportions of `shape`, in pixels."""
    part = min(width / shape[0], height / shape[1], 1.0)
    return max(SMALLEST, round(shape[0] * part)), max(SMALLEST, round(shape[1] * part))


class Mirror:
    """Draws the present view once more, small, when it is asked for; costs nothing otherwise."""

    def __init__(
        self,
        output: Output,
        regions: Callable[[GraphicsOutput], Callable[[], None]],
        clock: Callable[[], float],
    ) -> None:
        """Begin without a buffer; `regions` lays the view into one and gives what renews it."""
        self._output = output
        self._regions = regions
        self._clock = clock
        self._size = (0, 0)
        self._buffer: GraphicsOutput | None = None
        self._pixels = Texture("mirror")
        self._renew: Callable[[], None] | None = None
        self._last: tuple[float, bytes] | None = None

    def picture(self, width: int, height: int) -> bytes:
        """The patient's view as a JPEG within `width` and `height` pixels."""
        size = fitting(self._output.size, max(SMALLEST, width), max(SMALLEST, height))
        now = self._clock()
        if self._last is not None and size == self._size and now - self._last[0] < LEAST_S:
            return self._last[1]
        jpeg = _jpeg(self.pixels(size), size)
        self._last = (now, jpeg)
        return jpeg

    def pixels(self, size: tuple[int, int]) -> bytes:
        """The patient's view, red, green and blue from the top row down."""
        if self._buffer is None or size != self._size:
            self.forget()
            self._size = size
            self._buffer = self._output.buffer("mirror", size, self._pixels)
            self._renew = self._regions(self._buffer)
        if self._renew is not None:
            self._renew()
        self._output.draw_only(self._buffer)
        rows = memoryview(self._pixels.getRamImageAs("RGB"))
        line = 3 * size[0]
        return b"".join(bytes(rows[y * line : (y + 1) * line]) for y in reversed(range(size[1])))

    def outdated(self) -> None:
        """Another view is shown: the last picture is not given again."""
        self._last = None

    def forget(self) -> None:
        """Give the buffer back and forget the last picture: no view is kept."""
        if self._buffer is not None:
            self._output.remove(self._buffer)
        self._buffer = self._renew = self._last = None
        self._pixels.clearRamImage()


def _jpeg(pixels: bytes, size: tuple[int, int]) -> bytes:
    out = BytesIO()
    Image.frombytes("RGB", size, pixels).save(out, "JPEG", quality=QUALITY)
    return out.getvalue()
