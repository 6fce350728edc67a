"""Owns `palier-scenario sheet` and `thumbnail`; no renderer is known until then."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from vr_runtime.authoring.commands import options
from vr_runtime.authoring.commands.answers import (
    asked_for,
    print_json,
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
from vr_runtime.language import _, language
from vr_runtime.loader import Broken


def add(commands: options.Commands) -> None:
    """Add both commands."""
    drawing = {
        "sheet": _("write one picture of every level and event, to judge it at a glance"),
        "thumbnail": _("write one picture of a scenario, from its middle"),
    }
    parents = [options.printing(), options.running()]
    for name, what in drawing.items():
        made = commands.add_parser(name, parents=parents, help=what, description=what)
        options.naming_or_file(made)
        made.add_argument(
            "--out", type=Path, required=True, metavar=_("FILE"), help=_("F.png or F.jpg")
        )
        made.set_defaults(run=_draw)


def _draw(asked: argparse.Namespace) -> int:
    found = asked_for(asked.scenario, asked.scenario_dir, packs=asked.run_pack)
    if found is None:
        return WRONG_USAGE
    if isinstance(found, Broken):
        return tell_not_in_order(found)
    # Pictures need a renderer, which the other commands do not wait for.
    from vr_runtime.authoring.rehearsal import RehearsalFailed
    from vr_runtime.authoring.sheet import NotAPicture, sheet, thumbnail
    from vr_runtime.display.graphics import GraphicsUnavailable

    try:
        if asked.command == "sheet":
            sheet(found, asked.out, language(), say)
        else:
            thumbnail(found, asked.out)
    except NotAPicture as error:
        print(f"palier-scenario: {error}", file=sys.stderr)
        return WRONG_USAGE
    except RehearsalFailed as error:
        print(f"palier-scenario: {error}", file=sys.stderr)
        return FOUND_A_PROBLEM
    except GraphicsUnavailable as error:
        tell_not_drawn(error)
        return NOT_AVAILABLE
    except OSError as error:
        tell_not_written(asked.out, error)
        return NOT_AVAILABLE
    if asked.json:
        print_json({"id": found.manifest.id, "path": str(asked.out)})
    return DONE
