"""Owns the loading of models in the background, one state after another.

Knows neither scene nor patient: it gives a model when one may be attached, and never waits.
"""

from __future__ import annotations

import time
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import Literal

from panda3d.core import Filename, Loader, LoaderOptions, NodePath, PandaNode

from vr_runtime.stage.panda.kept import KeptModels, Making

MAKING_S = 300.0
"""A generator that needs longer is taken to hang: by the time that passes for its process, which
pictures that nobody sees may run ahead of."""


@dataclass
class Asked:
    """A model on its way."""

    name: str
    step: Literal["checking", "making", "keeping", "reading", "ready", "failed"]
    future: Future[bool] | None = None
    making: Making | None = None
    began_s: float = 0.0
    reading: Future[PandaNode | None] | None = None
    model: NodePath | None = None
    tries: int = 0
    given: bool = False


SHARE = {
    "checking": 0.0,
    "making": 0.1,
    "keeping": 0.7,
    "reading": 0.8,
    "ready": 1.0,
    "failed": 0.0,
}
"""How much of the way each step means, for the therapist's progress line."""


class Shelf:
    """Models by name, each loaded once and kept until `empty`."""

    def __init__(self, kept: KeptModels) -> None:
        self._kept = kept
        self._asked: dict[str, Asked] = {}
        # Hashing and reading a file take milliseconds that belong to the picture.
        self._beside = ThreadPoolExecutor(max_workers=1, thread_name_prefix="models")
        self._loader = Loader("models")

    def ask(self, name: str) -> None:
        """Begin to bring the model; asking again does nothing."""
        if name not in self._asked:
            asked = self._asked[name] = Asked(name, "checking")
            asked.future = self._beside.submit(self._kept.whole, name)

    def model(self, name: str) -> NodePath | None:
        """The model, when it is loaded."""
        return self._asked[name].model

    def given(self, name: str) -> bool:
        """Whether the model was taken before; from now on it is taken to have been."""
        asked = self._asked[name]
        was, asked.given = asked.given, True
        return was

    def share(self, name: str) -> float:
        """How far it is, 0 to 1."""
        return SHARE[self._asked[name].step]

    def failed(self) -> str | None:
        """The name of a model that cannot be had, or None."""
        return next((a.name for a in self._asked.values() if a.step == "failed"), None)

    def advance(self) -> None:
        """Look whether anything on its way has come a step further; never waits."""
        for asked in self._asked.values():
            if asked.step == "checking":
                self._checked(asked)
            elif asked.step == "making":
                self._made(asked)
            elif asked.step == "keeping":
                self._settled(asked)
            elif asked.step == "reading":
                self._read(asked)

    def _checked(self, asked: Asked) -> None:
        if asked.future is None or not asked.future.done():
            return
        if asked.future.result():
            self._begin_reading(asked)
        else:
            self._begin_making(asked)

    def _begin_making(self, asked: Asked) -> None:
        asked.tries += 1
        try:
            asked.making = self._kept.begin(asked.name)
        except OSError:
            asked.step = "failed"
            return
        asked.step, asked.began_s = "making", time.monotonic()

    def _made(self, asked: Asked) -> None:
        making = asked.making
        if making is None:
            return
        if making.process.poll() is None:
            if time.monotonic() - asked.began_s > MAKING_S:
                making.process.kill()
            return
        asked.step = "keeping"
        asked.future = self._beside.submit(self._kept.finish, asked.name, making)

    def _settled(self, asked: Asked) -> None:
        if asked.future is None or not asked.future.done():
            return
        asked.making = None
        if asked.future.result():
            self._begin_reading(asked)
        else:
            asked.step = "failed"

    def _begin_reading(self, asked: Asked) -> None:
        where = Filename.fromOsSpecific(str(self._kept.path(asked.name)))
        # The loader's own cache would keep every model of every scenario for ever.
        options = LoaderOptions(LoaderOptions.LFNoCache | LoaderOptions.LFReportErrors)
        # In our own thread: a request to the loader's is never given back, nor what it has read
        # (Panda3D 1.10: 65 MB for each session on the balcony).
        asked.reading = self._beside.submit(self._read_whole, where, options)
        asked.step = "reading"

    def _read_whole(self, where: Filename, options: LoaderOptions) -> PandaNode | None:
        """Read the model and reckon its bounds; every copy of it has them then.

        For a whole district that takes as long as several pictures.
        """
        node = self._loader.loadSync(where, options)
        if node is not None:
            node.getBounds()
        return node

    def _read(self, asked: Asked) -> None:
        if asked.reading is None or not asked.reading.done():
            return
        node, asked.reading = asked.reading.result(), None
        if node is not None:
            asked.model, asked.step = NodePath(node), "ready"
        elif asked.tries == 0:
            self._kept.forget(asked.name)
            self._begin_making(asked)
        else:
            asked.step = "failed"

    def empty(self) -> None:
        """Forget all models; what is still being made is made no further."""
        for asked in self._asked.values():
            if asked.reading is not None:
                asked.reading.cancel()
            if asked.making is not None and asked.making.process.poll() is None:
                asked.making.process.kill()
                asked.making.process.wait()
                asked.making.part.unlink(missing_ok=True)
        self._asked.clear()

    def close(self) -> None:
        """Give back what loads beside the pictures."""
        self.empty()
        self._beside.shutdown(wait=True, cancel_futures=True)
