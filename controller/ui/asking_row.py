"""Owns the question which row of the hierarchy the next trial is of; draws and sends nothing.

Enter takes the row and begins nothing: its level is offered then, by the key that comes back, and
begun by Enter as ever. No arrow of it lowers anything, since it is asked outside the scene alone.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from controller.language import _
from controller.session.now import Now
from controller.session.plans.at_work import why_not_now
from controller.session.plans.entries import PlanRow
from controller.ui.asking import DOWN, ENTER, UP, Answer, Taken, dismiss
from controller.ui.lettering import cut

SEEN = 5
"""So many rows are listed at once, the chosen one among them."""
LONGEST = 40
"""Letters of what is met, so that a row of the list is one row of the smallest screen."""


@dataclass(frozen=True)
class PickRow:
    """A row is to be chosen for the next trial; None while the hierarchy is being read."""

    rows: tuple[tuple[int, PlanRow], ...] | None = None
    """Number in the hierarchy and the row: those of the session's scenario."""
    at: int = 0

    def stands(self, now: Now) -> bool:
        """Outside the scene, and not within a BAT."""
        return not why_not_now(now)

    def sentence(self, now: Now) -> str:
        """The rows about the chosen one, each with the level that it would offer."""
        if self.rows is None:
            return _("Which row is next? The hierarchy is being read…")
        ceiling = 10 if now.state is None else now.state.ceiling
        text = _("Which row is next? {at} of {count}; ceiling {ceiling}.")
        head = text.format(at=self.at + 1, count=len(self.rows), ceiling=ceiling)
        first = max(0, min(self.at - SEEN // 2, len(self.rows) - SEEN))
        listed = list(enumerate(self.rows))[first : first + SEEN]
        return "\n".join([head, *(self._line(at, *one, now, ceiling) for at, one in listed)])

    def _line(self, at: int, number: int, row: PlanRow, now: Now, ceiling: int) -> str:
        worked_on = now.row is not None and now.row.row == row
        sign = "▶" if at == self.at else "•" if worked_on else " "
        high = f" ▲{ceiling}" if row.level > ceiling else ""
        level = _("L{level}").format(level=row.level) + high
        told = f"{sign} {number}. {level} · {row.distress}/100 · {cut(row.item, LONGEST)}"
        # No space is lost where the line is broken: the rows stand below each other.
        return told.replace(" ", "\u00a0", 2)

    def answers(self, now: Now) -> tuple[Answer, ...]:
        """Choose, take, leave."""
        if not self.rows:
            return (dismiss(),)
        return (
            Answer(UP, _("the row before"), "↑"),
            Answer(DOWN, _("the next row"), "↓"),
            Answer(ENTER, _("take it: begins nothing"), "⏎"),
            dismiss(),
        )

    def take(self, key: str, now: Now) -> Taken | None:
        """The arrows go through the rows; Enter takes the chosen one."""
        if not self.rows or key not in (UP, DOWN, ENTER):
            # While it is read the keys are the question's already, and do nothing.
            return Taken(then=self) if key in (UP, DOWN, ENTER) else None
        if key != ENTER:
            at = self.at + (1 if key == DOWN else -1)
            return Taken(then=replace(self, at=min(max(at, 0), len(self.rows) - 1)))
        row = self.rows[self.at][1]
        return Taken(lambda lead: lead.plans.at_work.take(row), raises=True, record=True)
