"""Owns the first opening of an author's film, in a process of its own; shows nothing.

A reader of films is large, and a file may hold what it was not made for. Whatever that does to a
reader, it happens here first, and not beside a patient: `python -m ... FILE` prints width, height
and seconds, and ends with 1 where no first picture comes.
"""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

from panda3d.core import Filename, MovieVideo, Texture, loadPrcFileData

FIRST_WITHIN_S = 10.0
"""The first picture comes within this time, or never."""
PATIENCE_S = 30.0
"""A trial that takes longer, start of Python included, is taken to hang."""
MEMORY_BYTES = 3 * 1024**3
SETTINGS = "notify-level-ffmpeg fatal\nffmpeg-max-readahead-frames 3\ntextures-power-2 none\n"
LOOK_S = 0.005


def tried(file: Path) -> tuple[int, int, float] | None:
    """Width, height and seconds of a film whose first picture could be decoded; None for others."""
    command = [sys.executable, "-P", "-m", __name__, str(file)]
    try:
        done = subprocess.run(
            command, capture_output=True, stdin=subprocess.DEVNULL, timeout=PATIENCE_S, check=True
        )
        width, height, seconds = done.stdout.split()
        return int(width), int(height), float(seconds)
    except (OSError, subprocess.SubprocessError, ValueError):
        return None


def main(arguments: list[str]) -> int:
    """Open one film, decode its first picture, tell its size."""
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    loadPrcFileData("trial", SETTINGS)
    (path,) = arguments
    cursor = MovieVideo.get(Filename.fromOsSpecific(path)).open()
    if cursor is None:
        return 1
    until = time.monotonic() + FIRST_WITHIN_S
    texture = Texture()
    cursor.setupTexture(texture)
    while time.monotonic() < until:
        cursor.setTime(0.0, 1)
        picture = cursor.fetchBuffer()
        if picture is not None and picture.getTimestamp() >= 0.0:
            cursor.applyToTexture(picture, texture, 0)
            print(cursor.sizeX(), cursor.sizeY(), cursor.length(), flush=True)
            return 0
        time.sleep(LOOK_S)
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
