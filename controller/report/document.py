"""Owns what a report is made of, whatever it is about and whatever it is written as.

It knows neither history nor figures, and nothing of how a page looks.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from controller.language import Language
from controller.report.ink import Picture

Audience = Literal["clinician", "patient", "supervision"]
AUDIENCES: tuple[Audience, ...] = ("clinician", "patient", "supervision")


@dataclass(frozen=True)
class Column:
    """Head of one column."""

    title: str
    figures: bool = False
    """Set to the right, with figures of one width."""
    note: int | None = None
    """Number of the footnote that holds its formula."""
    share: float | None = None
    """0 to 1: how wide it is, where a table is ruled for the hand; else it follows its text."""


@dataclass(frozen=True)
class Row:
    """One row; `tone` is "", "total" or "missing"."""

    cells: tuple[str, ...]
    tone: str = ""
    share: float | None = None
    """0 to 1, drawn as a bar in the cell after the last."""


@dataclass(frozen=True)
class Footnote:
    """A line below a table; with a number, the formula of the columns that bear it."""

    text: str
    number: int | None = None


@dataclass(frozen=True)
class Section:
    """A titled table with its footnotes."""

    name: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    notes: tuple[Footnote, ...] = ()
    ruled_mm: float | None = None
    """Height of a row that is to be written in by hand; None for a table of text."""
    close: bool = False
    """Set with little room between its rows, to leave room for the hand."""


@dataclass(frozen=True)
class Prose:
    """A titled text; boxed where it must be seen first."""

    name: str
    title: str
    paragraphs: tuple[str, ...]
    boxed: bool = False


@dataclass(frozen=True)
class WriteIn:
    """Lines to be filled in by hand, each behind its label, in columns."""

    name: str
    title: str
    labels: tuple[str, ...]
    columns: int = 2


@dataclass(frozen=True)
class Figure:
    """Pictures below each other with a title and what is to be known to read them.

    Each picture stays whole; a page may end between two of them.
    """

    name: str
    title: str
    """Empty where the picture needs none."""
    pictures: tuple[Picture, ...]
    caption: str


Block = Section | Prose | WriteIn | Figure


@dataclass(frozen=True)
class KeyFigure:
    """One large figure at the head of the page."""

    name: str
    value: str
    beside: str = ""


@dataclass(frozen=True)
class Fact:
    """One line of what identifies session and software."""

    name: str
    value: str
    code: bool = False


@dataclass(frozen=True)
class Report:
    """A whole report, in the language it was made in."""

    language: Language
    kind: str
    """What it is: a session's report, a course, a sheet of paper."""
    date: str
    title: str
    sub: tuple[tuple[str, bool], ...]
    """Below the title: parts of one line, and whether each is set in bold."""
    happened: str
    figures: tuple[KeyFigure, ...]
    figure_notes: tuple[str, ...]
    """The formulas of the figures at the head."""
    warnings: tuple[str, ...]
    """What a reader must know before trusting the figures."""
    blocks: tuple[Block, ...]
    facts_title: str
    facts: tuple[Fact, ...]
    unreviewed: str
    """Empty where nothing is there to be reviewed."""
    purpose: str
    who: str
    """Whose it is, at the head of further pages; empty where nobody is named."""
    below: str
    """At the foot of every page: the session, and the newest head of the ledger."""
    written: str
    """Wall time, UTC, ISO 8601, that the file is dated with: the session's, so that two reports of
    one session are equal to the byte."""
    protocol: str = ""
    """At the foot of every page: by which of the clinic's protocols, and whether it is reviewed."""
    badge: tuple[str, str] | None = None
    """Of a simulated patient: what is said in bold, and the rest."""
    dense: bool = False
    """Set small, so that it stays on one page."""

    @property
    def foot(self) -> tuple[str, ...]:
        """What stands at the foot of every page, each on lines of its own."""
        first = " ".join(filter(None, (self.unreviewed, self.protocol)))
        return tuple(filter(None, (first, self.below)))
