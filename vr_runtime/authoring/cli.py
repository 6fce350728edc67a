"""Owns the command `palier-scenario`: which commands it has; knows none from inside."""

from __future__ import annotations

import argparse
import io
import os
import sys
from collections.abc import Sequence

from vr_runtime.authoring.commands import (
    checking,
    drawing,
    flashing,
    guiding,
    importing,
    listing,
    making,
    packing,
    previewing,
    watching,
)
from vr_runtime.authoring.commands.codes import INTERRUPTED, READER_GONE
from vr_runtime.authoring.commands.documents import one_document
from vr_runtime.language import _, asked_for, preferred, speak_in_help, use

COMMANDS = (
    making,
    listing,
    importing,
    drawing,
    previewing,
    watching,
    checking,
    flashing,
    packing,
    guiding,
)
"""In the order in which the help shows them; each adds itself, with what carries it out."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; returns its exit code: 0 done, 1 a problem found, 2 usage, 3 not there."""
    _open_what_is_closed()
    given = list(sys.argv[1:] if arguments is None else arguments)
    use(asked_for(given) or preferred(os.environ))
    speak_in_help()
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # names of files need not be text; in JSON too this is how such a byte is written
            stream.reconfigure(errors="backslashreplace")
    try:
        code = one_document(lambda: _run(given)) if "--json" in given else _run(given)
        sys.stdout.flush()
    except BrokenPipeError:
        # Who reads what is written, such as `head`, has read enough. What is still held back would
        # raise again, with a traceback, when Python ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return READER_GONE
    except KeyboardInterrupt:
        return INTERRUPTED
    return code


def _open_what_is_closed() -> None:
    """Whoever starts a command may have closed its streams: then nobody answers, nobody reads."""
    if sys.stdin is None:
        sys.stdin = open(os.devnull, encoding="utf-8")
    if sys.stdout is None:
        sys.stdout = open(os.devnull, "w", encoding="utf-8")
    if sys.stderr is None:
        sys.stderr = open(os.devnull, "w", encoding="utf-8")


def _run(given: Sequence[str]) -> int:
    asked = parser().parse_args(given)
    code: int = asked.run(asked)
    return code


def parser() -> argparse.ArgumentParser:
    """The options of `palier-scenario` and of each of its commands."""
    made = argparse.ArgumentParser(
        prog="palier-scenario", description=_("The tools of those who write scenarios.")
    )
    commands = made.add_subparsers(dest="command", required=True, metavar=_("COMMAND"))
    for each in COMMANDS:
        each.add(commands)
    return made


if __name__ == "__main__":
    sys.exit(main())
