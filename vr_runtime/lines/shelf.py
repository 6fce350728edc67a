"""Owns the recordings that a console has brought: put together part by part, checked, kept for one
session. It knows neither scene nor sound device; what is brought may be anything.
"""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import UUID

from vr_runtime.lines.fit import Fit, made_fit
from vr_runtime.stage.recordings import Unfit
from vr_runtime.wire.messages import Command
from vr_runtime.wire.reading import Incoming
from vr_runtime.wire.recorded import BringLine, NotALine
from vr_runtime.wire.refusals import Code

MOST_KEPT = 12
"""Recordings at the patient's side at once; of more the one brought first goes."""


@dataclass
class _Coming:
    """A recording of which not all parts are there."""

    sha256: str
    size: int
    data: bytearray = field(default_factory=bytearray)


@dataclass(frozen=True)
class _Fitting:
    """A recording that is whole, and being read beside the pictures."""

    message: Incoming
    command: Command
    sha256: str
    made: Future[Fit]


class LineShelf:
    """The recordings of the open session."""

    def __init__(self) -> None:
        self._coming: _Coming | None = None
        self._fitting: dict[UUID, _Fitting] = {}
        self._fit: OrderedDict[str, Fit] = OrderedDict()
        self._beside: ThreadPoolExecutor | None = None
        self._folder: TemporaryDirectory[str] | None = None
        self._made = 0

    def get(self, sha256: str) -> Fit | None:
        """This recording, once it was brought and is fit to be heard."""
        return self._fit.get(sha256)

    def bring(self, act: BringLine, command: Command, message: Incoming) -> Code | bool:
        """Take one part; True while more are to come, False where `found` will give the answer.

        A part that does not follow the one before it is refused, and so is a whole with another
        hash than it was said to have: it is then brought anew from its beginning.
        """
        if command.id in self._fitting:
            return False
        if self._fitting:
            return Code.BUSY
        data = act.data
        if act.at == 0:
            self._coming = _Coming(act.sha256, act.size)
        coming = self._coming
        follows = coming is not None and (coming.sha256, coming.size, len(coming.data)) == (
            act.sha256,
            act.size,
            act.at,
        )
        if coming is None or not follows or not data or act.at + len(data) > act.size:
            self._coming = None
            return Code.LINE_NOT_BROUGHT
        coming.data += data
        if len(coming.data) < coming.size:
            return True
        self._coming = None
        whole = bytes(coming.data)
        if hashlib.sha256(whole).hexdigest() != coming.sha256:
            return Code.LINE_NOT_BROUGHT
        if self._beside is None:
            self._beside = ThreadPoolExecutor(max_workers=1, thread_name_prefix="recorded lines")
        try:
            made = self._beside.submit(made_fit, whole, self._place())
        except OSError:
            return Code.LINE_UNFIT
        self._fitting[command.id] = _Fitting(message, command, coming.sha256, made)
        return False

    def _place(self) -> Path:
        """A new file in a folder that nobody else may look into; raises `OSError`."""
        if self._folder is None:
            self._folder = TemporaryDirectory(prefix="palier-lines-")
        self._made += 1
        return Path(self._folder.name) / f"{self._made}.wav"

    def found(self) -> Iterator[tuple[Incoming, Command, Code | None]]:
        """What has been read meanwhile, with who brought it: None where it can be played."""
        for one in [each for each in self._fitting.values() if each.made.done()]:
            del self._fitting[one.command.id]
            try:
                self._fit[one.sha256] = one.made.result()
            except (NotALine, Unfit, OSError, MemoryError):
                yield one.message, one.command, Code.LINE_UNFIT
                continue
            while len(self._fit) > MOST_KEPT:
                self._fit.popitem(last=False)
            yield one.message, one.command, None

    def forget(self) -> None:
        """The session is over: nothing of what was brought stays on this machine."""
        self._coming = None
        self._fitting.clear()
        self._fit.clear()
        if self._folder is not None and self._beside is not None:
            folder, self._folder = self._folder, None
            # After what is being written there: on some systems an open file cannot be removed.
            self._beside.submit(folder.cleanup)

    def close(self) -> None:
        """Give back what reads beside the pictures."""
        self.forget()
        if self._beside is not None:
            self._beside.shutdown(wait=True)
