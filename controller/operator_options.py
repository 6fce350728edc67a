"""Owns the options of `palier operators`; nothing heavy is imported for them."""

from __future__ import annotations

import argparse

from controller.language import _

ROLES = ("therapist", "supervisor", "trainee")


def add_options(made: argparse.ArgumentParser) -> None:
    """The options of `palier operators`."""
    one = made.add_mutually_exclusive_group()
    one.add_argument("--add", metavar=_("NAME"), help=_("add an operator"))
    one.add_argument("--change", metavar=_("NAME"), help=_("change an operator"))
    one.add_argument(
        "--disable", metavar=_("NAME"), help=_("let this operator lead no more; the name stays")
    )
    one.add_argument("--enable", metavar=_("NAME"), help=_("let this operator lead again"))
    one.add_argument("--log", action="store_true", help=_("who looked at what, and wrong tries"))
    made.add_argument("--role", choices=ROLES, help=_("with --add and --change: what they are"))
    made.add_argument(
        "--administers",
        action=argparse.BooleanOptionalAction,
        help=_("with --add and --change: may add, change and disable operators"),
    )
    made.add_argument("--name", metavar=_("NAME"), help=_("with --change: the new name"))
    secret = made.add_mutually_exclusive_group()
    secret.add_argument(
        "--passphrase", action="store_true", help=_("with --change: ask for a new passphrase")
    )
    secret.add_argument(
        "--no-passphrase",
        action="store_true",
        help=_("with --add and --change: none; whoever uses this account may be this operator"),
    )


def say_who(made: argparse.ArgumentParser, *, nested: bool = False) -> None:
    """The option of every command that says who gives it; `nested` within one that has it too."""
    made.add_argument(
        "--operator",
        metavar=_("NAME"),
        default=argparse.SUPPRESS if nested else None,
        help=_("who gives this command; the passphrase is asked, or PALIER_OPERATOR_PASSPHRASE"),
    )
