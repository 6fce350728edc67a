"""Owns what is said of safety behaviours: their state by a sign and by words, never by colour."""

from __future__ import annotations

from controller.language import _


def state(used: bool | None) -> str:
    """In use, dropped, or not noted."""
    if used is None:
        return _("not noted")
    return _("in use") if used else _("dropped")


def sign(used: bool | None) -> str:
    """The sign that stands before the words."""
    return "·" if used is None else "●" if used else "○"


def told(name: str, used: bool) -> str:
    """What an entry is about, for who reads it later."""
    text = _("safety behaviour in use: {name}") if used else _("safety behaviour dropped: {name}")
    return text.format(name=name)
