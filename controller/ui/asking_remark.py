"""Owns what is shown above the line of a note: which ready remarks there are; writes none.

It takes no key: letters are the note's, the arrows choose, Enter saves.
"""

from __future__ import annotations

from dataclasses import dataclass

from controller.language import _
from controller.session.now import Now
from controller.ui.asking import ENTER, Answer, Taken, dismiss


@dataclass(frozen=True)
class ReadyRemarks:
    """The ready remarks of the open note."""

    texts: tuple[str, ...]

    def stands(self, now: Now) -> bool:
        """While a session is open."""
        return now.session is not None

    def sentence(self, now: Now) -> str:
        """Names them."""
        return _("Ready: {remarks}").format(remarks=" · ".join(self.texts))

    def answers(self, now: Now) -> tuple[Answer, ...]:
        """The arrows choose; Enter saves what the line reads."""
        return (
            Answer("down", _("next, or one that begins like your letters"), "↓"),
            Answer(ENTER, _("save"), "⏎"),
            dismiss(),
        )

    def take(self, key: str, now: Now) -> Taken | None:
        """No key of its own."""
        return None
