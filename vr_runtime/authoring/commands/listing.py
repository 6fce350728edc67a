"""Owns `palier-scenario list` and `show`; knows no rule and no renderer."""

from __future__ import annotations

import argparse

from vr_runtime.authoring.commands import options
from vr_runtime.authoring.commands.answers import (
    asked_for,
    card,
    print_json,
    tell_broken,
    tell_not_in_order,
)
from vr_runtime.authoring.commands.codes import (
    DONE,
    NOT_AVAILABLE,
    WRONG_USAGE,
)
from vr_runtime.authoring.page import page, table
from vr_runtime.language import _
from vr_runtime.loader import Broken, discover, folder_is_missing


def add(commands: options.Commands) -> None:
    """Add both commands."""
    parents = [options.printing(), options.finding()]
    listing = _("say which scenarios there are")
    made = commands.add_parser("list", parents=parents, help=listing, description=listing)
    made.set_defaults(run=_list)
    showing = _("show what a scenario says of itself")
    parents = [options.printing(), options.running()]
    made = commands.add_parser("show", parents=parents, help=showing, description=showing)
    options.naming_or_file(made)
    made.set_defaults(run=_show)


def _list(asked: argparse.Namespace) -> int:
    library = discover(asked.scenario_dir)
    if asked.json:
        print_json([card(found) for found in library])
    else:
        print(table(library))
    tell_broken(library.broken)
    return NOT_AVAILABLE if any(folder_is_missing(each) for each in library.broken) else DONE


def _show(asked: argparse.Namespace) -> int:
    found = asked_for(asked.scenario, asked.scenario_dir, packs=asked.run_pack, run=False)
    if found is None:
        return WRONG_USAGE
    if isinstance(found, Broken):
        return tell_not_in_order(found)
    if asked.json:
        manifest = found.manifest.model_dump(mode="json")
        print_json({**card(found), "path": str(found.path), **manifest})
    else:
        print(page(found))
    return DONE
