"""Owns what a past session looks like when it is gone through row by row; knows no screen.

Texts are in the language in which it was read. Times are seconds from the opening of the session.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from controller.language import mark
from vr_runtime.wire.acts import Phase

Kind = Literal[
    "phase", "level", "rating", "event", "note", "adverse", "around", "machine", "correction"
]
KINDS: Mapping[Kind, str] = {
    "phase": mark("phases and stops"),
    "level": mark("levels"),
    "rating": mark("distress"),
    "event": mark("events and tasks"),
    "note": mark("notes and words"),
    "adverse": mark("adverse events and fears"),
    "around": mark("before and after"),
    "machine": mark("faults and refusals"),
    "correction": mark("corrections"),
}
Correctable = Literal["rating", "note", "adverse", "feared"]


@dataclass(frozen=True)
class Told:
    """One thing that happened, or one later word on it."""

    at_s: float | None
    """None for what has no moment in the session."""
    kinds: tuple[Kind, ...]
    """The first is its own; it is found under the others as well."""
    text: str
    level: float | None = None
    """Applied level then, 0 to 10; None where it is not known."""
    suds: int | None = None
    """Distress that was given at this very moment, 0 to 100; never carried on."""
    missing: bool = False
    """Whether distress was asked for here and not given."""
    phase: Phase | None = None
    """The phase that begins here."""
    entry: int | None = None
    """Number of the entry that a correction would be about."""
    of: Correctable | None = None
    """What that entry is; None where it is not corrected from here."""
    held: str = ""
    """What holds of it now, as it would be typed again: a rating of 0 to 100, or a note."""
    later: bool = False
    """Whether this is a later word, told below what it is about."""


@dataclass(frozen=True)
class Compared:
    """A session beside the earlier ones of the same patient."""

    rows: tuple[tuple[str, str], ...]
    """For each level: its figures, and what they are compared with, in the words of the report."""
    notes: tuple[str, ...]
    """What each figure is, and which session bears which number."""
    why_not: str = ""
    """Why there is nothing to compare; empty where there is."""


@dataclass(frozen=True)
class Reviewed:
    """A past session: what it was, what is to be known of it, and all that happened."""

    session: str
    pseudonym: str
    title: str
    opened: str
    """Wall time, UTC, ISO 8601."""
    lasted_s: float
    remarks: tuple[str, ...]
    """One sentence each: broken off, restricted, simulated, written by an earlier version."""
    rows: tuple[Told, ...]
    compared: Compared
    closed: bool
    """Whether later words may be added: an open session is corrected where it is led."""


class NotReviewed(Exception):
    """It cannot be read or said so; the text is one sentence on what to do."""
