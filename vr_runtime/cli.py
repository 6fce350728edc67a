"""Owns the command `palier-runtime`: its options, and which of its two processes this one is.

The watchdog runs by default, and starts this command again with `--watched` for the other. It
imports no renderer, so that `--help` needs none.
"""

from __future__ import annotations

import argparse
import logging
import os
import platform
import sys
from collections.abc import Sequence
from pathlib import Path

from vr_runtime.language import _, asked_for, preferred, speak_in_help, use
from vr_runtime.watch.memory import GIB

DEFAULT_ADDRESS = "tcp://127.0.0.1:5600"
LEAST_GB, MOST_GB = 0.25, 1024.0
DONE, NOT_AVAILABLE = 0, 3
LIST = "list"
"""The name that no sound device has."""
ROLES = ("therapist", "supervisor", "observer")


def parser() -> argparse.ArgumentParser:
    """The options of `palier-runtime`."""
    made = argparse.ArgumentParser(
        prog="palier-runtime",
        description=_("The patient's side of Palier: shows the scenario, obeys the console."),
    )
    made.add_argument(
        "--display",
        choices=("auto", "desktop", "headset", "offscreen", "null"),
        default="auto",
        help=_("where the pictures go; auto takes a window where there is a screen"),
    )
    made.add_argument(
        "--bind", default=DEFAULT_ADDRESS, help=_("tcp://host:P; the ports P and P+1 are used")
    )
    made.add_argument("--keys", type=Path, help=_("folder of this runtime's keys"))
    made.add_argument(
        "--scenario-dir", type=Path, action="append", default=[], help=_("more scenarios")
    )
    made.add_argument(
        "--quality",
        choices=("auto", "low", "medium", "high"),
        default="auto",
        help=_("how richly pictures are drawn; auto chooses what this machine can bear"),
    )
    made.add_argument("--monitor", type=int, help=_("number of the monitor, from 0"))
    made.add_argument(
        "--sound-device",
        metavar=_("NAME"),
        help=_("the patient's sound device, by its name or a part of it; list shows them"),
    )
    made.add_argument(
        "--voices",
        type=Path,
        action="append",
        default=[],
        metavar=_("DIR"),
        help=_("recordings of spoken lines: scenario/language/line.wav, .flac or .ogg"),
    )
    made.add_argument("--tone", action="store_true", help=_("play the calibration tone, and end"))
    made.add_argument("--lang", choices=("fr", "en"), help=_("language of the texts"))
    made.add_argument(
        "--in-step", action="store_true", help=_("advance only by ticks that the console grants")
    )
    made.add_argument("--announce", type=Path, help=_("write the address to this file once open"))
    made.add_argument(
        "--trace", type=Path, help=_("for measuring: write to this file when what was drawn")
    )
    made.add_argument(
        "--end-after",
        type=float,
        default=30.0,
        metavar=_("MINUTES"),
        help=_("end when no console and no session has needed it for so long"),
    )
    made.add_argument(
        "--memory-limit",
        type=_gigabytes,
        metavar=_("GB"),
        help=_("start again in the safe place above this; usually half of the machine's memory"),
    )
    made.add_argument(
        "--no-watchdog",
        action="store_true",
        help=_("run without the process that ends a hang; for work with a debugger"),
    )
    # What the watchdog says to the process that it starts.
    made.add_argument("--watched", action="store_true", help=argparse.SUPPRESS)
    made.add_argument("--tried", action="store_true", help=argparse.SUPPRESS)
    _pairing(made)
    return made


def _gigabytes(text: str) -> float:
    try:
        given = float(text)
    except ValueError:
        given = 0.0
    if not LEAST_GB <= given <= MOST_GB:
        told = _("give the memory as a number of gigabytes from {least} to {most}")
        raise argparse.ArgumentTypeError(told.format(least=LEAST_GB, most=MOST_GB))
    return given


def _pairing(made: argparse.ArgumentParser) -> None:
    made.add_argument("--pair", action="store_true", help=_("let a console be known here"))
    with_pair = made.add_argument_group(_("with --pair"))
    with_pair.add_argument(
        "--role", choices=ROLES, default="therapist", help=_("what the console may do here")
    )
    with_pair.add_argument(
        "--for", dest="change", metavar=_("NAME"), help=_("give --role to a console known already")
    )
    with_pair.add_argument("--list", action="store_true", help=_("list the consoles known here"))
    with_pair.add_argument("--revoke", metavar=_("NAME"), help=_("answer this console no longer"))
    with_pair.add_argument(
        "--export", type=Path, metavar=_("FILE"), help=_("write this machine's card")
    )
    with_pair.add_argument(
        "--import", dest="take", type=Path, metavar=_("FILE"), help=_("take a console's card")
    )
    with_pair.add_argument("--name", default=platform.node() or "runtime", help=_("name told"))
    with_pair.add_argument("--json", action="store_true", help=_("with --list: one JSON document"))


def _pair(options: argparse.Namespace) -> int:
    from vr_runtime import pairing
    from vr_runtime.peers import keys_folder
    from vr_runtime.wire.keys import KeysUnreadable
    from vr_runtime.wire.own import own_identity
    from vr_runtime.wire.sockets import AddressUnusable

    folder = keys_folder(options.keys)
    wish = pairing.Wish(
        folder=folder,
        bind=options.bind,
        name=options.name[:80],
        role=options.role,
        listing=options.list,
        revoke=options.revoke,
        change=options.change,
        export=options.export,
        take=options.take,
        as_json=options.json,
    )
    try:
        return pairing.carry_out(wish, own_identity(folder))
    except (AddressUnusable, KeysUnreadable) as error:
        print(f"palier-runtime: {error}", file=sys.stderr)
    except OSError as error:
        text = _("{file} cannot be used ({why}); choose another place.")
        told = text.format(file=error.filename or "-", why=error.strerror or error)
        print(f"palier-runtime: {told}", file=sys.stderr)
    except KeyboardInterrupt:
        return DONE
    return NOT_AVAILABLE


def _sound(options: argparse.Namespace) -> int:
    """Name the sound devices, or play the calibration tone; gives the exit code."""
    from vr_runtime.display.hearing import SoundUnavailable, SoundWish, checked, listed

    if options.sound_device == LIST:
        names = listed()
        print("\n".join(names) if names else _("No sound device was found here."))
        return DONE if names else NOT_AVAILABLE
    try:
        from vr_runtime.display.tone import play_tone

        play_tone(checked(SoundWish(options.sound_device)).device)
    except SoundUnavailable as error:
        print(f"palier-runtime: {error}", file=sys.stderr)
        return NOT_AVAILABLE
    except KeyboardInterrupt:
        return DONE
    return DONE


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the runtime; gives the exit code."""
    given = sys.argv[1:] if arguments is None else list(arguments)
    language = asked_for(given) or preferred(os.environ)
    use(language)
    speak_in_help()
    options = parser().parse_args(given)
    asked = (options.list, options.revoke, options.change, options.export, options.take)
    if any(asked) and not options.pair:
        parser().error(_("this goes with --pair"))
    if sum(map(bool, asked)) > 1:
        parser().error(_("one of these at a time"))
    logging.basicConfig(
        level=logging.INFO, stream=sys.stderr, format="%(asctime)s %(levelname)s %(message)s"
    )
    # Only now: display, loader and sockets are heavy, and wrong options should be told at once.
    if options.pair:
        return _pair(options)
    if options.sound_device == LIST or options.tone:
        return _sound(options)
    if options.watched or options.no_watchdog:
        from vr_runtime.opening import open_and_run

        return open_and_run(options, language)
    from vr_runtime.watchdog import Watchdog

    limit = None if options.memory_limit is None else int(options.memory_limit * GIB)
    return Watchdog(given, in_step=options.in_step, memory_limit=limit).run()
