"""Owns the options on the patient's side that several commands take; nothing heavy is imported."""

from __future__ import annotations

import argparse

from controller import option_values
from controller.language import LANGUAGES, _

DISPLAYS = ("auto", "desktop", "headset", "offscreen", "null")
QUALITIES = ("auto", "low", "medium", "high")


def add_runtime(made: argparse.ArgumentParser) -> None:
    """Where the patient's side is, and in which language patients read."""
    made.add_argument(
        "--runtime",
        metavar="tcp://HOST:PORT",
        default=argparse.SUPPRESS,
        help=_("lead on a patient's machine that was paired, instead of on this one"),
    )
    made.add_argument(
        "--patient-lang",
        choices=LANGUAGES,
        default=argparse.SUPPRESS,
        help=_("language in which patients read, if another than the console's"),
    )


def add_display(made: argparse.ArgumentParser) -> None:
    """Where the patient's pictures and sounds go, and how they are made."""
    made.add_argument(
        "--display",
        choices=DISPLAYS,
        default=argparse.SUPPRESS,
        help=_("where the patient's pictures go"),
    )
    made.add_argument(
        "--monitor",
        type=option_values.whole(0, 99, _("the monitor is a number, from 0")),
        default=argparse.SUPPRESS,
        help=_("number of the patient's monitor, from 0"),
    )
    made.add_argument(
        "--sound-device",
        metavar=_("NAME"),
        default=argparse.SUPPRESS,
        help=_("the patient's sound device; `palier-runtime --sound-device list` names them"),
    )
    made.add_argument(
        "--voices",
        type=option_values.place,
        metavar=_("DIR"),
        default=argparse.SUPPRESS,
        help=_("recordings of spoken lines"),
    )
    made.add_argument(
        "--quality",
        choices=QUALITIES,
        default=argparse.SUPPRESS,
        help=_("how richly the patient's pictures are drawn"),
    )
