"""Owns what is kept in the folder of things made on this machine: models, and arrays of numbers.

Knows no renderer. A model is made by a process of its own, so that pictures never wait for it;
arrays are made here and now, for what must stand before the first picture.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from vr_runtime.stage.checked import known
from vr_runtime.stage.models.catalogue import MODELS
from vr_runtime.stage.panda.folder import Folder

Arrays = Mapping[str, NDArray[Any]]
"""Numbers by name."""


class KeptArrays:
    """Arrays by the name of what they make: found whole in the folder, or made into it."""

    def __init__(self, folder: Path) -> None:
        self._folder = Folder(folder)

    def there(self, name: str) -> bool:
        """Whether something lies there that this version made; whether it is whole is not asked."""
        return self._folder.place(name, "arrays").exists()

    def bring(self, name: str, make: Callable[[], Arrays]) -> Arrays:
        """What `make` gives, from the folder if it is whole there. A full disk does not matter."""
        path = self._folder.place(name, "arrays")
        data = self._folder.read(path)
        found = _unpacked(data) if data is not None else None
        if found is not None:
            return found
        made = make()
        try:
            part = self._folder.part(path)
            try:
                part.write_bytes(_packed(made))
                self._folder.take(name, part, path)
            finally:
                part.unlink(missing_ok=True)
        except OSError:
            # It is whole in memory: the next start makes it once more.
            return made
        return made


def _packed(arrays: Arrays) -> bytes:
    out = BytesIO()
    np.save(out, np.asarray(sorted(arrays)), allow_pickle=False)
    for name in sorted(arrays):
        np.save(out, arrays[name], allow_pickle=False)
    return out.getvalue()


def _unpacked(data: bytes) -> Arrays | None:
    source = BytesIO(data)
    try:
        names = np.load(source, allow_pickle=False)
        return {str(name): np.load(source, allow_pickle=False) for name in names}
    except (ValueError, TypeError, EOFError, OSError):
        return None


@dataclass
class Making:
    """A model that is being made by another process."""

    process: subprocess.Popen[bytes]
    part: Path


class KeptModels:
    """Models by name: found whole in the folder, or made into it."""

    def __init__(self, folder: Path) -> None:
        self._folder = Folder(folder)

    def path(self, name: str) -> Path:
        """Where the model lies when it is made by this version of the generators."""
        known("model", name, MODELS)
        return self._folder.place(name, "bam")

    def whole(self, name: str) -> bool:
        """Whether the file is there with the very bytes that were written. Reads all of it."""
        return self._folder.read(self.path(name)) is not None

    def begin(self, name: str) -> Making:
        """Start making the model, at low priority; raises `OSError` when that is impossible."""
        part = self._folder.part(self.path(name))
        nice = shutil.which("nice")
        # Pictures come first where there are few processors.
        gently = [nice, "-n", "4"] if nice is not None else []
        command = [*gently, sys.executable, "-m", "vr_runtime.stage.models", name, str(part)]
        process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            process_group=0 if os.name == "posix" else None,
        )
        return Making(process, part)

    def finish(self, name: str, making: Making) -> bool:
        """Take what was made into the folder; False when it was not made. Reads all of it."""
        try:
            if making.process.returncode != 0:
                return False
            self._folder.take(name, making.part, self.path(name))
        except OSError:
            return False
        finally:
            making.part.unlink(missing_ok=True)
        return True

    def forget(self, name: str) -> None:
        """The file could not be used; take it away, so that it is made again."""
        self.path(name).unlink(missing_ok=True)
