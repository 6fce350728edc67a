"""Makes films of pictures whose answer is known, with the library that reads them."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import numpy as np
from numpy.typing import NDArray

CLOCK = Fraction(1, 36_000)
"""A tick of it divides every rate of the signals, and MPEG-4 can still name it."""
CODECS = {
    ".mp4": ("libx264", "yuv420p", {"crf": "10", "preset": "ultrafast"}),
    ".m4v": ("mpeg4", "yuv420p", {"b": "4000000"}),
    ".mov": ("mjpeg", "yuvj420p", {}),
    ".mkv": ("ffv1", "yuv444p", {}),
    ".webm": ("libvpx-vp9", "yuv420p", {"deadline": "realtime", "cpu-used": "8", "crf": "10"}),
    ".avi": ("mpeg4", "yuv420p", {"b": "4000000"}),
}
"""An ordinary way for each ending: codec, how its points are laid, how it is asked to do it."""


def film_of(
    file: Path,
    pictures: Iterable[tuple[float, NDArray[Any]]],
    *,
    as_: tuple[str, str, dict[str, str]] | None = None,
    rate: int = 30,
    turned: int = 0,
    source: str = "rgb24",
    **said: Any,
) -> Path:
    """Write pictures, each from its time in seconds on.

    Args:
        file: its ending says the container.
        as_: codec, layout of points and options; None: as the ending has them.
        rate: what an AVI has for a clock, pictures a second; the others have a finer one.
        turned: degrees by which a player is to turn it.
        source: how the given points are laid: `rgb24`, `rgba`, or that of the film itself.
        said: attributes of the codec, as `color_range`.
    """
    codec, layout, options = as_ or CODECS[file.suffix]
    clock = Fraction(1, rate) if file.suffix == ".avi" else CLOCK
    with av.open(file, "w") as container:
        stream = None
        for at_s, picture in pictures:
            shown = (
                np.clip(picture * 255.0, 0, 255).round() if picture.dtype.kind == "f" else picture
            )
            frame = av.VideoFrame.from_ndarray(shown.astype(np.uint8), format=source)
            if stream is None:
                stream = container.add_stream(codec, rate=rate, options=options)
                stream.width, stream.height, stream.pix_fmt = frame.width, frame.height, layout
                stream.time_base = stream.codec_context.time_base = clock
                for name, value in said.items():
                    setattr(stream.codec_context, name, value)
                if turned:
                    stream.set_display_rotation(turned)
            frame.pts, frame.time_base = round(at_s / clock), clock
            container.mux(stream.encode(frame))
        assert stream is not None
        container.mux(stream.encode())
    return file
