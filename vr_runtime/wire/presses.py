"""Owns how one press of stop is named, so that its copies are told from the next press.

A console sends a press again and again until it is confirmed, and a copy may come long after the
first was obeyed. The name is the second part of the message; a stop without one is obeyed always.
"""

from __future__ import annotations

import hashlib
from collections import OrderedDict

_WHO = 8
_LENGTH = _WHO + 8
REMEMBERED = 4096
"""Consoles and presses remembered at most."""
_LONGEST = 64
"""A longer name, which this version does not make, is remembered by its SHA-256."""


def name(who: bytes, number: int) -> bytes:
    """The name of one press.

    Args:
        who: 8 bytes by chance, the same for all presses of one run of a console.
        number: counts its presses upwards, from 1.
    """
    assert len(who) == _WHO, "what is longer or shorter is not taken apart"
    return who + number.to_bytes(_LENGTH - _WHO, "big")


class Taken:
    """Presses that were obeyed, by the key they came from."""

    def __init__(self) -> None:
        self._numbers: OrderedDict[tuple[str, bytes], int] = OrderedDict()

    def is_new(self, key: str, press: bytes | None) -> bool:
        """Whether this press is to be obeyed; from then on neither it nor an earlier one is new.

        Args:
            key: the sender's public key.
            press: its name as it came, in any form: one that this version does not make is only
                told from itself. None or empty: it has none, and is new each time.
        """
        if not press:
            return True
        who, number = press if len(press) <= _LONGEST else hashlib.sha256(press).digest(), 0
        if len(press) == _LENGTH:
            who, number = press[:_WHO], int.from_bytes(press[_WHO:], "big")
        last = self._numbers.get((key, who))
        if last is not None and number <= last:
            return False
        self._numbers[key, who] = number
        self._numbers.move_to_end((key, who))
        while len(self._numbers) > REMEMBERED:
            self._numbers.popitem(last=False)
        return True
