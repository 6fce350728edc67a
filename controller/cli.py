"""Owns the command `palier`: its options and exit codes. What a command does is elsewhere.

Nothing heavy is imported before the options are known to be right, so that `--help` is quick and
needs neither database nor screen.
"""

from __future__ import annotations

import argparse
import os
import platform
import sys
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

from controller import fault, operator_options
from controller.language import LANGUAGES, Language, _, preferred, speak_in_help, use
from controller.purpose import PURPOSE

DONE, FOUND, WRONG_USAGE, NOT_AVAILABLE = 0, 1, 2, 3
DISPLAYS = ("auto", "desktop", "offscreen", "null")


def parser() -> argparse.ArgumentParser:
    """The options of `palier` and of each of its commands."""
    made = argparse.ArgumentParser(
        prog="palier",
        description=_("Leads exposure sessions step by step, from the keyboard."),
        epilog=_(PURPOSE),
    )
    made.add_argument("--lang", choices=LANGUAGES, help=_("language of the console"))
    made.add_argument(
        "--runtime",
        metavar="tcp://HOST:PORT",
        default=argparse.SUPPRESS,
        help=_("lead on a patient's machine that was paired, instead of on this one"),
    )
    _database(made)
    _display(made)
    commands = made.add_subparsers(dest="command", metavar=_("COMMAND"))

    def command(name: str, text: str) -> argparse.ArgumentParser:
        return commands.add_parser(name, help=text, description=text)

    _demo(command("demo", _("a session with a simulated patient")))
    _lists(command("patients", _("list and add patients")), adds=True)
    _lists(command("sessions", _("list and show sessions")), adds=False)
    _operators(command("operators", _("who leads sessions: list, add, change, access log")))
    report = command("report", _("write a session's report"))
    report.add_argument("session", help=_("its name or the beginning of it; `last` for the last"))
    report.add_argument("--out", type=Path, required=True, help=_("the page to write, F.html"))
    _database(report)
    operator_options.say_who(report)
    check = command("verify", _("check that a record is whole and unchanged"))
    check.add_argument("session", nargs="?", help=_("only this session"))
    _database(check)
    _json(check)
    _bench(command("bench", _("measure what is promised on this machine")))
    _pair(command("pair", _("let this console and a patient's machine know each other")))
    return made


def _bench(bench: argparse.ArgumentParser) -> None:
    what = bench.add_subparsers(dest="what", metavar=_("WHAT"), required=True)
    text = _("how soon a stop is seen by the patient")
    stop = what.add_parser("stop", help=text, description=text)
    stop.add_argument(
        "--tries", type=_tries, default=1000, help=_("how many stops, spread over the phases")
    )
    stop.add_argument(
        "--display",
        choices=DISPLAYS,
        default="offscreen",
        help=_("where the patient's pictures go"),
    )
    _json(stop)


def _pair(pair: argparse.ArgumentParser) -> None:
    pair.add_argument("address", nargs="?", help=_("tcp://host:5600 of the patient's machine"))
    pair.add_argument("--name", default=platform.node() or "console", help=_("name told there"))
    one = pair.add_mutually_exclusive_group()
    one.add_argument("--list", action="store_true", help=_("list the machines known here"))
    one.add_argument("--revoke", metavar=_("NAME"), help=_("do not know this machine any more"))
    one.add_argument("--export", type=Path, metavar=_("FILE"), help=_("write this console's card"))
    one.add_argument(
        "--import", dest="take", type=Path, metavar=_("FILE"), help=_("take a machine's card")
    )
    _json(pair)


def _demo(demo: argparse.ArgumentParser) -> None:
    demo.add_argument("--auto", action="store_true", help=_("led by script instead of by you"))
    _display(demo)
    demo.add_argument(
        "--speed", type=_speed, default=1.0, help=_("with --auto: times as fast as the clock")
    )
    demo.add_argument("--scenario", default="heights.balcony", help=_("which scenario"))
    demo.add_argument("--seed", type=_seed, default=7, help=_("the session's own chance"))
    demo.add_argument("--out", type=Path, help=_("folder for record, report and ratings"))
    _json(demo)


def _operators(made: argparse.ArgumentParser) -> None:
    operator_options.add_options(made)
    _database(made)
    operator_options.say_who(made)
    _json(made)


def _lists(made: argparse.ArgumentParser, *, adds: bool) -> None:
    _database(made)
    operator_options.say_who(made)
    _json(made)
    if adds:
        made.add_argument("--add", metavar=_("PSEUDONYM"), help=_("add a patient"))
        made.add_argument(
            "--ceiling",
            type=int,
            choices=range(11),
            default=10,
            metavar="0-10",
            help=_("with --add: the highest level allowed"),
        )
        made.add_argument(
            "--scale",
            choices=("0-100", "0-10"),
            default="0-100",
            help=_("with --add: the scale of distress"),
        )


def _database(made: argparse.ArgumentParser) -> None:
    made.add_argument(
        "--db", type=Path, default=argparse.SUPPRESS, help=_("the record, if not the usual one")
    )


def _display(made: argparse.ArgumentParser) -> None:
    made.add_argument(
        "--display",
        choices=DISPLAYS,
        default=argparse.SUPPRESS,
        help=_("where the patient's pictures go"),
    )
    made.add_argument(
        "--monitor",
        type=int,
        default=argparse.SUPPRESS,
        help=_("number of the patient's monitor, from 0"),
    )


def _json(made: argparse.ArgumentParser) -> None:
    made.add_argument("--json", action="store_true", help=_("print one JSON document"))


def _speed(text: str) -> float:
    value = float(text)
    if not 0.1 <= value <= 1000:
        raise argparse.ArgumentTypeError(_("the speed is 0.1 to 1000"))
    return value


def _tries(text: str) -> int:
    value = int(text)
    if not 6 <= value <= 100_000:
        raise argparse.ArgumentTypeError(_("the number of tries is 6 to 100000"))
    return value


def _seed(text: str) -> int:
    value = int(text)
    if not 0 <= value < 2**53:
        raise argparse.ArgumentTypeError(_("the seed is a whole number, 0 or more"))
    return value


def main(arguments: Sequence[str] | None = None) -> int:
    """Carry out one command; gives the exit code."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    if arguments is None:
        sys.excepthook = fault.hook
    use(_language_in(given) or preferred(os.environ))
    speak_in_help()
    options = parser().parse_args(given)
    if options.command == "demo" and options.json and not options.auto:
        parser().error(_("--json goes with --auto"))
    if options.command is not None and hasattr(options, "runtime"):
        parser().error(_("--runtime goes with the console alone"))
    # The rest needs database, sockets and more; wrong options were told without them.
    from controller import commands
    from controller.bench.stop import BenchFailed
    from controller.demo import FolderTaken
    from controller.far_runtime import NotPaired
    from controller.identify import NoSuchOperator, NotIdentified
    from controller.local_runtime import RuntimeNotStarted
    from controller.operator_commands import Unclear
    from controller.simulation.lead import ScriptFailed
    from controller.store.errors import RecordError
    from vr_runtime.wire.keys import KeysUnreadable

    try:
        return commands.carry_out(options)
    except (commands.NotFound, FolderTaken, NoSuchOperator, Unclear) as error:
        print(f"palier: {error}", file=sys.stderr)
        return WRONG_USAGE
    except (
        RecordError,
        RuntimeNotStarted,
        NotPaired,
        NotIdentified,
        KeysUnreadable,
        ScriptFailed,
        BenchFailed,
    ) as error:
        print(f"palier: {error}", file=sys.stderr)
        return NOT_AVAILABLE
    except OSError as error:
        text = _("{file} cannot be used ({why}); choose another place.")
        told = text.format(file=error.filename or "-", why=error.strerror or error)
        print(f"palier: {told}", file=sys.stderr)
        return NOT_AVAILABLE
    except KeyboardInterrupt:
        return 130


def _language_in(given: Sequence[str]) -> Language | None:
    """The language asked for, looked up before the options are read: their help is in it too."""
    words = [part for word in given for part in word.split("=", 1)]
    for option, value in pairwise(words):
        if option == "--lang":
            return next((known for known in LANGUAGES if known == value), None)
    return None
