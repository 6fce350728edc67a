"""Owns `palier-scenario import`; reads no file itself."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from vr_runtime.authoring.commands import options
from vr_runtime.authoring.commands.answers import print_json, say
from vr_runtime.authoring.commands.codes import (
    DONE,
    FOUND_A_PROBLEM,
    NOT_AVAILABLE,
    WRONG_USAGE,
)
from vr_runtime.authoring.making.questions import NobodyAnswers, at_the_terminal
from vr_runtime.examination.source import MAIN
from vr_runtime.language import _
from vr_runtime.system_words import why as why_not


def add(commands: options.Commands) -> None:
    """Add the command."""
    what = _(
        "bring pictures, films, sounds and models into a scenario's folder, with their licence"
    )
    made = commands.add_parser("import", parents=[options.printing()], help=what, description=what)
    made.add_argument(
        "files",
        nargs="+",
        type=Path,
        metavar=_("FILE"),
        help=_(".glb, .gltf, .wav, .flac, .ogg, .jpg, .png, .webp, .mp4, .webm, .mov or .mkv"),
    )
    made.add_argument(
        "--into",
        type=Path,
        required=True,
        metavar=_("FOLDER"),
        help=_("the scenario's folder, with its scenario.py"),
    )
    options.crediting(made)
    made.set_defaults(run=_import)


def _import(asked: argparse.Namespace) -> int:
    if not (asked.into / MAIN).is_file():
        told = _("{folder} is no folder of a scenario: only a folder with a scenario.py has files.")
        print(f"palier-scenario: {told.format(folder=asked.into)}", file=sys.stderr)
        return WRONG_USAGE
    # Decoders are not waited for by whoever only asks for help.
    from vr_runtime.authoring.bringing.bringing import CannotBring, brought
    from vr_runtime.authoring.bringing.crediting import CannotBeLaid, lay
    from vr_runtime.authoring.bringing.licences import NoLicence
    from vr_runtime.authoring.bringing.origins import OriginMissing, origin

    try:
        came_from, asks = origin(asked.licence, asked.author, asked.source, at_the_terminal())
        made = [brought(file) for file in asked.files]
        names = lay(asked.into, [(each.name, each.data, came_from) for each in made])
    except (NoLicence, OriginMissing) as fault:
        print(f"palier-scenario: {fault}", file=sys.stderr)
        return WRONG_USAGE
    except NobodyAnswers:
        print("palier-scenario: " + _("Nothing was brought in."), file=sys.stderr)
        return WRONG_USAGE
    except (CannotBring, CannotBeLaid) as fault:
        print(f"palier-scenario: {fault}", file=sys.stderr)
        return FOUND_A_PROBLEM
    except OSError as error:
        told = _("{file}: {why}")
        why = why_not(error)
        print(f"palier-scenario: {told.format(file=error.filename, why=why)}", file=sys.stderr)
        return NOT_AVAILABLE
    for line in dict.fromkeys((*asks, *(line for each in made for line in each.told))):
        say(line)
    if asked.json:
        documents = [
            {"path": name, "kind": each.kind, "write": each.line, "licence": came_from.licence}
            for name, each in zip(names, made, strict=True)
        ]
        print_json(documents)
        return DONE
    print(_("Write in your scenario:"))
    for line in dict.fromkeys(each.line for each in made):
        print(f"  {line}")
    return DONE
