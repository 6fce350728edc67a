"""Owns the drawing of the row worked on, and of notes and adverse events, newest first.

It writes none.
"""

from __future__ import annotations

from dataclasses import dataclass

from textual.content import Content

from controller.language import _
from controller.session.now import Now
from controller.ui.lettering import clock, wrap
from controller.ui.widgets.panel import Panel, lines
from controller.ui.widgets.row_words import Told, drawn, row_facts


@dataclass(frozen=True)
class NoteLine:
    """One note."""

    at_s: int
    text: str
    saved: bool
    adverse: bool = False


Facts = tuple[Told | None, tuple[NoteLine, ...]]
"""The row of the hierarchy, where one is worked on, and the notes."""


class Notes(Panel[Facts]):
    """The row of the hierarchy, then the last notes with their session time."""

    def facts(self, now: Now) -> Facts:
        """The last twenty."""
        notes = [NoteLine(int(n.at_s), n.note.text, n.saved_as is not None) for n in now.notes]
        notes += [
            NoteLine(int(a.at_s), a.event.description, a.saved_as is not None, adverse=True)
            for a in now.adverse
        ]
        return row_facts(now), tuple(sorted(notes, key=lambda line: line.at_s)[-20:])

    def heading(self, now: Now) -> Content:
        """The title never changes."""
        return Content(_("NOTES"))

    def draw(self, facts: Facts) -> Content:
        """The row in at most half of the room; time, then the text wrapped under itself."""
        row, notes = facts
        width, rows = self.size.width, list[Content]()
        if row is not None:
            rows += drawn(row, width, max(2, self.size.height // 2) if notes else self.size.height)
        for note in notes[::-1]:
            head = f" {clock(note.at_s):>5}  "
            room = max(8, width - len(head) - 1)
            mark = "▲ " if note.adverse else ""
            told = f"{'' if note.saved else '… '}{mark}{note.text}"
            for i, part in enumerate(wrap(told, room, 12)):
                start = head if i == 0 else " " * len(head)
                rows.append(Content.assemble((start, "$quiet"), part))
        return lines(rows, self.size.height)
