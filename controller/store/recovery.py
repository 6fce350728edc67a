"""Owns what the printed recovery key opens: both keys of a record, sealed in F.recovery.

The 256 random bits on the sheet become an X25519 key (RFC 7748) by HKDF-SHA256 (RFC 5869). Only its
public half is kept, so new keys are sealed for the same sheet without it: an ephemeral X25519 key,
HKDF-SHA256 over the shared secret, AES-256-GCM. The signing key signs the file, so that nobody can
have the next keys sealed for themselves.
"""

from __future__ import annotations

import json
import secrets
from pathlib import Path
from typing import Literal

from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from pydantic import BaseModel, ConfigDict, ValidationError

from controller.store import changeover, letters, private
from controller.store import keys as key_ring
from controller.store.chain import canonical
from controller.store.clock import Clock, stamp
from controller.store.database import is_there, missing, opens
from controller.store.errors import (
    NoRecovery,
    UnreadableCompanion,
    WrongKey,
    WrongRecoveryKey,
)
from controller.store.head import HeadFile
from controller.store.keys import Keys
from controller.store.locked import Ask, Hex

ENDING = ".recovery"
_SIGNED = b"palier recovery 1\n"
_NONCE_BYTES = 12
_SECRET_BYTES = 64
_NAME_BYTES = 16


class Recovery(BaseModel):
    """What F.recovery says."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    form: Literal["palier recovery 1"] = "palier recovery 1"
    made: str
    """UTC: when the sheet was made."""
    sheet: Hex
    """Public half of the sheet's key."""
    ephemeral: Hex
    nonce: Hex
    sealed: Hex
    """Both keys and the record's random name."""
    signature: str

    def signed_bytes(self) -> bytes:
        """What the signature is made over."""
        return _SIGNED + canonical(self.model_dump(mode="json", exclude={"signature"})).encode()

    def is_signed_by(self, key: Ed25519PublicKey) -> bool:
        """Whether the holder of `key` signed exactly this."""
        try:
            key.verify(bytes.fromhex(self.signature), self.signed_bytes())
        except (InvalidSignature, ValueError):
            return False
        return True


def new_sheet(path: Path, *, ask: Ask | None, clock: Clock) -> tuple[str, ...]:
    """Make a recovery key for this record and give its groups, once: it is kept nowhere.

    An older sheet opens nothing any more. Raises `RecordInUse` and what finding keys raises.
    """
    database = path.absolute()
    if not database.parent.exists():
        raise missing(database)
    with changeover.alone(database):
        if not is_there(database):
            raise missing(database)
        keys = key_ring.find(database, ask)
        if not opens(database, keys):
            raise WrongKey(file=database.name)
        secret = secrets.token_bytes(letters.BYTES)
        public = _private(secret).public_key().public_bytes_raw()
        content = _content(keys, public, stamp(clock.wall()))
        private.replace(private.beside(database, ENDING), content)
    return letters.written(secret)


def sealed_anew(database: Path, keys: Keys, old: Keys) -> bytes | None:
    """The content of F.recovery for new `keys` and the same sheet; None without a sheet of ours.

    A file that the `old` keys did not sign is not trusted: the new keys would be sealed for
    whoever made it.
    """
    try:
        told = look(private.beside(database, ENDING))
    except (NoRecovery, UnreadableCompanion):
        return None
    if not told.is_signed_by(old.public()):
        return None
    return _content(keys, bytes.fromhex(told.sheet), told.made)


def look(path: Path) -> Recovery:
    """What the file says. Raises `NoRecovery` or `UnreadableCompanion`."""
    try:
        return Recovery.model_validate(json.loads(path.read_bytes()))
    except FileNotFoundError:
        raise NoRecovery(file=path.name) from None
    except (ValidationError, ValueError):
        raise UnreadableCompanion(file=path.name) from None


def unsealed(path: Path, secret: bytes) -> Keys:
    """The keys that the file at `path` seals for the sheet with `secret`, resting nowhere yet.

    Raises `NoRecovery`, `UnreadableCompanion` or `WrongRecoveryKey`.
    """
    told = look(path)
    sheet, ephemeral = bytes.fromhex(told.sheet), bytes.fromhex(told.ephemeral)
    try:
        shared = _private(secret).exchange(X25519PublicKey.from_public_bytes(ephemeral))
        cipher = _cipher(shared, sheet, ephemeral)
        plain = cipher.decrypt(bytes.fromhex(told.nonce), bytes.fromhex(told.sealed), _SIGNED)
    except (InvalidTag, ValueError):
        raise WrongRecoveryKey(file=path.name) from None
    if len(plain) != _SECRET_BYTES + _NAME_BYTES:
        raise UnreadableCompanion(file=path.name)
    return key_ring.of(plain[_SECRET_BYTES:].hex(), "files", plain[:_SECRET_BYTES])


def bring_back(path: Path, secret: bytes) -> Keys:
    """Put the key files of a record back with the sheet's secret; gives the keys.

    A key file that holds something else is kept under its name with `.before-recovery`. Raises
    `RecordInUse`, `NoRecovery`, `UnreadableCompanion`, `WrongRecoveryKey`, or `WrongKey` when what
    the sheet opens does not open this record.
    """
    database = path.absolute()
    if not database.parent.exists():
        raise missing(database)
    with changeover.alone(database):
        if not is_there(database):
            raise missing(database)
        keys = unsealed(private.beside(database, ENDING), secret)
        if not opens(database, keys):
            raise WrongKey(file=database.name)
        changeover.clear(database)
        placed = key_ring.lay_up(keys, changeover.coming(database))
        head = HeadFile(database).read()
        if head is not None and head.is_signed_by(keys.public()):
            following = head.next
            fresh = keys.head(head.mark, following, head.signed)
            HeadFile(changeover.coming(database)).write(fresh)
        changeover.commit(database, _into_place(database, placed))
    return keys


def _into_place(database: Path, placed: tuple[str, ...]) -> changeover.Changeover:
    steps: list[changeover.Step] = []
    for ending in (*placed, ".head"):
        coming = private.beside(changeover.coming(database), ending)
        if not coming.exists():
            continue
        old = private.beside(database, ending)
        if ending in placed and old.exists() and old.read_bytes() != coming.read_bytes():
            aside = _free(database, ending + ".before-recovery")
            steps.append(changeover.Step(what="keep", ending=ending, to=aside))
        steps.append(changeover.Step(what="place", ending=changeover.NEXT + ending, to=ending))
    return changeover.Changeover(steps=tuple(steps))


def _free(database: Path, ending: str) -> str:
    number, found = 1, ending
    while private.beside(database, found).exists():
        number += 1
        found = f"{ending}-{number}"
    return found


def _content(keys: Keys, sheet: bytes, made: str) -> bytes:
    ephemeral = X25519PrivateKey.generate()
    own = ephemeral.public_key().public_bytes_raw()
    shared = ephemeral.exchange(X25519PublicKey.from_public_bytes(sheet))
    nonce = secrets.token_bytes(_NONCE_BYTES)
    plain = keys.secret + bytes.fromhex(keys.record)
    sealed = _cipher(shared, sheet, own).encrypt(nonce, plain, _SIGNED)
    told = Recovery(
        made=made,
        sheet=sheet.hex(),
        ephemeral=own.hex(),
        nonce=nonce.hex(),
        sealed=sealed.hex(),
        signature="",
    )
    told = told.model_copy(update={"signature": keys.sign(told.signed_bytes())})
    return (canonical(told.model_dump(mode="json")) + "\n").encode()


def _private(secret: bytes) -> X25519PrivateKey:
    return X25519PrivateKey.from_private_bytes(_derived(secret, b"palier recovery 1 sheet"))


def _cipher(shared: bytes, sheet: bytes, ephemeral: bytes) -> AESGCM:
    return AESGCM(_derived(shared, b"palier recovery 1 seal " + sheet + ephemeral))


def _derived(secret: bytes, purpose: bytes) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=purpose).derive(secret)
