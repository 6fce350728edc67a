"""Owns the options that several commands of `palier-scenario` share; knows no command."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from vr_runtime.language import _


class Commands(Protocol):
    """What `add_subparsers` gives.

    A command adds itself to it, with `run` among its defaults: a function of what was asked for,
    an `argparse.Namespace`, that carries it out and gives the exit code.
    """

    def add_parser(
        self, name: str, *, parents: Sequence[argparse.ArgumentParser], help: str, description: str
    ) -> argparse.ArgumentParser:
        """One more command."""
        ...


def speaking() -> argparse.ArgumentParser:
    """`--lang`: to be a parent of each command."""
    made = argparse.ArgumentParser(add_help=False)
    made.add_argument("--lang", choices=("fr", "en"), help=_("language of the answers"))
    return made


def printing() -> argparse.ArgumentParser:
    """`--lang` and `--json`, for what prints data."""
    made = argparse.ArgumentParser(add_help=False, parents=[speaking()])
    made.add_argument(
        "--json", action="store_true", help=_("print one JSON document on one line, nothing else")
    )
    return made


def finding() -> argparse.ArgumentParser:
    """`--scenario-dir`, for what looks for scenarios."""
    made = argparse.ArgumentParser(add_help=False)
    made.add_argument(
        "--scenario-dir",
        type=Path,
        action="append",
        default=[],
        metavar=_("FOLDER"),
        help=_("look for scenarios in this folder too; may be given several times"),
    )
    return made


def trusting() -> argparse.ArgumentParser:
    """`--run-pack`, for what runs the scenario that it is given."""
    made = argparse.ArgumentParser(add_help=False)
    made.add_argument(
        "--run-pack",
        action="store_true",
        help=_("run a scenario also where it comes from an installed pack"),
    )
    return made


def running() -> argparse.ArgumentParser:
    """`--scenario-dir` and `--run-pack`, for what finds a scenario and runs it."""
    return argparse.ArgumentParser(add_help=False, parents=[finding(), trusting()])


def naming_or_file(parser: argparse.ArgumentParser) -> None:
    """A scenario by its id, or an author's own file or folder, as `scenario`."""
    parser.add_argument(
        "scenario",
        metavar=_("ID|FILE"),
        help=_("the scenario's id, or a file, or a folder with a scenario.py"),
    )


def showing(parser: argparse.ArgumentParser) -> None:
    """Where a scenario is shown to its author, as `display`, `out` and `size`."""
    parser.add_argument(
        "--display",
        choices=("desktop", "offscreen"),
        default="desktop",
        help=_("a window, or pictures without one"),
    )
    parser.add_argument(
        "--out",
        type=Path,
        metavar=_("FILE"),
        help=_("the picture that is written without a window"),
    )
    parser.add_argument(
        "--size",
        type=_size,
        default=(1280, 720),
        metavar=_("WIDTHxHEIGHT"),
        help=_("pixels of the window or the picture; 1280x720 if not given"),
    )


def _size(text: str) -> tuple[int, int]:
    wide, high = (int(part) for part in text.lower().split("x"))
    if not (900 <= wide <= 7680 and 500 <= high <= 4320):
        raise ValueError(text)
    return wide, high


def crediting(parser: argparse.ArgumentParser) -> None:
    """Where files come from, as `licence`, `author` and `source`."""
    parser.add_argument(
        "--licence",
        metavar=_("NAME"),
        help=_(
            "under which they may be used, as CC0-1.0, CC-BY-4.0 or own-work; else it is asked for"
        ),
    )
    parser.add_argument("--author", metavar=_("WHO"), help=_("who made them; else it is asked for"))
    parser.add_argument(
        "--source", metavar=_("WHERE"), help=_("where they come from; else it is asked for")
    )
