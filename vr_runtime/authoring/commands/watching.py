"""Owns `palier-scenario watch`; examines nothing and draws nothing itself."""

from __future__ import annotations

import argparse
import sys
import tempfile
from functools import partial
from pathlib import Path

from vr_runtime.authoring.commands import options
from vr_runtime.authoring.commands.answers import of_a_pack, tell_of_a_pack, to_run
from vr_runtime.authoring.commands.codes import DONE, NOT_AVAILABLE, WRONG_USAGE
from vr_runtime.authoring.watching.saves import Saves
from vr_runtime.authoring.watching.shown import Process
from vr_runtime.authoring.watching.versions import Versions
from vr_runtime.authoring.watching.watcher import CannotShow, Told, Watcher
from vr_runtime.examination.source import main_file
from vr_runtime.language import _


def add(commands: options.Commands) -> None:
    """Add the command."""
    what = _("show a scenario while it is written: each save is built at once")
    parents = [options.running(), options.speaking()]
    made = commands.add_parser("watch", parents=parents, help=what, description=what)
    options.naming_or_file(made)
    options.showing(made)
    made.set_defaults(run=_watch)


def _watch(asked: argparse.Namespace) -> int:
    if (asked.display == "offscreen") != (asked.out is not None):
        told = _("--display offscreen and --out FILE belong together.")
        print(f"palier-scenario: {told}", file=sys.stderr)
        return WRONG_USAGE
    path = _path(asked)
    if path is None:
        return WRONG_USAGE
    if not main_file(Path(path)).is_file():
        told = _("{path} is not there; make it with `palier-scenario new`.")
        print(f"palier-scenario: {told.format(path=path)}", file=sys.stderr)
        return NOT_AVAILABLE
    start = partial(Process, asked.display, asked.size, asked.out)
    print(_("Watching {path}; Ctrl+C ends it.").format(path=path), flush=True)
    with tempfile.TemporaryDirectory(prefix="palier-watch-") as folder:
        watcher = None
        try:
            saves = Saves(Path(path))
            watcher = Watcher(Versions(path, Path(folder)), saves, start, _tell)
            while not watcher.closed:
                watcher.round()
        except KeyboardInterrupt:
            return DONE
        except CannotShow as error:
            print(f"palier-scenario: {error}", file=sys.stderr)
            return NOT_AVAILABLE
        finally:
            if watcher is not None:
                watcher.end()
    return DONE


def _path(asked: argparse.Namespace) -> str | None:
    """The file or folder that is meant, as it was given where it was."""
    given: str = asked.scenario
    if given.endswith(".py") or "/" in given or Path(given).exists():
        if not asked.run_pack and of_a_pack(Path(given)):
            tell_of_a_pack(given)
            return None
        return given
    found = to_run(given, asked.scenario_dir, packs=asked.run_pack)
    return None if found is None else str(found.path)


def _tell(told: Told) -> None:
    for line in told.lines:
        print(line, flush=True)
