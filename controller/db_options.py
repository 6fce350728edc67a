"""Owns the options of `palier db` and of most of `palier bench`; does nothing with them.

It is read before anything heavy is imported, so it knows no record.
"""

from __future__ import annotations

import argparse

from controller import operator_options, option_values
from controller.language import _

PLACES = ("keyring", "files", "passphrase")


def add(made: argparse.ArgumentParser) -> None:
    """The commands of `palier db`."""
    commands = made.add_subparsers(dest="what", metavar=_("WHAT"), required=True)

    def command(name: str, text: str) -> argparse.ArgumentParser:
        one = commands.add_parser(name, help=text, description=text)
        one.add_argument(
            "--db",
            type=option_values.record,
            default=argparse.SUPPRESS,
            help=_("the record, if not the usual one"),
        )
        one.add_argument("--json", action="store_true", help=_("print one JSON document"))
        if name != "upgrade":
            operator_options.say_who(one)
        return one

    backup = command("backup", _("copy the record to a safe place, encrypted and checked"))
    backup.add_argument(
        "--out",
        type=option_values.place,
        required=True,
        metavar=_("FILE"),
        help=_("the file to make"),
    )
    restore = command("restore", _("put a backup in place of the record, which is kept"))
    restore.add_argument("file", type=option_values.record, metavar=_("FILE"), help=_("the backup"))
    restore.add_argument(
        "--anyway",
        action="store_true",
        help=_("also when the check finds that something in it was changed"),
    )
    command("upgrade", _("bring a record of an older version up to date"))
    rekey = command("rekey", _("give the record a new key"))
    rekey.add_argument(
        "--keep-in", choices=PLACES, help=_("where its keys rest from now on; else as before")
    )
    recovery = command("recovery", _("make a recovery key to print, or use one"))
    one = recovery.add_mutually_exclusive_group()
    one.add_argument(
        "--out",
        type=option_values.place,
        metavar="SHEET.html",
        help=_("write a sheet to print instead"),
    )
    one.add_argument(
        "--use", action="store_true", help=_("bring the key files back with a recovery key")
    )

    purge = command("purge", _("erase what the clinic needs not keep any more"))
    purge.add_argument(
        "--keep-years",
        type=option_values.whole(0, 100, _("the years are 0 to 100")),
        help=_("set how long a record is kept"),
    )
    purge.add_argument("--duty", help=_("with --keep-years: the law or rule that says so"))
    purge.add_argument("--dry-run", action="store_true", help=_("only list them"))
    purge.add_argument("--yes", action="store_true", help=_("do not ask"))


def add_frame(what: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """The options of `palier bench frame`."""
    text = _("what the patient's pictures cost, against a budget")
    frame = what.add_parser("frame", help=text, description=text)
    frame.add_argument("--scenario", default="heights.balcony", metavar="ID", help=_("which one"))
    frame.add_argument(
        "--pictures",
        type=option_values.count,
        default=40,
        help=_("how many pictures of each kind to time"),
    )
    frame.add_argument("--json", action="store_true", help=_("print one JSON document"))


def add_console(what: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """The options of `palier bench console`."""
    text = _("what the live screen costs, against the bare toolkit")
    console = what.add_parser("console", help=text, description=text)
    console.add_argument(
        "--turns",
        type=option_values.count,
        default=60,
        help=_("how many states and keys at each size of the terminal"),
    )
    console.add_argument("--json", action="store_true", help=_("print one JSON document"))


def add_bench(what: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """The options of `palier bench store`."""
    text = _("how the record does with many sessions")
    store = what.add_parser("store", help=text, description=text)
    store.add_argument(
        "--sessions",
        type=option_values.count,
        default=5000,
        help=_("how many sessions to generate"),
    )
    store.add_argument(
        "--entries",
        type=option_values.count,
        default=2000,
        help=_("how many entries in each of them"),
    )
    store.add_argument(
        "--tries", type=option_values.count, default=300, help=_("how many single entries to time")
    )
    store.add_argument(
        "--keep",
        type=option_values.place,
        metavar=_("FOLDER"),
        help=_("keep the generated record there"),
    )
    store.add_argument("--json", action="store_true", help=_("print one JSON document"))
