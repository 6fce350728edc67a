"""Owns `palier-scenario preview`; no renderer is known until then."""

from __future__ import annotations

import argparse
import logging
import sys
import time

from vr_runtime.authoring.commands import options
from vr_runtime.authoring.commands.answers import asked_for
from vr_runtime.authoring.commands.codes import (
    DONE,
    FOUND_A_PROBLEM,
    NOT_AVAILABLE,
    WRONG_USAGE,
)
from vr_runtime.examination.diagnostics import nearest
from vr_runtime.language import _
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
        for diagnostic in found.diagnostics:
            print(diagnostic, file=sys.stderr)
        return FOUND_A_PROBLEM
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
        told = _("Nothing can be drawn here ({why}): install OpenGL (on Debian: libegl1, libgl1).")
        if not offscreen:
            told = _("No window can be opened here ({why}); choose --display offscreen --out FILE.")
        print(f"palier-scenario: {told.format(why=error)}", file=sys.stderr)
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
            return told.format(name=name, low=spec.low, high=spec.high)
    return ""


def _drawn(found: Found, asked: argparse.Namespace) -> int:
    from vr_runtime.authoring.preview.opened import picture

    image, refused = picture(
        found,
        asked.size,
        level=asked.level,
        values=dict(asked.set),
        events=asked.event,
        after_s=asked.after,
        hidden=asked.no_panel,
    )
    try:
        image.save(asked.out)
    except (OSError, ValueError) as error:
        told = _("{file} cannot be written ({why}); choose another place.")
        why = getattr(error, "strerror", None) or error
        print(f"palier-scenario: {told.format(file=asked.out, why=why)}", file=sys.stderr)
        return NOT_AVAILABLE
    if refused:
        told = _("Not all was done ({why}).")
        print(f"palier-scenario: {told.format(why=refused)}", file=sys.stderr)
        return FOUND_A_PROBLEM
    return DONE


def _shown(found: Found, asked: argparse.Namespace) -> int:
    from vr_runtime.authoring.preview.opened import window
    from vr_runtime.authoring.preview.steering import Kept

    # What fails is said in one line.
    logging.disable(logging.WARNING)
    failed = None
    with window(asked.size) as opened:
        viewing, steering = opened.viewing, opened.viewing.steering
        steering.open(found, Kept(asked.level, dict(asked.set)))
        for event in asked.event:
            steering.begin(event)
        while not viewing.closed:
            viewing.round()
            if steering.engine.disabled is not None and failed is None:
                failed = steering.engine.disabled
                print(f"palier-scenario: {failed}", file=sys.stderr, flush=True)
                viewing.tell([failed])
            time.sleep(min(0.02, viewing.due_s()))
    return DONE if failed is None else FOUND_A_PROBLEM
