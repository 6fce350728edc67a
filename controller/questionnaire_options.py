"""Owns the options of `palier questionnaires`; nothing heavy is imported for them."""

from __future__ import annotations

import argparse

from controller import operator_options, option_values
from controller.language import _

WHEN = ("baseline", "in_session", "after", "clinic")


def add_options(made: argparse.ArgumentParser) -> None:
    """The options of `palier questionnaires`, without record and JSON."""
    one = made.add_mutually_exclusive_group()
    one.add_argument(
        "--check",
        type=option_values.place,
        metavar=_("FILE"),
        help=_("only check this file of the clinic"),
    )
    one.add_argument("--ask", metavar="ID", help=_("ask this questionnaire, and keep the answers"))
    one.add_argument(
        "--scores", action="store_true", help=_("all that a patient answered, with its scores")
    )
    add_folder(made)
    made.add_argument(
        "--patient", metavar=_("PSEUDONYM"), help=_("with --ask and --scores: of whom")
    )
    made.add_argument(
        "--session",
        metavar=_("SESSION"),
        help=_("with --ask: the session it belongs to; its name, the beginning of it, or `last`"),
    )
    made.add_argument(
        "--when",
        choices=WHEN,
        help=_("with --ask: before the exposure, in it, right after it, or at the clinic"),
    )
    made.add_argument(
        "--answers",
        type=option_values.place,
        metavar=_("FILE"),
        help=_("with --ask: take them from this file; a number or null for each item, as JSON"),
    )
    add_corrects(made)
    operator_options.say_who(made)


def add_corrects(made: argparse.ArgumentParser) -> None:
    """The option of every command whose entry may take the place of an earlier one."""
    made.add_argument(
        "--corrects",
        type=option_values.entry,
        metavar=_("ENTRY"),
        help=_("it takes the place of this earlier entry, by its number"),
    )


def add_folder(made: argparse.ArgumentParser) -> None:
    """The option of every command that scores questionnaires."""
    made.add_argument(
        "--folder",
        type=option_values.place,
        metavar=_("FOLDER"),
        help=_("use the clinic's own questionnaires in this folder too"),
    )


def what_is_wrong(options: argparse.Namespace) -> str | None:
    """Which options do not go together, in one sentence; None where they do."""
    if options.check is not None and options.folder is not None:
        return _("--check and --folder do not go together")
    for name in ("session", "when", "answers", "corrects"):
        if getattr(options, name) is not None and options.ask is None:
            return _("{option} goes with --ask").format(option=f"--{name}")
    asked = options.ask is not None or options.scores
    if asked != (options.patient is not None):
        return _("--ask and --scores go with --patient, and --patient with one of them")
    return None
