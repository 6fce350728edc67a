"""Owns `palier-scenario flash`; knows no rule of flashes."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from pathlib import Path

from vr_runtime.authoring.commands import options
from vr_runtime.authoring.commands.answers import say
from vr_runtime.authoring.commands.codes import DONE, FOUND_A_PROBLEM, NOT_AVAILABLE
from vr_runtime.authoring.flash import NoPictures, in_words, json_parts, measured
from vr_runtime.language import _

PROGRESS_S = 10.0
"""Seconds of a film after which it is said again how far it has been measured."""


def add(commands: options.Commands) -> None:
    """Add the command."""
    what = _("measure whether pictures flash or show regular stripes")
    made = commands.add_parser("flash", parents=[options.printing()], help=what, description=what)
    made.add_argument(
        "path",
        type=Path,
        metavar=_("FILE"),
        help=_("a film, an animated GIF, PNG or WebP, or a folder of PNG or JPEG pictures"),
    )
    made.add_argument(
        "--rate",
        type=_rate,
        default=30.0,
        metavar="HZ",
        help=_("pictures a second of a folder that has no times.txt; 30 if not given"),
    )
    made.set_defaults(run=_flash)


def _rate(text: str) -> float:
    value = float(text)
    if not 1.0 <= value <= 1000.0:
        raise ValueError(text)
    return value


def _flash(asked: argparse.Namespace) -> int:
    try:
        report = measured(asked.path, asked.rate, asked.json, _progress())
    except NoPictures as fault:
        print(_("Nothing was measured: {fault}").format(fault=fault), file=sys.stderr)
        return NOT_AVAILABLE
    if asked.json:
        sys.stdout.writelines(json_parts(asked.path, report))
    else:
        print("\n".join(in_words(report)))
    return DONE if report.passes else FOUND_A_PROBLEM


def _progress() -> Callable[[float], None] | None:
    """Says how far a film has been measured, to whoever looks on: a minute takes about one."""
    if not sys.stderr.isatty():
        return None
    told_s = 0.0

    def tell(at_s: float) -> None:
        nonlocal told_s
        if at_s - told_s >= PROGRESS_S:
            told_s = at_s
            say(_("{seconds:.0f} s measured").format(seconds=at_s))

    return tell
