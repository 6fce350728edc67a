"""Owns how 256 bits are written for people to read and type; knows nothing of what they open.

31 signs are used, none of which looks like another in the list (no 0 O, 1 I L). The number is
written to base 31 in 52 digits, in 13 groups of four, each with a check sign behind it. With v1 to
v4 the values of the group's signs, v5 that of the check sign and g the group's number from 1,
v1 + 2 v2 + 3 v3 + 4 v4 + 5 v5 + 7 g = 0 (mod 31). As 31 is prime, any one wrong sign, any two signs
that changed places and any two different groups that changed places are noticed.
"""

from __future__ import annotations

import re

from controller.language import _

SIGNS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
GROUPS = 13
SIGNS_IN_GROUP = 5
BYTES = 32
_BASE = len(SIGNS)
_DIGITS = GROUPS * (SIGNS_IN_GROUP - 1)
_OF_GROUP = 7
# The check sign's value is minus the rest, divided by its own weight.
_INVERSE = pow(SIGNS_IN_GROUP, -1, _BASE)


class Mistyped(ValueError):
    """What was typed is no such number; `str()` says in which groups, one sentence each."""


def written(secret: bytes) -> tuple[str, ...]:
    """The groups that stand for 32 bytes."""
    number = int.from_bytes(secret, "big")
    digits: list[int] = []
    for _n in range(_DIGITS):
        number, digit = divmod(number, _BASE)
        digits.append(digit)
    digits.reverse()
    size = SIGNS_IN_GROUP - 1
    groups = [digits[size * n : size * (n + 1)] for n in range(GROUPS)]
    return tuple(
        "".join(SIGNS[value] for value in [*group, _check(group, number)])
        for number, group in enumerate(groups, start=1)
    )


def read(typed: str) -> bytes:
    """The 32 bytes that were typed, in capitals or not, with or without gaps. Raises `Mistyped`."""
    groups = _groups(typed)
    troubles = [told for n, group in enumerate(groups, start=1) if (told := _trouble(n, group))]
    if len(groups) != GROUPS:
        text = _("The recovery key has {all} groups of {signs}; {count} were typed.")
        told = text.format(all=GROUPS, signs=SIGNS_IN_GROUP, count=len(groups))
        troubles.insert(0, told)
    if troubles:
        raise Mistyped(" ".join(troubles))
    number = 0
    for group in groups:
        for sign in group[:-1]:
            number = number * _BASE + SIGNS.index(sign)
    if number >= 1 << (8 * BYTES):
        raise Mistyped(_("This is no recovery key: compare every group with the sheet."))
    return number.to_bytes(BYTES, "big")


def _groups(typed: str) -> list[str]:
    parts = [part for part in re.split(r"[\s.,;:_–—-]+", typed.upper()) if part]
    if len(parts) > 1:
        return parts
    joined = "".join(parts)
    return [joined[n : n + SIGNS_IN_GROUP] for n in range(0, len(joined), SIGNS_IN_GROUP)]


def _trouble(number: int, group: str) -> str | None:
    if len(group) != SIGNS_IN_GROUP:
        text = _("Group {number} has {count} signs instead of {signs}.")
        return text.format(number=number, count=len(group), signs=SIGNS_IN_GROUP)
    foreign = sorted({sign for sign in group if sign not in SIGNS})
    if foreign:
        text = _("Group {number}: {sign} is not used in a recovery key.")
        return text.format(number=number, sign=" ".join(foreign))
    if SIGNS.index(group[-1]) != _check([SIGNS.index(sign) for sign in group[:-1]], number):
        return _("Group {number} is mistyped.").format(number=number)
    return None


def _check(group: list[int], number: int) -> int:
    weighed = sum(weight * value for weight, value in enumerate(group, start=1))
    return -(weighed + _OF_GROUP * number) * _INVERSE % _BASE
