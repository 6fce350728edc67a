"""Owns where a line of text may be broken; knows neither toolkit nor screen.

French signs and units hang on their word by a space that is no place to break.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_SPACE = r"[^\S\u00a0\u202f\u2007]"
"""Any space that may end a line: not the no-break ones."""
_HANGING = r"(?:[:;!?»](?!\w)|%|(?<=\d\s)(?:[ck]?m|m?s|min|h|Hz|dB|°)\b)"
"""What never begins a line, however it was typed: a sign, and a unit after its figure."""
_WORD = re.compile(
    rf"{_SPACE}*(?:\S|[\u00a0\u202f\u2007]|(?<=«)\s|{_SPACE}(?={_HANGING}))+{_SPACE}*"
)


def words(text: str) -> Iterator[tuple[int, int, str]]:
    """Where each piece that is never broken begins and ends, and the piece with its spaces."""
    found = _WORD.match(text)
    while found is not None:
        yield found.start(), found.end(), found.group()
        found = _WORD.match(text, found.end())
