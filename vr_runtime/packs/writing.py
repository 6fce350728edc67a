"""Owns writing a pack, as a folder or as one file: whole, or not at all."""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from vr_runtime.language import _
from vr_runtime.packs import fault
from vr_runtime.packs.archive import write as write_archive
from vr_runtime.packs.fault import PackFault
from vr_runtime.packs.folder import opened
from vr_runtime.packs.limits import CHUNK_BYTES
from vr_runtime.packs.manifest import Listed
from vr_runtime.packs.names import MANIFEST, SIGNATURE

SUFFIX = ".palier"
"""Of a pack as one file; without it a folder is written."""


@dataclass(frozen=True)
class Weighed:
    """A file as it was found: what the manifest lists of it, and what an archive needs."""

    listed: Listed
    crc: int
    source: Path


def weigh(path: str, source: Path) -> Weighed:
    """Read a file that is to stand at `path` in the pack. Raises `PackFault`, `OSError`."""
    found, crc, size = hashlib.sha256(), 0, 0
    for chunk in _chunks(source):
        found.update(chunk)
        crc = zlib.crc32(chunk, crc)
        size += len(chunk)
    return Weighed(Listed(path=path, sha256=found.hexdigest(), size=size), crc, source)


def write(out: Path, manifest: bytes, signature: bytes | None, files: Sequence[Weighed]) -> None:
    """Write a pack: one file where `out` ends in `.palier`, else a folder.

    Raises:
        PackFault: a file has changed since it was weighed; or a folder is there that is no pack.
        OSError: it cannot be written.
    """
    if out.suffix == SUFFIX or out.is_file():
        _atomically(out, lambda file: write_archive(file, _entries(manifest, signature, files)))
    else:
        _write_folder(out, manifest, signature, files)


def write_one(path: Path, content: bytes) -> None:
    """Write one small file, whole or not at all. Raises `OSError`."""

    def fill(file: BinaryIO) -> None:
        file.write(content)

    _atomically(path, fill)


def _entries(
    manifest: bytes, signature: bytes | None, files: Sequence[Weighed]
) -> Iterator[tuple[str, int, int, Iterator[bytes]]]:
    for name, content in ((MANIFEST, manifest), (SIGNATURE, signature)):
        if content is not None:
            yield name, len(content), zlib.crc32(content), iter((content,))
    for each in files:
        yield each.listed.path, each.listed.size, each.crc, _same(each)


def _same(each: Weighed) -> Iterator[bytes]:
    found = hashlib.sha256()
    for chunk in _chunks(each.source):
        found.update(chunk)
        yield chunk
    if found.hexdigest() != each.listed.sha256:
        told = _("The file changed while the pack was built; build it again.")
        raise PackFault(str(each.source), fault.CHANGED, told)


def _chunks(source: Path) -> Iterator[bytes]:
    with opened(source, str(source)) as file:
        while chunk := file.read(CHUNK_BYTES):
            yield chunk


def _atomically(out: Path, fill: Callable[[BinaryIO], None]) -> None:
    handle, fresh = tempfile.mkstemp(prefix=f".{out.name}.", dir=out.absolute().parent)
    try:
        with os.fdopen(handle, "wb") as file:
            fill(file)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(fresh, 0o644)
        os.replace(fresh, out)
        sync_folder(out.absolute().parent)
    except BaseException:
        Path(fresh).unlink(missing_ok=True)
        raise


def _write_folder(
    out: Path, manifest: bytes, signature: bytes | None, files: Sequence[Weighed]
) -> None:
    if out.exists():
        told = _("There is a folder or file of this name already; name a new one.")
        raise PackFault(str(out), fault.TAKEN, told)
    fresh = Path(tempfile.mkdtemp(prefix=f".{out.name}.", dir=out.absolute().parent))
    try:
        for path, _size, _crc, chunks in _entries(manifest, signature, files):
            keep_in(fresh, path, chunks)
        for folder in (fresh, *(p for p in fresh.rglob("*") if p.is_dir())):
            folder.chmod(0o755)
        os.rename(fresh, out)
        sync_folder(out.absolute().parent)
    except BaseException:
        shutil.rmtree(fresh, ignore_errors=True)
        raise


def keep_in(folder: Path, path: str, chunks: Iterator[bytes]) -> None:
    """Write a new file below a folder, durably; its path was judged before. Raises `OSError`."""
    target = folder / path
    target.parent.mkdir(parents=True, exist_ok=True)
    with target.open("xb") as file:
        for chunk in chunks:
            file.write(chunk)
        file.flush()
        os.fsync(file.fileno())


def sync_folder(folder: Path) -> None:
    """Let a name that was made or taken away in a folder outlast a power cut."""
    if not hasattr(os, "O_DIRECTORY"):
        return
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
