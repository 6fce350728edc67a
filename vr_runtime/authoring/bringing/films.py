"""Owns how an author's film is laid into a scenario: its pictures alone, without what tells on it.

A film holds where and when it was taken, and its sound, which is not played. Both are left out
where films can be opened here.
"""

from __future__ import annotations

import tempfile
from importlib.util import find_spec
from pathlib import Path

from vr_runtime.language import _


class NoFilm(ValueError):
    """It cannot be used as a film; the message says why."""


def _no_film(file: Path) -> str:
    return _("{file}: it is damaged, or no film of a kind that can be read").format(file=file)


def film_alone(file: Path) -> tuple[bytes, tuple[str, ...]]:
    """The bytes of the film's pictures, as they are, and what its author should know.

    Raises:
        NoFilm: it holds no pictures.
        OSError: it cannot be read.
    """
    if not file.stat().st_size:
        raise NoFilm(_no_film(file))
    still = _("{file}: a camera that moves moves the patient; say so in `comfort`, or take another")
    told = [still.format(file=file.name)]
    made = _without(file) if find_spec("av") is not None else None
    if made is None:
        left = _(
            "{file}: its sound, place and time of taking stay in it; films need palier[author]"
        )
        return file.read_bytes(), (*told, left.format(file=file.name))
    return made, tuple(told)


def _without(file: Path) -> bytes | None:
    """The film's pictures in a new file, none decoded; None where that cannot be done.

    Raises:
        NoFilm: it holds no pictures, or is damaged at its beginning.
    """
    import av

    try:
        with av.open(str(file)) as source:
            if not source.streams.video:
                raise NoFilm(_no_film(file))
    except av.FFmpegError as fault:
        raise NoFilm(_no_film(file)) from fault

    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / f"film{file.suffix.lower()}"
        try:
            with av.open(str(file)) as source, av.open(str(target), "w") as out:
                stream = source.streams.video[0]
                copied = out.add_stream_from_template(stream)
                for packet in source.demux(stream):
                    if packet.dts is not None:
                        packet.stream = copied
                        out.mux(packet)
        except (av.FFmpegError, IndexError, ValueError):
            return None
        return target.read_bytes()
