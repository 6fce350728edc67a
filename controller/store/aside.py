"""Owns entries that could not be saved before their console ended; knows neither table nor thread.

They lie encrypted in F.unsaved, with their own times, until the record is opened the next time.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import secrets
from collections.abc import Sequence
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
_NONCE_BYTES = 12


@dataclass(frozen=True)
class Said:
    """What is to be written down, with the time at which it was handed over."""

    session: str
    document: Document
    operator: str
    mono_ns: int
    wall: str


def _cipher(keys: Keys) -> AESGCM:
    """AES-256-GCM under a key of its own, drawn from the record's with HMAC-SHA256."""
    return AESGCM(hmac.new(bytes.fromhex(keys.key), b"palier unsaved 1", hashlib.sha256).digest())


def keep(database: Path, keys: Keys, said: Sequence[Said]) -> bool:
    """Keep what was said beside the record; False when not even that can be written."""
    plain = [text for text in map(_plain, said) if text is not None]
    nonce = secrets.token_bytes(_NONCE_BYTES)
    try:
        sealed = _cipher(keys).encrypt(nonce, f"[{','.join(plain)}]".encode(), None)
        private.replace(private.beside(database, ENDING), nonce + sealed)
    except OSError:
        return False
    return True


def _plain(said: Said) -> str | None:
    """One entry as JSON; None for one that no file can hold, which would spoil the others."""
    try:
        text = canonical(
            {
                "session": said.session,
                "operator": said.operator,
                "mono_ns": said.mono_ns,
                "wall": said.wall,
                "document": said.document.model_dump(mode="json"),
            }
        )
        text.encode()
    except ValueError:
        return None
    return text


def kept(database: Path, keys: Keys) -> list[Said]:
    """What lies there, in order; empty when there is nothing.

    Raises `ForeignEntries` when the file cannot be read with the record's key.
    """
    path = private.beside(database, ENDING)
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        return []
    try:
        plain = json.loads(
            _cipher(keys).decrypt(content[:_NONCE_BYTES], content[_NONCE_BYTES:], None)
        )
        return [
            Said(
                session=one["session"],
                document=DOCUMENTS.validate_python(one["document"]),
                operator=one["operator"],
                mono_ns=one["mono_ns"],
                wall=one["wall"],
            )
            for one in plain
        ]
    except (InvalidTag, ValueError):
        raise ForeignEntries(file=path.name) from None


def drop(database: Path) -> None:
    """Forget it: all of it is in the record now."""
    private.beside(database, ENDING).unlink(missing_ok=True)
    private.sync_folder(database.parent)
