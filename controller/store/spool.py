"""Owns entries that are handed over and not in the record yet; knows neither table nor thread.

They lie encrypted, each with its own times, in a file away from the record where the console names
a folder, so that the full or failing disk of the one does not take the other. What is here is never
called saved: it is added to the record later, in order and once, at the latest when the record is
opened the next time.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import os
import secrets
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from controller.session.documents import DOCUMENTS, Document
from controller.store import private
from controller.store.chain import canonical
from controller.store.errors import ForeignEntries
from controller.store.keys import Keys

ENDING = ".unsaved"
RESERVE = "reserve"
RESERVE_BYTES = 2_000_000
"""Space held for a full disk: some hours of a session."""
_MAGIC = b"palier unsaved 2\n"
_CHECK_BYTES = 16
_NONCE_BYTES = 12
_HEAD_BYTES = 12
"""Before each entry: its number (8 bytes) and the length of what follows (4), both checked."""


@dataclass(frozen=True)
class Said:
    """What is to be written down, with the time at which it was handed over."""

    session: str
    document: Document
    operator: str
    mono_ns: int
    wall: str


class Spool:
    """The waiting room of one record. Used by one thread at a time."""

    def __init__(self, database: Path, keys: Keys, folder: Path | None) -> None:
        """Keep entries in `folder`, and beside the record where that fails or is None."""
        beside = private.beside(database, ENDING)
        away = None if folder is None else folder / (_derived(keys, b"name").hex()[:32] + ENDING)
        self._places = (beside,) if away is None else (away, beside)
        self._reserve = None if folder is None else folder / RESERVE
        # A key of its own, drawn from the record's with HMAC-SHA256.
        self._cipher = AESGCM(_derived(keys, b"key"))
        self._head = _MAGIC + _derived(keys, b"check")[:_CHECK_BYTES]
        self._number = 0
        self._sound: dict[Path, int] = {}
        self.holding = 0
        """How many entries lie here."""

    def prepare(self) -> None:
        """Lay up the reserve, if there is room for it."""
        if self._reserve is None or self._reserve.exists():
            return
        with suppress(OSError):
            self._reserve.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            private.make(self._reserve, bytes(RESERVE_BYTES))

    def add(self, said: Sequence[Said]) -> bool:
        """Keep what was said, durable when this returns; False when it cannot be written."""
        frames = b"".join(self._frames(said))
        for place in self._places:
            for _attempt in (1, 2):
                try:
                    self._append(place, frames)
                except OSError:
                    if not self._free_reserve():
                        break
                else:
                    self.holding += len(said)
                    return True
        return False

    def kept(self) -> list[Said]:
        """What lies here, in order. Raises `ForeignEntries` for a file of another record."""
        found: list[tuple[int, Said]] = []
        for place in self._places:
            with suppress(FileNotFoundError, NotADirectoryError):
                found += self._read(place)
        found.sort(key=lambda one: one[0])
        return [said for _number, said in found]

    def clear(self) -> None:
        """Forget it: all of it is in the record now."""
        for place in self._places:
            if place.exists():
                place.unlink()
                private.sync_folder(place.parent)
        self._sound.clear()
        self.holding = 0

    def _frames(self, said: Sequence[Said]) -> Iterator[bytes]:
        for one in said:
            plain = as_bytes(one)
            if plain is None:
                continue
            self._number += 1
            nonce = secrets.token_bytes(_NONCE_BYTES)
            length = _NONCE_BYTES + len(plain) + 16
            head = self._number.to_bytes(8, "big") + length.to_bytes(4, "big")
            yield head + nonce + self._cipher.encrypt(nonce, plain, head)

    def _append(self, place: Path, frames: bytes) -> None:
        fresh = place not in self._sound
        if fresh:
            place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        file = os.open(place, os.O_RDWR | os.O_CREAT | private.BINARY, private.MODE)
        try:
            # What an attempt that failed left behind is written over.
            os.ftruncate(file, self._sound.get(place, 0))
            os.lseek(file, 0, os.SEEK_END)
            rest = memoryview((self._head if fresh else b"") + frames)
            while rest:
                rest = rest[os.write(file, rest) :]
            os.fsync(file)
            end = os.lseek(file, 0, os.SEEK_END)
        finally:
            os.close(file)
        if fresh:
            private.sync_folder(place.parent)
        self._sound[place] = end

    def _free_reserve(self) -> bool:
        """Give back the space that was laid up; False when there is none."""
        if self._reserve is None:
            return False
        try:
            self._reserve.unlink()
        except OSError:
            return False
        return True

    def _read(self, place: Path) -> Iterator[tuple[int, Said]]:
        content = place.read_bytes()
        if self._head.startswith(content):
            return  # Broken off before anything was kept in it.
        if not content.startswith(self._head):
            raise ForeignEntries(file=place.name)
        at = len(self._head)
        while len(content) - at > _HEAD_BYTES:
            head = content[at : at + _HEAD_BYTES]
            start, end = at + _HEAD_BYTES, at + _HEAD_BYTES + int.from_bytes(head[8:], "big")
            if end > len(content) or not any(content[at:]):
                return  # Broken off while it was written: that entry was never told as kept.
            sealed, at = content[start:end], end
            try:
                plain = self._cipher.decrypt(sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:], head)
            except (InvalidTag, ValueError):
                raise ForeignEntries(file=place.name) from None
            yield int.from_bytes(head[:8], "big"), from_bytes(plain)


def _derived(keys: Keys, purpose: bytes) -> bytes:
    secret = bytes.fromhex(keys.key)
    return hmac.new(secret, b"palier unsaved 2 " + purpose, hashlib.sha256).digest()


def as_bytes(said: Said) -> bytes | None:
    """One entry as JSON; None for one that no file can hold, and no record either."""
    try:
        return canonical(
            {
                "session": said.session,
                "operator": said.operator,
                "mono_ns": said.mono_ns,
                "wall": said.wall,
                "document": said.document.model_dump(mode="json"),
            }
        ).encode()
    except ValueError:
        return None


def from_bytes(plain: bytes) -> Said:
    """One entry back from what `as_bytes` made of it. Raises `ValueError` or `KeyError`."""
    one = json.loads(plain)
    return Said(
        session=one["session"],
        document=DOCUMENTS.validate_python(one["document"]),
        operator=one["operator"],
        mono_ns=one["mono_ns"],
        wall=one["wall"],
    )
