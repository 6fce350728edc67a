"""Owns how a TOML text becomes a protocol, which one ships, and how a clinic's file is checked.

A file is whole: it stands in place of the shipped one and takes nothing from it. Two different
texts never bear the same id and version, so that a session can name what it was led by.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from pydantic import ValidationError

from controller.clinic_files.files import text_of
from controller.clinic_files.telling import Fault, NotUsable, all_told, parsed, placed
from controller.language import _
from controller.protocol.checks import faults
from controller.protocol.model import Protocol

DEFAULT = Path(__file__).parent / "default.toml"
LARGEST = 200_000
"""Bytes; a protocol is some pages of text."""


@dataclass(frozen=True)
class Written:
    """A protocol and the text that it was read from, exactly."""

    protocol: Protocol
    text: str

    @property
    def sha256(self) -> str:
        """Hash of the file, as `sha256sum` tells it."""
        return sha256_of(self.text)


def sha256_of(text: str) -> str:
    """SHA-256 of a text in UTF-8, 64 hex digits."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def read(text: str, today: date | None = None) -> Written:
    """The protocol in `text`, which is kept as it is.

    Args:
        text: TOML.
        today: a review may not be ahead of it; None for what a record holds already.

    Raises:
        NotUsable: with all that is wrong.
    """
    bare = text.removeprefix("\ufeff")
    given = parsed(bare)
    try:
        made = Protocol.model_validate(given)
    except ValidationError as error:
        raise NotUsable(placed(bare, all_told(error.errors(), Protocol))) from None
    found = faults(made, today)
    if found:
        raise NotUsable(placed(bare, found))
    return Written(made, text)


@cache
def shipped() -> Written:
    """The protocol that ships with Palier."""
    return read(text_of(DEFAULT, LARGEST, ""))


def check(file: Path, before: Sequence[Written] = (), today: date | None = None) -> Written:
    """The protocol in a clinic's file.

    Args:
        file: of the clinic.
        before: what was in force at some time; the shipped one is among it anyway.
        today: the day at the clinic; None for the machine's own.

    Raises:
        NotUsable: with all that is wrong.
        OSError: the file cannot be read.
    """
    text = text_of(file, LARGEST, _("This file is too large for a protocol."))
    made = read(text, today or date.today())
    name = made.protocol
    for other in (shipped(), *before):
        same = (other.protocol.id, other.protocol.version) == (name.id, name.version)
        if same and other.text != text:
            told = _(
                "There is another protocol {name} with version {version}; "
                "give this one its own version."
            ).format(name=name.id, version=name.version)
            raise NotUsable(placed(text.removeprefix("\ufeff"), [Fault(("version",), told)]))
    return made
