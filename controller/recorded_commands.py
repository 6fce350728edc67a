"""Owns `palier lines`: the recorded lines of the clinic, listed, added, played here and removed.

What is heard is decided at the patient's side: its own program is asked, in a process of its own.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from pathlib import Path

from controller import paths
from controller.language import _, language
from controller.recorded.folder import add, lines_in, remove
from controller.recorded.model import GLYPH, NoLine, RecordedLine

DONE, FOUND, NOT_AVAILABLE = 0, 1, 3
PATIENCE_S = 60.0
"""Longer than the longest line, and than a sound device takes to open."""


def carry_out(options: argparse.Namespace) -> int:
    """Do what was asked for; gives the exit code. Raises `NoLine`."""
    folder = paths.lines()
    if options.what == "add":
        made = add(folder, options.file, options.name, options.words, options.spoken, _fit)
        return _told(options, made, _("Added: {line}"))
    if options.what == "remove":
        remove(folder, options.name)
        if options.json:
            print(json.dumps({"removed": options.name}))
        else:
            print(_("The line {name} is removed.").format(name=options.name))
        return DONE
    there, problems = lines_in(folder)
    if options.what == "hear":
        return _hear(options, there)
    if options.json:
        rows = [_row(line) for line in there]
        print(json.dumps({"lines": rows, "problems": problems}, ensure_ascii=False))
        return FOUND if problems else DONE
    for line in there:
        print(_in_words(line))
    if not there and not problems:
        print(_("No line is recorded here yet; add one by `palier lines add`."))
    for problem in problems:
        print(problem)
    return FOUND if problems else DONE


def _row(line: RecordedLine) -> dict[str, object]:
    return line.card.model_dump(mode="json")


def _in_words(line: RecordedLine) -> str:
    card = line.card
    told = _("{glyph} {name}  {language}  {seconds} s  « {words} »")
    return told.format(
        glyph=GLYPH,
        name=card.name,
        language=card.language,
        seconds=f"{card.seconds:.1f}".replace(".", "," if language() == "fr" else "."),
        words=card.words,
    )


def _told(options: argparse.Namespace, line: RecordedLine, text: str) -> int:
    if options.json:
        print(json.dumps(_row(line), ensure_ascii=False))
    else:
        print(text.format(line=_in_words(line)))
    return DONE


def _hear(options: argparse.Namespace, there: tuple[RecordedLine, ...]) -> int:
    line = next((one for one in there if one.name == options.name), None)
    if line is None:
        told = _("There is no line called {name}; look at `palier lines`.")
        raise NoLine(told.format(name=options.name))
    code = _ask(line.file, "--hear")
    if code == NOT_AVAILABLE:
        text = _("palier: no sound device was found here; plug one in, then hear it again.")
        print(text, file=sys.stderr)
        return NOT_AVAILABLE
    if code != DONE:
        raise NoLine(_unfit())
    return _told(options, line, "{line}")


def _fit(file: Path) -> None:
    """Let the patient's side measure it; raises `NoLine` where it cannot be heard well."""
    if _ask(file) == FOUND:
        raise NoLine(_unfit())


def _unfit() -> str:
    return _(
        "The recording is silent, too soft, overdriven or has knocks in it; record it again, near "
        "the microphone and not too loud."
    )


def _ask(file: Path, *how: str) -> int:
    """What the patient's side says of a recording, as an exit code."""
    command = [sys.executable, "-m", "vr_runtime.lines.trying", *how, str(file.absolute())]
    try:
        told = subprocess.run(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=PATIENCE_S,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return NOT_AVAILABLE
    return told.returncode
