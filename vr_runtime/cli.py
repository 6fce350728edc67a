"""Owns the command `palier-runtime`: its options, and how the parts are put together.

It imports no renderer until a display is opened, so that `--help` needs none.
"""

from __future__ import annotations

import argparse
import gc
import json
import logging
import os
import signal
import sys
import uuid
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path

import platformdirs

from vr_runtime.language import _, asked_for, preferred, speak_in_help, use
from vr_runtime.wire.keys import (
    Identity,
    KeysUnreadable,
    load_identity,
    load_peers,
    save_identity,
    write_private,
)

DEFAULT_ADDRESS = "tcp://127.0.0.1:5600"
DONE, WRONG_USAGE, NOT_AVAILABLE = 0, 2, 3


def parser() -> argparse.ArgumentParser:
    """The options of `palier-runtime`."""
    made = argparse.ArgumentParser(
        prog="palier-runtime",
        description=_("The patient's side of Palier: shows the scenario, obeys the console."),
    )
    made.add_argument(
        "--display",
        choices=("auto", "desktop", "offscreen", "null"),
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
    made.add_argument("--monitor", type=int, help=_("number of the monitor, from 0"))
    made.add_argument("--lang", choices=("fr", "en"), help=_("language of the texts"))
    made.add_argument(
        "--in-step", action="store_true", help=_("advance only by ticks that the console grants")
    )
    made.add_argument("--announce", type=Path, help=_("write the address to this file once open"))
    made.add_argument(
        "--end-after",
        type=float,
        default=30.0,
        metavar=_("MINUTES"),
        help=_("end when no console and no session has needed it for so long"),
    )
    return made


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the runtime; gives the exit code."""
    given = sys.argv[1:] if arguments is None else arguments
    language = asked_for(given) or preferred(os.environ)
    use(language)
    speak_in_help()
    options = parser().parse_args(given)
    logging.basicConfig(
        level=logging.INFO, stream=sys.stderr, format="%(asctime)s %(levelname)s %(message)s"
    )
    # Only now: display, loader and sockets are heavy, and wrong options should be told at once.
    from vr_runtime.display.choose import DisplayUnavailable
    from vr_runtime.wire.sockets import AddressUnusable

    try:
        return _open_and_run(options, language)
    except (DisplayUnavailable, AddressUnusable, KeysUnreadable) as error:
        print(f"palier-runtime: {error}", file=sys.stderr)
        return NOT_AVAILABLE
    except KeyboardInterrupt:
        return DONE


def _open_and_run(options: argparse.Namespace, language: str) -> int:
    from vr_runtime.app import Runtime
    from vr_runtime.display.choose import open_display
    from vr_runtime.engine.engine import Engine
    from vr_runtime.loader import discover
    from vr_runtime.server import Server
    from vr_runtime.wire.sockets import AddressUnusable, RuntimeSockets, is_loopback, split_address

    folder = options.keys or platformdirs.user_data_path("palier", appauthor=False) / "runtime"
    identity = _own_identity(folder)
    peers = {p.public: p for p in load_peers(folder) if p.role != "runtime"}
    host, _port = split_address(options.bind)
    if not peers and not is_loopback(host):
        raise AddressUnusable(
            _("No console is paired with this runtime, so it listens on this machine only.")
        )
    library = discover(options.scenario_dir)
    for broken in library.broken:
        for told in broken.diagnostics:
            print(told, file=sys.stderr)
    sockets = RuntimeSockets(options.bind, identity, lambda key: key in peers)
    try:
        display, sentence = open_display(
            options.display, monitor=options.monitor, language=language
        )
        print(sentence, file=sys.stderr, flush=True)
        boot = uuid.uuid4().hex
        engine = Engine(display.stage, library.get)
        server = Server(
            engine,
            display,
            sockets,
            peers=peers,
            manifests=library.manifests(),
            boot=boot,
            version=version("palier"),
            in_step=options.in_step,
        )
        if options.announce is not None:
            _announce(options.announce, sockets.host, sockets.port, identity, sentence)
        # Asked to end from outside: the loop ends by itself and gives window and ports back.
        signal.signal(signal.SIGTERM, lambda _number, _frame: server.end())
        gc.collect()
        gc.freeze()
        try:
            runtime = Runtime(
                engine, display, server, sockets, end_after_s=options.end_after * 60.0
            )
            runtime.run()
        finally:
            display.close()
    finally:
        sockets.close()
        if options.announce is not None:
            options.announce.unlink(missing_ok=True)
    return DONE


def _own_identity(folder: Path) -> Identity:
    from vr_runtime.wire.sockets import new_identity

    identity = load_identity(folder)
    if identity is None:
        identity = new_identity()
        save_identity(folder, identity)
    return identity


def _announce(path: Path, host: str, port: int, identity: Identity, sentence: str) -> None:
    """Tell whoever started this runtime where it is and by which key to know it."""
    told = {
        "address": f"tcp://{host}:{port}",
        "key": identity.public,
        "pid": os.getpid(),
        "display": sentence,
    }
    write_private(path, json.dumps(told))
