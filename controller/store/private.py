"""Owns how small secret files reach the disk; knows nothing of what is in them."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

MODE = 0o600
"""Read and written by their owner alone, from the first byte on."""
BINARY = getattr(os, "O_BINARY", 0)
"""What opens a file for bytes where the system tells them from text."""


def beside(database: Path, ending: str) -> Path:
    """The file that belongs to `database` and carries its name with `ending`."""
    return database.with_name(database.name + ending)


def make(path: Path, content: bytes) -> None:
    """Create a file with `content`, durable when this returns. Raises `FileExistsError`."""
    file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | BINARY, MODE)
    try:
        with os.fdopen(file, "wb") as out:
            out.write(content)
            out.flush()
            os.fsync(out.fileno())
    except OSError as error:
        path.unlink(missing_ok=True)
        # Of what happens after it was opened the system does not say the name.
        error.filename = str(path)
        raise
    sync_folder(path.parent)


def replace(path: Path, content: bytes) -> None:
    """Put `content` in place of what was there, whole or not at all, durable when this returns."""
    fresh = path.with_name(path.name + ".new")
    fresh.unlink(missing_ok=True)
    try:
        make(fresh, content)
        os.replace(fresh, path)
    except OSError as error:
        with suppress(OSError):
            fresh.unlink(missing_ok=True)
        # Whoever is told of it knows the file by this name.
        error.filename, error.filename2 = str(path), None
        raise
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Make names in `folder` durable, where the system has a way to (Windows has none)."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
