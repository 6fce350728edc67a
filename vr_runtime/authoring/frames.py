"""Owns how pictures with their times come from a file or a folder; judges nothing."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageSequence, UnidentifiedImageError

from vr_runtime.language import _

ENDINGS = (".png", ".jpg", ".jpeg")
"""Pictures of a folder, taken in the order of their names."""
FILM_ENDINGS = (".gif", ".png", ".apng", ".webp")
"""Films that hold the time of each of their pictures."""
WIDEST = 640
"""Pixels; a wider picture is made smaller before it is measured, which changes no cell's mean."""
TIMES = "times.txt"
"""A file beside the pictures: a time in seconds for each, one a line, where the rate varies."""

Timed = Iterator[tuple[float, NDArray[np.uint8]]]


class NoPictures(ValueError):
    """There is nothing to measure; the message says what was looked for."""


def frames(path: Path, rate: float) -> Timed:
    """Pictures with their times in seconds.

    Args:
        path: a folder of PNG or JPEG pictures, or a film as animated GIF, PNG or WebP.
        rate: pictures a second of a folder without `times.txt`.

    Raises:
        NoPictures: nothing there can be read as such, or times and pictures differ in number.
    """
    return _of_folder(path, rate) if path.is_dir() else _of_film(path)


def _of_folder(folder: Path, rate: float) -> Timed:
    files = sorted(f for f in folder.iterdir() if f.suffix.lower() in ENDINGS)
    if len(files) < 2:
        told = _("{folder}: it holds fewer than two pictures ({endings})")
        raise NoPictures(told.format(folder=folder, endings=", ".join(ENDINGS)))
    for at_s, file in zip(_times(folder, len(files), rate), files, strict=True):
        try:
            with Image.open(file) as image:
                yield at_s, _pixels(image)
        except (UnidentifiedImageError, OSError) as fault:
            raise NoPictures(f"{file}: {fault}") from fault


def _times(folder: Path, count: int, rate: float) -> list[float]:
    try:
        lines = (folder / TIMES).read_text("utf-8").split()
    except FileNotFoundError:
        return [n / rate for n in range(count)]
    except (OSError, UnicodeDecodeError) as fault:
        raise NoPictures(f"{folder / TIMES}: {fault}") from fault
    try:
        times = [float(line) for line in lines]
    except ValueError as fault:
        raise NoPictures(f"{folder / TIMES}: {fault}") from fault
    if len(times) != count:
        told = _("{file}: {times} times for {count} pictures")
        raise NoPictures(told.format(file=folder / TIMES, times=len(times), count=count))
    return times


def _of_film(file: Path) -> Timed:
    try:
        with Image.open(file) as film:
            if getattr(film, "n_frames", 1) < 2:
                told = _("{file}: it is no film; these are: {endings}")
                raise NoPictures(told.format(file=file, endings=", ".join(FILM_ENDINGS)))
            now = 0.0
            for picture in ImageSequence.Iterator(film):
                yield now, _pixels(picture)
                # Players show what names no time, or less than 20 ms, for a tenth of a second.
                shown_ms = float(picture.info.get("duration", 0.0))
                now += (shown_ms if shown_ms >= 10.0 else 100.0) / 1000.0
    except (UnidentifiedImageError, OSError, SyntaxError) as fault:
        raise NoPictures(f"{file}: {fault}") from fault


def _pixels(image: Image.Image) -> NDArray[np.uint8]:
    shown = image.convert("RGB")
    if shown.width > WIDEST:
        part = -(-shown.width // WIDEST)
        shown = shown.reduce(part)
    return np.asarray(shown, dtype=np.uint8)
