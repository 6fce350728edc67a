"""Owns the file in which a passphrase locks both keys of a record; knows no record.

The passphrase (Unicode NFC, UTF-8) becomes a key by Argon2id (RFC 9106) with the parameters that
stand in the file, and that key seals the keys by AES-256-GCM. The parameters are sealed along.
"""

from __future__ import annotations

import json
import secrets
import unicodedata
from pathlib import Path
from typing import Annotated, Literal, Protocol

from argon2.low_level import Type, hash_secret_raw
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from controller.store.chain import canonical
from controller.store.errors import (
    KeyMissing,
    PassphraseNeeded,
    PassphraseTooShort,
    UnreadableCompanion,
    WrongPassphrase,
)

ENDING = ".locked-keys"
LEAST = 12
"""Characters a new passphrase needs: it can be guessed at by whoever has a copy of the file."""
_NONCE_BYTES = 12

Hex = Annotated[str, StringConstraints(pattern=r"^([0-9a-f]{2})+$")]


class Ask(Protocol):
    """Asks for the passphrase of a record."""

    def __call__(self, file: str, wrong: int) -> str | None:
        """The passphrase of the record `file`, None to give up; so many were wrong before."""
        ...


class Stretching(BaseModel):
    """How a passphrase becomes a key. The default is the second choice of RFC 9106, section 4.

    What a file may ask for is bounded, so that a forged one cannot take all memory.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: Literal["argon2id"] = "argon2id"
    version: Literal[19] = 19
    passes: int = Field(default=3, ge=1, le=32)
    memory_kib: int = Field(default=65_536, ge=8_192, le=1_048_576)
    lanes: int = Field(default=4, ge=1, le=16)
    salt: Hex = Field(min_length=32, max_length=128)

    def key(self, passphrase: str) -> bytes:
        """32 bytes from a passphrase."""
        return hash_secret_raw(
            unicodedata.normalize("NFC", passphrase).encode("utf-8", "surrogatepass"),
            bytes.fromhex(self.salt),
            time_cost=self.passes,
            memory_cost=self.memory_kib,
            parallelism=self.lanes,
            hash_len=32,
            type=Type.ID,
            version=self.version,
        )


class Locked(BaseModel):
    """What the file says."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    form: Literal["palier locked keys 1"] = "palier locked keys 1"
    stretching: Stretching
    nonce: Hex
    sealed: Hex


def lock(secret: bytes, passphrase: str) -> bytes:
    """The content of a file in which `passphrase` locks `secret`.

    Raises `PassphraseTooShort`.
    """
    if len(passphrase) < LEAST:
        raise PassphraseTooShort(least=LEAST)
    stretching = Stretching(salt=secrets.token_hex(16))
    nonce = secrets.token_bytes(_NONCE_BYTES)
    sealed = AESGCM(stretching.key(passphrase)).encrypt(nonce, secret, _beside(stretching))
    told = Locked(stretching=stretching, nonce=nonce.hex(), sealed=sealed.hex())
    return (canonical(told.model_dump(mode="json")) + "\n").encode()


def unlock(locked: Locked, passphrase: str) -> bytes | None:
    """What the file locks; None when the passphrase is another, or the file was changed."""
    cipher = AESGCM(locked.stretching.key(passphrase))
    nonce, sealed = bytes.fromhex(locked.nonce), bytes.fromhex(locked.sealed)
    try:
        return cipher.decrypt(nonce, sealed, _beside(locked.stretching))
    except (InvalidTag, ValueError):
        return None


def ask_for(path: Path, record: str, ask: Ask | None) -> bytes:
    """What the file at `path` locks; `ask` is asked until it is right or nothing is given.

    Raises `KeyMissing`, `UnreadableCompanion`, `PassphraseNeeded` or `WrongPassphrase`.
    """
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        raise KeyMissing(file=path.name) from None
    try:
        locked = Locked.model_validate(json.loads(content))
    except (ValidationError, ValueError):
        raise UnreadableCompanion(file=path.name) from None
    wrong = 0
    while ask is not None and (passphrase := ask(record, wrong)) is not None:
        secret = unlock(locked, passphrase)
        if secret is not None:
            return secret
        wrong += 1
    raise WrongPassphrase(file=record) if wrong else PassphraseNeeded(file=record)


def _beside(stretching: Stretching) -> bytes:
    return canonical(stretching.model_dump(mode="json")).encode()
