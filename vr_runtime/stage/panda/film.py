"""Owns a film all around: opened beside the pictures, shown by the scene's own time.

Knows neither scene nor patient. Panda3D's own reader decodes a few pictures ahead in a thread of
its own, so that none is waited for. The film's sound is not played.
"""

from __future__ import annotations

import time
from collections.abc import Callable

from panda3d.core import Filename, MovieVideo, MovieVideoCursor, SamplerState, Texture

from vr_runtime.language import _
from vr_runtime.stage.own import OwnFile, Refused, changed, sha256_of, unread
from vr_runtime.stage.panda.film_trial import FIRST_WITHIN_S, tried
from vr_runtime.stage.picture_size import LEAST, shaped

WIDEST, HIGHEST = 4096, 2048
SHORTEST_S = 0.2
LOOK_S = 0.002
EXACT_WITHIN_S = 0.25
STARTS = {
    ".mp4": (4, (b"ftyp",)),
    ".mov": (4, (b"ftyp", b"moov", b"mdat", b"wide", b"free", b"skip")),
    ".webm": (0, (b"\x1a\x45\xdf\xa3",)),
    ".mkv": (0, (b"\x1a\x45\xdf\xa3",)),
}
"""Where a film of each ending says what it is: a reader of films would also take a play list, and
open what that names."""


class Film:
    """One film, opened, with its first picture in the texture."""

    def __init__(self, cursor: MovieVideoCursor, texture: Texture, length_s: float) -> None:
        self.texture = texture
        self._cursor = cursor
        self._length_s = length_s

    def show(self, seconds: float, *, exact: bool = False) -> None:
        """Have the picture of this moment in the texture, as soon as it is decoded; it loops.

        `exact` waits for it, where nobody looks: then the same moment shows the same picture.
        """
        at = seconds % self._length_s
        until = time.monotonic() + EXACT_WITHIN_S
        # It says whether another picture is due.
        while self._cursor.setTime(at, 1):
            if not _taken(self._cursor, self.texture) and not exact:
                return
            if time.monotonic() > until:
                return
            time.sleep(LOOK_S)


def _taken(cursor: MovieVideoCursor, texture: Texture) -> bool:
    """Whether a further picture was decoded; it is in the texture then."""
    picture = cursor.fetchBuffer()
    # Before its first picture the reader gives one of no moment, with nothing in it.
    if picture is None or picture.getTimestamp() < 0.0:
        return False
    cursor.applyToTexture(picture, texture, 0)
    return True


def film(file: OwnFile, goes_on: Callable[[], bool]) -> Film:
    """Open a film; takes as long as reading all of its file.

    Raises:
        Refused: it is no film that can be read, too large, not all around, or has no picture.
        InterruptedError: `goes_on` says that nobody waits for it any more.
    """
    with file.path.open("rb") as source:
        start = source.read(16)
    at, known = STARTS[file.path.suffix.lower()]
    if not start[at:].startswith(known):
        raise _damaged(file)
    if sha256_of(file.path, goes_on) != file.sha256:
        raise changed(file.name)
    size = tried(file.path)
    if size is None:
        raise _damaged(file)
    width, height, length_s = size
    if width < LEAST or not SHORTEST_S <= length_s < 24 * 3600.0:
        raise _damaged(file)
    if width > WIDEST or height > HIGHEST:
        told = _("it is {width} by {height} points, more than a film may have")
        hint = _("export it as {width} by {height}").format(width=WIDEST, height=HIGHEST)
        raise unread(file.name, told.format(width=width, height=height), hint)
    shaped(file.name, width, height)
    cursor = MovieVideo.get(Filename.fromOsSpecific(str(file.path))).open()
    if cursor is None or (cursor.sizeX(), cursor.sizeY()) != (width, height):
        raise _damaged(file)
    texture = Texture("film")
    cursor.setupTexture(texture)
    texture.setMinfilter(SamplerState.FTLinear)
    texture.setMagfilter(SamplerState.FTLinear)
    texture.setWrapU(SamplerState.WMRepeat)
    texture.setWrapV(SamplerState.WMClamp)
    texture.setKeepRamImage(True)
    until = time.monotonic() + FIRST_WITHIN_S
    cursor.setTime(0.0, 1)
    while not _taken(cursor, texture):
        if not goes_on():
            raise InterruptedError
        if time.monotonic() > until:
            raise _damaged(file)
        time.sleep(LOOK_S)
        cursor.setTime(0.0, 1)
    return Film(cursor, texture, length_s)


def _damaged(file: OwnFile) -> Refused:
    told = _("it is damaged, or no film that can be read")
    return unread(file.name, told, _("export it as MP4 with H.264, or as WebM with VP9"))
