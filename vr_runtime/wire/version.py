"""Owns the protocol's number and the parts that never change with it; knows no message."""

from __future__ import annotations

PROTOCOL = 1
"""Both ends must have the same number; stop alone asks for no agreement."""

STOP = b"PALIER-STOP"
"""First part of a stop. Frozen for ever: known without decoding, whatever else has changed.

A second part names the press (`presses`), and comes back as the confirmation."""

CALL = b"PALIER"
"""First part of every other message between console and runtime; the second is JSON."""

TICKS_PER_SECOND = 30
MAX_MESSAGE_BYTES = 65_536


def speaks_the_same(protocol: int) -> bool:
    """Whether the other end's protocol number can be understood here."""
    return protocol == PROTOCOL
