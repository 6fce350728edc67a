"""Passphrases that are checked at once: the same way, with parameters that keep nobody out."""

from __future__ import annotations

from argon2 import PasswordHasher

from controller.store.passphrases import Passphrases


def swift() -> Passphrases:
    """Argon2id with one pass over the least memory it takes."""
    return Passphrases(PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
