"""Owns the two check digits of a pseudonym: read back aloud, they tell two patients apart.

Whoever opens a session compares them with the patient's paper. It knows no record and no screen.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from controller.session.pseudonyms import folded

_AROUND = re.compile(r"[()·\s]+")
"""What may stand between a pseudonym and its digits, on a list or as somebody types it."""


def check_digits(pseudonym: str) -> str:
    """Two digits, 02 to 98; pseudonyms that read alike have the same.

    Formula: 98 - (n x 100 mod 97), n being the folded pseudonym's UTF-8 bytes as one number (the
    MOD 97-10 system of ISO/IEC 7064, each letter taken as its byte). One letter a to z or digit
    typed for another, and two neighbours exchanged, always change them.
    """
    number = int.from_bytes(folded(pseudonym).encode(), "big")
    return f"{98 - number * 100 % 97:02}"


def with_digits(pseudonym: str) -> str:
    """The pseudonym and its check digits, as lists and sentences name a patient."""
    return f"{pseudonym} ({check_digits(pseudonym)})"


def found(said: str, known: Iterable[str]) -> tuple[str, ...]:
    """The pseudonyms that a typed line may mean, in the order given; all where it is empty.

    A part of a pseudonym is enough, in any capitals. Check digits may follow it, `p-0417 42`, or
    stand alone; where they do not fit the pseudonym it is not found.
    """
    sought = _plain(said)
    return tuple(name for name in known if sought in _plain(f"{name} {check_digits(name)}"))


def _plain(text: str) -> str:
    return _AROUND.sub(" ", folded(text)).strip()
