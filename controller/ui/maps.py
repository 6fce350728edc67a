"""Owns which panel of the live screen stands where, for each size of terminal; draws nothing."""

from __future__ import annotations

from typing import Literal

from textual.geometry import Size

from controller.ui.areas import AreaMap

Shown = Literal["settings", "events", "mirror", "notes", "learning"]
"""What stands in the one free place of a small screen; on others what the trial shows takes the
place of the notes."""

LEAST = Size(60, 20)
"""Below this the levels cannot be shown truthfully; only stop and the phase remain."""
NORMAL = Size(110, 34)
WIDE = Size(170, 48)


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


def area_map(size: Size, asking: int, writing: bool, shown: Shown) -> AreaMap:
    """The arrangement for a size, `asking` rows of a question, and a note being written."""
    kind = breadth(size)
    ask, note = str(asking), ("1" if writing else "0")
    if kind == "tiny":
        height = min(3, size.height)
        return AreaMap("1fr", f"{height} 1fr", "phase\ntiny")
    if kind == "wide":
        body = """
            . . . . .
            ladder . mirror . suds
            . . . . .
            timeline timeline timeline . settings
            timeline timeline timeline . events
            timeline timeline timeline . notes
            """
        view = min(28, size.height - 3 - int(ask) - 2 - int(note) - 2 - 20)
        seen = min(96, size.width - 46 - 4 - 44, (view - 1) * 32 // 9)
        columns, rows = f"1fr 2 {seen} 2 46", f"3 {ask} 1 {view} 1 7 7 1fr {note} 1 1"
        count = 5
    elif kind == "normal":
        body = """
            ladder . mirror mirror mirror mirror . suds
            ladder . settings settings events events . suds
            timeline timeline timeline timeline timeline timeline . notes
            """
        columns, rows = "41 1 12 11 11 12 1 1fr", f"3 {ask} 14 7 1fr {note} 1 1"
        count = 8
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
