"""Owns the options of `palier plain`; nothing heavy is imported for them."""

from __future__ import annotations

import argparse

from controller import operator_options, option_values, runtime_options
from controller.language import LANGUAGES, _


def add_options(made: argparse.ArgumentParser) -> None:
    """The options of `palier plain`."""
    made.add_argument(
        "--lang", choices=LANGUAGES, default=argparse.SUPPRESS, help=_("language of the console")
    )
    runtime_options.add_runtime(made)
    runtime_options.add_display(made)
    made.add_argument(
        "--script",
        type=option_values.place,
        metavar=_("FILE"),
        help=_("work off the lines of this file, one after the other"),
    )
    made.add_argument(
        "--simulated",
        action="store_true",
        help=_("a simulated patient on a temporary record, as in the demo"),
    )
    made.add_argument(
        "--seed",
        type=option_values.whole(0, 2**53 - 1, _("the seed is a whole number, 0 or more")),
        default=7,
        help=_("with --simulated: the patient's own chance"),
    )
    made.add_argument(
        "--out",
        type=option_values.place,
        metavar=_("DIR"),
        help=_("with --simulated: folder for record and reports"),
    )
    operator_options.say_who(made)


def what_is_wrong(options: argparse.Namespace) -> str:
    """Why these options do not go together; empty where they do."""
    if options.out is not None and not options.simulated:
        return _("--out goes with --simulated")
    if options.simulated and (hasattr(options, "db") or hasattr(options, "runtime")):
        return _("--simulated goes with neither --db nor --runtime")
    return ""
