"""Owns how a typed distress rating is read, on both scales; knows neither pad nor record.

The unshifted digit row of a French keyboard counts as digits by its characters, so that a rating
needs neither Shift nor AltGr. Belgian and Mac keyboards have § for 6 and ! for 8.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

from controller.language import _
from controller.session.documents import Scale

ROW: Final = MappingProxyType(dict(zip("&é\"'(-è_çà§!", "123456789068", strict=True)))
"""Digit meant by each character of the unshifted row of AZERTY."""
MOST: Final = "t*"
"""Either of these alone means the scale's highest rating."""


class NotARating(ValueError):
    """What was typed is no rating; the message says in one sentence what may be typed."""


def as_digit(character: str | None) -> str | None:
    """The digit a character stands for, or None when it stands for none.

    Only the ten ASCII digits and the characters of `ROW` do; never another script's digits.
    """
    if character is None or len(character) != 1:
        return None
    if character in "0123456789":
        return character
    return ROW.get(character)


def fits(typed: str, scale: Scale) -> bool:
    """Whether `typed` is a rating already or may become one by further digits."""
    try:
        parse(typed, scale)
    except NotARating:
        return False
    return True


def parse(typed: str, scale: Scale) -> int:
    """The rating on the canonical scale, 0 to 100, that was typed.

    On 0-100 one digit means tens (`7` is 70) and two are exact (`07` is 7); `100`, `t` and `*` are
    100. On 0-10 a rating means itself (`7` is 7 of 10, kept as 70); `10`, `t` and `*` are 10.

    Raises:
        NotARating: anything else; nothing is guessed, cut or rounded.
    """
    text = typed.strip()
    if text and len(text) == 1 and text.lower() in MOST:
        return 100
    digits = "".join(as_digit(character) or "?" for character in text)
    if digits.isascii() and digits.isdigit():
        if scale == "0-10":
            if len(digits) == 1 or digits == "10":
                return int(digits) * 10
        elif len(digits) == 1:
            return int(digits) * 10
        elif len(digits) == 2 or digits == "100":
            return int(digits)
    if scale == "0-10":
        raise NotARating(_("Type a rating from 0 to 10, then Enter."))
    raise NotARating(
        _("Type a rating from 0 to 100, then Enter; one digit means tens, so 7 is 70 and 07 is 7.")
    )


def shown(suds: int, scale: Scale) -> str:
    """A canonical rating, 0 to 100, in the words of the patient's scale.

    On 0-10 a rating that lies between two of its steps keeps its decimal: nothing is rounded away.
    """
    return str(suds) if scale == "0-100" else f"{suds / 10:g}"
