"""Owns reading a pack that is a folder, without following a link or waiting for a pipe."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import BinaryIO

from vr_runtime.language import _
from vr_runtime.packs import fault
from vr_runtime.packs.fault import PackFault
from vr_runtime.packs.limits import (
    CHUNK_BYTES,
    MOST_DEPTH,
    MOST_FILES,
    MOST_MANIFEST_BYTES,
    MOST_SIGNATURE_BYTES,
)
from vr_runtime.packs.manifest import Listed, judge_path, too_large
from vr_runtime.packs.names import MANIFEST, OWN, SIGNATURE


class Folder:
    """A pack as a folder."""

    def __init__(self, path: Path, shown: str) -> None:
        """Read manifest and signature. Raises `PackFault`, `OSError`."""
        self._path, self._shown = path, shown
        try:
            self.manifest = self._small(MANIFEST, MOST_MANIFEST_BYTES + 1)
        except FileNotFoundError:
            told = _("This folder is no pack: it holds no pack.toml.")
            hint = _("build one by `palier-scenario pack build`")
            raise PackFault(shown, fault.UNREADABLE, told, hint) from None
        if len(self.manifest) > MOST_MANIFEST_BYTES:
            raise too_large(f"{shown}/{MANIFEST}")
        try:
            self.signature: bytes | None = self._small(SIGNATURE, MOST_SIGNATURE_BYTES + 1)
        except FileNotFoundError:
            self.signature = None

    def _small(self, name: str, most: int) -> bytes:
        with opened(self._path / name, f"{self._shown}/{name}") as file:
            return file.read(most)

    def contents(self, listed: Sequence[Listed]) -> Iterator[tuple[Listed, Iterator[bytes]]]:
        """Each file that the manifest lists, in its order, with its bytes.

        Raises `PackFault` where one is missing, or where there is anything else.
        """
        compare(set(walk(self._path, self._shown)) - set(OWN), listed, self._shown)
        for each in listed:
            yield each, self._content(each)

    def _content(self, listed: Listed) -> Iterator[bytes]:
        where = f"{self._shown}/{listed.path}"
        with opened(self._path / listed.path, where) as file:
            size = os.fstat(file.fileno()).st_size
            if size != listed.size:
                told = _("The file is {n} bytes long, and the manifest says {size}.")
                raise PackFault(where, fault.CHANGED, told.format(n=size, size=listed.size))
            left = listed.size
            while left and (chunk := file.read(min(left, CHUNK_BYTES))):
                left -= len(chunk)
                yield chunk


def compare(there: set[str], listed: Sequence[Listed], shown: str) -> None:
    """Raise `PackFault` where the files that are there are not those that are listed."""
    wanted = {each.path for each in listed}
    for path in sorted(there - wanted):
        judge_path(path, shown)
        told = _("The file is in the pack, and the manifest does not list it.")
        raise PackFault(f"{shown}/{path}", fault.NOT_ALIKE, told)
    for path in sorted(wanted - there):
        told = _("The manifest lists the file, and it is not there.")
        raise PackFault(f"{shown}/{path}", fault.NOT_ALIKE, told)


def walk(folder: Path, shown: str) -> Iterator[str]:
    """All files below a folder, as paths in it, hidden ones too.

    Raises:
        PackFault: a link, or what is neither file nor folder; too many, or too deep.
        OSError: a folder cannot be read.
    """
    waiting, count = [(folder, "", 1)], 0
    while waiting:
        here, before, depth = waiting.pop()
        with os.scandir(here) as found:
            for each in sorted(found, key=lambda entry: entry.name):
                path = f"{before}{each.name}"
                count += 1
                if count > 2 * MOST_FILES or depth > MOST_DEPTH + 1:
                    told = _("The folder holds more than a pack may.")
                    raise PackFault(shown, fault.TOO_LARGE, told)
                if each.is_dir(follow_symlinks=False):
                    waiting.append((here / each.name, f"{path}/", depth + 1))
                elif each.is_file(follow_symlinks=False):
                    yield path
                else:
                    raise _no_file(f"{shown}/{path}", link=each.is_symlink())


def opened(path: Path, where: str) -> BinaryIO:
    """Open an ordinary file. Raises `PackFault` for anything else, `OSError`."""
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
    if path.is_symlink():
        raise _no_file(where, link=True)
    handle = os.open(path, flags | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0))
    if not stat.S_ISREG(os.fstat(handle).st_mode):
        os.close(handle)
        raise _no_file(where, link=False)
    return os.fdopen(handle, "rb")


def _no_file(where: str, *, link: bool) -> PackFault:
    told = (
        _("A file of the pack is a link to another place.")
        if link
        else _("A file of the pack is no ordinary file.")
    )
    return PackFault(where, fault.FORM, told, _("put the file itself there"))
