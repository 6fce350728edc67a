"""Owns signatures of packs: keys, signing, and whose signature it is; knows no list of keys.

Ed25519 (RFC 8032), over the bytes of `pack.toml` behind a fixed word, so that no signature made for
anything else is one of a pack.
"""

from __future__ import annotations

import hashlib
import os
import re
from dataclasses import dataclass
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)

from vr_runtime.language import _
from vr_runtime.packs import fault
from vr_runtime.packs.fault import PackFault
from vr_runtime.packs.names import SIGNATURE
from vr_runtime.system_words import why as why_not
from vr_runtime.wire.keys import write_private

_DOMAIN = b"palier pack 1\n"
_WRITTEN = re.compile(r'key = "([0-9a-f]{64})"\nsignature = "([0-9a-f]{128})"\n')
_MOST_KEY_BYTES = 4096


@dataclass(frozen=True)
class PublicKey:
    """Who signs, as others know it."""

    hex: str
    """The 32 bytes of the key, 64 hex digits."""

    @property
    def fingerprint(self) -> str:
        """First half of the key's SHA-256, 32 hex digits: what people compare."""
        return hashlib.sha256(bytes.fromhex(self.hex)).hexdigest()[:32]


class KeyUnusable(Exception):
    """A key file cannot be used; the text says why, and what to do."""


def grouped(fingerprint: str) -> str:
    """A fingerprint in groups of four, to be compared by eye."""
    return " ".join(fingerprint[n : n + 4] for n in range(0, len(fingerprint), 4))


def make_key(out: Path) -> PublicKey:
    """Make a key, as `out` (mode 0600) and `out.pub`; none is ever written over.

    Raises `KeyUnusable`, `OSError`.
    """
    beside = out.with_name(f"{out.name}.pub")
    for path in (out, beside):
        if path.exists():
            told = _("{file} is there already; a key is never written over. Name a new file.")
            raise KeyUnusable(told.format(file=path))
    secret = Ed25519PrivateKey.generate()
    private = secret.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    write_private(out, private.decode())
    public = PublicKey(secret.public_key().public_bytes_raw().hex())
    beside.write_text(f"{public.hex}\n", encoding="ascii")
    return public


def sign(manifest: bytes, key: Path) -> bytes:
    """The bytes of `pack.sig` for this manifest. Raises `KeyUnusable`."""
    secret = _secret(key)
    public = secret.public_key().public_bytes_raw().hex()
    made = secret.sign(_DOMAIN + manifest).hex()
    return f'key = "{public}"\nsignature = "{made}"\n'.encode()


def signer(manifest: bytes, signature: bytes | None, shown: str) -> PublicKey | None:
    """Whose signature the pack bears; None for an unsigned one.

    Raises:
        PackFault: it bears one that does not hold.
    """
    if signature is None:
        return None
    found = _WRITTEN.fullmatch(signature.decode("ascii", "replace"))
    try:
        if found is None:
            raise ValueError
        public = Ed25519PublicKey.from_public_bytes(bytes.fromhex(found[1]))
        public.verify(bytes.fromhex(found[2]), _DOMAIN + manifest)
    except (InvalidSignature, ValueError):
        told = _("The signature does not hold: the pack is not what its author signed.")
        hint = _("fetch the pack again from its author")
        raise PackFault(f"{shown}/{SIGNATURE}", fault.SIGNATURE, told, hint) from None
    return PublicKey(found[1])


def read_public(path: Path) -> PublicKey:
    """The public key in a file that `make_key` wrote. Raises `KeyUnusable`."""
    raw = _small(path).decode("ascii", "replace").strip()
    if not re.fullmatch(r"[0-9a-f]{64}", raw):
        told = _("{file} holds no public key; give the file that ends in .pub.")
        raise KeyUnusable(told.format(file=path))
    return PublicKey(raw)


def _secret(path: Path) -> Ed25519PrivateKey:
    raw = _small(path)
    if hasattr(os, "geteuid") and path.stat().st_mode & 0o077:
        told = _("Others can read {file}: let it be yours alone (chmod 600), then sign again.")
        raise KeyUnusable(told.format(file=path))
    try:
        secret = load_pem_private_key(raw, password=None)
    except (ValueError, TypeError):
        secret = None
    if not isinstance(secret, Ed25519PrivateKey):
        told = _("{file} holds no key to sign with; make one by `palier-scenario pack key`.")
        raise KeyUnusable(told.format(file=path))
    return secret


def _small(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(_MOST_KEY_BYTES)
    except OSError as error:
        told = _("{file} cannot be read: {why}.")
        raise KeyUnusable(told.format(file=path, why=why_not(error))) from None
