"""Owns `palier-scenario new`; knows no template and writes no file itself."""

from __future__ import annotations

import argparse
import os
import shlex
import sys
from pathlib import Path

from vr_runtime.authoring.commands import options
from vr_runtime.authoring.commands.answers import print_json, say
from vr_runtime.authoring.commands.codes import (
    DONE,
    NOT_AVAILABLE,
    WRONG_USAGE,
)
from vr_runtime.authoring.making.making import (
    CannotBeMade,
    Plan,
    Wish,
    free,
    make,
    planned,
    usual_folder,
)
from vr_runtime.authoring.making.questions import NobodyAnswers, at_the_terminal
from vr_runtime.authoring.making.template import KINDS
from vr_runtime.language import _, language
from vr_runtime.loader import Places, discover
from vr_runtime.system_words import why as why_not


def add(commands: options.Commands) -> None:
    """Add the command."""
    what = _("make a scenario that runs at once, to be changed by its author")
    made = commands.add_parser("new", parents=[options.printing()], help=what, description=what)
    made.add_argument("name", metavar=_("NAME"), help=_("small letters, as heights.footbridge"))
    made.add_argument(
        "--folder",
        type=Path,
        metavar=_("FOLDER"),
        help=_("where it is written; scenarios/local of a checkout if not given, else your own"),
    )
    made.add_argument("--title-fr", metavar=_("TEXT"), help=_("its title in French"))
    made.add_argument("--title-en", metavar=_("TEXT"), help=_("its title in English"))
    made.add_argument("--phobia", metavar=_("WORD"), help=_("what is feared, as acrophobia"))
    made.add_argument(
        "--kind",
        choices=KINDS,
        help=_("something comes nearer, a high place, or a narrow room; if not given, as feared"),
    )
    made.add_argument(
        "--as-folder", action="store_true", help=_("write a folder with a scenario.py")
    )
    made.add_argument(
        "--panorama",
        type=Path,
        metavar=_("FOLDER"),
        help=_("make it of the 360° pictures, films and sounds in this folder"),
    )
    options.crediting(made)
    made.set_defaults(run=_new)


def _new(asked: argparse.Namespace) -> int:
    wish = Wish(asked.name, asked.title_fr, asked.title_en, asked.phobia, asked.kind)
    places = Places.usual()
    folder = asked.folder or usual_folder(places)
    try:
        plan = planned(wish, at_the_terminal())
        library = discover([asked.folder] if asked.folder else [], places=places)
        taken = library.get(plan.names.id)
        if taken is not None:
            told = _("The id `{id}` already belongs to {path}; choose another name.")
            raise CannotBeMade(told.format(id=plan.names.id, path=taken.path))
        free(folder, plan.names.stem)
        if asked.panorama is not None:
            path = of_panoramas(plan, folder, asked)
        else:
            path = make(plan, folder, language(), as_folder=asked.as_folder)
    except (CannotBeMade, ValueError) as fault:
        print(f"palier-scenario: {fault}", file=sys.stderr)
        return WRONG_USAGE
    except NobodyAnswers:
        print("palier-scenario: " + _("Nothing was made."), file=sys.stderr)
        return WRONG_USAGE
    except OSError as error:
        told = _("{file} cannot be written ({why}); choose another place.")
        said = told.format(file=error.filename or folder, why=why_not(error))
        print(f"palier-scenario: {said}", file=sys.stderr)
        return NOT_AVAILABLE
    tell_made(path, plan.names.id, usual_folder(places), json=asked.json)
    return DONE


def of_panoramas(plan: Plan, folder: Path, asked: argparse.Namespace) -> Path:
    """Make a scenario of a folder of pictures; raises as `make`, and `ValueError`."""
    # Decoders are not waited for by whoever makes a scenario of none.
    from vr_runtime.authoring.bringing.origins import origin
    from vr_runtime.authoring.making.panoramic import make_panoramic

    came_from, asks = origin(asked.licence, asked.author, asked.source, at_the_terminal())
    path, told = make_panoramic(plan, asked.panorama, folder, came_from)
    for line in (*asks, *told):
        say(line)
    return path


def tell_made(path: Path, id: str, usual: Path, *, json: bool) -> None:
    """What was made, and the commands that come next; `usual` is where the demo finds it."""
    file = shlex.quote(shown(path))
    commands = [f"palier-scenario check {file}", f"palier-scenario preview {file}"]
    is_found = path.parent.resolve() == usual.resolve()
    if is_found:
        commands.append(f"palier demo --scenario {id}")
    if json:
        print_json({"id": id, "path": str(path), "next": commands})
        return
    print(_("{path} is made, as {id}.").format(path=shown(path), id=id))
    print(_("What comes next:"))
    for command in commands:
        print(f"  {command}")
    if not is_found:
        print(_("`palier demo` finds it once it lies in {folder}.").format(folder=shown(usual)))


def shown(path: Path) -> str:
    """A path as short as it can be written from here."""
    try:
        inside = os.path.relpath(path)
    except ValueError:
        return str(path)
    return str(path) if inside.startswith("..") else inside
