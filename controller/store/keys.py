"""Owns the two keys of a record, where they rest and what they prove; knows no table and no entry.

The key of the record F opens the database, the signing key signs its ledger. They rest in the
keyring of the operating system where that is asked for and works, else in F.key (64 hexadecimal
digits) and F.signing-key (Ed25519, 64 hexadecimal digits), readable by their owner alone; or, by
the clinic's choice, both in F.locked-keys under a passphrase.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path

import keyring
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from keyring.errors import KeyringError

from controller.store import locked, private
from controller.store.chain import GENESIS, Mark
from controller.store.errors import KeyMissing, NoKeyring, WrongKey
from controller.store.head import Head, HeadFile, Place
from controller.store.locked import Ask

KEY = ".key"
SIGNING_KEY = ".signing-key"
SERVICE = "palier"
"""Name under which a keyring keeps what is ours."""
_KEY_BYTES = 32


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

    @property
    def secret(self) -> bytes:
        """Both keys, 64 bytes: the database's, then the seed of the signing key."""
        return bytes.fromhex(self.key) + self.signing.private_bytes_raw()

    def same_as(self, other: Keys) -> bool:
        """Whether both open and sign the same, wherever they rest."""
        return hmac.compare_digest(self.secret, other.secret)

    def signs_as(self, other: Keys) -> bool:
        """Whether both sign the same: they are of one record, also after a change of its key."""
        return self.public().public_bytes_raw() == other.public().public_bytes_raw()

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

    def head_of_copy(self, head: Head | None, last: Mark, signed: str) -> Head:
        """The head of a copy whose ledger ends at `last`, of a record whose own is `head`.

        It fits where that one fits, and nowhere else: copying must not make good what was changed.
        """
        if head is None or not head.is_signed_by(self.public()):
            return self.head(Mark(0, GENESIS), None, signed)
        if not head.allows(last):
            return self.head(head.mark, head.next, signed)
        return self.head(last, None, signed)


def of(record: str, place: Place, secret: bytes) -> Keys:
    """The keys of `secret`, 64 bytes as in `Keys.secret`."""
    signing = Ed25519PrivateKey.from_private_bytes(secret[_KEY_BYTES:])
    return Keys(record, place, secret[:_KEY_BYTES].hex(), signing)


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


def find(database: Path, ask: Ask | None = None) -> Keys:
    """The keys of an existing record: where its head says, else in the files beside it.

    Keys that a passphrase locks are asked for by `ask`. Raises `KeyMissing`, `WrongKey` when what
    is there is no key, `PassphraseNeeded`, `WrongPassphrase`, `UnreadableCompanion`.
    """
    head = HeadFile(database).read()
    record = head.record if head is not None else secrets.token_hex(16)
    place = _place(database, head)
    if place == "passphrase":
        secret = locked.ask_for(private.beside(database, locked.ENDING), database.name, ask)
        if len(secret) != 2 * _KEY_BYTES:
            raise WrongKey(file=database.name)
        return of(record, place, secret)
    if place == "keyring":
        found = [_from_keyring(record, ending) for ending in (KEY, SIGNING_KEY)]
    else:
        found = [_from_file(private.beside(database, ending)) for ending in (KEY, SIGNING_KEY)]
    secret = b""
    for text, ending in zip(found, (KEY, SIGNING_KEY), strict=True):
        if text is None:
            raise KeyMissing(file=private.beside(database, ending).name)
        secret += _bytes(text, database)
    return of(record, place, secret)


def lay_up(keys: Keys, stem: Path, passphrase: str = "") -> tuple[str, ...]:
    """Lay `keys` up where their `place` says; files get the name `stem` with their endings.

    Gives those endings; the files are durable then. Raises `NoKeyring`, `PassphraseTooShort`,
    `OSError`.
    """
    texts = {SIGNING_KEY: keys.signing.private_bytes_raw().hex(), KEY: keys.key}
    if keys.place == "keyring":
        if not _to_keyring(keys.record, texts):
            raise NoKeyring()
        return ()
    if keys.place == "passphrase":
        content = locked.lock(keys.secret, passphrase)
        private.replace(private.beside(stem, locked.ENDING), content)
        return (locked.ENDING,)
    for ending, text in texts.items():
        private.replace(private.beside(stem, ending), (text + "\n").encode())
    return tuple(texts)


def forget(record: str) -> None:
    """Let the keyring forget the keys it keeps under the name `record`, if it can."""
    for ending in (KEY, SIGNING_KEY):
        with suppress(KeyringError, RuntimeError, NotImplementedError):
            keyring.delete_password(SERVICE, record + ending)


def _place(database: Path, head: Head | None) -> Place:
    """Where to look: a head that is missing must not make the keys missing too."""
    if head is not None:
        return head.keys
    alone = not private.beside(database, KEY).exists()
    return "passphrase" if alone and private.beside(database, locked.ENDING).exists() else "files"


def _keep(database: Path, use_keyring: bool) -> Keys:
    fresh = of(secrets.token_hex(16), "keyring", secrets.token_bytes(2 * _KEY_BYTES))
    return lay_up_in_order(fresh, database, use_keyring=use_keyring)


def lay_up_in_order(keys: Keys, stem: Path, *, use_keyring: bool) -> Keys:
    """Lay `keys` up in the keyring, else in files named `stem`; they say which it was."""
    if use_keyring:
        with suppress(NoKeyring):
            kept = replace(keys, place="keyring")
            lay_up(kept, stem)
            return kept
    kept = replace(keys, place="files")
    lay_up(kept, stem)
    return kept


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
