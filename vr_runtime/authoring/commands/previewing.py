"""Owns `palier-scenario preview`; no renderer is known until then."""

from __future__ import annotations

import argparse
import os
import sys
from functools import partial

from vr_runtime.authoring.commands import options
from vr_runtime.authoring.commands.answers import (
    asked_for,
    say,
    tell_not_drawn,
    tell_not_in_order,
    tell_not_written,
)
from vr_runtime.authoring.commands.codes import (
    DONE,
    FOUND_A_PROBLEM,
    NOT_AVAILABLE,
    WRONG_USAGE,
)
from vr_runtime.examination.diagnostics import nearest
from vr_runtime.language import _, filled
from vr_runtime.loader import Broken, Found


def add(commands: options.Commands) -> None:
    """Add the command."""
    what = _("show a scenario to its author, with sliders for level and values")
    parents = [options.running(), options.speaking()]
    made = commands.add_parser("preview", parents=parents, help=what, description=what)
    options.naming_or_file(made)
    options.showing(made)
    made.add_argument(
        "--level", type=int, choices=range(11), default=0, metavar="N", help=_("level, 0 to 10")
    )
    made.add_argument(
        "--set",
        type=_value,
        action="append",
        default=[],
        metavar=_("NAME=VALUE"),
        help=_("set a value apart from the level; may be given several times"),
    )
    made.add_argument(
        "--event",
        action="append",
        default=[],
        metavar=_("NAME"),
        help=_("let an event happen; may be given several times"),
    )
    made.add_argument(
        "--after",
        type=_seconds,
        default=1.0,
        metavar="S",
        help=_("seconds of an event that have passed in a picture; 1 if not given"),
    )
    made.add_argument(
        "--no-panel", action="store_true", help=_("draw the picture alone, without the panel")
    )
    made.set_defaults(run=_preview)


def _value(text: str) -> tuple[str, float]:
    name, is_set, value = text.partition("=")
    if not is_set:
        raise ValueError(text)
    return name.strip(), float(value)


def _seconds(text: str) -> float:
    seconds = float(text)
    if not 0.0 <= seconds <= 600.0:
        raise ValueError(text)
    return seconds


def _preview(asked: argparse.Namespace) -> int:
    offscreen = asked.display == "offscreen"
    if offscreen != (asked.out is not None):
        told = _("--display offscreen and --out FILE belong together.")
        print(f"palier-scenario: {told}", file=sys.stderr)
        return WRONG_USAGE
    found = asked_for(asked.scenario, asked.scenario_dir, packs=asked.run_pack)
    if found is None:
        return WRONG_USAGE
    if isinstance(found, Broken):
        return tell_not_in_order(found)
    unknown = _unknown(found, asked)
    if unknown:
        print(f"palier-scenario: {unknown}", file=sys.stderr)
        return WRONG_USAGE
    from vr_runtime.authoring.rehearsal import RehearsalFailed
    from vr_runtime.display.graphics import GraphicsUnavailable

    try:
        return _drawn(found, asked) if offscreen else _shown(found, asked)
    except RehearsalFailed as error:
        print(f"palier-scenario: {error}", file=sys.stderr)
        return FOUND_A_PROBLEM
    except GraphicsUnavailable as error:
        tell_not_drawn(error)
        return NOT_AVAILABLE


def _unknown(found: Found, asked: argparse.Namespace) -> str:
    """What was named and is not declared."""
    manifest = found.manifest
    values, events = [v.name for v in manifest.graded], [e.name for e in manifest.events]
    no_value = _("There is no value `{name}`; there are: {names}.")
    no_event = _("There is no event `{name}`; there are: {names}.")
    for told, names, given in (
        (no_value, values, [name for name, _number in asked.set]),
        (no_event, events, asked.event),
    ):
        for name in (n for n in given if n not in names):
            line = told.format(name=name, names=", ".join(names))
            return " — ".join(filter(None, (line, nearest(name, names))))
    for name, value in asked.set:
        spec = manifest.value(name)
        if spec is not None and not spec.low <= value <= spec.high:
            told = _("`{name}` goes from {low:g} to {high:g}.")
            return filled(told, name=name, low=spec.low, high=spec.high)
    return ""


def _drawn(found: Found, asked: argparse.Namespace) -> int:
    from vr_runtime.authoring.preview.opened import picture
    from vr_runtime.authoring.preview.patience import Patience
    from vr_runtime.authoring.watching.shown import ENDS

    # Said by another thread, which does not know the language.
    hangs = _(ENDS["hangs"])
    image, refused = picture(
        found,
        asked.size,
        level=asked.level,
        values=dict(asked.set),
        events=asked.event,
        after_s=asked.after,
        hidden=asked.no_panel,
        patience=Patience(partial(_give_up, hangs)),
    )
    try:
        image.save(asked.out)
    except (OSError, ValueError) as error:
        tell_not_written(asked.out, error)
        return NOT_AVAILABLE
    if refused:
        told = _("Not all was done ({why}).")
        print(f"palier-scenario: {told.format(why=refused)}", file=sys.stderr)
        return FOUND_A_PROBLEM
    return DONE


def _shown(found: Found, asked: argparse.Namespace) -> int:
    # The window has a process of its own: code that does not come back can be ended there.
    from vr_runtime.authoring.watching.once import shown
    from vr_runtime.authoring.watching.shown import Process
    from vr_runtime.authoring.watching.watcher import CannotShow
    from vr_runtime.authoring.watching.words import Where

    where = Where(level=asked.level, apart=dict(asked.set))
    try:
        well = shown(found, Process("desktop", asked.size, None), where, asked.event, _tell)
    except CannotShow as error:
        told = _("No window can be opened here ({why}); choose --display offscreen --out FILE.")
        _tell(told.format(why=error))
        return NOT_AVAILABLE
    return DONE if well else FOUND_A_PROBLEM


def _tell(text: str) -> None:
    say(f"palier-scenario: {text}")


def _give_up(told: str) -> None:
    """Whatever the code does: nothing else can end this process any more."""
    _tell(told)
    os._exit(FOUND_A_PROBLEM)
