"""Owns what commands that only read leave for the record; knows neither table nor thread.

Such a command never writes the record: a console may have it open, it may be evidence, or lie on a
disk that is full. What the record is to say of it lies beside it, one encrypted file for each
entry, until the record is opened for writing the next time. Its own key draws the files' names, so
that the same thing said twice is one file, and no name tells what it holds.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from controller.store import private
from controller.store.keys import Keys
from controller.store.spool import Said, as_bytes, from_bytes

ENDING = ".left-"
_MAGIC = b"palier left 1\n"
_NONCE_BYTES = 12
_NAME = 32


class Aside:
    """The files left beside one record."""

    def __init__(self, database: Path, keys: Keys) -> None:
        self._database = database
        self._name_key = _derived(keys, b"name")
        self._cipher = AESGCM(_derived(keys, b"key"))

    def leave(self, said: Said, once: str = "") -> None:
        """Leave one entry, durable when this returns; `once` names what is said a single time.

        Raises `OSError` when it cannot be kept.
        """
        plain = as_bytes(said)
        if plain is None:
            return
        name = hmac.new(
            self._name_key, (once or secrets.token_hex(16)).encode(), hashlib.sha256
        ).hexdigest()[:_NAME]
        place = private.beside(self._database, ENDING + name)
        if place.exists():
            return
        nonce = secrets.token_bytes(_NONCE_BYTES)
        sealed = self._cipher.encrypt(nonce, plain, _MAGIC + name.encode())
        private.replace(place, _MAGIC + nonce + sealed)

    def lying(self) -> list[Said]:
        """What lies there, the oldest first."""
        return [said for _place, said in self._read()]

    def unreadable(self) -> int:
        """How many files there are that are damaged or belong to another record."""
        return len(self._places()) - len(self._read())

    def take(self) -> list[tuple[Path, Said]]:
        """The same with the files, to be given to `forget` once they are in the record."""
        return self._read()

    @staticmethod
    def forget(places: list[Path]) -> None:
        """These are in the record now. One that cannot be removed is recognised there."""
        for place in places:
            with suppress(OSError):
                place.unlink()
                private.sync_folder(place.parent)

    def _places(self) -> list[Path]:
        pattern = self._database.name.replace("[", "[[]") + ENDING + "?" * _NAME
        return sorted(self._database.parent.glob(pattern))

    def _read(self) -> list[tuple[Path, Said]]:
        found = [(place, said) for place in self._places() for said in self._of(place)]
        return sorted(found, key=lambda one: one[1].wall)

    def _of(self, place: Path) -> Iterator[Said]:
        """What the file holds; nothing where it is damaged or another record's."""
        bound = _MAGIC + place.name[-_NAME:].encode()
        with suppress(OSError, InvalidTag, ValueError, KeyError):
            content = place.read_bytes()
            if content.startswith(_MAGIC):
                at = len(_MAGIC) + _NONCE_BYTES
                plain = self._cipher.decrypt(content[len(_MAGIC) : at], content[at:], bound)
                yield from_bytes(plain)


def _derived(keys: Keys, purpose: bytes) -> bytes:
    """A key of its own, drawn from the record's with HMAC-SHA256."""
    return hmac.new(bytes.fromhex(keys.key), b"palier left 1 " + purpose, hashlib.sha256).digest()
