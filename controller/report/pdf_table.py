"""Owns how a table is set on paper: widths, lines, and what may be parted by the end of a page.

It knows neither sessions nor what a page has at its head. Lengths are millimetres, sizes points.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from fpdf import FPDF

from controller.report.document import Row, Section
from controller.report.looks import FAINT, HAIR, INK, SOFT, STEEL
from controller.report.typeface import FAMILY, MM_PER_PT, readable, wrapped

SIZE, LEAST_SIZE, SMALLER = 7.8, 5.0, 0.4
"""Of the letters; a table that would break words is set smaller, step by step."""
LEADING = 1.28
"""From line to line, in sizes."""
BESIDE, ABOVE, CLOSE = 1.1, 0.85, 0.15
"""Room in a cell; above and below its lines less in a table that is set close."""
SHORT = 16
"""A cell with so few letters is not parted: a span of time, a figure with its unit."""
LAST_TOGETHER = 3
"""So many last rows stay together with what is below them."""
APART = 2.6
"""Further room between a column of figures and one of words after it."""
BAR_SHARE = 0.2
"""Of the table's width, for bars."""
BAR_HEIGHT = 1.8
RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
NARROW = 0.2
"""Of the table's width: a column that wants no more is set whole where the others leave it so."""
WIDEST_WORD = 0.4
"""Of the table's width: a longer word may be broken."""


class Page(Protocol):
    """What a table needs of the paper it is set on."""

    @property
    def left(self) -> float:
        """Where its text begins."""
        ...

    @property
    def width(self) -> float:
        """How wide its text is."""
        ...

    @property
    def paper(self) -> FPDF:
        """What is drawn on."""
        ...

    def room(self) -> float:
        """What is left above the foot of this page."""
        ...

    def whole(self) -> float:
        """What a fresh page has."""
        ...

    def turn(self) -> None:
        """Go on at the top of a new page."""
        ...

    def at(self) -> float:
        """Where the next thing goes."""
        ...

    def down(self, by: float) -> None:
        """Something of this height has been set."""
        ...


@dataclass(frozen=True)
class _Set:
    """One row in lines."""

    lines: tuple[tuple[str, ...], ...]
    height: float


def table(page: Page, section: Section, below: float) -> None:
    """Set a table; its head is repeated on every page that it comes to.

    Args:
        page: where it goes.
        section: the table.
        below: height of what must stand on the same page as its last row: the footnotes.
    """
    _Table(page, section).draw(below)


def height_of(page: Page, section: Section) -> float:
    """How high the table is where it is not parted."""
    return _Table(page, section).height


def beginning_of(page: Page, section: Section, below: float) -> float:
    """How high its head is with what stands together with its first row, as `table` sets it."""
    return _Table(page, section).beginning(below)


class _Table:
    """A table whose columns and lines are known."""

    def __init__(self, page: Page, section: Section) -> None:
        self._page, self._section = page, section
        self._paper = page.paper
        self._bars = any(row.share is not None for row in section.rows)
        self._columns = section.columns[:-1] if self._bars else section.columns
        self._head = [
            readable(c.title + (str(c.note).translate(RAISED) if c.note else ""))
            for c in self._columns
        ]
        self._cells = [[readable(cell) for cell in row.cells] for row in section.rows]
        self._above = CLOSE if section.close else ABOVE
        self._apart = [self._further(index) for index in range(len(self._columns))]
        self._size, self._widths = self._fit()
        self._top = self._in_lines(self._head, bold=True, least=0.0)
        self._rows = [
            self._in_lines(cells, bold=row.tone == "total", least=section.ruled_mm or 0.0)
            for cells, row in zip(self._cells, section.rows, strict=True)
        ]
        self.height = self._top.height + sum(row.height for row in self._rows)

    def _further(self, index: int) -> float:
        following = self._columns[index + 1 : index + 2]
        words_follow = bool(following) and not following[0].figures
        return APART if self._columns[index].figures and words_follow else 0.0

    # -- widths

    def _fit(self) -> tuple[float, list[float]]:
        bar = BAR_SHARE * self._page.width if self._bars else 0.0
        total = self._page.width - bar
        if all(c.share is not None for c in self._columns):
            return SIZE, [(c.share or 0.0) * total for c in self._columns]
        size = SIZE
        while True:
            least, wanted = self._needs(size)
            if sum(least) <= total or size - SMALLER < LEAST_SIZE:
                break
            size -= SMALLER
        if self._columns[0].figures and sum(least) < total:
            # Times at the head of each line stay at the edge.
            first = wanted[0]
            return size, [first, *shared(least[1:], wanted[1:], total - first)]
        return size, shared(least, wanted, total)

    def _needs(self, size: float) -> tuple[list[float], list[float]]:
        """Least and wanted width of each column."""
        least, wanted = [], []
        most = WIDEST_WORD * self._page.width
        for index, column in enumerate(self._columns):
            cells = [cells[index] for cells in self._cells]
            self._letters(size, bold=True)
            bold = [cells[n] for n, row in enumerate(self._section.rows) if row.tone == "total"]
            head = self._head[index].split()
            words = self._widest(
                head + [w for text in bold for w in self._parts(text, column.figures)]
            )
            lines = self._widest([self._head[index], *bold])
            self._letters(size, bold=False)
            words = max(
                words, self._widest([w for t in cells for w in self._parts(t, column.figures)])
            )
            lines = max(lines, self._widest([line for t in cells for line in t.split("\n")]))
            beside = 2 * BESIDE + 0.1 + self._apart[index]
            least.append(min(words, most) + beside)
            wanted.append(lines + beside)
        return least, wanted

    @staticmethod
    def _parts(text: str, whole: bool) -> list[str]:
        """What is not to be parted: words, short cells, and in columns of figures whole lines."""
        return text.split("\n") if whole or len(text) <= SHORT else text.split()

    def _widest(self, texts: Sequence[str]) -> float:
        return max((self._paper.get_string_width(text) for text in texts), default=0.0)

    # -- lines

    def _letters(self, size: float, *, bold: bool) -> None:
        self._paper.set_font(FAMILY, "B" if bold else "", size)

    def _in_lines(self, cells: Sequence[str], *, bold: bool, least: float) -> _Set:
        self._letters(self._size, bold=bold)
        lines = tuple(
            tuple(wrapped(self._paper, cell, width - 2 * BESIDE - apart))
            for cell, width, apart in zip(cells, self._widths, self._apart, strict=True)
        )
        most = max((len(of_cell) for of_cell in lines), default=1)
        return _Set(lines, max(most * self._line + 2 * self._above, least))

    @property
    def _line(self) -> float:
        return self._size * MM_PER_PT * LEADING

    # -- drawing

    def beginning(self, below: float) -> float:
        """Height of the head with what is not parted from it."""
        most = self._page.whole() - self._top.height
        if not self._rows:
            return self._top.height
        needed = self._needed(0, below)
        if 1 < len(self._rows) <= LAST_TOGETHER + 1:
            # The others stay together on the next page: one row is not left alone on this one.
            needed = sum(made.height for made in self._rows) + below
        return self._top.height + (needed if needed <= most else min(self._rows[0].height, most))

    def _needed(self, index: int, below: float) -> float:
        """Height of what stands on one page from this row on."""
        heights = [made.height for made in self._rows]
        if index == len(heights) - 1:
            return heights[index] + below
        if index == max(len(heights) - LAST_TOGETHER, 0):
            return sum(heights[index:]) + below
        return heights[index]

    def draw(self, below: float) -> None:
        """Draw head and rows, over as many pages as they need."""
        page = self._page
        self._draw_head()
        for index, (made, row) in enumerate(zip(self._rows, self._section.rows, strict=True)):
            needed = self._needed(index, below)
            if needed > page.room() and needed <= page.whole() - self._top.height:
                page.turn()
                self._draw_head()
            self._draw_row(made, row)

    def _draw_head(self) -> None:
        page, paper = self._page, self._paper
        self._letters(self._size, bold=True)
        paper.set_text_color(SOFT)
        self._draw_cells(self._top, self._top.height, at_foot=True)
        page.down(self._top.height)
        self._rule(INK, 0.3)

    def _draw_row(self, made: _Set, row: Row) -> None:
        page, paper = self._page, self._paper
        self._letters(self._size, bold=row.tone == "total")
        paper.set_text_color(SOFT if row.tone == "missing" else INK)
        if row.tone == "total":
            self._rule(FAINT, 0.2)
        for part in self._parted(made):
            if part.height > page.room():
                page.turn()
                self._draw_head()
                self._letters(self._size, bold=row.tone == "total")
                paper.set_text_color(SOFT if row.tone == "missing" else INK)
            self._draw_cells(part, part.height)
            if self._bars and row.share is not None:
                self._draw_bar(row.share, part.height)
            if self._section.ruled_mm:
                self._draw_grid(part.height)
            page.down(part.height)
        self._rule(FAINT if self._section.ruled_mm else HAIR, 0.2)

    def _parted(self, made: _Set) -> list[_Set]:
        """The row as it is, or in parts where it is higher than a whole page."""
        most = self._page.whole() - self._top.height - 1.0
        if made.height <= most:
            return [made]
        each = int((most - 2 * self._above) / self._line)
        longest = max(len(of_cell) for of_cell in made.lines)
        parts = []
        for start in range(0, longest, each):
            lines = tuple(of_cell[start : start + each] for of_cell in made.lines)
            height = max(len(of_cell) for of_cell in lines) * self._line + 2 * self._above
            parts.append(_Set(lines, height))
        return parts

    def _draw_cells(self, made: _Set, height: float, *, at_foot: bool = False) -> None:
        page, paper = self._page, self._paper
        x = page.left
        first = not self._section.ruled_mm
        for lines, width, column, apart in zip(
            made.lines, self._widths, self._columns, self._apart, strict=True
        ):
            free = height - 2 * self._above - len(lines) * self._line
            y = page.at() + self._above + self._line * 0.78 + (free if at_foot else 0.0)
            for line in lines:
                wide = paper.get_string_width(line)
                at_left = x if first else x + BESIDE
                start = x + width - BESIDE - apart - wide if column.figures else at_left
                if line:
                    paper.text(start, y, line)
                y += self._line
            x += width
            first = False

    def _draw_bar(self, share: float, height: float) -> None:
        page, paper = self._page, self._paper
        most = BAR_SHARE * page.width - 3 * BESIDE
        x = page.left + sum(self._widths) + 2 * BESIDE
        paper.set_fill_color(STEEL)
        y = page.at() + (height - BAR_HEIGHT) / 2
        paper.rect(x, y, max(most * share, 0.2), BAR_HEIGHT, style="F")

    def _draw_grid(self, height: float) -> None:
        page, paper = self._page, self._paper
        paper.set_draw_color(FAINT)
        paper.set_line_width(0.2)
        x = page.left
        for width in (0.0, *self._widths):
            x += width
            paper.line(x, page.at(), x, page.at() + height)

    def _rule(self, colour: str, width: float) -> None:
        page, paper = self._page, self._paper
        paper.set_draw_color(colour)
        paper.set_line_width(width)
        paper.line(page.left, page.at(), page.left + page.width, page.at())


def shared(least: Sequence[float], wanted: Sequence[float], total: float) -> list[float]:
    """Widths that fill `total`: what each wants, else between least and wanted, else less."""
    if sum(wanted) <= total:
        spare = (total - sum(wanted)) / sum(wanted)
        return [width * (1 + spare) for width in wanted]
    narrow = [n for n, width in enumerate(wanted) if width <= NARROW * total]
    whole = sum(wanted[n] for n in narrow)
    rest = [n for n in range(len(wanted)) if n not in narrow]
    if narrow and rest and whole <= total / 2 and sum(least[n] for n in rest) <= total - whole:
        # A day or a name keeps its line beside a text that wants more than there is anyway.
        given = shared([least[n] for n in rest], [wanted[n] for n in rest], total - whole)
        at = dict(zip(rest, given, strict=True))
        return [at.get(n, width) for n, width in enumerate(wanted)]
    if sum(least) <= total:
        more = sum(wanted) - sum(least)
        part = (total - sum(least)) / more
        return [low + (high - low) * part for low, high in zip(least, wanted, strict=True)]
    return [width * total / sum(least) for width in least]
