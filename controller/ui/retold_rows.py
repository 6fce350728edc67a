"""Owns how one row of a past session is drawn; knows no widget and no record.

Level is a bar and a figure, distress a sign on the same scale: neither is told by colour alone.
"""

from __future__ import annotations

from collections.abc import Mapping

from textual.content import Content

from controller.language import _
from controller.session.reviewed import Kind, Told
from controller.ui.lettering import clock, decimal, wrap
from controller.ui.widgets.phase_bar import GLYPHS

SIGNS: Mapping[Kind, str] = {
    "phase": "●",
    "level": "▪",
    "rating": "◉",
    "event": "•",
    "note": "¶",
    "adverse": "▲",
    "around": "▫",
    "machine": "!",
    "correction": "↳",
}
GIVEN, MISSING, FULL, EMPTY = "◉", "○", "█", "·"
_TIME, _FIGURE = 8, 4
MOST_LINES = 60


def cells(columns: int) -> int:
    """How many cells the bar has in a row of so many columns: ten, or twice or thrice that."""
    return 10 if columns < 108 else 20 if columns < 168 else 30


def legend() -> Content:
    """What stands above the rows: how to read the bar."""
    told = _("{level} applied level, 0 to 10   {given} distress, 0 to 100   {missing} not given")
    return Content.styled(" " + told.format(level=FULL, given=GIVEN, missing=MISSING), "$quiet")


def named(told: Told) -> str:
    """The row in one line, as it is named where something is said of it: its time, its text."""
    text = " ".join(told.text.split())
    if told.at_s is None:
        return text
    time = clock(told.at_s)
    # What befell the patient tells its time in its words: once is enough, and first.
    return f"{time} " + text.replace(f"{time}, ", "", 1)


def row(told: Told, columns: int) -> Content:
    """One row on as many lines as its text needs, wrapped under itself."""
    bar = cells(columns)
    time = "" if told.at_s is None else clock(told.at_s)
    sign = GLYPHS[told.phase] if told.phase is not None else SIGNS[told.kinds[0]]
    lead = _TIME + 3 + _FIGURE + bar + 3
    parts = wrap(told.text, max(16, columns - lead - 1), MOST_LINES)
    style = _style(told)
    lines = [
        Content.assemble(
            (f" {time:>{_TIME - 1}} ", "$quiet"),
            (f"{sign} ", style),
            _drawn(told, bar),
            (parts[0], style),
        ),
        *(Content.assemble(" " * lead, (part, style)) for part in parts[1:]),
    ]
    return Content("\n").join(lines)


def _style(told: Told) -> str:
    if told.later:
        return "$quiet"
    if told.kinds[0] in ("adverse", "machine"):
        return "$alert"
    return "bold" if told.phase is not None else ""


def _drawn(told: Told, bar: int) -> Content:
    """The level's figure, and the bar with the sign of distress; blank where there is no moment."""
    if told.level is None:
        return Content(" " * (_FIGURE + bar + 3))
    places = 0 if told.level == int(told.level) else 1
    full = round(told.level * bar / 10)
    at = None if told.suds is None else min(bar - 1, told.suds * bar // 100)
    drawn = [
        (GIVEN, "bold $suds")
        if cell == at
        else (FULL, "$level-fill")
        if cell < full
        else (EMPTY, "$quiet")
        for cell in range(bar)
    ]
    end = f" {MISSING} " if told.missing else "   "
    return Content.assemble(
        (f"{decimal(told.level, places):>{_FIGURE - 1}} ", "$level"), *drawn, end
    )
