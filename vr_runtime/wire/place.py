"""Owns what a console needs to know of one runtime to reach it; knows no socket."""

from __future__ import annotations

from dataclasses import dataclass

from vr_runtime.wire.keys import Identity


@dataclass(frozen=True)
class Place:
    """Where a runtime is, and by which keys it and this console know each other."""

    address: str
    key: str
    """The runtime's public key."""
    identity: Identity
    """The console's own key pair."""
