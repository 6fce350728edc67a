"""Owns the reading of a scenario's own files in the background, each once, until `empty`.

Knows neither scene nor patient: it gives what is read when it is there, and never waits.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import CancelledError, Future, ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Generic, TypeVar

from panda3d.core import NodePath

from vr_runtime.language import _
from vr_runtime.stage.own import KINDS, OwnFile, Refused, changed, unread
from vr_runtime.stage.panda.around import Tile, tiles
from vr_runtime.stage.panda.film import Film, film
from vr_runtime.stage.panda.indoors import indoors
from vr_runtime.stage.panda.own_models import own_model
from vr_runtime.stage.panda.own_sounds import OwnSound, own_sound
from vr_runtime.stage.panda.signs import Lettered, lettered
from vr_runtime.stage.rooms import Plan
from vr_runtime.stage.sign import Sign

T = TypeVar("T")
FEW, MANY = 4, 8
"""Up to so many panoramas are as fine as the display draws them; more share its memory."""


@dataclass
class Finely:
    """How fine own pictures are on this display."""

    around: int = 8192
    """Points across the broadest panorama."""
    anisotropy: int = 4


class Coming(Generic[T]):
    """One file on its way."""

    def __init__(self, name: str, future: Future[T]) -> None:
        self.name = name
        self._future = future
        self.given = False
        """Whether it was attached before; its textures are warm then."""

    def forget(self) -> None:
        """Not read any more, if that has not begun."""
        self._future.cancel()

    @property
    def made(self) -> T | None:
        """What was read, once it is."""
        future = self._future
        if not future.done() or future.cancelled() or future.exception() is not None:
            return None
        return future.result()

    @property
    def failed(self) -> str | None:
        """Why it cannot be had, in one sentence; None while it still may."""
        if not self._future.done() or self._future.cancelled():
            return None
        fault = self._future.exception()
        if fault is None or isinstance(fault, InterruptedError | CancelledError):
            return None
        if isinstance(fault, Refused):
            return str(fault)
        if isinstance(fault, MemoryError):
            return str(unread(self.name, _("this machine has not enough memory for it")))
        if isinstance(fault, OSError):
            return str(unread(self.name, fault.strerror or str(fault)))
        return str(unread(self.name, f"{type(fault).__name__}: {fault}"))


class OwnShelf:
    """Own files by name. All reading is done by one thread, in the order it was asked for."""

    def __init__(self, finely: Finely | None = None) -> None:
        self.finely = Finely() if finely is None else finely
        self._beside = ThreadPoolExecutor(max_workers=1, thread_name_prefix="own files")
        self._run = 0
        self._around: dict[str, Coming[list[Tile] | Film]] = {}
        self._models: dict[str, Coming[NodePath]] = {}
        self._sounds: dict[tuple[str, bool], Coming[OwnSound]] = {}
        self._others: list[Coming[Any]] = []
        self._folder: TemporaryDirectory[str] | None = None

    def panorama(self, file: OwnFile) -> Coming[list[Tile] | Film]:
        """Begin to read a picture or film all around; asking again gives the same."""
        if file.name not in self._around:
            make: Callable[[], list[Tile] | Film] = (
                partial(film, file, self._goes_on())
                if file.kind == "film"
                else partial(self._tiles, file, self._goes_on())
            )
            self._around[file.name] = Coming(file.name, self._beside.submit(make))
        return self._around[file.name]

    def model(self, file: OwnFile) -> Coming[NodePath]:
        """Begin to read a model; asking again gives the same."""
        if file.name not in self._models:
            goes_on, finely = self._goes_on(), self.finely.anisotropy
            make = partial(lambda: own_model(file, whole(file), finely, goes_on))
            self._models[file.name] = Coming(file.name, self._beside.submit(make))
        return self._models[file.name]

    def sound(self, file: OwnFile, *, loop: bool) -> Coming[OwnSound]:
        """Begin to read and measure a sound; asking again gives the same."""
        key = file.name, loop
        if key not in self._sounds:
            if self._folder is None:
                self._folder = TemporaryDirectory(prefix="palier-own-")
            place = Path(self._folder.name) / f"{len(self._sounds)}.wav"
            make = partial(own_sound, file, loop, place, self._goes_on())
            self._sounds[key] = Coming(file.name, self._beside.submit(make))
        return self._sounds[key]

    def room(self, plan: Plan) -> Coming[NodePath]:
        """Begin to build a room."""
        return self._made("room", partial(indoors, plan))

    def sign(self, sign: Sign) -> Coming[Lettered]:
        """Begin to draw the letters of a sign."""
        return self._made("sign", partial(lettered, sign, self.finely.anisotropy))

    def _made(self, name: str, make: Callable[[], T]) -> Coming[T]:
        coming = Coming(name, self._beside.submit(make))
        self._others.append(coming)
        return coming

    def _tiles(self, file: OwnFile, goes_on: Callable[[], bool]) -> list[Tile]:
        return tiles(file, whole(file), self._widest(), self.finely.anisotropy, goes_on)

    def _widest(self) -> int:
        """Fewer points each where there are many: all of them stand in the card's memory."""
        pictures = sum(KINDS[Path(name).suffix.lower()] == "picture" for name in self._around)
        part = 4 if pictures <= FEW else 3 if pictures <= MANY else 2
        return self.finely.around * part // 4

    def _goes_on(self) -> Callable[[], bool]:
        run = self._run
        return lambda: self._run == run

    def _all(self) -> list[Coming[Any]]:
        read = [*self._around.values(), *self._models.values(), *self._sounds.values()]
        return [*read, *self._others]

    def failed(self) -> str | None:
        """Why one of the files cannot be had, or None."""
        return next((told for each in self._all() if (told := each.failed) is not None), None)

    def empty(self) -> None:
        """Forget all of it; what is being read is read no further."""
        self._run += 1
        for coming in self._all():
            coming.forget()
        self._others.clear()
        self._around.clear()
        self._models.clear()
        self._sounds.clear()
        if self._folder is not None:
            folder, self._folder = self._folder, None
            # After what is being written there: on some systems an open file cannot be removed.
            self._beside.submit(folder.cleanup)

    def close(self) -> None:
        """Give back what reads beside the pictures."""
        self.empty()
        self._beside.shutdown(wait=True)


def whole(file: OwnFile) -> bytes:
    """All bytes of a file, which are those that were credited.

    Raises:
        OSError: it cannot be read.
        Refused: they are others.
    """
    data = file.path.read_bytes()
    if sha256(data).hexdigest() != file.sha256:
        raise changed(file.name)
    return data
