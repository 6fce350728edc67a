"""Owns how texts and figures are cut to the room there is; knows neither screen nor session."""

from __future__ import annotations

import re

from controller.language import language
from controller.ui.breaking import words


def clock(seconds: float) -> str:
    """Minutes and seconds as one speaks of a session, `m:ss`; below zero reads 0:00."""
    whole = max(0, int(seconds))
    return f"{whole // 60}:{whole % 60:02d}"


def decimal(value: float, places: int = 1) -> str:
    """A figure with the decimal sign of the language that is spoken."""
    text = f"{value:.{places}f}"
    return text.replace(".", ",") if language() == "fr" else text


def cut(text: str, room: int) -> str:
    """The text, or its beginning and "…" where it is longer than `room` cells."""
    if len(text) <= room:
        return text
    return text[: room - 1].rstrip() + "…" if room > 0 else ""


def cut_at_word(text: str, room: int) -> str:
    """As `cut`, between words; within one where the words before it are less than half the room."""
    if len(text) <= room:
        return text
    whole = text[:room].rpartition(" ")[0].rstrip(" ·,:;\u00a0")
    return f"{whole}…" if len(whole) * 2 >= room else cut(text, room)


def wrap(text: str, room: int, most: int) -> list[str]:
    """The text on at most `most` lines of `room` cells, broken between words; the rest is "…"."""
    lines: list[str] = []
    rest = re.sub(r"[ \t\r\n]+", " ", text).strip(" ")
    while rest and len(lines) < most:
        if len(rest) <= room:
            lines.append(rest)
            break
        if len(lines) == most - 1:
            lines.append(cut(rest, room))
            break
        at = 0
        for _begin, end, piece in words(rest):
            if end - len(piece) + len(piece.rstrip(" ")) > room:
                break
            at = end
        at = at if at > 0 else max(room, 1)
        lines.append(rest[:at].rstrip(" "))
        rest = rest[at:].lstrip(" ")
    return lines or [""]
