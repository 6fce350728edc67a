"""Owns the bytes of one journal file: a head, then sealed records; knows neither folder nor link.

Head: magic, start of the runtime, number of the segment. Record: length, number, nonce, ciphertext
by AES-256-GCM; head and number are authenticated with it, so that no record can stand elsewhere.
What can be read is always a whole beginning: it ends at the first record that is torn or changed.
"""

from __future__ import annotations

import os
import struct
from collections.abc import Iterator
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

KEY_BYTES = 32
MAGIC = b"PALIERJ1"
_HEAD = struct.Struct("<8s16sI")
_RECORD = struct.Struct("<IQ12s")
_TAG_BYTES = 16
LONGEST = 1 << 20
"""No record is longer, in bytes; a length above it was damaged."""


class NotAJournal(ValueError):
    """These bytes do not begin as a journal file of this kind."""


@dataclass(frozen=True)
class Head:
    """Which part of which start of the runtime a file holds."""

    boot: str
    """32 hexadecimal digits."""
    segment: int

    def packed(self) -> bytes:
        """As it stands at the beginning of the file."""
        return _HEAD.pack(MAGIC, bytes.fromhex(self.boot), self.segment)


def seal(key: bytes, head: Head, number: int, text: bytes) -> bytes:
    """One record, ready to be written."""
    nonce = os.urandom(12)
    sealed = AESGCM(key).encrypt(nonce, text, _bound(head, number))
    return _RECORD.pack(len(sealed), number, nonce) + sealed


def head_of(data: bytes) -> Head:
    """The head at the beginning of a file. Raises `NotAJournal`."""
    if len(data) < _HEAD.size:
        raise NotAJournal("the file ends within its head")
    magic, boot, segment = _HEAD.unpack_from(data)
    if magic != MAGIC:
        raise NotAJournal("the file is no journal of this kind")
    return Head(boot.hex(), segment)


def unsealed(key: bytes, data: bytes) -> Iterator[tuple[int, bytes]]:
    """Number and text of each record, up to the first that is torn or changed.

    Raises `NotAJournal`.
    """
    head, cipher = head_of(data), AESGCM(key)
    place, last = _HEAD.size, 0
    while place + _RECORD.size <= len(data):
        length, number, nonce = _RECORD.unpack_from(data, place)
        place += _RECORD.size
        if not _TAG_BYTES <= length <= min(LONGEST, len(data) - place) or number <= last:
            return
        try:
            text = cipher.decrypt(nonce, data[place : place + length], _bound(head, number))
        except InvalidTag:
            return
        yield number, text
        place, last = place + length, number


def _bound(head: Head, number: int) -> bytes:
    return head.packed() + struct.pack("<Q", number)
