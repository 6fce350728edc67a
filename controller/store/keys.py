"""Owns the two keys of a record, where they rest and what they prove; knows no table and no entry.

The key of the record F opens the database, the signing key signs its ledger. They rest in the
keyring of the operating system where that is asked for and works, else in F.key (64 hexadecimal
digits) and F.signing-key (Ed25519, 64 hexadecimal digits), readable by their owner alone.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

import keyring
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from keyring.errors import KeyringError

from controller.store import private
from controller.store.chain import GENESIS, Mark
from controller.store.errors import KeyMissing, WrongKey
from controller.store.head import Head, HeadFile

KEY = ".key"
SIGNING_KEY = ".signing-key"
SERVICE = "palier"
"""Name under which a keyring keeps what is ours."""
_KEY_BYTES = 32

Place = Literal["files", "keyring"]


@dataclass(frozen=True)
class Keys:
    """The keys of one record. Neither appears in its `repr`."""

    record: str
    """The record's random name, written in its head."""
    place: Place
    key: str = field(repr=False)
    """64 hexadecimal digits: the raw key of the database."""
    signing: Ed25519PrivateKey = field(repr=False)

    def key_check(self) -> str:
        """HMAC-SHA256 of the record's name under its key: the key of a head, without showing it."""
        return hmac.new(
            bytes.fromhex(self.key), b"palier key check 1\n" + self.record.encode(), hashlib.sha256
        ).hexdigest()

    def public(self) -> Ed25519PublicKey:
        """What checks the signatures."""
        return self.signing.public_key()

    def sign(self, message: bytes) -> str:
        """Ed25519 signature of `message` (RFC 8032), 128 hexadecimal digits."""
        return self.signing.sign(message).hex()

    def signed(self, message: bytes, signature: str) -> bool:
        """Whether `sign` gave this signature for this message."""
        try:
            self.public().verify(bytes.fromhex(signature), message)
        except (InvalidSignature, ValueError):
            return False
        return True

    def head(self, last: Mark, following: Mark | None, signed: str) -> Head:
        """The signed head of a ledger that ends at `last`; `following` is about to be added."""
        plain = Head(
            record=self.record,
            keys=self.place,
            key_check=self.key_check(),
            seq=last.seq,
            hash=last.hash,
            next=following,
            signed=signed,
            signature="",
        )
        return plain.model_copy(update={"signature": self.sign(plain.signed_bytes())})


def make(database: Path, *, use_keyring: bool, signed: str) -> Keys:
    """Make new keys for a record that does not exist yet, and the head of its empty ledger.

    Keys that a broken-off beginning left there are used again: a database may already be written
    with them. Raises `OSError` when they cannot be kept.
    """
    if private.beside(database, KEY).exists() and private.beside(database, SIGNING_KEY).exists():
        keys = find(database)
    else:
        keys = _keep(database, use_keyring)
    if HeadFile(database).read() is None:
        HeadFile(database).write(keys.head(Mark(0, GENESIS), None, signed))
    return keys


def find(database: Path) -> Keys:
    """The keys of an existing record: in the files beside it, else where its head says.

    Raises `KeyMissing`, or `WrongKey` when what is there is no key.
    """
    head = HeadFile(database).read()
    if head is not None and head.keys == "keyring":
        found = [_from_keyring(head.record, ending) for ending in (KEY, SIGNING_KEY)]
        place: Place = "keyring"
    else:
        found = [_from_file(private.beside(database, ending)) for ending in (KEY, SIGNING_KEY)]
        place = "files"
    secret: list[bytes] = []
    for text, ending in zip(found, (KEY, SIGNING_KEY), strict=True):
        if text is None:
            raise KeyMissing(file=private.beside(database, ending).name)
        secret.append(_bytes(text, database))
    record = head.record if head is not None else secrets.token_hex(16)
    return Keys(record, place, secret[0].hex(), Ed25519PrivateKey.from_private_bytes(secret[1]))


def _keep(database: Path, use_keyring: bool) -> Keys:
    record, key, seed = secrets.token_hex(16), secrets.token_hex(32), secrets.token_hex(32)
    signing = Ed25519PrivateKey.from_private_bytes(bytes.fromhex(seed))
    if use_keyring and _to_keyring(record, {KEY: key, SIGNING_KEY: seed}):
        return Keys(record, "keyring", key, signing)
    for ending, text in ((SIGNING_KEY, seed), (KEY, key)):
        private.replace(private.beside(database, ending), (text + "\n").encode())
    return Keys(record, "files", key, signing)


def _to_keyring(record: str, kept: dict[str, str]) -> bool:
    """Whether the keyring took them and gives them back; some take all and keep nothing."""
    try:
        for ending, text in kept.items():
            keyring.set_password(SERVICE, record + ending, text)
        return all(_from_keyring(record, ending) == text for ending, text in kept.items())
    except (KeyringError, RuntimeError):
        return False


def _from_keyring(record: str, ending: str) -> str | None:
    try:
        return keyring.get_password(SERVICE, record + ending)
    except (KeyringError, RuntimeError):
        return None


def _from_file(path: Path) -> str | None:
    try:
        return path.read_text(encoding="ascii", errors="replace")
    except FileNotFoundError:
        return None


def _bytes(text: str, database: Path) -> bytes:
    try:
        secret = bytes.fromhex(text.strip())
    except ValueError:
        secret = b""
    if len(secret) != _KEY_BYTES:
        raise WrongKey(file=database.name)
    return secret
