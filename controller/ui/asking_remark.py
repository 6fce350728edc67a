"""Owns what is shown above the line of a note: ready remarks and recorded lines; writes none.

It takes no key: letters are the note's, the arrows choose, Enter saves.
"""

from __future__ import annotations

from dataclasses import dataclass

from controller.language import _
from controller.recorded.model import GLYPH
from controller.session.now import Now
from controller.ui.asking import ENTER, Answer, InSession, Taken, dismiss


@dataclass(frozen=True)
class ReadyRemarks(InSession):
    """The ready remarks of the open note."""

    texts: tuple[str, ...]
    lines: tuple[str, ...] = ()
    """Names of the recorded lines that stand among them."""

    def sentence(self, now: Now) -> str:
        """Names them."""
        told = _("Ready: {remarks}").format(remarks=" · ".join(self.texts))
        if not self.lines:
            return told
        # Before the remarks: what a narrow screen cuts off is the end.
        names = " · ".join(f"{GLYPH} {name.removeprefix(GLYPH).strip()}" for name in self.lines)
        return _("Recorded: {lines}").format(lines=names) + "\n" + told

    def answers(self, now: Now) -> tuple[Answer, ...]:
        """The arrows choose; Enter saves what the line reads."""
        return (
            Answer("down", _("next, by your letters"), "↓"),
            Answer(ENTER, self._enter(), "⏎"),
            dismiss(),
        )

    def _enter(self) -> str:
        if not self.lines:
            return _("save")
        return _("save; a {glyph} is played").format(glyph=GLYPH)

    def take(self, key: str, now: Now) -> Taken | None:
        """No key of its own."""
        return None
