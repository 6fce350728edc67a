"""Owns how a report becomes a PDF of A4 pages; knows neither history nor figures.

What it draws is lines and letters alone, the letters are in the file, and it leads nowhere. The
same report gives the same bytes. Lengths are millimetres, sizes points.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import astuple, replace
from datetime import datetime

from fpdf import FPDF

from controller.language import _
from controller.report.document import (
    Block,
    Fact,
    Figure,
    KeyFigure,
    Prose,
    Report,
    Section,
    WriteIn,
)
from controller.report.looks import DEEP, FAINT, HAIR, INK, SOFT, WARN
from controller.report.pdf_ink import draw
from controller.report.pdf_table import beginning_of, height_of, table
from controller.report.typeface import FAMILY, MM_PER_PT, UNKNOWN, add_to, let_go, readable, wrapped

WIDTH, HEIGHT = 210.0, 297.0
LEFT, TOP, FOOT = 17.0, 17.0, 21.0
"""Margins; the running head stands in the upper one, the foot in the lower one."""
LEADING = 1.36
WORDS, SMALL, TITLE, HEADING = 9.0, 7.2, 19.0, 11.5
TOGETHER = 75.0
"""A table that is no higher than this, with title and notes, is never parted."""
DENSE_LINE, FEWEST_ROWS = 8.0, 3
BEFORE_CLOSING = 4.0
BETWEEN = 6.5
"""Above a block."""


def pdf(report: Report) -> bytes:
    """The report as a PDF."""
    return _Pages(report).made()


class _Paper(FPDF):
    """A4 with a running head from the second page on, and a foot on every page."""

    def __init__(self, report: Report) -> None:
        super().__init__(orientation="portrait", unit="mm", format="A4")
        self._report = report
        add_to(self)
        self.set_auto_page_break(False)
        self.set_title(readable(report.title))
        self.set_creator("Palier")
        self.set_lang(report.language)
        self.set_creation_date(datetime.fromisoformat(report.written))

    def header(self) -> None:
        """Whose report it is; the first page has it at its head anyway."""
        if self.page_no() == 1:
            return
        self.set_font(FAMILY, "", 7.5)
        self.set_text_color(SOFT)
        report = self._report
        running = " · ".join([report.kind, *(report.badge or ())[:1]])
        self.text(LEFT, 10.5, readable(running))
        who = readable(report.who)
        self.text(WIDTH - LEFT - self.get_string_width(who), 10.5, who)

    def footer(self) -> None:
        """Protocol, session, head of the ledger, and number of the page."""
        self.set_draw_color(FAINT)
        self.set_line_width(0.2)
        y = HEIGHT - FOOT + 7
        self.line(LEFT, y - 4, WIDTH - LEFT, y - 4)
        self.set_font(FAMILY, "", 6.6)
        self.set_text_color(SOFT)
        room = WIDTH - 2 * LEFT - 14
        lines = [line for text in self._report.foot
                 for line in wrapped(self, readable(text), room)]  # fmt: skip
        for number, line in enumerate(lines):
            self.text(LEFT, y + 3.2 * number, line)
        # How many pages there are is put in at the end; its width is not known before.
        here = f"{self.page_no()} / "
        wide = self.get_string_width(f"{here}00")
        self.set_xy(WIDTH - LEFT - wide - self.c_margin, y - 2.6)
        self.cell(wide + 6, 3.4, f"{here}{{nb}}")


class _Pages:
    """Sets one block below the other; what a table needs of it is `pdf_table.Page`."""

    left = LEFT
    width = WIDTH - 2 * LEFT

    def __init__(self, report: Report) -> None:
        self._report = report
        self.paper = _Paper(report)
        self._y = TOP
        self._tight = 0.55 if report.dense else 1.0

    # -- what a table needs

    def room(self) -> float:
        """What is left above the foot of this page."""
        return HEIGHT - FOOT - self._y

    def whole(self) -> float:
        """What a fresh page has."""
        return HEIGHT - FOOT - TOP

    def turn(self) -> None:
        """Go on at the top of a new page."""
        self.paper.add_page()
        self._y = TOP

    def at(self) -> float:
        """Where the next thing goes."""
        return self._y

    def down(self, by: float) -> None:
        """Something of this height has been set."""
        self._y += by

    # -- the report

    def made(self) -> bytes:
        """Everything in its order, as bytes."""
        report = self._report
        self.paper.add_page()
        self._y = TOP - 5
        self._over(report)
        if report.happened:
            self._words(report.happened, WORDS + 1, INK, above=3.5 * self._tight)
        if report.figures:
            self._figures(report.figures)
        for note in report.figure_notes:
            self._words(note, SMALL, SOFT)
        if report.warnings:
            self._warnings(report.warnings)
        for number, block in enumerate(report.blocks):
            match block:
                case Section(ruled_mm=float(high)):
                    self._section(self._to_the_foot(block, high, report.blocks[number + 1 :]))
                case Figure():
                    self._figure(block)
                case Section():
                    self._section(block)
                case Prose():
                    self._prose(block)
                case WriteIn():
                    self._write_in(block)
        if report.facts:
            self._facts(report.facts_title, report.facts)
        self._closing(report)
        written = bytes(self.paper.output())
        let_go(self.paper)
        return written

    def _letters(self, size: float, colour: str, *, bold: bool = False) -> None:
        self.paper.set_font(FAMILY, "B" if bold else "", size)
        self.paper.set_text_color(colour)

    def _words(
        self, text: str, size: float, colour: str, *, bold: bool = False, above: float = 0.0,
        indent: float = 0.0,
    ) -> None:  # fmt: skip
        """A paragraph, whole on one page where it fits on one."""
        self._letters(size, colour, bold=bold)
        lines = wrapped(self.paper, readable(text), self.width - indent)
        step = size * MM_PER_PT * LEADING
        self.down(above)
        if len(lines) * step > self.room() and len(lines) * step <= self.whole():
            self.turn()
        for line in lines:
            if step > self.room():
                self.turn()
            self._letters(size, colour, bold=bold)
            self.paper.text(self.left + indent, self.at() + step * 0.76, line)
            self.down(step)

    def _height(self, text: str, size: float, *, indent: float = 0.0, bold: bool = False) -> float:
        """How high a paragraph is."""
        self._letters(size, INK, bold=bold)
        lines = wrapped(self.paper, readable(text), self.width - indent)
        return len(lines) * size * MM_PER_PT * LEADING

    def _line(self, colour: str, width: float) -> None:
        self.paper.set_draw_color(colour)
        self.paper.set_line_width(width)
        self.paper.line(self.left, self.at(), self.left + self.width, self.at())

    # -- the head

    def _over(self, report: Report) -> None:
        self._letters(8, DEEP, bold=True)
        self.paper.text(self.left, self.at() + 3, "Palier")
        wide = self.paper.get_string_width("Palier ")
        self._letters(8, SOFT)
        self.paper.text(self.left + wide, self.at() + 3, readable(f"· {report.kind}"))
        date = readable(report.date)
        at = self.left + self.width - self.paper.get_string_width(date)
        self.paper.text(at, self.at() + 3, date)
        self.down(5)
        self._line(DEEP, 0.6)
        self.down(4 * self._tight)
        if report.badge:
            self._badge(*report.badge)
        size = TITLE if not report.dense else 15.0
        self._words(report.title, size, INK, bold=True)
        if report.sub:
            self._sub(report.sub)

    def _badge(self, strong: str, rest: str) -> None:
        self._letters(8, WARN, bold=True)
        wide = self.paper.get_string_width(strong + "  ")
        self._letters(8, WARN)
        whole = wide + self.paper.get_string_width(rest) + 5
        self.paper.set_draw_color(WARN)
        self.paper.set_line_width(0.4)
        self.paper.rect(self.left, self.at(), whole, 5.4)
        self.paper.text(self.left + 2.5 + wide, self.at() + 3.8, readable(rest))
        self._letters(8, WARN, bold=True)
        self.paper.text(self.left + 2.5, self.at() + 3.8, readable(strong))
        self.down(8)

    def _sub(self, parts: tuple[tuple[str, bool], ...]) -> None:
        """One line of words set light or bold; it goes on below where it is too long."""
        step = WORDS * MM_PER_PT * LEADING
        x = self.left
        for text, bold in parts:
            for word in readable(text).split(" "):
                self._letters(WORDS, INK if bold else SOFT, bold=bold)
                wide = self.paper.get_string_width(word)
                if x + wide > self.left + self.width and x > self.left:
                    x = self.left
                    self.down(step)
                if word:
                    self.paper.text(x, self.at() + step * 0.76, word)
                x += wide + self.paper.get_string_width(" ")
            # The last space of a part is its own; a part without one goes on at once.
            x -= self.paper.get_string_width(" ")
        self.down(step)

    def _figures(self, figures: tuple[KeyFigure, ...]) -> None:
        self.down(4)
        each, height = self.width / len(figures), 14.5
        self._line(FAINT, 0.2)
        for number, figure in enumerate(figures):
            x = self.left + number * each
            if number:
                self.paper.set_draw_color(HAIR)
                self.paper.line(x, self.at(), x, self.at() + height)
                x += 3
            inside = each - (4 if number else 1)
            name, value, beside = (readable(t) for t in (figure.name, figure.value, figure.beside))
            self._letters(self._narrow(name, 7.2, inside), SOFT)
            self.paper.text(x, self.at() + 4.6, name)
            self._letters(7.2, SOFT)
            room = inside - self.paper.get_string_width(" " + beside)
            self._letters(self._narrow(value, 15, room, bold=True), INK, bold=True)
            self.paper.text(x, self.at() + 11.6, value)
            x += self.paper.get_string_width(value)
            self._letters(7.2, SOFT)
            self.paper.text(x + 1.2, self.at() + 11.6, beside)
        self.down(height)
        self._line(FAINT, 0.2)
        self.down(1.2)

    def _narrow(self, text: str, size: float, room: float, *, bold: bool = False) -> float:
        """The size at which a text fits."""
        self._letters(size, INK, bold=bold)
        wide = self.paper.get_string_width(text)
        return size if wide <= room else size * room / wide

    def _warnings(self, warnings: tuple[str, ...]) -> None:
        self.down(3.5)
        height = sum(self._height(text, WORDS, indent=5) for text in warnings)
        top = self.at()
        for text in warnings:
            self._words(text, WORDS, WARN, indent=5)
        self.paper.set_fill_color(WARN)
        self.paper.rect(self.left, top, 1.0, height, style="F")

    # -- blocks

    def _title(self, text: str) -> float:
        """Draw a block's title; gives its height."""
        size = HEADING if not self._report.dense else 10.0
        self._words(text, size, INK, bold=True)
        self.down(1.0)
        return size * MM_PER_PT * LEADING + 1.0

    def _begin(self, title: str, needed: float) -> None:
        """Leave room above a block, and turn the page where its beginning would not fit."""
        self.down(BETWEEN * self._tight)
        if (12.0 if title else 0.0) + needed > self.room():
            self.turn()
        if title:
            self._title(title)

    def _figure(self, figure: Figure) -> None:
        heights = [p.height * self.width / p.width for p in figure.pictures]
        self._begin(figure.title, heights[0] if heights else 0.0)
        caption = self._height(figure.caption, SMALL)
        for number, (picture, height) in enumerate(zip(figure.pictures, heights, strict=True)):
            last = number == len(heights) - 1
            if height + (caption if last else 0.0) > self.room():
                self.turn()
            draw(self.paper, picture, self.left, self.at(), self.width)
            self.down(height)
        self._words(figure.caption, SMALL, SOFT, above=0.8)

    def _section(self, section: Section) -> None:
        self.down(BETWEEN * self._tight)
        notes = [
            (f"{note.number}  {note.text}" if note.number else note.text) for note in section.notes
        ]
        below = sum(self._height(text, SMALL) for text in notes) + (1.4 if notes else 0.0)
        head = self._height(section.title, HEADING, bold=True) + 1.0
        together = head + height_of(self, section) + below
        begun = head + max(26.0, beginning_of(self, section, min(below, self.whole() / 2)))
        if together > self.room() and (together <= TOGETHER or begun > self.room()):
            self.turn()
        self._title(section.title)
        table(self, section, min(below, self.whole() / 2))
        self.down(1.4 if notes else 0.0)
        for text in notes:
            self._words(text, SMALL, SOFT)

    def _to_the_foot(self, section: Section, high: float, after: Sequence[Block]) -> Section:
        """A table to be written in by hand, with as many rows as the page has room for."""
        title = BETWEEN * self._tight + 2 * HEADING * MM_PER_PT * LEADING
        lines = sum(-(-len(b.labels) // b.columns) for b in after if isinstance(b, WriteIn))
        needed = lines * DENSE_LINE + sum(BETWEEN * self._tight for _block in after)
        closing = self._closing_height(self._report) + BEFORE_CLOSING
        free = self.room() - title - needed - closing - 2
        rows = max(int(free / high), FEWEST_ROWS)
        return replace(section, rows=section.rows[:1] * rows)

    def _prose(self, prose: Prose) -> None:
        size = WORDS if not self._report.dense else 8.2
        indent = 4.0 if prose.boxed else 0.0
        gap = 1.4 * self._tight
        height = sum(self._height(p, size, indent=2 * indent) + gap for p in prose.paragraphs)
        if not prose.boxed:
            self._begin(prose.title, min(height, 25.0))
            for paragraph in prose.paragraphs:
                self._words(paragraph, size, INK)
                self.down(gap)
            return
        title = self._height(prose.title, HEADING, bold=True)
        self.down(BETWEEN * self._tight)
        if height + title + 5 > self.room():
            self.turn()
        top = self.at()
        self.down(2.2)
        self._boxed_words(prose.title, 10.0, indent, bold=True)
        self.down(0.6)
        for paragraph in prose.paragraphs:
            self._boxed_words(paragraph, size, indent)
            self.down(gap)
        self.paper.set_draw_color(INK)
        self.paper.set_line_width(0.5)
        self.paper.rect(self.left, top, self.width, self.at() - top + 0.6)
        self.down(0.6)

    def _boxed_words(self, text: str, size: float, indent: float, *, bold: bool = False) -> None:
        """A paragraph with room on both sides."""
        self._letters(size, INK, bold=bold)
        step = size * MM_PER_PT * LEADING
        for line in wrapped(self.paper, readable(text), self.width - 2 * indent):
            self.paper.text(self.left + indent, self.at() + step * 0.76, line)
            self.down(step)

    def _write_in(self, block: WriteIn) -> None:
        rows = -(-len(block.labels) // block.columns)
        height = DENSE_LINE if self._report.dense else 10.0
        self._begin(block.title, rows * height)
        each = self.width / block.columns
        for number, label in enumerate(block.labels):
            row, column = divmod(number, block.columns)
            x, y = self.left + column * each, self.at() + (row + 1) * height - 2.2
            text = readable(label)
            self._letters(self._narrow(text, 8.4, each * 0.62), INK)
            self.paper.text(x, y, text)
            start = x + self.paper.get_string_width(text) + 1.5
            self.paper.set_draw_color(INK)
            self.paper.set_line_width(0.2)
            self.paper.line(start, y + 0.6, x + each - (5 if column + 1 < block.columns else 0),
                            y + 0.6)  # fmt: skip
        self.down(rows * height)

    def _facts(self, title: str, facts: tuple[Fact, ...]) -> None:
        label, size, gap = 38.0, 7.6, 1.1
        step = size * MM_PER_PT * LEADING
        heights = [self._height(f.value, size, indent=label) + gap for f in facts]
        closing = BEFORE_CLOSING + self._closing_height(self._report)
        self._begin(title, heights[0])
        near_end = max(len(facts) - 3, 0)
        for number, (fact, height) in enumerate(zip(facts, heights, strict=True)):
            # The last lines go over together with what closes the report: no page has that alone.
            needed = height if number != near_end else sum(heights[near_end:]) + closing
            if needed > self.room():
                self.turn()
            self._letters(size, SOFT)
            self.paper.text(self.left, self.at() + step * 0.78, readable(fact.name))
            self._words(fact.value, size, INK, indent=label)
            self.down(gap / 2)
            self._line(HAIR, 0.2)
            self.down(gap / 2)

    def _closing_height(self, report: Report) -> float:
        texts = [text for text in (report.unreviewed, report.purpose) if text]
        return sum(self._height(text, 8, bold=True) for text in texts) + 4

    def _closing(self, report: Report) -> None:
        self.down(BEFORE_CLOSING)
        if self._closing_height(report) > self.room():
            self.turn()
        self._line(DEEP, 0.6)
        self.down(2.2)
        if report.unreviewed:
            self._words(report.unreviewed, 8, INK, bold=True)
            self.down(0.8)
        self._words(report.purpose, 8 if not report.dense else 7.2, SOFT)
        if _unreadable(astuple(report)):
            told = _(
                "{sign} stands for a sign that the letters of this file do not have; the same "
                "report as a page, .html, shows it."
            )
            self._words(told.format(sign=UNKNOWN), SMALL, SOFT, above=0.8)


def _unreadable(part: object) -> bool:
    """Whether any text in it has a sign that cannot be written."""
    if isinstance(part, str):
        return UNKNOWN in readable(part)
    return isinstance(part, tuple) and any(_unreadable(inside) for inside in part)
