"""Owns how the pictures of a film come out of its file, with their times; judges nothing.

The library that reads films (PyAV, with FFmpeg) is large, belongs to the extra `author`, and is
imported only when a film is opened. A file may come from anywhere: it is told from others by its
ending and by these containers alone, and whatever it names elsewhere is not opened.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import numpy as np

from vr_runtime.authoring.still import MOST_POINTS, WIDEST, NoPictures, Points, over_black
from vr_runtime.language import _, filled
from vr_runtime.system_words import why as why_not

if TYPE_CHECKING:
    from av.container import InputContainer
    from av.video.frame import VideoFrame
    from av.video.stream import VideoStream

ENDINGS = (".mp4", ".m4v", ".mov", ".mkv", ".webm", ".avi")
"""Films that are read."""
CONTAINERS = "mov,matroska,avi"
"""The same as FFmpeg names them: no play list, no picture sequence, nothing that opens more."""
MOST_THREADS = 4
"""Each thread holds pictures of its own: so many keep memory bounded on a machine of any size."""
ABSOLUTE = 16
"""The transfer characteristic "PQ" (SMPTE 2084): its values are candelas, no share of white."""
FINE = 720
"""From this height on a film that does not say so has the colours of ITU-R BT.709, as players
take it; a smaller one those of BT.601."""
BOTTOM_FIRST = (3, 4)
"""Orders of fields, as FFmpeg numbers them, in which the lower lines are shown first."""
SHORT_S = 0.5
"""A film that ends so much before it says it does was cut off."""


def film(file: Path) -> Iterator[tuple[float, Points]]:
    """Pictures with their times in seconds from the first one on, as a player shows them.

    Both fields of an interlaced picture come one after the other. A film of high dynamic range in
    HLG is taken as an ordinary screen shows it.

    Raises:
        NoPictures: the library is not installed, the file is damaged, ends too early, holds no
            film, or one that is too large or whose light cannot be told.
    """
    try:
        import av
    except ImportError as fault:
        told = _("{file}: films need a library that is not installed: pip install 'palier[author]'")
        raise NoPictures(told.format(file=file)) from fault
    try:
        with (
            file.open("rb") as source,
            av.open(
                source,
                "r",
                metadata_errors="replace",
                container_options={"format_whitelist": CONTAINERS},
                io_open=_refused,
            ) as container,
        ):
            yield from _shown(file, container)
    except NoPictures:
        raise
    except MemoryError as fault:
        raise NoPictures(_large(file)) from fault
    except (av.error.FFmpegError, ValueError, OverflowError) as fault:
        raise NoPictures(_damaged(file)) from fault
    except OSError as fault:
        raise NoPictures(f"{file}: {why_not(fault)}") from fault


def _refused(*asked: Any) -> NoReturn:
    raise PermissionError("a film may open no other file")


def _damaged(file: Path) -> str:
    return _("{file}: it is damaged, or no film of a kind that can be read").format(file=file)


def _large(file: Path) -> str:
    told = _("{file}: it has more than {most} million points")
    return told.format(file=file, most=MOST_POINTS // 1_000_000)


def _stream(file: Path, container: InputContainer) -> VideoStream:
    """The one that moves: a cover is a picture, not a film."""
    import av

    for stream in container.streams.video:
        # FFmpeg lists streams that it has no decoder for; PyAV gives those no context.
        if stream.codec_context is None or stream.disposition & av.stream.Disposition.attached_pic:
            continue
        # Told before anything is decoded; what a picture says only later, the decoder refuses.
        if stream.width * stream.height > MOST_POINTS:
            raise NoPictures(_large(file))
        stream.thread_type = "AUTO"
        stream.codec_context.thread_count = MOST_THREADS
        stream.codec_context.options = {"max_pixels": str(MOST_POINTS)}
        return stream
    raise NoPictures(_("{file}: it holds no moving picture").format(file=file))


def _shown(file: Path, container: InputContainer) -> Iterator[tuple[float, Points]]:
    stream = _stream(file, container)
    apart_s = 1.0 / float(stream.average_rate) if stream.average_rate else None
    begun_s: float | None = None
    now_s = length_s = 0.0
    for frame in container.decode(stream):
        at_s = frame.time
        if at_s is None:  # old containers tell the time of some pictures only
            if apart_s is None:
                told = _("{file}: it does not tell the times of its pictures")
                raise NoPictures(told.format(file=file))
            at_s = 0.0 if begun_s is None else begun_s + now_s + apart_s
        begun_s = at_s if begun_s is None else begun_s
        now_s = at_s - begun_s
        if frame.is_corrupt:
            told = _("{file}: it is damaged after {seconds:.2f} s")
            raise NoPictures(filled(told, file=file, seconds=now_s))
        if frame.color_trc == ABSOLUTE:
            told = _("{file}: it is of high dynamic range (PQ); make an ordinary film of it first")
            raise NoPictures(told.format(file=file))
        picture = _points(frame, stream.sample_aspect_ratio)
        turns = round(frame.rotation / 90.0)
        length_s = float(frame.duration * frame.time_base) if frame.time_base else 0.0
        length_s = length_s or apart_s or 0.0
        if frame.interlaced_frame:
            last = stream.codec_context.field_order in BOTTOM_FIRST
            for begins_s, top in ((0.0, int(last)), (length_s / 2.0, int(not last))):
                yield now_s + begins_s, np.rot90(np.repeat(picture[top::2], 2, axis=0), turns)
        else:
            yield now_s, np.rot90(picture, turns)
    if (told_s := _told_s(container, stream)) and now_s + length_s < told_s - SHORT_S:
        cut = _("{file}: it ends after {seconds:.2f} of {told:.2f} s: it was cut off")
        raise NoPictures(filled(cut, file=file, seconds=now_s, told=told_s))


def _told_s(container: InputContainer, stream: VideoStream) -> float | None:
    """How long the film says its pictures last, in seconds; None if only its sound may last so."""
    if stream.duration and stream.time_base:
        return float(stream.duration * stream.time_base)
    if clock := stream.metadata.get("DURATION"):
        try:
            hours, minutes, seconds = (float(part) for part in clock.split(":"))
        except ValueError:
            return None
        return 3600.0 * hours + 60.0 * minutes + seconds
    if container.duration and len(container.streams) == 1:
        return container.duration / 1e6
    return None


def _points(frame: VideoFrame, of_a_point: Fraction | None) -> Points:
    """Red, green and blue as displayed, with square points, not turned yet.

    Args:
        frame: as decoded; its own colour space and range are minded.
        of_a_point: width for height of each of its points; None or 0: they are square.
    """
    wide = frame.width * min(4.0, max(0.25, float(of_a_point or 1)))
    smaller = min(1.0, WIDEST / wide)
    see_through = any(component.is_alpha for component in frame.format.components)
    unsaid = frame.colorspace in (2, 3) and frame.height >= FINE
    # Lines are kept where every other one belongs to another moment.
    high = frame.height if frame.interlaced_frame else round(frame.height * smaller)
    shown: Any = frame.reformat(
        width=max(1, round(wide * smaller)),
        height=max(1, high),
        format="rgba" if see_through else "rgb24",
        src_colorspace="ITU709" if unsaid else None,
        interpolation="AREA",
    ).to_ndarray()
    told: Points = over_black(shown) if see_through else shown
    return told
