"""Owns what is kept of an operator's passphrase; knows neither entry nor operator.

Argon2id (RFC 9106, the second recommended option of its section 4: 3 passes, 64 MiB, 4 lanes); the
encoded text holds parameters and salt, so that what was kept with others is still understood.
"""

from __future__ import annotations

from argon2 import PasswordHasher, Type
from argon2.exceptions import InvalidHashError, VerificationError

USUAL = PasswordHasher(time_cost=3, memory_cost=64 * 1024, parallelism=4, type=Type.ID)


class Passphrases:
    """Makes and checks what is kept. Takes about a tenth of a second: never on an event loop."""

    def __init__(self, hasher: PasswordHasher = USUAL) -> None:
        self._hasher = hasher

    def kept(self, passphrase: str) -> str:
        """What to keep of it, with a salt of its own."""
        return self._hasher.hash(passphrase)

    def opens(self, kept: str, passphrase: str) -> bool:
        """Whether this is the passphrase that `kept` was made of."""
        try:
            return self._hasher.verify(kept, passphrase)
        except (VerificationError, InvalidHashError):
            return False
