"""Owns how what was typed behind an option becomes a file, a record or a number, or is refused.

It is imported for every command, and so imports nothing heavy.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path

from controller.language import _


def place(text: str) -> Path:
    """A file or folder. Raises `ArgumentTypeError` where none is named: that would be this one."""
    if not text:
        raise argparse.ArgumentTypeError(_("name a file or folder"))
    return Path(text)


def record(text: str) -> Path:
    """The file of a record or of a backup. Raises `ArgumentTypeError` for a folder."""
    path = place(text)
    if path.is_dir():
        told = _("{file} is a folder; name the file of the record in it")
        raise argparse.ArgumentTypeError(told.format(file=text))
    return path


def whole(lowest: int, highest: int, told: str) -> Callable[[str], int]:
    """What makes a whole number of a text, within these bounds; else it says `told`."""

    def number(text: str) -> int:
        try:
            value = int(text)
        except ValueError:
            raise argparse.ArgumentTypeError(told) from None
        if not lowest <= value <= highest:
            raise argparse.ArgumentTypeError(told)
        return value

    return number


def entry(text: str) -> int:
    """The number of an entry. Raises `ArgumentTypeError`."""
    return whole(1, 2**31, _("an entry is named by its number, 1 or more"))(text)


def hundredth(text: str) -> int:
    """A figure on the scale 0 to 100. Raises `ArgumentTypeError` for what is no whole number."""
    # Which figures are possible, the command says itself.
    return whole(-(2**31), 2**31, _("it is a whole number, 0 to 100"))(text)


def count(text: str) -> int:
    """How many of something a bench takes. Raises `ArgumentTypeError`."""
    return whole(4, 1_000_000, _("the number is 4 to 1000000"))(text)
