"""Owns the signed statement beside the record of where its ledger ends; knows no entry.

The file F.head is written twice around each addition to the ledger: before the commit it names
the row that is about to follow (`next`), afterwards that row itself. So a crash at any moment
leaves a head that fits, and a ledger that ends anywhere else was changed.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from pydantic import BaseModel, ConfigDict, ValidationError

from controller.store import private
from controller.store.chain import Mark, canonical

ENDING = ".head"
_PURPOSE = b"palier head 1\n"

Place = Literal["files", "keyring", "passphrase"]


class Head(BaseModel):
    """What F.head says. All of it but the signature itself is signed (Ed25519, RFC 8032)."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    record: str
    """The record's own random name; under it a keyring keeps the keys."""
    keys: Place
    """Where the keys rest."""
    key_check: str
    """Tells a wrong key from a damaged file; gives nothing of the key away."""
    seq: int
    """Number of the ledger's last row, 0 for none."""
    hash: str
    next: Mark | None
    """The row that was about to be added; None when that is done."""
    signed: str
    """UTC."""
    signature: str

    @property
    def mark(self) -> Mark:
        """The ledger's last row."""
        return Mark(self.seq, self.hash)

    def signed_bytes(self) -> bytes:
        """What the signature is made over."""
        return _PURPOSE + canonical(self.model_dump(mode="json", exclude={"signature"})).encode()

    def is_signed_by(self, key: Ed25519PublicKey) -> bool:
        """Whether the holder of `key` signed exactly this."""
        try:
            key.verify(bytes.fromhex(self.signature), self.signed_bytes())
        except (InvalidSignature, ValueError):
            return False
        return True

    def allows(self, last: Mark) -> bool:
        """Whether a ledger that ends at `last` fits this head."""
        return last == self.mark or last == self.next


@dataclass(frozen=True)
class HeadFile:
    """The file F.head of one record."""

    database: Path

    @property
    def path(self) -> Path:
        """Where it is."""
        return private.beside(self.database, ENDING)

    def text(self) -> str | None:
        """Its content as it is, None when it is not there."""
        try:
            return self.path.read_text(encoding="utf-8", errors="replace")
        except FileNotFoundError:
            return None

    def read(self) -> Head | None:
        """What it says; None when it is missing or says nothing that can be read."""
        text = self.text()
        if text is None:
            return None
        try:
            return Head.model_validate(json.loads(text))
        except (ValidationError, ValueError):
            return None

    def write(self, head: Head) -> None:
        """Replace it at once, durable when this returns. Raises `OSError`."""
        private.replace(self.path, (canonical(head.model_dump(mode="json")) + "\n").encode())
