"""Owns how pictures with their times come from a file or a folder; judges nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from PIL import ImageSequence

from vr_runtime.authoring.film import ENDINGS as FILMS
from vr_runtime.authoring.film import film
from vr_runtime.authoring.still import NoPictures, Points, opened, points
from vr_runtime.language import _
from vr_runtime.system_words import why as why_not

STILLS = (".png", ".jpg", ".jpeg")
"""Pictures of a folder, taken in the order of their names; hidden files are none of them."""
ANIMATIONS = (".gif", ".png", ".apng", ".webp")
"""Pictures that move and hold the time of each."""
TIMES = "times.txt"
"""A file beside the pictures: a time in seconds for each, one a line, where the rate varies."""
LONGEST_TIMES = 64_000_000
"""Bytes of such a file, at most."""

Timed = Iterator[tuple[float, Points]]


def frames(path: Path, rate: float) -> Timed:
    """Pictures with their times in seconds, one after the other.

    Args:
        path: a folder of PNG or JPEG pictures, an animated GIF, PNG or WebP, or a film.
        rate: pictures a second of a folder without `times.txt`, above 0.

    Raises:
        NoPictures: nothing there can be read as such, or times and pictures differ in number.
    """
    ending = path.suffix.lower()
    try:
        is_folder, is_file, is_there = path.is_dir(), path.is_file(), path.exists()
    except OSError as fault:
        raise NoPictures(f"{path}: {why_not(fault)}") from fault
    if is_folder:
        return _of_folder(path, rate)
    if not is_there:
        raise NoPictures(_("{path}: there is no such file or folder").format(path=path))
    if not is_file or ending not in ANIMATIONS + FILMS:
        known = ", ".join(dict.fromkeys(ANIMATIONS + FILMS))
        told = _("{path}: it is neither a folder of pictures nor a film; films end in {endings}")
        raise NoPictures(told.format(path=path, endings=known))
    return film(path) if ending in FILMS else _of_animation(path)


def _of_folder(folder: Path, rate: float) -> Timed:
    try:
        files = sorted(
            (
                f
                for f in folder.iterdir()
                if f.suffix.lower() in STILLS and f.name[0] != "." and f.is_file()
            ),
            key=in_order,
        )
    except OSError as fault:
        raise NoPictures(f"{folder}: {why_not(fault)}") from fault
    if len(files) < 2:
        told = _("{folder}: it holds fewer than two pictures ({endings})")
        raise NoPictures(told.format(folder=folder, endings=", ".join(STILLS)))
    for at_s, file in zip(_times(folder, len(files), rate), files, strict=True):
        with opened(file) as image:
            shown = points(image)
        yield at_s, shown


def in_order(file: Path) -> tuple[list[str | int], str]:
    """By names, with numbers as numbers: the tenth picture comes after the second."""
    parts = re.split(r"([0-9]+)", file.name)
    return [int(part) if n % 2 else part for n, part in enumerate(parts)], file.name


def _times(folder: Path, count: int, rate: float) -> list[float]:
    file = folder / TIMES
    try:
        if not file.exists():
            return [n / rate for n in range(count)]
        if not file.is_file() or file.stat().st_size > LONGEST_TIMES:
            raise ValueError(file)
        times = [float(line) for line in file.read_text("utf-8").split()]
    except OSError as fault:
        raise NoPictures(f"{file}: {why_not(fault)}") from fault
    except ValueError as fault:
        told = _("{file}: it must hold a time in seconds for each picture, one a line")
        raise NoPictures(told.format(file=file)) from fault
    if len(times) != count:
        told = _("{file}: {times} times for {count} pictures")
        raise NoPictures(told.format(file=file, times=len(times), count=count))
    return times


def _of_animation(file: Path) -> Timed:
    with opened(file) as moving:
        if getattr(moving, "n_frames", 1) < 2:
            told = _("{file}: it holds a single picture; a film has two or more")
            raise NoPictures(told.format(file=file))
        now = 0.0
        for picture in ImageSequence.Iterator(moving):
            yield now, points(picture)
            # Players show what names no time, or less than 10 ms, for a tenth of a second.
            shown_ms = float(picture.info.get("duration", 0.0))
            now += (shown_ms if shown_ms >= 10.0 else 100.0) / 1000.0
