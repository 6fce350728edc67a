"""Owns examining a scenario in a process of its own; never runs a scenario's code itself."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable
from typing import Literal

from pydantic import ValidationError

from vr_runtime.examination.diagnostics import Diagnostic
from vr_runtime.examination.ending import MARK, end, marked_environment, too_deep
from vr_runtime.examination.limits import SECONDS
from vr_runtime.examination.report import Report
from vr_runtime.language import _, filled, language

Kind = Literal["drop-in", "text", "installed"]
STEP_S = 0.01
"""How long it is waited before what goes on meanwhile is done again."""


def examine(
    kind: Kind,
    target: str,
    seconds: float = SECONDS,
    meanwhile: Callable[[], None] | None = None,
) -> Report:
    """What is to be known of a scenario, and what is wrong with it.

    Args:
        kind: whether `target` is the path of a drop-in or the value of an entry point. `text` is a
            drop-in too, of which nothing is run: a report with neither manifest nor diagnostics
            then says that nothing is wrong with what can be read.
        target: as its author gave it; diagnostics begin with it.
        seconds: wall time after which the examination is ended.
        meanwhile: called again and again while it is waited for; it must not raise.
    """
    if too_deep():
        told = _("Running the file fails: it examines scenarios that examine scenarios.")
        return _failed(target, "PS150", told, _hint())
    environment = marked_environment()
    child = subprocess.Popen(
        [sys.executable, "-P", "-m", "vr_runtime.examination.child", kind, target],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={**environment, "PALIER_LANG": language()},
        start_new_session=True,
    )
    try:
        answer = _awaited(child, seconds, meanwhile)
    except subprocess.TimeoutExpired:
        told = _("Reading its declaration did not end within {seconds:g} s.")
        return _failed(target, "PS152", filled(told, seconds=seconds), _hint())
    finally:
        # What it started may hold its output open for ever: nothing more is read of it.
        end(child, environment[MARK])
        if child.stdout is not None:
            child.stdout.close()
    try:
        return Report.model_validate_json(answer)
    except ValidationError:
        told = _("Running the file ended the whole process (exit status {status}).")
        return _failed(target, "PS154", told.format(status=child.returncode), _hint())


def _awaited(
    child: subprocess.Popen[bytes], seconds: float, meanwhile: Callable[[], None] | None
) -> bytes:
    """All that the child says. Raises `TimeoutExpired`."""
    until = time.monotonic() + seconds
    while True:
        left = until - time.monotonic()
        try:
            answer, _nothing = child.communicate(timeout=left if meanwhile is None else STEP_S)
        except subprocess.TimeoutExpired:
            if meanwhile is None or left <= 0:
                raise
            meanwhile()
        else:
            return answer


def _hint() -> str:
    return _("keep work for `build` and `update`; only declare at the top of the file")


def _failed(target: str, code: str, message: str, hint: str) -> Report:
    told = Diagnostic(path=target, line=1, column=1, code=code, message=message, hint=hint)
    return Report(diagnostics=(told,))
