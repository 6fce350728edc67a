"""Owns reading a pack whole: each byte of it is compared with its hash before anything is believed.

It runs nothing of what is in it.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO, Protocol

from vr_runtime.language import _
from vr_runtime.packs import fault
from vr_runtime.packs.archive import Archive
from vr_runtime.packs.fault import PackFault
from vr_runtime.packs.folder import Folder, opened
from vr_runtime.packs.limits import MOST_CERTIFICATE_BYTES, MOST_DECLARATION_BYTES
from vr_runtime.packs.manifest import PackManifest, hash_of, parsed
from vr_runtime.packs.names import certificate_of, declaration_of
from vr_runtime.system_words import why as why_not


@dataclass(frozen=True)
class Pack:
    """A pack of which every byte was read."""

    manifest: PackManifest
    raw: bytes
    """The bytes of `pack.toml`."""
    signature: bytes | None
    """The bytes of `pack.sig`; nobody has judged them."""
    declarations: Mapping[str, bytes] = field(default_factory=dict)
    """What it carries of what its scenarios say, by path; nobody has judged it. Nothing where the
    manifest alone was read, or for one that is too large."""
    certificates: Mapping[str, bytes] = field(default_factory=dict)
    """The certificates beside its scenarios, in the same way."""

    @property
    def hash(self) -> str:
        """What a clinic approves."""
        return hash_of(self.raw)


class Keep(Protocol):
    """Takes the bytes of the files as they are read."""

    def __call__(self, path: str, chunks: Iterator[bytes]) -> None:
        """Take all bytes of this file."""
        ...


def read(path: Path, shown: str | None = None, keep: Keep | None = None) -> Pack:
    """Read a pack whole, and let `keep` have the files as they pass.

    What `keep` was given may only be used once this has come back.

    Raises:
        PackFault: it is refused.
        OSError: `keep` could not keep it.
    """
    given = str(path) if shown is None else shown
    try:
        return _read(path, given, keep)
    except _NotKept as failed:
        raise failed.error from None


def _read(path: Path, given: str, keep: Keep | None) -> Pack:
    with _readable(path, given) as source:
        manifest = parsed(source.manifest, given)
        declarations = {declaration_of(each.id) for each in manifest.scenarios}
        certificates = {certificate_of(each.path) for each in manifest.scenarios}
        small: dict[str, bytes] = {}
        for listed, chunks in source.contents(manifest.files):
            passing = _Passing(chunks, given)
            if (listed.path in declarations and listed.size <= MOST_DECLARATION_BYTES) or (
                listed.path in certificates and listed.size <= MOST_CERTIFICATE_BYTES
            ):
                passing.kept = []
            if keep is not None:
                try:
                    keep(listed.path, iter(passing))
                except OSError as error:
                    raise _NotKept(error) from None
            for _rest in passing:
                pass
            if passing.found.hexdigest() != listed.sha256 or passing.size != listed.size:
                told = _("The file is another one than the manifest says.")
                hint = _("fetch the pack again, or build it again")
                raise PackFault(f"{given}/{listed.path}", fault.CHANGED, told, hint)
            if passing.kept is not None:
                small[listed.path] = b"".join(passing.kept)
        return Pack(
            manifest,
            source.manifest,
            source.signature,
            {path: small[path] for path in sorted(declarations & small.keys())},
            {path: small[path] for path in sorted(certificates & small.keys())},
        )


def manifest_of(path: Path, shown: str | None = None) -> Pack:
    """Read what a pack says of itself, and none of its files. Raises `PackFault`."""
    given = str(path) if shown is None else shown
    with _readable(path, given) as source:
        return Pack(parsed(source.manifest, given), source.manifest, source.signature)


class _NotKept(Exception):
    """Not the pack is at fault, but where its files were to go."""

    def __init__(self, error: OSError) -> None:
        super().__init__(str(error))
        self.error = error


class _Passing:
    """Bytes that are counted and hashed on their way."""

    def __init__(self, chunks: Iterator[bytes], shown: str) -> None:
        self._chunks, self._shown = chunks, shown
        self.found, self.size = hashlib.sha256(), 0
        self.kept: list[bytes] | None = None
        """Where it is to be had as a whole, what has passed."""

    def __iter__(self) -> Iterator[bytes]:
        while chunk := self._next():
            self.found.update(chunk)
            self.size += len(chunk)
            if self.kept is not None:
                self.kept.append(chunk)
            yield chunk

    def _next(self) -> bytes:
        try:
            return next(self._chunks, b"")
        except OSError as error:
            raise _unreadable(error, self._shown) from None


def _unreadable(error: OSError, shown: str) -> PackFault:
    told = _("The pack cannot be read: {why}.").format(why=why_not(error))
    return PackFault(shown, fault.UNREADABLE, told)


@contextmanager
def _readable(path: Path, shown: str) -> Iterator[Archive | Folder]:
    file: BinaryIO | None = None
    try:
        if path.is_dir():
            yield Folder(path, shown)
            return
        # A link to a pack is followed: it is the user's own, and nothing in the pack.
        file = opened(path.resolve(), shown)
        yield Archive(file, shown, os.fstat(file.fileno()).st_size)
    except OSError as error:
        raise _unreadable(error, shown) from None
    finally:
        if file is not None:
            file.close()
