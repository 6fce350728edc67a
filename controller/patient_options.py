"""Owns the options of `palier patients anchor`, `appointment` and `screening`; does none of them.

It loads nothing of the session: a command line that is only read stays quick.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable

from controller.language import _

ANCHORED = (0, 25, 50, 75, 100)
What = Callable[[str, str], argparse.ArgumentParser]


def add(what: What) -> None:
    """Add the three; `what` makes the parser of one of them."""
    anchor = what("anchor", _("what a point of the scale stands for, for this patient"))
    anchor.add_argument("value", type=int, choices=ANCHORED, help=_("0 to 100, also for 0-10"))
    anchor.add_argument("words", nargs="?", default="", help=_("none takes it away"))
    appointment = what("appointment", _("when this patient comes next"))
    appointment.add_argument(
        "when", nargs="?", default="", help=_('"2026-12-24 14:30 what about"; none takes it back')
    )
    screening = what("screening", _("what the protocol asks before a session; answer all of it"))
    item, dealt = _("ITEM"), _("ITEM=WORDS")
    for option, metavar, text in (
        ("--no", item, _("this was answered by no")),
        ("--open", item, _("a yes that nothing was done about yet")),
        ("--cleared", dealt, _("a yes that was cleared: by whom, and what was agreed")),
        ("--override", dealt, _("a yes that is gone ahead with all the same: why")),
    ):
        name = option.strip("-")
        screening.add_argument(
            option, dest=f"item_{name}", action="append", default=[], metavar=metavar, help=text
        )
    screening.add_argument(
        "--no-to-others", action="store_true", help=_("everything else was asked: no")
    )
