"""Owns the options of `palier packs`; nothing heavy is imported for them."""

from __future__ import annotations

import argparse

from controller import operator_options
from controller.language import _


def add_options(made: argparse.ArgumentParser) -> None:
    """The options of `palier packs`."""
    made.add_argument(
        "--revoke",
        metavar=_("NAME|HASH"),
        help=_("take the approval back; the pack is asked about again before its next session"),
    )
    operator_options.say_who(made)
