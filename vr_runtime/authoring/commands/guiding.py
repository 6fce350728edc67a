"""Owns `palier-scenario guide`; knows no page."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from vr_runtime.authoring.commands import options
from vr_runtime.authoring.commands.answers import print_json
from vr_runtime.authoring.commands.codes import DONE, FOUND_A_PROBLEM, NOT_AVAILABLE, WRONG_USAGE
from vr_runtime.authoring.guide import START, AlreadyThere, Page, copy_recipes, pages
from vr_runtime.examination.diagnostics import nearest
from vr_runtime.language import _, language
from vr_runtime.system_words import why as why_not


def add(commands: options.Commands) -> None:
    """Add the command."""
    what = _("show the author's guide, page by page")
    made = commands.add_parser("guide", parents=[options.printing()], help=what, description=what)
    made.add_argument(
        "page",
        nargs="?",
        default=START,
        metavar=_("PAGE"),
        help=_("the page's name, as the first page gives it; the first page if not given"),
    )
    made.add_argument(
        "--recipes",
        type=Path,
        metavar=_("FOLDER"),
        help=_("copy the pre-commit hook and the CI files into your own repository instead"),
    )
    made.set_defaults(run=_guide)


def _guide(asked: argparse.Namespace) -> int:
    if asked.recipes is not None:
        return _copy(asked.recipes, asked.json)
    try:
        found = {page.name: page for page in pages(language())}
        page = found.get(asked.page)
        if page is None:
            told = _("The guide has no page `{name}`; it has {names}.")
            told = told.format(name=asked.page, names=", ".join(found))
            hint = nearest(asked.page, list(found))
            print(" — ".join(filter(None, (told, hint))), file=sys.stderr)
            return WRONG_USAGE
        if asked.json:
            print_json([_card(each) for each in found.values()])
        else:
            print(page.text(), end="")
    except OSError as error:
        told = _("The guide is not installed ({why}); install Palier again.")
        print(told.format(why=error), file=sys.stderr)
        return NOT_AVAILABLE
    return DONE


def _card(page: Page) -> dict[str, str]:
    return {"name": page.name, "title": page.title, "path": str(page.path)}


def _copy(folder: Path, as_json: bool) -> int:
    try:
        written = copy_recipes(folder)
    except AlreadyThere as there:
        told = _("{file} is there already; nothing was written. Move it away, or copy by hand.")
        print(told.format(file=there), file=sys.stderr)
        return FOUND_A_PROBLEM
    except OSError as error:
        told = _("{file} cannot be written ({why}); choose another place.")
        why = why_not(error)
        print(told.format(file=error.filename or folder, why=why), file=sys.stderr)
        return NOT_AVAILABLE
    if as_json:
        print_json([str(path) for path in written])
    else:
        print("\n".join(map(str, written)))
    return DONE
