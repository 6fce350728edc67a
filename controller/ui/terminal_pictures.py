"""Owns the question whether this terminal shows real pictures; draws none.

It is asked once, before the console takes the terminal, and answers within a moment or not at all.
Whatever is not known for sure is shown in half blocks, which every terminal has.
"""

from __future__ import annotations

import os
import re
import select
import struct
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal

PATIENCE_S = 0.3
"""Longest wait for an answer."""
LEAST_CELL, MOST_CELL = 4, 64
CHOICE = "PALIER_PICTURES"
"""`blocks`, `sixel` or `kitty`: what to show pictures with, instead of asking the terminal."""

PICTURE = 0x50A1
"""The number by which kitty knows the patient's view: each picture takes the last one's place."""

_ASKED = b"\x1b[>0q\x1b_Gi=31,s=1,v=1,a=q,t=d,f=24;AAAA\x1b\\\x1b[16t\x1b[c"
_ATTRIBUTES = re.compile(rb"\x1b\[\?([\d;]+)c")
_CELL = re.compile(rb"\x1b\[6;(\d+);(\d+)t")
_NAMED = re.compile(rb"\x1bP>\|(\w+)[ (]*(\d+)\.(\d+)")
_PLACES = {b"kitty": (0, 28), b"ghostty": (1, 0)}
"""Terminals that let a picture live in cells, and since when: only these keep it under a dialog."""
_USUAL_CELL = (10, 20)


@dataclass(frozen=True)
class Graphics:
    """What pictures can be shown with, and the size of a cell in pixels."""

    kind: Literal["sixel", "kitty"]
    cell: tuple[int, int]


def told(answer: bytes, measured: tuple[int, int] | None = None) -> Graphics | None:
    """What the terminal's answer says; None where pictures are to be half blocks.

    `measured` is a cell's size as the system knows it, for a terminal that does not tell.
    """
    size = _CELL.search(answer)
    known = measured if size is None else (int(size[2]), int(size[1]))
    cell = _USUAL_CELL if known is None else known
    if not all(LEAST_CELL <= side <= MOST_CELL for side in cell):
        return None
    named = _NAMED.search(answer)
    if named is not None and b"_Gi=31;OK" in answer:
        since = _PLACES.get(named[1].lower())
        if since is not None and (int(named[2]), int(named[3])) >= since:
            return Graphics("kitty", cell)
    attributes = _ATTRIBUTES.search(answer)
    # A sixel is drawn in pixels: without the size of a cell it would not fit its place.
    if known is not None and attributes is not None and b"4" in attributes[1].split(b";"):
        return Graphics("sixel", cell)
    return None


def chosen(environment: Mapping[str, str]) -> Graphics | Literal["ask"] | None:
    """What the environment says already."""
    choice = environment.get(CHOICE, "")
    if choice == "sixel":
        return Graphics("sixel", _USUAL_CELL)
    if choice == "kitty":
        return Graphics("kitty", _USUAL_CELL)
    between = ("TMUX", "STY", "SSH_CONNECTION", "SSH_TTY", "NO_COLOR")
    # What stands between may not pass pictures on, or not as fast as they come.
    if choice == "blocks" or any(environment.get(name) for name in between):
        return None
    return "ask"


def graphics(environment: Mapping[str, str] | None = None) -> Graphics | None:
    """What this terminal shows pictures with; asked for at most a third of a second."""
    found = chosen(os.environ if environment is None else environment)
    if found != "ask":
        return found
    screen = sys.__stdout__
    if sys.platform == "win32" or screen is None:
        return None
    if not (sys.stdin.isatty() and screen.isatty()):
        return None
    return told(_answer(sys.stdin.fileno(), screen.fileno()), _measured(screen.fileno()))


def _measured(screen: int) -> tuple[int, int] | None:
    import fcntl
    import termios

    try:
        told = fcntl.ioctl(screen, termios.TIOCGWINSZ, bytes(8))
    except OSError:
        return None
    rows, columns, width, height = struct.unpack("HHHH", told)
    return (width // columns, height // rows) if rows and columns and width and height else None


def resized(found: Graphics) -> Graphics:
    """The same after the window or its letters have changed their size."""
    screen = sys.__stdout__
    if sys.platform == "win32" or screen is None or not screen.isatty():
        return found
    cell = _measured(screen.fileno())
    fits = cell is not None and all(LEAST_CELL <= side <= MOST_CELL for side in cell)
    return replace(found, cell=cell) if fits and cell is not None else found


def forget(found: Graphics | None) -> None:
    """Let the terminal keep no picture once the console is left."""
    screen = sys.__stdout__
    if found is not None and found.kind == "kitty" and screen is not None and screen.isatty():
        screen.write(f"\x1b_Ga=d,d=I,q=2,i={PICTURE}\x1b\\")
        screen.flush()


def _answer(keyboard: int, screen: int) -> bytes:
    import termios
    import tty

    try:
        before = termios.tcgetattr(keyboard)
    except termios.error:
        return b""
    try:
        tty.setcbreak(keyboard, termios.TCSANOW)
        os.write(screen, _ASKED)
        heard, until = b"", time.monotonic() + PATIENCE_S
        # Every terminal tells its attributes, and tells them last.
        while _ATTRIBUTES.search(heard) is None:
            left = until - time.monotonic()
            if left <= 0.0 or not select.select([keyboard], [], [], left)[0]:
                return heard
            heard += os.read(keyboard, 1024)
        return heard
    except OSError:
        return b""
    finally:
        termios.tcsetattr(keyboard, termios.TCSANOW, before)
