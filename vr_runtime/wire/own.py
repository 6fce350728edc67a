"""Owns how either end comes by its own key pair: read, or made at its first use."""

from __future__ import annotations

from pathlib import Path

from vr_runtime.wire.keys import Identity, load_identity, save_identity
from vr_runtime.wire.sockets import new_identity


def own_identity(folder: Path) -> Identity:
    """The key pair kept in this folder, made where there is none. Raises `KeysUnreadable`."""
    identity = load_identity(folder)
    if identity is None:
        identity = new_identity()
        save_identity(folder, identity)
    return identity
