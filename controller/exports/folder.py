"""Owns how an export reaches the disk: a new folder, whole or not at all, for its owner alone.

It knows no contents. Nothing that is there is ever written over.
"""

from __future__ import annotations

import errno
import os
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path

from controller.language import _

FILE, FOLDER = 0o600, 0o700
"""Read and written by their owner alone, from the first byte on."""
_BINARY = getattr(os, "O_BINARY", 0)
_NOT_EMPTY = (errno.ENOTEMPTY, errno.EEXIST, errno.ENOTDIR)


class FolderNotEmpty(Exception):
    """The folder cannot be written to; the text says which one to name instead."""


def require_free(folder: Path) -> None:
    """See that `folder` is new or empty. Raises `FolderNotEmpty`."""
    place = folder.resolve()
    if place.exists() and (not place.is_dir() or any(place.iterdir())):
        raise _taken(folder)
    if place == Path.cwd().resolve():
        # It is replaced as a whole, and a shell that stands in it would stand nowhere.
        text = _("{folder} is the folder you are in; name a new one.")
        raise FolderNotEmpty(text.format(folder=folder))


def write_whole(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write all files, by their paths with "/", and only then let the folder be seen.

    Raises:
        FolderNotEmpty: there is something in it already.
        OSError: it cannot be written; what was not yet seen in its place is gone.
    """
    try:
        _write_whole(folder, files)
    except OSError as error:
        # Of what the folder is made nobody knows yet, but that one was asked for.
        error.filename, error.filename2 = str(folder), None
        raise


def _write_whole(folder: Path, files: Mapping[str, bytes]) -> None:
    require_free(folder)
    place = folder.resolve()
    place.parent.mkdir(parents=True, exist_ok=True)
    fresh = Path(tempfile.mkdtemp(prefix=f".{place.name}.", dir=place.parent))
    try:
        for name, content in files.items():
            _write(fresh, name, content)
        for made in (fresh, *(path for path in fresh.rglob("*") if path.is_dir())):
            _sync(made)
        if os.name == "nt" and place.exists():
            place.rmdir()
        os.rename(fresh, place)
    except OSError as error:
        if error.errno in _NOT_EMPTY:
            raise _taken(folder) from error
        raise
    finally:
        if fresh.exists():
            shutil.rmtree(fresh, ignore_errors=True)
    _sync(place.parent)


def _taken(folder: Path) -> FolderNotEmpty:
    text = _("{folder} is not an empty folder; name a new one. Nothing was written.")
    return FolderNotEmpty(text.format(folder=folder))


def _write(root: Path, name: str, content: bytes) -> None:
    path = root.joinpath(*name.split("/"))
    for parent in reversed(path.relative_to(root).parents[:-1]):
        (root / parent).mkdir(mode=FOLDER, exist_ok=True)
    file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _BINARY, FILE)
    with os.fdopen(file, "wb") as out:
        out.write(content)
        out.flush()
        os.fsync(out.fileno())


def _sync(folder: Path) -> None:
    """Make names in `folder` durable, where the system has a way to (Windows has none)."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
