"""Owns the bytes of a pack as one file: how they are written, and that nothing else is read.

It is a zip that holds its files as they are, in one order, with one time and no extra field. So the
same files give the same bytes on every machine, nothing can be packed so that it swells, and what
is read is compared with what would have been written: a table of contents that says other than the
files, an entry that is hidden, or bytes behind the end cannot be there.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import BinaryIO

from vr_runtime.language import _
from vr_runtime.packs import fault
from vr_runtime.packs.fault import PackFault
from vr_runtime.packs.limits import (
    CHUNK_BYTES,
    MOST_BYTES,
    MOST_MANIFEST_BYTES,
    MOST_SIGNATURE_BYTES,
)
from vr_runtime.packs.manifest import Listed, in_units, judge_clash, judge_path, too_large
from vr_runtime.packs.names import MANIFEST, SIGNATURE, Spellings

_LOCAL = struct.Struct("<4s5H3I2H")
_CENTRAL = struct.Struct("<4s6H3I5H2I")
_END = struct.Struct("<4s4H2IH")
_LOCAL_SIGN, _CENTRAL_SIGN, _END_SIGN = b"PK\x03\x04", b"PK\x01\x02", b"PK\x05\x06"
_NEEDED, _MADE_BY = 20, (3 << 8) | 20
_UTF8, _ENCRYPTED, _SIZES_LATER = 0x0800, 0x0041, 0x0008
_MIDNIGHT, _FIRST_DAY = 0, 0x0021
"""1 January 1980, the first moment that a zip knows."""
_FILE_MODE = 0o100644
_LINK, _TYPE = 0o120000, 0o170000
_MOST_ARCHIVE_BYTES = MOST_BYTES + (16 << 20)


@dataclass(frozen=True)
class _Entry:
    name: bytes
    size: int
    crc: int
    at: int

    def local(self) -> bytes:
        return (
            _LOCAL.pack(
                _LOCAL_SIGN, _NEEDED, _UTF8, 0, _MIDNIGHT, _FIRST_DAY,
                self.crc, self.size, self.size, len(self.name), 0,
            )
            + self.name
        )  # fmt: skip

    def central(self) -> bytes:
        return (
            _CENTRAL.pack(
                _CENTRAL_SIGN, _MADE_BY, _NEEDED, _UTF8, 0, _MIDNIGHT, _FIRST_DAY,
                self.crc, self.size, self.size, len(self.name), 0, 0, 0, 0,
                _FILE_MODE << 16, self.at,
            )
            + self.name
        )  # fmt: skip


def _end(entries: Sequence[_Entry], at: int) -> bytes:
    size = sum(len(each.central()) for each in entries)
    return _END.pack(_END_SIGN, 0, 0, len(entries), len(entries), size, at, 0)


def write(file: BinaryIO, contents: Iterable[tuple[str, int, int, Iterable[bytes]]]) -> None:
    """Write an archive: for each file its path, size, CRC-32 and bytes, in their order."""
    entries: list[_Entry] = []
    at = 0
    for path, size, crc, chunks in contents:
        entry = _Entry(path.encode(), size, crc, at)
        entries.append(entry)
        file.write(entry.local())
        for chunk in chunks:
            file.write(chunk)
        at += len(entry.local()) + size
    for entry in entries:
        file.write(entry.central())
    file.write(_end(entries, at))


class Archive:
    """A pack as one file, read once from its beginning to its end."""

    def __init__(self, file: BinaryIO, shown: str, size: int) -> None:
        """Read manifest and signature. Raises `PackFault`."""
        if size > _MOST_ARCHIVE_BYTES:
            told = _("The pack is larger than {limit}.").format(limit=in_units(MOST_BYTES))
            raise PackFault(shown, fault.TOO_LARGE, told)
        self._file, self._shown = file, shown
        self._at = 0
        self._entries: list[_Entry] = []
        self._seen = Spellings()
        first = self._header()
        if first is None or first.name != MANIFEST.encode():
            raise self._form(_("The manifest does not come first."))
        if first.size > MOST_MANIFEST_BYTES:
            raise too_large(f"{shown}/{MANIFEST}")
        self.manifest = b"".join(self._content(first))
        self._next = self._header()
        self.signature: bytes | None = None
        if self._next is not None and self._next.name == SIGNATURE.encode():
            if self._next.size > MOST_SIGNATURE_BYTES:
                told = _("The signature is larger than any is.")
                raise PackFault(f"{shown}/{SIGNATURE}", fault.SIGNATURE, told)
            self.signature = b"".join(self._content(self._next))
            self._next = self._header()

    def contents(self, listed: Sequence[Listed]) -> Iterator[tuple[Listed, Iterator[bytes]]]:
        """Each file that the manifest lists, in its order, with its bytes.

        The bytes of one are to be taken before the next. Raises `PackFault` for anything else.
        """
        for each in listed:
            entry = self._next
            if entry is None or entry.name != each.path.encode():
                raise self._unexpected(entry, each, listed)
            if entry.size != each.size:
                told = _("The file is {n} bytes long, and the manifest says {size}.")
                message = told.format(n=entry.size, size=each.size)
                raise PackFault(f"{self._shown}/{each.path}", fault.CHANGED, message)
            yield each, self._content(entry)
            self._next = self._header()
        if self._next is not None:
            raise self._unlisted(self._next)
        self._compare_the_end()

    def _unexpected(
        self, entry: _Entry | None, wanted: Listed, listed: Sequence[Listed]
    ) -> PackFault:
        if entry is not None:
            if entry.name in {each.name for each in self._entries}:
                told = _("A file stands twice in the pack.")
                return PackFault(self._told(entry), fault.TWICE, told)
            if entry.name.decode() not in {each.path for each in listed}:
                return self._unlisted(entry)
        told = _("The manifest lists the file, and it is not there.")
        return PackFault(f"{self._shown}/{wanted.path}", fault.NOT_ALIKE, told)

    def _unlisted(self, entry: _Entry) -> PackFault:
        told = _("The file is in the pack, and the manifest does not list it.")
        return PackFault(self._told(entry), fault.NOT_ALIKE, told)

    def _told(self, entry: _Entry) -> str:
        return f"{self._shown}/{entry.name.decode()}"

    def _form(self, told: str) -> PackFault:
        hint = _("only packs as `palier-scenario pack build` writes them are read")
        return PackFault(self._shown, fault.FORM, told, hint)

    def _read(self, count: int) -> bytes:
        found = self._file.read(count)
        if len(found) != count:
            raise self._form(_("The pack ends too early; it was not copied whole."))
        self._at += count
        return found

    def _header(self) -> _Entry | None:
        """The next file's own header; None where the table of contents begins."""
        at = self._at
        sign = self._read(4)
        if sign in (_CENTRAL_SIGN, _END_SIGN):
            self._at = at
            self._file.seek(at)
            return None
        if sign != _LOCAL_SIGN:
            if at == 0:
                told = _("This is no pack.")
                raise PackFault(self._shown, fault.UNREADABLE, told)
            raise self._form(_("Between the files lies what belongs to none."))
        (_sign, _needed, flags, method, _time, _date, crc, packed, size, length, extra) = (
            _LOCAL.unpack(sign + self._read(_LOCAL.size - 4))
        )
        if flags & _ENCRYPTED:
            raise self._form(_("A file of the pack is encrypted."))
        if flags & _SIZES_LATER:
            raise self._form(_("A file of the pack does not say before how long it is."))
        if method != 0 or packed != size:
            raise self._form(_("A file of the pack is compressed."))
        name = self._read(length)
        path = self._path(name)
        if extra:
            raise self._form(_("A file of the pack has fields that belong to none."))
        entry = _Entry(name, size, crc, at)
        if name in {each.name for each in self._entries}:
            told = _("A file stands twice in the pack.")
            raise PackFault(self._told(entry), fault.TWICE, told)
        judge_clash(path, self._seen, self._shown)
        return entry

    def _path(self, name: bytes) -> str:
        try:
            path = name.decode()
        except UnicodeDecodeError:
            told = _("The name of a file is not UTF-8.")
            raise PackFault(self._shown, fault.NAME, told) from None
        judge_path(path, self._shown)
        return path

    def _content(self, entry: _Entry) -> Iterator[bytes]:
        left, crc = entry.size, 0
        while left:
            chunk = self._read(min(left, CHUNK_BYTES))
            left -= len(chunk)
            crc = zlib.crc32(chunk, crc)
            yield chunk
        if crc != entry.crc:
            told = _("The file is damaged; copy or fetch the pack again.")
            raise PackFault(self._told(entry), fault.CHANGED, told)
        self._entries.append(entry)

    def _compare_the_end(self) -> None:
        at = self._at
        for entry in self._entries:
            expected = entry.central()
            found = self._read(len(expected))
            if found != expected:
                raise self._form(self._other(found, expected))
            self._file.seek(entry.at)
            local = self._file.read(len(entry.local()))
            self._file.seek(self._at)
            if local != entry.local():
                raise self._form(_("A file of the pack has another time or version."))
        ending = _end(self._entries, at)
        if self._read(len(ending)) != ending:
            raise self._form(_("The table of contents says other than the files."))
        if self._file.read(1):
            raise self._form(_("Behind the end of the pack there is more."))

    @staticmethod
    def _other(found: bytes, expected: bytes) -> str:
        mode = _CENTRAL.unpack(found[: _CENTRAL.size])[15] >> 16
        if mode & _TYPE == _LINK:
            return _("A file of the pack is a link to another place.")
        if mode & _TYPE not in (0, _FILE_MODE & _TYPE):
            return _("A file of the pack is no ordinary file.")
        return _("The table of contents says other than the files.")
