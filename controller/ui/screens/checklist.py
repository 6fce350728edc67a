"""Owns what the two checklists before exposure share: rows at the left, the row in words at right.

It must not know what a row is about.
"""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from controller.ui.before_rows import Row
from controller.ui.screens.base import PalierScreen
from controller.ui.widgets.rows import Rows


class ChecklistScreen(PalierScreen):
    """Rows that are gone through with the arrows; Enter opens one."""

    GOES_ON: ClassVar[bool] = True
    """Whether the next row that waits is highlighted once the one looked at is done."""

    def __init__(self) -> None:
        super().__init__()
        self._rows: tuple[Row, ...] = ()

    def rows_now(self) -> tuple[Row, ...]:
        """The rows as they stand."""
        raise NotImplementedError

    def body(self) -> ComposeResult:
        """The list and, beside it, what the highlighted row says."""
        self._rows = self.rows_now()
        with Horizontal(id="body", classes="-close"):
            yield Rows(*self._options(), id="rows", markup=False)
            with VerticalScroll(id="beside", can_focus=False):
                yield Static(id="words", markup=False)

    def on_mount(self) -> None:
        """The first row that is missing is looked at."""
        box = self.query_one("#rows", OptionList)
        waits = [at for at, row in enumerate(self._rows) if row.mark in ("missing", "word")]
        box.highlighted = waits[0] if waits else 0
        box.focus()
        self._describe()

    def _options(self) -> list[Option]:
        return [Option(row.drawn(), id=row.id) for row in self._rows]

    def renew(self) -> None:
        """Take over what changed, and keep what was looked at."""
        rows = self.rows_now()
        if rows == self._rows or not self.is_mounted:
            return
        box = self.query_one("#rows", OptionList)
        before, kept = self._rows, self.row()
        self._rows = rows
        box.clear_options()
        box.add_options(self._options())
        names = [row.id for row in rows]
        at = names.index(kept.id) if kept is not None and kept.id in names else 0
        was = {row.id: row.mark for row in before}
        if self.GOES_ON and rows[at].mark == "done" and was.get(rows[at].id) != "done":
            # What was looked at is done now: on to the next that waits.
            after = [n for n, row in enumerate(rows) if n > at and row.mark == "missing"]
            at = after[0] if after else at
        box.highlighted = at
        self._describe()

    def row(self) -> Row | None:
        """The row that is highlighted."""
        at = self.query_one("#rows", OptionList).highlighted
        return self._rows[at] if at is not None and at < len(self._rows) else None

    def on_option_list_option_highlighted(self) -> None:
        """Another row is looked at."""
        self._describe()

    def _describe(self) -> None:
        row = self.row()
        if row is not None:
            # Whole here, as the list cuts it to one line.
            state = () if row.state in row.more else (Content.styled(row.state, "$quiet"),)
            lines = (Content.styled(row.title, "bold"), *state, Content(""))
            self.query_one("#words", Static).update(
                Content("\n").join((*lines, *map(Content, row.more)))
            )
