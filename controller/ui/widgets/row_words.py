"""Owns how the row of the hierarchy that is worked on reads on the live screen, quietly."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content

from controller.language import _
from controller.session.bat.rules import coached
from controller.session.now import Now
from controller.ui.lettering import wrap

MOST_ITEM, MOST_FEARED = 2, 3
"""Rows that what is met and what is feared take at most."""
Told = tuple[str, str, str]
"""What is met; what is feared, with how likely it seems; what is to be dropped."""


def row_facts(now: Now) -> Told | None:
    """The row in the patient's words; None where none is worked on, and within a BAT.

    A behavioural approach test follows its own script: what is to be dropped would be coaching.
    """
    if now.row is None or not coached(now.bat):
        return None
    row = now.row.row
    feared = row.feared
    if row.likelihood is not None:
        # Figure and sign stay on one line.
        likely = _("likely: {percent}").format(percent=f"{row.likelihood}\u00a0%")
        feared = f"{feared} ({likely})" if feared else likely
    return row.item, feared, row.drops


def drawn(told: Told, width: int, room: int) -> Sequence[Content]:
    """As many rows of it as there is room for, what is met first; none where it has none."""
    item, feared, drops = told
    parts = (
        (_("Row: {words}").format(words=item), "bold", MOST_ITEM),
        (_("Feared: {words}").format(words=feared) if feared else "", "$quiet", MOST_FEARED),
        (_("To drop: {words}").format(words=drops) if drops else "", "$quiet", MOST_ITEM),
    )
    rows: list[Content] = []
    for words, style, most in parts:
        if not words:
            continue
        part = [f" {line}" for line in wrap(words, max(8, width - 2), most)]
        if len(rows) + len(part) > room:
            break
        rows += [Content.styled(line, style) for line in part]
    return rows
