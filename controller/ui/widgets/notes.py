"""Owns the drawing of notes and adverse events, newest first; writes none."""

from __future__ import annotations

from dataclasses import dataclass

from textual.content import Content

from controller.language import _
from controller.session.now import Now
from controller.ui.lettering import clock, wrap
from controller.ui.widgets.panel import Panel, lines


@dataclass(frozen=True)
class NoteLine:
    """One note."""

    at_s: int
    text: str
    saved: bool
    adverse: bool = False


class Notes(Panel[tuple[NoteLine, ...]]):
    """The last notes with their session time."""

    def facts(self, now: Now) -> tuple[NoteLine, ...]:
        """The last twenty."""
        notes = [NoteLine(int(n.at_s), n.note.text, n.saved_as is not None) for n in now.notes]
        notes += [
            NoteLine(int(a.at_s), a.event.description, a.saved_as is not None, adverse=True)
            for a in now.adverse
        ]
        return tuple(sorted(notes, key=lambda line: line.at_s)[-20:])

    def heading(self, now: Now) -> Content:
        """The title never changes."""
        return Content(_("NOTES"))

    def draw(self, facts: tuple[NoteLine, ...]) -> Content:
        """Time, then the text wrapped under itself."""
        width, rows = self.size.width, list[Content]()
        for note in facts[::-1]:
            head = f" {clock(note.at_s):>5}  "
            room = max(8, width - len(head) - 1)
            mark = "▲ " if note.adverse else ""
            told = f"{'' if note.saved else '… '}{mark}{note.text}"
            for i, part in enumerate(wrap(told, room, 12)):
                start = head if i == 0 else " " * len(head)
                rows.append(Content.assemble((start, "$quiet"), part))
        return lines(rows, self.size.height)
