"""Owns on which days a review of a clinic's file can have been; knows no file.

The model keeps the day as it was written, so that a record opens whatever the clock of its machine
says: a day ahead is looked for only in a file that a clinic gives now.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from controller.clinic_files.parts import Review
from controller.clinic_files.telling import Fault
from controller.language import _


def faults(reviewed: Review | None, today: date | None = None) -> Iterator[Fault]:
    """What is wrong with the day of a review.

    Args:
        reviewed: None where nobody has reviewed it, which is nothing wrong.
        today: the day at the clinic; without it a day ahead is none of a mistake.
    """
    if reviewed is None:
        return
    here = ("reviewed", "on")
    try:
        on = date.fromisoformat(reviewed.on)
    except ValueError:
        yield Fault(here, _("There is no such day; write it as 2026-11-28."))
        return
    if today is not None and on > today:
        # Today is told as well: where the machine's clock is wrong, that is what to set right.
        text = _("{day} is still to come (today is {today}); write the day it was reviewed.")
        yield Fault(here, text.format(day=reviewed.on, today=today.isoformat()))
