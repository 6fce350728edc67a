"""Owns the options of `palier plans`; nothing heavy is imported for them."""

from __future__ import annotations

import argparse
from collections.abc import Callable

from controller import operator_options
from controller.language import _

Adds = Callable[[argparse.ArgumentParser], None]
KINDS = ("cautious", "direct", "child")


def add_options(made: argparse.ArgumentParser, common: Adds) -> None:
    """The options of `palier plans`; `common` adds those that every command has."""
    common(made)
    operator_options.say_who(made)
    whats = made.add_subparsers(dest="what", metavar=_("WHAT"))

    def what(name: str, text: str) -> argparse.ArgumentParser:
        one = whats.add_parser(name, help=text, description=text)
        common(one)
        if name != "ready":  # It shows nothing about patients, and asks nobody.
            operator_options.say_who(one, nested=True)
        return one

    show = what("show", _("the rows that hold, in their order"))
    show.add_argument("patient", metavar=_("PSEUDONYM"))
    ready = what("ready", _("the ready hierarchies of a scenario"))
    ready.add_argument("scenario", metavar="ID", help=_("as `palier-scenario list` names it"))
    take = what("take", _("add a ready hierarchy as a whole; a new version is written"))
    take.add_argument("patient", metavar=_("PSEUDONYM"))
    take.add_argument("scenario", metavar="ID", help=_("as `palier-scenario list` names it"))
    take.add_argument("kind", choices=KINDS, help=_("which of its ready hierarchies"))
