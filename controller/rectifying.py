"""Owns how a command makes the entry that rectifies an earlier one; writes and prints nothing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from controller import typed
from controller.language import _
from controller.session.documents import Entry
from controller.session.rectifying import KINDS, Rectifiable, Rectification, standing

Kind = TypeVar("Kind", bound=Rectifiable)


class NotRectified(ValueError):
    """It cannot be rectified so; the text says what to do instead."""


def meant(entries: Sequence[Entry], number: int, kind: type[Kind]) -> Kind:
    """What holds of entry `number` of a stream now. Raises `NotRectified`."""
    found = _now(entries, number)
    if not isinstance(found, kind):
        raise NotRectified(_("Entry {entry} is of another kind.").format(entry=number))
    return found


def replaced(entries: Sequence[Entry], number: int, stands: Rectifiable) -> Rectification:
    """The entry by which `stands` takes the place of entry `number`. Raises `NotRectified`."""
    first = _first(entries, number)
    was = meant(entries, number, type(stands))
    return Rectification(of=first.seq, at=first.wall, was=was, stands=stands)


def mistaken(entries: Sequence[Entry], number: int, why: str) -> Rectification:
    """The entry that says that entry `number` was a mistake altogether. Raises `NotRectified`."""
    told = typed.line(why)
    if not 1 <= len(told) <= 400:
        raise NotRectified(_("Say why it was a mistake, in 1 to 400 characters."))
    first, was = _first(entries, number), _now(entries, number)
    return Rectification(of=first.seq, at=first.wall, was=was, stands=None, why=told)


def _first(entries: Sequence[Entry], number: int) -> Entry:
    """The entry that is meant in the end: a number of a rectification means its first entry."""
    found = next((one for one in entries if one.seq == number), None)
    if found is not None and isinstance(found.data, Rectification):
        return _first(entries, found.data.of)
    if found is None or not isinstance(found.data, KINDS):
        text = _(
            "Entry {entry} is none of these: adverse event, feared outcome, questionnaire, "
            "consent; `show` lists them with their numbers."
        )
        raise NotRectified(text.format(entry=number))
    return found


def _now(entries: Sequence[Entry], number: int) -> Rectifiable:
    first = _first(entries, number)
    held = standing((one.seq, one.data) for one in entries)
    now = held.get(first.seq, first.data)
    if now is None:
        raise NotRectified(_("Entry {entry} was marked as a mistake already.").format(entry=number))
    assert isinstance(now, KINDS)
    return now
