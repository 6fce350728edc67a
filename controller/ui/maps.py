"""Owns which panel of the live screen stands where, for each size of terminal; draws nothing."""

from __future__ import annotations

from typing import Literal, NamedTuple

from textual.geometry import Size

from controller.ui.areas import AreaMap

Shown = Literal["settings", "events", "mirror", "notes", "learning"]
"""What stands in the one free place of a small screen; on others what the trial shows takes the
place of the notes."""

LEAST = Size(60, 20)
"""Below this the levels cannot be shown truthfully; only stop and the phase remain."""
NORMAL = Size(110, 34)
WIDE = Size(170, 48)


class Holds(NamedTuple):
    """How many rows the panels of the scene would fill."""

    settings: int = 6
    events: int = 6


USUAL = Holds()

LEAST_PANEL, LEAST_NOTES, LEAST_SUDS = 7, 6, 21
"""Rows with the title that settings and events, the notes, and distress never go below."""


def too_small(size: Size) -> bool:
    """Whether the terminal is too small for more than the phase and stop."""
    return size.width < LEAST.width or size.height < LEAST.height


def breadth(size: Size) -> Literal["tiny", "narrow", "normal", "wide"]:
    """Which of the arrangements a terminal of this size gets."""
    if too_small(size):
        return "tiny"
    if size.width >= WIDE.width and size.height >= WIDE.height:
        return "wide"
    if size.width >= NORMAL.width and size.height >= NORMAL.height:
        return "normal"
    return "narrow"


def _line(name: str, columns: int) -> str:
    return f"{name} " * columns + "\n"


def _beside(free: int, holds: Holds) -> tuple[int, int]:
    """Rows of settings and events one above the other, of `free` rows: the fewer come first."""
    wants = [max(LEAST_PANEL, count + 1) for count in holds]
    few = min(*wants, max(LEAST_PANEL, free // 2))
    many = min(max(wants), max(LEAST_PANEL, free - few))
    return (few, many) if wants[0] <= wants[1] else (many, few)


def _wide(size: Size, asking: int, note: int, holds: Holds) -> tuple[str, str, str]:
    """Everything at once; what the right column holds too much borrows rows of distress."""
    view = min(28, size.height - 3 - asking - 2 - note - 2 - 20)
    seen = min(96, size.width - 46 - 4 - 44, (view - 1) * 32 // 9)
    low = size.height - 3 - asking - 1 - view - 1 - note - 2
    settings, events = _beside(size.height, holds)
    over = settings + events - (low - LEAST_NOTES)
    # With the rows beside the picture comes the empty one below it.
    lent = max(0, min(view - LEAST_SUDS, max(1, over - 1))) if over > 0 else 0
    free = low - LEAST_NOTES + (lent + 1 if lent else 0)
    settings, events = _beside(free, holds)
    rest = settings - (lent + 1 if lent else 0)
    body = f"""
        . . . . .
        ladder . mirror . suds
        ladder . mirror . {"settings" if lent else "suds"}
        . . . . {"settings" if lent else "."}
        timeline timeline timeline . settings
        timeline timeline timeline . events
        timeline timeline timeline . notes
        """
    rows = f"3 {asking} 1 {view - lent} {lent} 1 {rest} {events} 1fr {note} 1 1"
    return f"1fr 2 {seen} 2 46", rows, body


def _normal(size: Size, asking: int, note: int, holds: Holds) -> tuple[str, str, str]:
    """Width beyond the least goes to all three columns, height to what settings and events hold."""
    spare = max(0, size.width - 120)
    ladder, middle = 41 + spare // 3, 46 + spare // 3
    low = size.height - 3 - asking - note - 2
    timeline = max(8, size.height // 4 - asking - note)
    view = 14 + max(0, min(middle * 9 // 32 - 13, low - timeline - 14 - 12))
    most = max(LEAST_PANEL, max(holds) + 1)
    panels = max(LEAST_PANEL, min(most, low - view - timeline))
    body = """
        ladder . mirror mirror mirror . suds
        ladder . settings . events . suds
        timeline timeline timeline timeline timeline . notes
        """
    half = middle // 2
    columns = f"{ladder} 1 {half} {middle - 2 * half} {half} 1 1fr"
    return columns, f"3 {asking} {view} {panels} 1fr {note} 1 1", body


def area_map(size: Size, asking: int, writing: bool, shown: Shown, holds: Holds = USUAL) -> AreaMap:
    """The arrangement for a size, `asking` rows of a question, and a note being written.

    Settings and events get the rows that they fill, where the size has them: of the notes, then of
    distress or the timeline, which keep what they need.
    """
    kind = breadth(size)
    ask, note = str(asking), ("1" if writing else "0")
    if kind == "tiny":
        height = min(3, size.height)
        return AreaMap("1fr", f"{height} 1fr", "phase\ntiny")
    if kind == "wide":
        columns, rows, body = _wide(size, asking, int(writing), holds)
        count = 5
    elif kind == "normal":
        columns, rows, body = _normal(size, asking, int(writing), holds)
        count = 7
    else:
        count = 2 + 1
        body = f"ladder . suds\nladder . {shown}\n" + (
            "timeline timeline timeline\n" if shown != "mirror" else "timeline . mirror\n"
        )
        low = size.height - 3 - int(ask) - int(note) - 2
        base = 6 if low >= 18 else 5 if low >= 16 else 4
        middle = min(5, max(2, low - base - 6))
        columns, rows = "11fr 1 9fr", f"3 {ask} 1fr {middle} {base} {note} 1 1"
    if kind != "narrow" and shown == "learning":
        body = body.replace("notes", "learning")
    head = _line("phase", count) + _line("asking", count)
    foot = _line("writing", count) + _line("message", count) + _line("keys", count)
    return AreaMap(columns, rows, head + body.strip() + "\n" + foot)
