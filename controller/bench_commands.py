"""Owns what `palier bench …` does with its options: it measures nothing itself."""

from __future__ import annotations

import argparse
import json
import sys

from controller.bench import stop
from controller.language import _

DONE, FOUND, NOT_AVAILABLE = 0, 1, 3


def carry_out(options: argparse.Namespace) -> int:
    """Measure what was named; gives the exit code."""
    todo = {"stop": _stop, "store": _store, "frame": _frame, "console": _console}
    return todo[options.what](options)


def _told(options: argparse.Namespace, told: dict[str, object]) -> int:
    if options.json:
        print(json.dumps(told, ensure_ascii=False))
    else:
        for name, value in told.items():
            print(f"{name}: {json.dumps(value)}")
    return DONE if told["holds"] else FOUND


def _stop(options: argparse.Namespace) -> int:
    def progress(tries: int) -> None:
        if tries % 50 == 0:
            print(_("{count} stops").format(count=tries), file=sys.stderr, flush=True)

    told = stop.measure(options.tries, options.display, progress)
    code = _told(options, told)
    if told["holds"] is None:
        text = _(
            "No picture is drawn on this display, so it was not judged how soon a safe one is "
            "seen; use --display offscreen."
        )
        print(f"palier: {text}", file=sys.stderr)
        return NOT_AVAILABLE
    return code


def _frame(options: argparse.Namespace) -> int:
    from controller.bench import frame

    return _told(options, frame.measure(options.scenario, options.pictures))


def _console(options: argparse.Namespace) -> int:
    # A screen toolkit is loaded only where a screen is used.
    from controller.bench import console

    def progress(sizes: int) -> None:
        print(_("{count} sizes of the screen").format(count=sizes), file=sys.stderr, flush=True)

    return _told(options, console.measure(options.turns, progress))


def _store(options: argparse.Namespace) -> int:
    from controller.bench import store

    def progress(done: int) -> None:
        print(_("{count} sessions").format(count=done), file=sys.stderr, flush=True)

    told = store.measure(options.sessions, options.entries, options.tries, options.keep, progress)
    return _told(options, told)
