"""Owns when a patient comes next, as it was agreed on; it reminds nobody and knows no calendar."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, time
from typing import Literal

from pydantic import Field

from controller.language import _
from controller.session.document import Document

LONGEST_ABOUT = 80
_DAY = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})|(\d{1,2})[./](\d{1,2})[./](\d{4})")
_TIME = re.compile(r"(\d{1,2})[:hH](\d{2})?")


class Appointment(Document):
    """When the patient comes next; the last word holds, whatever was agreed on before."""

    kind: Literal["appointment"] = "appointment"
    patient: str
    on: date | None
    """None: none is agreed on any more."""
    at: time | None = None
    """Local time of the clinic."""
    about: str = Field(default="", max_length=LONGEST_ABOUT)


class NotADay(ValueError):
    """It is no day; the text says how to write one."""


def written(said: str, patient: str) -> Appointment:
    """What was typed: `2026-12-24 14:30 about`, `24/12/2026 14h30`, or nothing for none.

    Raises:
        NotADay: it does not begin with a day of the calendar.
    """
    words = said.split()
    if not words:
        return Appointment(patient=patient, on=None)
    on = _day(words[0])
    at = _time(words[1]) if len(words) > 1 else None
    about = " ".join(words[1 if at is None else 2 :])
    if len(about) > LONGEST_ABOUT:
        text = _("Say in {most} characters at most what it is about.")
        raise NotADay(text.format(most=LONGEST_ABOUT))
    return Appointment(patient=patient, on=on, at=at, about=about)


def _day(word: str) -> date:
    found = _DAY.fullmatch(word)
    if found is not None:
        year, month, day, first, second, last = found.groups()
        parts = (year, month, day) if year else (last, second, first)
        try:
            return date(*(int(part) for part in parts))
        except ValueError:
            pass
    raise NotADay(_("Write the day as 2026-12-24 or 24/12/2026, then the time as 14:30."))


def _time(word: str) -> time | None:
    found = _TIME.fullmatch(word)
    if found is None:
        return None
    try:
        return time(int(found[1]), int(found[2] or 0))
    except ValueError:
        raise NotADay(_("Write the time as 14:30; the day before it as 2026-12-24.")) from None


def next_one(said: Iterable[Appointment]) -> Appointment | None:
    """What was agreed on last, of entries with the oldest first; None where nothing is."""
    last: Appointment | None = None
    for one in said:
        last = one
    return None if last is None or last.on is None else last


def passed(one: Appointment, today: date) -> bool:
    """Whether its day lies before `today`."""
    return one.on is not None and one.on < today


def spoken(one: Appointment) -> str:
    """Its day, time and what it is about, on one line."""
    assert one.on is not None, "an appointment that was taken back is not spoken of"
    told = one.on.isoformat()
    if one.at is not None:
        told += f" {one.at:%H:%M}"
    return f"{told} · {one.about}" if one.about else told
