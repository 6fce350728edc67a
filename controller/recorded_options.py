"""Owns the options of `palier lines`; nothing heavy is imported for them."""

from __future__ import annotations

import argparse
from collections.abc import Callable

from controller import option_values
from controller.language import _


def add_options(
    made: argparse.ArgumentParser, json: Callable[[argparse.ArgumentParser], None]
) -> None:
    """The options of `palier lines`: alone it lists, else it adds, plays or removes one."""
    json(made)
    what = made.add_subparsers(dest="what", metavar=_("WHAT"))

    def one(name: str, text: str) -> argparse.ArgumentParser:
        return what.add_parser(name, help=text, description=text)

    json(one("list", _("the lines that there are, and what is wrong with others")))
    add = one("add", _("take a recording in as a line: WAV, 16 bits, at most 20 s"))
    add.add_argument("file", type=option_values.place, metavar=_("FILE"))
    add.add_argument(
        "--name", required=True, help=_("short, as it is chosen: small letters, digits, dashes")
    )
    add.add_argument("--words", required=True, help=_("the words as they are spoken"))
    # Not of the console: `--lang` before the command says that.
    add.add_argument(
        "--lang",
        dest="spoken",
        choices=("fr", "en"),
        required=True,
        help=_("the language that is spoken"),
    )
    json(add)
    hear = one("hear", _("play a line on this machine, as loud as a patient hears it"))
    hear.add_argument("name", metavar=_("NAME"))
    json(hear)
    gone = one("remove", _("take a line out"))
    gone.add_argument("name", metavar=_("NAME"))
    json(gone)
